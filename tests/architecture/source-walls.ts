import ts from 'typescript';

// Walls that an import cannot show: what the text of a file says, by its syntax tree.

export interface SourceFault {
  wall: SourceWall;
  line: number;
}

export type SourceWall =
  | 'wall-clock'
  | 'chance'
  | 'process-end'
  | 'environment'
  | 'typeorm-names'
  | 'self-made-schema'
  | 'foreign-asset'
  | 'skipped-test'
  | 'too-long';

export const LINE_LIMIT = 400;

interface Source {
  /** Path from the repository's root, with slashes. */
  name: string;
  text: string;
  tree: ts.SourceFile;
}

type Check = (source: Source, node: ts.Node) => boolean;

const isIn = (name: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? name.startsWith(place) : name === place));

const isShipped = (name: string): boolean => isIn(name, ['src/', 'migrations/']);

/** Where the world is asked for time and chance: once on the server, once in the browser. */
const world = ['src/kernel/sources.ts', 'src/web/app/browser.ts'];

/** `object.property`, also written as object['property']. */
const isMember = (node: ts.Node, object: string, properties: readonly string[]): boolean => {
  if (ts.isPropertyAccessExpression(node)) {
    return node.expression.getText() === object && properties.includes(node.name.text);
  }
  return (
    ts.isElementAccessExpression(node) &&
    node.expression.getText() === object &&
    ts.isStringLiteralLike(node.argumentExpression) &&
    properties.includes(node.argumentExpression.text)
  );
};

const readsClock: Check = ({ name }, node) => {
  if (!isShipped(name) || isIn(name, world)) return false;
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    return (node.arguments ?? []).length === 0 || !name.startsWith('src/kernel/pure/');
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
  return isMember(node, 'Date', ['now']);
};

const chanceNames = ['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync', 'getRandomValues'];

const asksChance: Check = ({ name }, node) => {
  if (!isShipped(name) || isIn(name, world)) return false;
  if (isMember(node, 'Math', ['random'])) return true;
  // By name wherever it stands: an import under another name is caught at the import.
  return (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && chanceNames.includes(node.text);
};

const endsProcess: Check = ({ name }, node) =>
  isShipped(name) &&
  !isIn(name, ['src/main.ts', 'src/cli/']) &&
  isMember(node, 'process', ['exit', 'abort', 'kill', 'exitCode', 'reallyExit']);

const readsEnvironment: Check = ({ name }, node) =>
  isShipped(name) &&
  // main.ts and ormconfig.ts hand the environment to readConfig.
  !isIn(name, ['src/config.ts', 'src/main.ts', 'src/cli/']) &&
  isMember(node, 'process', ['env']);

/** Search operators are words of a question, not rows: a service may say them. */
const operators = ['In', 'Not', 'IsNull', 'LessThan', 'LessThanOrEqual', 'MoreThan', 'MoreThanOrEqual', 'Between'];
const typeormRooms = /^migrations\/|^src\/kernel\/db\/|\.(store|views)\.ts$|\/session-store\.ts$/;

const namesRows: Check = ({ name }, node) => {
  if (!name.startsWith('src/') || typeormRooms.test(name)) return false;
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  if (!/^typeorm(\/|$)/.test(node.moduleSpecifier.text)) return false;
  const clause = node.importClause;
  if (clause && clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const named = clause?.namedBindings;
  if (!named || !ts.isNamedImports(named) || clause.name) return true;
  return named.elements.some((e) => !e.isTypeOnly && !operators.includes((e.propertyName ?? e.name).text));
};

const synchronises: Check = (_source, node) => {
  if (ts.isPropertyAssignment(node) && nameOf(node.name) === 'synchronize') {
    return node.initializer.kind !== ts.SyntaxKind.FalseKeyword;
  }
  if (ts.isShorthandPropertyAssignment(node)) return node.name.text === 'synchronize';
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'synchronize'
  );
};

const nameOf = (name: ts.PropertyName): string =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();

/** What a page would fetch from elsewhere: attributes, style sheets, scripts. Works on served text in literals. */
const foreign = new RegExp(
  [
    String.raw`\b(?:src|srcset|href|action|poster|data)\s*=\s*["'\\]*`,
    String.raw`\b(?:src|href)['"],\s*['"]`,
    String.raw`\burl\(\s*["'\\]*`,
    String.raw`@import\s+["'\\]*`,
    String.raw`\b(?:fetch|import|importScripts|WebSocket|EventSource)\s*\(\s*["'\x60\\]+`,
    String.raw`\bfrom\s+["']`,
  ]
    .map((before) => `${before}(?:https?:|wss?:)?//`)
    .join('|'),
  'i',
);

const fetchesForeign: Check = ({ name }, node) => {
  if (!name.startsWith('src/') || name.startsWith('src/cli/')) return false;
  const isText =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  return isText && foreign.test(node.text);
};

const runners = ['test', 'it', 'describe'];
const skippers = ['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'];

const skips: Check = ({ name }, node) => {
  // The lanes that need foreign programs leave out in one place, and say so.
  if (!name.startsWith('tests/') || isIn(name, ['tests/support/server-lane.ts', 'tests/support/judges.ts']))
    return false;
  if (runners.some((runner) => isMember(node, runner, ['skip', 'only', 'todo', 'failing']))) return true;
  return ts.isCallExpression(node) && skippers.includes(node.expression.getText());
};

const checks: Readonly<Record<Exclude<SourceWall, 'too-long'>, Check>> = {
  'wall-clock': readsClock,
  chance: asksChance,
  'process-end': endsProcess,
  environment: readsEnvironment,
  'typeorm-names': namesRows,
  'self-made-schema': synchronises,
  'foreign-asset': fetchesForeign,
  'skipped-test': skips,
};

/** Breaches of the source walls in one file of src, migrations or tests. */
export function faultsIn(name: string, text: string): SourceFault[] {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const source = { name, text, tree };
  const faults: SourceFault[] = [];
  const visit = (node: ts.Node): void => {
    for (const [wall, check] of Object.entries(checks)) {
      if (!check(source, node)) continue;
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      faults.push({ wall: wall as SourceWall, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > LINE_LIMIT) faults.push({ wall: 'too-long', line: lines });
  return faults;
}

/** Whether a page, style sheet or script as a file fetches anything from elsewhere. */
export const assetFetchesForeign = (text: string): boolean => foreign.test(text);
