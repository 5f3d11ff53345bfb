import ts from 'typescript';
import { gather, inArrays, listed, placeOf, repeated, textsOf, type Said } from './spoken';

const catalogues = listed('EventCatalogue');
const known = new Set(catalogues.map((l) => l.text));
const dotted = /^[a-z-]+\.[a-z-]+$/;

const inModules = (node: ts.Node): boolean => {
  const { fileName } = node.getSourceFile();
  return fileName.startsWith('src/modules/') && !fileName.endsWith('.contract.ts');
};

/** `type: '…'` of what may be an entry, and the same as a parameter's or variable's type by a union of texts. */
const typed: Said[] = gather((node) => {
  if (!inModules(node)) return [];
  const isType = ts.isPropertyAssignment(node) && node.name.getText() === 'type';
  const texts = isType ? (textsOf(node.initializer) ?? []) : [];
  return texts.filter((text) => dotted.test(text)).map((text) => ({ text, at: placeOf(node) }));
});

/** Texts of an entry's form that are handed to whoever appends: move('closed', 'case.closed'), recordStep(…, '…'). */
const handed: Said[] = gather((node) => {
  if (!inModules(node) || !ts.isCallExpression(node)) return [];
  const callee = node.expression.getText();
  if (!/^(move|moving|recordStep|record|settle|enter|sealed)$/.test(callee)) return [];
  return node.arguments
    .filter(ts.isStringLiteral)
    .filter((a) => dotted.test(a.text))
    .map((a) => ({ text: a.text, at: placeOf(a) }));
});

/** What each append is given as its type, when that is no text of its own. */
const appends = gather((node) => {
  if (!ts.isCallExpression(node) || !/(^|\.)append$/.test(node.expression.getText())) return [];
  return node.expression.getText() === 'audit.append' ? [node] : [];
});

test('there is something to look at', () => {
  expect(known.size).toBeGreaterThan(60);
  expect(typed.length).toBeGreaterThan(40);
  expect(appends.length).toBeGreaterThan(40);
});

test('every type stands in exactly one event catalogue', () => {
  expect(repeated(catalogues)).toEqual([]);
});

test('every type that is appended stands in a catalogue', () => {
  const strange = [...typed, ...handed].filter(({ text }) => !known.has(text));
  expect(strange.map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});

test('every type that a route names stands in a catalogue', () => {
  const named = inArrays(/^events$/);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ text }) => !known.has(text)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});

test('no catalogue keeps a type that nothing appends', () => {
  const literals = gather((node) => (inModules(node) && ts.isStringLiteralLike(node) ? [node.text] : []));
  const given = new Set([...literals, ...typed.map(({ text }) => text)]);
  expect(catalogues.filter(({ text }) => !given.has(text)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});

test('nothing but audit.append writes entries', () => {
  const writers = gather((node) =>
    ts.isCallExpression(node) && /(^|\.)insertEntry$/.test(node.expression.getText())
      ? [node.getSourceFile().fileName]
      : [],
  );
  expect(writers).toEqual(['src/modules/audit-log/audit-log.service.ts']);
});

test('no person stands among the subjects of an entry, nor an institution by anything but its credit code', () => {
  const subjects = gather((node) => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'subjects' || !inModules(node)) return [];
    const found: string[] = [];
    const look = (n: ts.Node): void => {
      if (ts.isTemplateExpression(n)) found.push(n.getText().slice(1, -1));
      n.forEachChild(look);
    };
    look(node.initializer);
    return found.map((text) => ({ text, at: placeOf(node) }));
  });
  const kinds = subjects.map(({ text }) => text.replace(/:.*$/s, ''));
  expect(new Set(kinds).has('person')).toBe(false);
  expect(new Set(kinds).has('expert')).toBe(false);
  const institutions = subjects.filter(({ text }) => text.startsWith('institution:'));
  expect(institutions.length).toBeGreaterThan(3);
  expect(institutions.filter(({ text }) => !/(uscc|bar\.code|subject\.code)\}$/.test(text))).toEqual([]);
});
