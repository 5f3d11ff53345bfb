import { dropKeptDatabases } from './kept-databases';
import { removeKeptFolder } from './kept-folder';

const SERVER = 'mysql://root@127.0.0.1:3306';

function sayWhatWasLeftOut(): void {
  process.stderr.write(
    `\nThis run was on SQLite. The MySQL/MariaDB lane was skipped; with a server at hand run\n` +
      `  LUJIAN_TEST_DATABASE_URL=${SERVER} npm test\n` +
      `(databases lujian_test_* are made and dropped there).\n`,
  );
}

/** Jest's globalTeardown, after the summary: leaves nothing behind, and says which engine the run has not seen. */
export default async function globalTeardown(): Promise<void> {
  const server = process.env.LUJIAN_TEST_DATABASE_URL;
  if (server) await dropKeptDatabases(server);
  else sayWhatWasLeftOut();
  removeKeptFolder();
}
