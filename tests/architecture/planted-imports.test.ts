import { breachesIn, breachText } from './cruise';
import { withTree, type Tree } from './planted';
import { importWalls, moduleOrder, runtimeWalls } from './walls';

// Every wall is shown to bite: each planted file is there for the breaches named beside it, and for no other.

interface Plant {
  text: string;
  breaches: readonly string[];
}

const plant = (text: string, ...breaches: string[]): Plant => ({ text, breaches });
const takes = (...from: string[]): string =>
  from.map((f, n) => `import * as n${n} from '${f}';\nuse(n${n});\n`).join('');
const takesType = (from: string): string => `import type { Thing } from '${from}';\nexport type Own = Thing;\n`;

/** A small house with all kinds of rooms in which nothing is wrong. */
const sound: Record<string, string> = {
  'src/wire.ts': takes('./modules/organisations', './kernel/db/database'),
  'src/config.ts': takes('node:fs', 'zod'),
  'src/kernel/problem.ts': takes('./pure/outcome'),
  'src/kernel/call.ts': takesType('./db/database'),
  'src/kernel/pure/outcome.ts': 'export interface Thing {}\n',
  'src/kernel/pure/time.ts': takes('./outcome'),
  'src/kernel/db/database.ts': takes('typeorm', 'better-sqlite3', 'node:fs') + 'export interface Thing {}\n',
  'src/kernel/http/app.ts': takes('express', '../db/database'),
  'src/modules/policy/index.ts': takes('./policy.contract', '../../kernel/pure/time'),
  'src/modules/policy/policy.contract.ts': takes('zod'),
  'src/modules/organisations/index.ts': takes('./organisations.contract', './organisations.service'),
  'src/modules/organisations/organisations.contract.ts': takes('zod', './core/code', '../policy/policy.contract'),
  'src/modules/organisations/organisations.service.ts': takes(
    './organisations.store',
    './organisations.rules',
    '../policy',
  ),
  'src/modules/organisations/organisations.store.ts': takes('typeorm') + 'export interface Thing {}\n',
  'src/modules/organisations/organisations.rules.ts': takes('../policy', './core/code', '../../kernel/pure/time'),
  'src/modules/organisations/core/code.ts': takes('../../../kernel/pure/outcome'),
  'src/modules/mines/index.ts': takes('./mines.contract', '../organisations'),
  'src/modules/mines/mines.contract.ts':
    takes('../organisations/organisations.contract') +
    takesType('../../kernel/problem') +
    takesType('../organisations'),
  'src/modules/mines/mines.rules.ts':
    takes('../organisations/core/code', './mines.contract') + takesType('../../kernel/call'),
  'src/cli/verify/main.ts': takes('../../modules/organisations/core/code', '../../modules/mines'),
  'src/web/page.ts': takes('../modules/mines/mines.contract'),
  'migrations/index.ts': takes('typeorm'),
};

