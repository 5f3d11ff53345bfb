import type { Config } from '../config';
import type { Db } from '../kernel/db/database';
import type { Log } from '../kernel/log';
import type { Vault } from '../kernel/vault/vault';
import { builtFile } from '../kernel/workers/built-file';
import { createPool } from '../kernel/workers/pool';
import { createAuditor, vaultKeysOf, type Auditor, type SelfAuditReport } from '../modules/audit-log';
import type { AuditTask } from './log-audit-task';

/** A million entries take some minutes; a day means that something hangs. */
const TIME_LIMIT_MS = 24 * 3600_000;
/** Drifts that are listed; all are counted. */
export const LISTED = 200;

/** Where the database and the files are that are audited. */
export type AuditedPlaces = Pick<Config, 'databaseUrl' | 'dataDirectory' | 'blobDirectory'>;

export type ServedAuditor = Auditor & { close(): Promise<void> };

/** The self-audit in a worker thread with a connection of its own; call `close` before the database closes. */
export function buildAuditor(
  db: Db,
  vault: Vault,
  { databaseUrl, dataDirectory, blobDirectory }: AuditedPlaces,
  log: Log,
): ServedAuditor {
  // Made when it is first needed: most processes of a test never audit.
  let pool: ReturnType<typeof createPool> | undefined;
  const workers = () =>
    (pool ??= createPool({ files: [builtFile(__dirname, 'log-audit-task')], size: 1, timeLimitMs: TIME_LIMIT_MS }));
  const auditor = createAuditor({ db, log }, async (earlier) => {
    const vaultKeys = await vaultKeysOf(db, vault);
    const seen = earlier && { generation: earlier.generation, size: earlier.size, root: earlier.root };
    const task: AuditTask = { databaseUrl, dataDirectory, blobDirectory, vaultKeys, earlier: seen, most: LISTED };
    return workers().run<SelfAuditReport>('log.self-audit', task);
  });
  return { ...auditor, close: async () => pool?.close() };
}
