import { migrations } from '../../../migrations';
import type { Config } from '../../config';
import { BackupFault } from '../../kernel/backup/fault';
import type { BackupHead, BackupManifest } from '../../kernel/backup/format';
import { readBackup } from '../../kernel/backup/reading';
import { createDirectoryStore, type BlobStore } from '../../kernel/blobs/blob-store';
import { openDatabase, type Db } from '../../kernel/db/database';
import { emptyTables, loadRows, markUnfinished, unmark } from '../../kernel/db/loading';
import { migrate } from '../../kernel/db/migrate';
import { countRows } from '../../kernel/db/snapshot';
import type { Log } from '../../kernel/log';
import type { Sources } from '../../kernel/sources';
import { checkValueOf, createVault, MASTER_KEY_CHECK } from '../../kernel/vault/vault';
import { createLogState, type Auditor } from '../../modules/audit-log';
import { entities } from '../../schema';
import { buildLog } from '../../wiring/log';
import { namedBlobs } from '../../wiring/named-blobs';
import { migrationsOf, putBlob, requireEmpty, requireStore } from './target';

export interface RestoreOptions {
  sources: Sources;
  log: Log;
  /** Drops what a restore that was ended early has left in the target. */
  startOver?: boolean;
  /** The operator's word that nothing was published after the backup. Without it the log is left stopped. */
  logEndsHere?: boolean;
}

export interface Restored {
  head: BackupHead;
  manifest: BackupManifest;
  server: string;
  /** What the self-audit of the log found. */
  audit: Awaited<ReturnType<Auditor['auditNow']>>;
  /** What the check of a start says: not empty where the log may not go on. */
  notes: string[];
}

interface Checked {
  head: BackupHead;
  /** Of the table `installation`. */
  settled: ReadonlyMap<string, string>;
}

/** Reads the whole file before anything is written: hashes, counts, and what the restore has to know. */
async function checkFile(file: string): Promise<Checked> {
  const settled = new Map<string, string>();
  const { head } = await readBackup(file, {
    async rows({ name, columns }, rows) {
      if (name !== 'installation') return;
      const [key, value] = ['name', 'value'].map((column) => columns.findIndex((c) => c.name === column));
      for (const row of rows) settled.set(String(row[key!]), String(row[value!]));
    },
  });
  return { head, settled };
}

function requireKey({ masterKey }: Config, settled: ReadonlyMap<string, string>): string {
  if (!masterKey)
    throw new BackupFault(
      '缺少主密钥 the master key of the backup is needed: set LUJIAN_MASTER_KEY or LUJIAN_MASTER_KEY_FILE, or put master.key into the data directory',
    );
  if (checkValueOf(masterKey) !== settled.get(MASTER_KEY_CHECK))
    throw new BackupFault('主密钥不是此备份的主密钥 the master key is not that of the backup; nothing was changed');
  return masterKey;
}

/** Rows and files, in a database of the backup's own level. */
async function fill(db: Db, blobs: BlobStore, file: string): Promise<BackupManifest> {
  const { manifest } = await readBackup(file, {
    head: ({ tables }) =>
      emptyTables(
        db,
        tables.map(({ name }) => name),
      ),
    rows: (table, rows) => loadRows(db, table, rows),
    blob: (key, member) => putBlob(blobs, key, member),
  });
  for (const [table, { rows }] of Object.entries(manifest.tables)) {
    const found = await countRows(db, table);
    if (found !== rows) throw new BackupFault(`记录数不符 ${table} has ${found} rows instead of ${rows}`);
  }
  return manifest;
}

/** Every file that a row names has come. */
async function requireNamed(db: Db, blobs: BlobStore): Promise<void> {
  for (const { table, column, key } of namedBlobs) {
    const rows: { value: string }[] = await db.m.query(
      `SELECT DISTINCT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    for (const { value } of rows)
      if ((await blobs.size(key(value))) === undefined)
        throw new BackupFault(`文件缺失 the file ${key(value)}, which ${table} names, is not in the backup`);
  }
}

/**
 * Why a restored log may not simply go on: its files know nothing of what was published after the backup, and the next
 * checkpoint would be another history under the same key.
 */
const mayHaveGrown = ({ at, log }: BackupHead): string =>
  `restored from a backup of ${at}, which knows ${log.size} entries of the log: if the former service published nothing ` +
  'after it, npm run log:recover -- --yes goes on; otherwise only npm run log:recover -- --new-origin NAME --yes, or the log forks';

/** The rest of the migrations, the check that every start makes, and the self-audit of the log. */
async function finish(
  db: Db,
  blobs: BlobStore,
  config: Config,
  known: Checked & { key: string; logEndsHere: boolean },
  log: Log,
) {
  await migrate(db);
  await requireNamed(db, blobs);
  const vault = createVault(db, known.key);
  const logOrigin = known.settled.get('log-origin');
  if (logOrigin === undefined) throw new BackupFault('备份中没有日志名称 the backup does not name its log');
  const state = createLogState();
  const { keeper, auditor } = await buildLog(db, { blobs, vault, logOrigin }, state, { ...config, log });
  try {
    const audit = await auditor.auditNow();
    if (!known.logEndsHere && state.stopped() === undefined) await keeper.forbid(mayHaveGrown(known.head));
    await unmark(db);
    return { audit, notes: keeper.notes(), server: db.server };
  } finally {
    await auditor.close();
  }
}

async function within<T>(opening: Promise<Db>, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await opening;
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/**
 * Brings a backup back into an empty database of either engine and into a file store that is empty or the backup's own.
 * From its first write to its last the target is marked as unfinished. Throws BackupFault, before the first write for a
 * damaged file, a wrong key, a newer program's backup, and a target that holds something else.
 */
export async function restore(config: Config, file: string, options: RestoreOptions): Promise<Restored> {
  const { sources, log, startOver = false, logEndsHere = false } = options;
  const checked = await checkFile(file);
  const level = migrationsOf(checked.head);
  const key = requireKey(config, checked.settled);
  const blobs = createDirectoryStore(config.blobDirectory, sources.randomness);
  const open = (list: typeof migrations): Promise<Db> =>
    openDatabase({ url: config.databaseUrl, directory: config.dataDirectory, entities, migrations: list }, sources);
  const manifest = await within(open(level), async (db) => {
    await requireEmpty(db, startOver);
    await requireStore(blobs, checked.head, config.blobDirectory);
    await markUnfinished(db);
    await migrate(db);
    return fill(db, blobs, file);
  });
  const rest = await within(open(migrations), (db) => finish(db, blobs, config, { ...checked, key, logEndsHere }, log));
  return { head: checked.head, manifest, ...rest };
}
