const SERVER = 'mysql://root@127.0.0.1:3306';

/** Jest's globalTeardown, after the summary: says which database engine the run has not seen. */
export default function sayWhatWasLeftOut(): void {
  if (process.env.LUJIAN_TEST_DATABASE_URL) return;
  process.stderr.write(
    `\nThis run was on SQLite. The MySQL/MariaDB lane was skipped; with a server at hand run\n` +
      `  LUJIAN_TEST_DATABASE_URL=${SERVER} npm test\n` +
      `(databases lujian_test_* are made and dropped there).\n`,
  );
}
