import fs from 'node:fs';
import path from 'node:path';
import { repository } from './cruise';
import { assetFetchesForeign, faultsIn, LINE_LIMIT, type SourceWall } from './source-walls';

const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));

const textOf = (name: string): string => fs.readFileSync(path.join(repository, name), 'utf8');

test('no source file of the house breaks a wall', () => {
  const files = ['src', 'migrations', 'tests'].flatMap(filesBelow).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(200);
  const faults = [...files, 'ormconfig.ts'].flatMap((name) =>
    faultsIn(name, textOf(name)).map(({ wall, line }) => `${wall}: ${name}:${line}`),
  );
  expect(faults).toEqual([]);
});

test('no asset of the house fetches from elsewhere', () => {
  const assets = filesBelow('src').filter((name) => /\.(html|css|m?js|svg)$/.test(name));
  expect(assets.filter((name) => assetFetchesForeign(textOf(name)))).toEqual([]);
});

interface Case {
  wall: Exclude<SourceWall, 'too-long'>;
  file: string;
  text: string;
}

const caught: readonly Case[] = [
  { wall: 'wall-clock', file: 'src/modules/m/m.service.ts', text: 'const a = new Date();' },
  { wall: 'wall-clock', file: 'src/modules/m/m.service.ts', text: 'const a = new Date;' },
  { wall: 'wall-clock', file: 'src/modules/m/m.service.ts', text: 'const a = new Date(5);' },
  { wall: 'wall-clock', file: 'src/kernel/pure/time.ts', text: 'const a = new Date();' },
  { wall: 'wall-clock', file: 'src/kernel/http/app.ts', text: 'const a = Date.now();' },
  { wall: 'wall-clock', file: 'src/kernel/http/app.ts', text: "const a = Date['now']();" },
  { wall: 'wall-clock', file: 'src/kernel/http/app.ts', text: 'const now = Date.now;' },
  { wall: 'wall-clock', file: 'src/kernel/http/app.ts', text: 'const a = Date();' },
  { wall: 'chance', file: 'src/modules/m/m.service.ts', text: 'const a = Math.random();' },
  { wall: 'chance', file: 'src/modules/m/m.service.ts', text: "import { randomUUID as id } from 'node:crypto';" },
  { wall: 'chance', file: 'src/modules/m/m.service.ts', text: 'const a = crypto.randomBytes(8);' },
  { wall: 'chance', file: 'src/modules/m/m.service.ts', text: "const a = crypto['randomInt'](8);" },
  { wall: 'process-end', file: 'src/wire.ts', text: 'process.exit(1);' },
  { wall: 'process-end', file: 'src/kernel/log.ts', text: 'process.exitCode = 1;' },
  { wall: 'environment', file: 'src/kernel/log.ts', text: 'const a = process.env.LEVEL;' },
  { wall: 'environment', file: 'src/kernel/log.ts', text: 'const { env } = process; const a = process.env;' },
  { wall: 'typeorm-names', file: 'src/modules/m/m.service.ts', text: "import { Entity } from 'typeorm';" },
  { wall: 'typeorm-names', file: 'src/modules/m/m.service.ts', text: "import { In, Column } from 'typeorm';" },
  { wall: 'typeorm-names', file: 'src/modules/m/m.service.ts', text: "import { Entity as In } from 'typeorm';" },
  { wall: 'typeorm-names', file: 'src/modules/m/m.service.ts', text: "import * as orm from 'typeorm';" },
  { wall: 'self-made-schema', file: 'tests/support/database.ts', text: 'const a = { synchronize: true };' },
  { wall: 'self-made-schema', file: 'ormconfig.ts', text: "const a = { 'synchronize': isTest };" },
  { wall: 'self-made-schema', file: 'ormconfig.ts', text: 'const synchronize = true, a = { synchronize };' },
  { wall: 'self-made-schema', file: 'tests/db/a.test.ts', text: 'await db.synchronize();' },
  {
    wall: 'foreign-asset',
    file: 'src/kernel/http/docs.ts',
    text: 'const a = `<script src="https://cdn.example/a.js">`;',
  },
  { wall: 'foreign-asset', file: 'src/kernel/http/docs.ts', text: "const a = '<link href=//cdn.example/a.css>';" },
  { wall: 'foreign-asset', file: 'src/kernel/http/docs.ts', text: 'const a = \'@import "http://x.example/a.css"\';' },
  {
    wall: 'foreign-asset',
    file: 'src/kernel/http/docs.ts',
    text: "const a = 'body{background:url(https://x.example/a)}';",
  },
  { wall: 'foreign-asset', file: 'src/kernel/http/docs.ts', text: 'const a = `${b}fetch("https://x.example/a")`;' },
  { wall: 'skipped-test', file: 'tests/rules/a.test.ts', text: "test.skip('a', () => {});" },
  { wall: 'skipped-test', file: 'tests/rules/a.test.ts', text: "describe.only('a', () => {});" },
  { wall: 'skipped-test', file: 'tests/rules/a.test.ts', text: "test.todo('a');" },
  { wall: 'skipped-test', file: 'tests/rules/a.test.ts', text: "xit('a', () => {});" },
];