const planted: Record<string, Plant> = {
  'src/modules/organisations/leftwards.service.ts': plant(
    takes('../mines'),
    'order-of-organisations: src/modules/mines/index.ts',
  ),
  'src/modules/organisations/type-leftwards.service.ts': plant(
    takesType('../mines'),
    'order-of-organisations: src/modules/mines/index.ts',
  ),
  'src/modules/mines/side-door.service.ts': plant(
    takes('../organisations/organisations.service'),
    'front-door: src/modules/organisations/organisations.service.ts',
  ),
  'src/modules/mines/side-core.service.ts': plant(
    takes('../organisations/core/code'),
    'front-door: src/modules/organisations/core/code.ts',
  ),
  'src/modules/mines/heavy.contract.ts': plant(
    takes('../organisations'),
    'front-door-of-browser-safe: src/modules/organisations/index.ts',
    'browser-safe: node_modules/typeorm/index.js',
  ),
  'src/modules/mines/core/heavy.ts': plant(
    takes('../../organisations', 'node:crypto'),
    'front-door-of-browser-safe: src/modules/organisations/index.ts',
    'browser-safe: node_modules/typeorm/index.js',
    'browser-safe: crypto',
  ),
  'src/modules/mines/far.contract.ts': plant(takes('./far-helper'), 'browser-safe: fs'),
  'src/modules/mines/far-helper.ts': plant(takes('node:fs')),
  'src/modules/mines/typed.contract.ts': plant(
    takesType('../organisations/organisations.store'),
    'front-door-for-types: src/modules/organisations/organisations.store.ts',
  ),
  'src/schema.ts': plant(
    takes('./modules/organisations/organisations.store'),
    'front-door-from-outside: src/modules/organisations/organisations.store.ts',
  ),
  'src/cli/demo/main.ts': plant(
    takes('../../modules/organisations/organisations.store'),
    'front-door-from-cli: src/modules/organisations/organisations.store.ts',
  ),
  'src/web/greedy.ts': plant(takes('../modules/mines'), 'web-sees-contracts: src/modules/mines/index.ts'),
  'src/kernel/db/knowing.ts': plant(
    takes('../../modules/organisations'),
    'kernel-knows-no-module: src/modules/organisations/index.ts',
  ),
  'src/kernel/pure/impure.ts': plant(
    takes('zod', 'node:path', '../problem'),
    'pure-stays-pure: node_modules/zod/index.js',
    'pure-stays-pure: path',
    'pure-stays-pure: src/kernel/problem.ts',
    'browser-safe: path',
  ),
  'src/modules/mines/settings.service.ts': plant(takes('../../config'), 'modules-know-no-house: src/config.ts'),
  'src/kernel/testing.ts': plant(takes('../../tests/support/clock'), 'src-knows-no-test: tests/support/clock.ts'),
  'src/modules/mines/fetching.rules.ts': plant(
    takes('./mines.store', 'zod'),
    'rules-are-pure: src/modules/mines/mines.store.ts',
    'rules-are-pure: node_modules/zod/index.js',
    'rules-know-no-row: src/modules/mines/mines.store.ts',
    'browser-safe: node_modules/typeorm/index.js',
  ),
  'src/modules/mines/mines.store.ts': plant(takes('typeorm') + 'export interface Thing {}\n'),
  'src/modules/mines/mines.states.ts': plant(
    takesType('./mines.store'),
    'rules-know-no-row: src/modules/mines/mines.store.ts',
  ),
  'src/modules/mines/mines.http.ts': plant(
    takes('typeorm', 'express'),
    'typeorm-in-its-rooms: node_modules/typeorm/index.js',
    'express-in-its-rooms: node_modules/express/index.js',
  ),
  'src/modules/mines/mines.views.ts': plant(
    takes('better-sqlite3'),
    'drivers-in-kernel-db: node_modules/better-sqlite3/index.js',
  ),
  'src/kernel/http/probing.ts': plant(takes('supertest'), 'shipped-packages-only: node_modules/supertest/index.js'),
  'src/cli/witness/serving.ts': plant(
    takes('../../kernel/pure/time', '../../kernel/db/database', 'zod'),
    'witness-stands-alone: src/kernel/db/database.ts',
    'witness-stands-alone: node_modules/zod/index.js',
  ),
  'src/cli/verify/offline/asking.ts': plant(takes('node:net'), 'verifier-is-offline: net'),
  'src/modules/mines/lost.service.ts': plant(takes('./nowhere'), 'everything-resolves: ./nowhere'),
  'src/modules/mines/one.ts': plant(takes('./two'), 'no-cycles: src/modules/mines/two.ts'),
  'src/modules/mines/two.ts': plant(takes('./one')),
  'src/modules/mines/type-one.ts': plant(takesType('./type-two') + 'export interface Thing {}\n'),
  'src/modules/mines/type-two.ts': plant(takesType('./type-one') + 'export interface Thing {}\n'),
};

const breachesOf = (tree: Tree): Promise<string[]> =>
  withTree({ 'tests/support/clock.ts': '', ...tree }, async (root) => {
    const { breaches } = await breachesIn(root, ['src', 'migrations']);
    return breaches.map(breachText);
  });

test('a sound house has no breach', async () => {
  expect(await breachesOf(sound)).toEqual([]);
});

test('each wall catches what is planted against it, and nothing else', async () => {
  const texts = Object.fromEntries(Object.entries(planted).map(([name, p]) => [name, p.text]));
  const found = (await breachesOf({ ...sound, ...texts })).map((b) => b.replace(/ \(by .*\)$/, ''));
  const expected = Object.entries(planted).flatMap(([name, p]) =>
    p.breaches.map((b) => b.replace(': ', `: ${name} -> `)),
  );
  expect(found.sort()).toEqual(expected.sort());
});

test('no wall stands without something planted against it', () => {
  const bitten = new Set(Object.values(planted).flatMap((p) => p.breaches.map((b) => b.split(':')[0]!)));
  const unproved = [...importWalls, ...runtimeWalls].map((w) => w.name).filter((name) => !bitten.has(name));
  // The order is one array and one rule for all: one pair is planted above, every pair below.
  expect(unproved.filter((name) => !name.startsWith('order-of-'))).toEqual([]);
});

test('an import to the right is caught for every pair of modules, one to the left for none', async () => {
  const tree: Record<string, string> = { 'migrations/index.ts': '' };
  for (const from of moduleOrder) {
    tree[`src/modules/${from}/index.ts`] = '';
    tree[`src/modules/${from}/all.service.ts`] = moduleOrder
      .filter((to) => to !== from)
      .map((to) => `import type {} from '../${to}';\nimport '../${to}';\n`)
      .join('');
  }
  const expected = moduleOrder.flatMap((from, place) =>
    moduleOrder
      .slice(place + 1)
      .map((to) => `order-of-${from}: src/modules/${from}/all.service.ts -> src/modules/${to}/index.ts`),
  );
  expect([...new Set(await breachesOf(tree))].sort()).toEqual(expected.sort());
});
