import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { repository } from './cruise';

// What the sources say by name: problem codes, event types, and the lists that give them their words. Read from the
// text of src alone, so that nothing that is wired can hide what is not.

export interface Said {
  text: string;
  /** File and line, from the repository's root. */
  at: string;
}

export const sources: readonly ts.SourceFile[] = fs
  .readdirSync(path.join(repository, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.replaceAll(path.sep, '/')}`)
  .sort()
  .map((name) =>
    ts.createSourceFile(name, fs.readFileSync(path.join(repository, name), 'utf8'), ts.ScriptTarget.ES2023, true),
  );

export const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** All nodes of the sources that the test picks, as what it turns them into. */
export function gather<T>(pick: (node: ts.Node) => readonly T[]): T[] {
  const found: T[] = [];
  for (const file of sources) walk(file, (node) => found.push(...pick(node)));
  return found;
}

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node)
    ? unwrapped(node.expression)
    : node;

/** The declaration that an identifier means, if it stands in an enclosing scope of the same file. */
function declarationOf(
  use: ts.Identifier,
): ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement | undefined {
  const named = (d: ts.Node): boolean =>
    (ts.isVariableDeclaration(d) || ts.isParameter(d) || ts.isBindingElement(d)) &&
    ts.isIdentifier(d.name) &&
    d.name.text === use.text;
  for (let scope: ts.Node | undefined = use.parent; scope; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isFunctionLike(scope)) continue;
    let found: ts.Node | undefined;
    walk(scope, (node) => (found ??= named(node) ? node : undefined));
    if (found) return found as ts.VariableDeclaration;
  }
  return undefined;
}

const literalTypes = (type: ts.TypeNode | undefined): string[] | undefined => {
  if (!type) return undefined;
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
  if (!ts.isUnionTypeNode(type)) return undefined;
  const parts = type.types.map(literalTypes);
  return parts.every((p) => p !== undefined) ? parts.flat() : undefined;
};

/** What a function of the same file may answer; `undefined` among the answers is no text. */
function answersOf(name: string, file: ts.SourceFile): string[] | undefined {
  const found: (string[] | undefined)[] = [];
  walk(file, (node) => {
    if (!ts.isFunctionDeclaration(node) || node.name?.text !== name) return;
    walk(node, (inner) => {
      if (!ts.isReturnStatement(inner) || !inner.expression) return;
      const nothing = ts.isIdentifier(inner.expression) && inner.expression.text === 'undefined';
      found.push(nothing ? [] : textsOf(inner.expression));
    });
  });
  return found.length > 0 && found.every((f) => f !== undefined) ? found.flat() : undefined;
}

/** Every text that the expression can be, as far as the file itself tells; undefined when it does not. */
export function textsOf(given: ts.Expression): string[] | undefined {
  const node = unwrapped(given);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [textsOf(node.whenTrue), textsOf(node.whenFalse)];
    return yes && no ? [...yes, ...no] : undefined;
  }
  if (ts.isTemplateExpression(node)) {
    const [span, ...more] = node.templateSpans;
    const inner = span && more.length === 0 ? textsOf(span.expression) : undefined;
    return inner?.map((text) => `${node.head.text}${text}${span!.literal.text}`);
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    return answersOf(node.expression.text, node.getSourceFile());
  }
  if (ts.isIdentifier(node)) {
    const declared = declarationOf(node);
    if (!declared || ts.isBindingElement(declared)) return undefined;
    if (declared.initializer && ts.isVariableDeclaration(declared)) return textsOf(declared.initializer);
    return literalTypes(declared.type);
  }
  return undefined;
}

/** Keys of every object that is declared to be of this type (`ProblemList`, `EventCatalogue`), with its place. */
export const listed = (type: string): Said[] =>
  gather((node) => {
    if (!ts.isVariableDeclaration(node) || node.type?.getText() !== type || !node.initializer) return [];
    const list = unwrapped(node.initializer);
    if (!ts.isObjectLiteralExpression(list)) return [];
    return list.properties.flatMap((p) => {
      if (!p.name) return [];
      const text = ts.isStringLiteralLike(p.name) || ts.isIdentifier(p.name) ? p.name.text : p.name.getText();
      return [{ text, at: placeOf(p) }];
    });
  });

/** Texts that the arrays of this property name (`problems`, `events`) contain in declarations of routes. */
export const inArrays = (property: RegExp): Said[] =>
  gather((node) => {
    const named =
      (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && property.test(node.name.getText());
    const value = named ? node.initializer && unwrapped(node.initializer) : undefined;
    if (!value || !ts.isArrayLiteralExpression(value)) return [];
    return value.elements.filter(ts.isStringLiteral).map((e) => ({ text: e.text, at: placeOf(e) }));
  });

/** Texts that stand more than once, each with all its places. */
export function repeated(said: readonly Said[]): string[] {
  const places = new Map<string, string[]>();
  for (const { text, at } of said) places.set(text, [...(places.get(text) ?? []), at]);
  return [...places].filter(([, at]) => at.length > 1).map(([text, at]) => `${text}: ${at.join(', ')}`);
}
