import ts from 'typescript';
import { gather, inArrays, listed, placeOf, repeated, textsOf, type Said } from './spoken';

interface Site {
  at: string;
  codes: string[] | undefined;
}

const isThrown = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === (ts.isNewExpression(node) ? 'Problem' : 'refuse');

/** Every `new Problem(code …)` and `refuse(code …)`. */
const sites: Site[] = gather((node) => {
  const code = isThrown(node) ? node.arguments?.[0] : undefined;
  return code ? [{ at: placeOf(node), codes: textsOf(code) }] : [];
});
const said: Said[] = sites.flatMap(({ at, codes }) => (codes ?? []).map((text) => ({ text, at })));
const lists = listed('ProblemList');
const known = new Set(lists.map((l) => l.text));

test('there is something to look at', () => {
  expect(said.length).toBeGreaterThan(100);
  expect(known.size).toBeGreaterThan(60);
});

test('every code stands in exactly one problem list', () => {
  expect(repeated(lists)).toEqual([]);
});

/** Refusals that no request is answered with, so that they need no status. */
const apart: Readonly<Record<string, string>> = {
  'src/kernel/pure/money.ts': 'amounts typed in: the console and imports put their own words',
  'src/modules/signing/core/check-prepared.ts': 'judged on the signer’s own machine',
};

/** Made of a certificate's state; the lines before have answered these two states. */
const unreachable = ['signing.certificate-revoked', 'signing.certificate-valid'];

test('every code that is thrown or refused stands in a problem list', () => {
  const strange = said.filter(({ text }) => !known.has(text) && !unreachable.includes(text));
  const fileOf = ({ at }: Said): string => at.replace(/:\d+$/, '');
  expect(strange.filter((s) => !(fileOf(s) in apart)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
  expect([...new Set(strange.map(fileOf))].sort()).toEqual(Object.keys(apart).sort());
});

test('only where a refusal becomes a problem is a code handed on', () => {
  const places = sites.filter((s) => s.codes === undefined).map((s) => s.at.replace(/:\d+$/, ''));
  expect([...new Set(places)]).toEqual(['src/kernel/problem.ts']);
});

test('every code that a route names stands in a problem list', () => {
  const named = inArrays(/problems$|moving$|answers?$/i);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ text }) => !known.has(text)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});

const contract = /\.contract\.ts$/;

/** Every text in the sources that is no key: in contracts, or everywhere else. */
const texts = (where: 'contracts' | 'elsewhere'): Set<string> =>
  new Set(
    gather((node) => {
      if (!ts.isStringLiteralLike(node)) return [];
      const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      const inContract = contract.test(node.getSourceFile().fileName);
      return !isKey && inContract === (where === 'contracts') ? [node.text] : [];
    }),
  );

test('no list keeps a code that nothing gives', () => {
  // Kept for the answer while the service stops, which the kernel does not give yet.
  const waiting = ['service.stopping'];
  const given = new Set([...waiting, ...texts('elsewhere'), ...said.map(({ text }) => text)]);
  expect(lists.filter(({ text }) => !given.has(text)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});

test('every code of a module is named by a route, so that the description of the interface knows it', () => {
  const named = texts('contracts');
  // What sign-in answers comes before the route and belongs to all of them.
  const ofModules = lists.filter(({ text, at }) => at.startsWith('src/modules/') && !text.startsWith('sign-in.'));
  expect(ofModules.filter(({ text }) => !named.has(text)).map(({ text, at }) => `${text}: ${at}`)).toEqual([]);
});
