import fs from 'node:fs';
import path from 'node:path';
import { breachesIn, breachText, repository } from './cruise';
import { moduleOrder } from './walls';

const folders = ['src', 'migrations', 'ormconfig.ts'];

test('every folder of src/modules has its place in the order', () => {
  const found = fs.readdirSync(path.join(repository, 'src/modules'));
  expect(found.filter((name) => !(moduleOrder as readonly string[]).includes(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

test('no import goes through a wall', async () => {
  const { files, breaches } = await breachesIn(repository, folders);
  const sources = fs.readdirSync(path.join(repository, 'src'), { recursive: true, encoding: 'utf8' });
  for (const source of sources.filter((name) => /\.tsx?$/.test(name))) expect(files).toContain(`src/${source}`);
  expect(breaches.map(breachText)).toEqual([]);
  // A process of its own reads every file; on a busy machine that takes longer than other tests may.
}, 300_000);
