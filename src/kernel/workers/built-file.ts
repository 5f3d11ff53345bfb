import fs from 'node:fs';
import path from 'node:path';

// Of the repository when this runs from its TypeScript source, of dist/ when it runs compiled.
const root = path.resolve(__dirname, '../../..');

/**
 * The compiled file of this name beside the caller: a worker thread loads JavaScript, also while the caller itself runs
 * from TypeScript. Throws when nobody has built it.
 */
export function builtFile(directory: string, name: string): string {
  const places = [directory, path.join(root, 'dist', path.relative(root, directory))];
  const files = places.map((place) => path.join(place, `${name}.js`));
  const found = files.find((file) => fs.existsSync(file));
  if (!found) throw new Error(`${path.relative(root, files[1]!)} is not there; run npm run build first`);
  return found;
}
