import { compileOnce } from './compiled';
import { openKeptFolder } from './kept-folder';

/** Jest's globalSetup: one build and one set of migrated databases for all test files. */
export default async function globalSetup(): Promise<void> {
  compileOnce();
  openKeptFolder();
}
