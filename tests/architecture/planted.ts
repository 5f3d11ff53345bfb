import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Files by their path below a made-up repository. */
export type Tree = Readonly<Record<string, string>>;

const packageNames = ['typeorm', 'express', 'zod', 'better-sqlite3', 'supertest'];

const stubs: Tree = Object.fromEntries([
  [
    'package.json',
    JSON.stringify({ dependencies: versionsOf(packageNames.slice(0, -1)), devDependencies: versionsOf(['supertest']) }),
  ],
  ...packageNames.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'exports.thing = 1;\n'],
  ]),
]);

function versionsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '1.0.0']));
}

/** Writes the tree, with stubs of a few packages, into a temporary folder for as long as `use` runs. */
export async function withTree<T>(tree: Tree, use: (root: string) => Promise<T>): Promise<T> {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-planted-')));
  try {
    for (const [name, text] of Object.entries({ ...stubs, ...tree })) {
      fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), text);
    }
    return await use(root);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}
