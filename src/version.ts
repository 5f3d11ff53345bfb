import fs from 'node:fs';
import path from 'node:path';

/** The project's root: the nearest folder upwards that holds package.json (sources and compiled files differ in depth). */
export function projectRoot(from: string = __dirname): string {
  let folder = from;
  while (!fs.existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('package.json was not found above the program');
    folder = parent;
  }
  return folder;
}

/** The version in package.json. */
export function lujianVersion(): string {
  const text = fs.readFileSync(path.join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