test.each(caught)('$wall catches $text in $file', ({ wall, file, text }) => {
  expect(faultsIn(file, text).map((f) => f.wall)).toEqual([wall]);
});

const allowed: readonly Omit<Case, 'wall'>[] = [
  {
    file: 'src/kernel/sources.ts',
    text: "import { randomBytes } from 'node:crypto'; const a = [Date.now(), new Date()];",
  },
  { file: 'src/kernel/pure/time.ts', text: 'const a = new Date(5);' },
  { file: 'tests/rules/a.test.ts', text: 'const a = [new Date(), Math.random(), process.env.HOME];' },
  { file: 'src/main.ts', text: 'process.exit(1);' },
  { file: 'src/cli/sign/main.ts', text: 'process.exitCode = 1; const a = process.env;' },
  { file: 'src/config.ts', text: 'const a = process.env;' },
  { file: 'ormconfig.ts', text: 'const a = { synchronize: false, env: process.env };' },
  { file: 'src/modules/m/m.service.ts', text: "import { In, LessThan, type Repository } from 'typeorm';" },
  { file: 'src/modules/m/m.service.ts', text: "import type { Repository } from 'typeorm';" },
  { file: 'src/modules/m/m.store.ts', text: "import { Entity } from 'typeorm';" },
  {
    file: 'src/kernel/http/docs.ts',
    text: 'const a = `<script src="/docs/docs.js"></script>`, b = "https://x.example";',
  },
  { file: 'tests/support/judges.ts', text: "describe.skip('a', () => {});" },
];

test.each(allowed)('nothing is wrong with $text in $file', ({ file, text }) => {
  expect(faultsIn(file, text)).toEqual([]);
});

test('a file of 400 lines passes, one of 401 does not', () => {
  const lines = (count: number): string => '//\n'.repeat(count);
  expect(faultsIn('src/a.ts', lines(LINE_LIMIT - 1))).toEqual([]);
  expect(faultsIn('src/a.ts', lines(LINE_LIMIT))).toEqual([]);
  expect(faultsIn('src/a.ts', lines(LINE_LIMIT).trimEnd())).toEqual([]);
  expect(faultsIn('src/a.ts', lines(LINE_LIMIT + 1))).toEqual([{ wall: 'too-long', line: 401 }]);
});

test('each wall has something planted against it', () => {
  const walls: Record<Exclude<SourceWall, 'too-long'>, true> = {
    'wall-clock': true,
    chance: true,
    'process-end': true,
    environment: true,
    'typeorm-names': true,
    'self-made-schema': true,
    'foreign-asset': true,
    'skipped-test': true,
  };
  expect([...new Set(caught.map((c) => c.wall))].sort()).toEqual(Object.keys(walls).sort());
});
