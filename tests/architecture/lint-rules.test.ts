import { spawnSync } from 'node:child_process';
import path from 'node:path';
import * as z from 'zod';
import { repository } from './cruise';

const report = z.array(z.object({ messages: z.array(z.object({ ruleId: z.string().nullable(), line: z.number() })) }));

/** Rules that refuse `text` when it stands in a file of the house, each with its lines. */
function refusals(file: string, text: string): Map<string, number[]> {
  const program = path.join(repository, 'node_modules/eslint/bin/eslint.js');
  const args = [program, '--stdin', '--stdin-filename', file, '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: repository, input: text, encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  const found = new Map<string, number[]>();
  for (const { ruleId, line } of report.parse(JSON.parse(stdout)).flatMap((f) => f.messages)) {
    const rule = ruleId ?? 'cannot be read';
    found.set(rule, [...(found.get(rule) ?? []), line]);
  }
  return found;
}

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
const ownLines = (name: string, count: number): string =>
  `export const ${name} = (f: (n: number) => void): void => {\n${lines(count - 2, '  f(1);')}};\n`;

const planted: readonly (readonly [rule: string, line: string])[] = [
  ['no-restricted-imports', "import { randomUUID } from 'node:crypto';"],
  ['@typescript-eslint/consistent-type-imports', "import { Config } from './config';"],
  ['no-restricted-syntax', 'export const a = new Date();'],
  ['no-restricted-properties', 'export const b = Date.now() + Math.random();'],
  ['@typescript-eslint/no-explicit-any', 'export const c = (x: any): boolean => x === 1;'],
  ['@typescript-eslint/no-floating-promises', 'Promise.resolve(1);'],
  ['eqeqeq', "export const d = (x: string): boolean => x == 'a';"],
  ['@typescript-eslint/no-unused-vars', 'const e = 1;'],
  ['@typescript-eslint/ban-ts-comment', '// @ts-ignore'],
  ['no-restricted-syntax', 'export default (x: Config): string => randomUUID() + x.logLevel;'],
];

const LIMIT_MS = 180_000;

const inner = (name: string, count: number): string => ownLines(name, count).replace('export ', '');
const factory = (name: string, ...texts: string[]): string =>
  `export function ${name}(): unknown {\n${texts.join('')}return { one, two };\n}\n`;

/** Functions at and beyond the limit: a factory is measured by what it says itself and by its functions. */
const functions: readonly (readonly [text: string, refused: boolean])[] = [
  [ownLines('sixty', 60), false],
  [ownLines('sixtyOne', 61), true],
  [factory('createThings', inner('one', 60), inner('two', 60)), false],
  [factory('things', inner('one', 60), inner('two', 60)), true],
  [`// a comment\n${ownLines('commented', 60).replace('f(1);', 'f(1);\n\n  // why\n')}`, false],
];

test(
  'lint refuses what the house forbids, each on its line, and nothing else',
  () => {
    let text = `${planted.map(([, line]) => line).join('\n')}\n`;
    const tooLong: number[] = [];
    for (const [part, refused] of functions) {
      if (refused) tooLong.push(text.split('\n').length);
      text += part;
    }
    const found = refusals('src/version.ts', `${text}${lines(400, 'export {};')}`);
    const rules = new Set(planted.map(([rule]) => rule));
    for (const rule of rules) {
      const expected = planted.flatMap(([r], n) => (r === rule ? [n + 1] : []));
      expect([rule, [...new Set(found.get(rule))]]).toEqual([rule, expected]);
    }
    expect(found.get('house/function-length')).toEqual(tooLong);
    expect([...found.keys()].sort()).toEqual([...rules, 'house/function-length', 'max-lines'].sort());
  },
  LIMIT_MS,
);
