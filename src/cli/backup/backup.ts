import fs from 'node:fs';
import path from 'node:path';
import { migrations } from '../../../migrations';
import type { Config } from '../../config';
import { BackupFault } from '../../kernel/backup/fault';
import { FORMAT, type BackupHead, type BackupManifest, type Cell, type TableShape } from '../../kernel/backup/format';
import { createBackupFile, type BackupWriter } from '../../kernel/backup/writing';
import { createDirectoryStore, type BlobStore } from '../../kernel/blobs/blob-store';
import { sqliteFile } from '../../kernel/db/database';
import { isUnfinished } from '../../kernel/db/loading';
import { openReadOnly } from '../../kernel/db/read-only';
import { openSnapshot, tableShapes, type Snapshot } from '../../kernel/db/snapshot';
import { instantText } from '../../kernel/pure/time';
import type { Sources } from '../../kernel/sources';
import { createLogFiles, logExtent } from '../../modules/audit-log';
import { entities } from '../../schema';
import { lujianVersion } from '../../version';
import { isPassing, namedBlobs } from '../../wiring/named-blobs';
import { leftOut } from './left-out';

type Places = Pick<Config, 'databaseUrl' | 'dataDirectory' | 'blobDirectory'>;

const STORE_ID = 'store-id';

function requirePlaces({ databaseUrl, dataDirectory, blobDirectory }: Places): void {
  if (!databaseUrl && !fs.existsSync(sqliteFile(dataDirectory)))
    throw new BackupFault(
      `数据目录中没有数据库 there is no database in ${dataDirectory}; check --data, LUJIAN_DATA or LUJIAN_DATABASE_URL`,
    );
  if (!fs.existsSync(blobDirectory))
    throw new BackupFault(`没有文件存储 the file store is not at ${blobDirectory}; mount it, or check LUJIAN_BLOBS`);
}

/** What the program knows of the database. Throws where a restore into it was ended early. */
async function readShapes(places: Places, sources: Sources): Promise<{ shapes: TableShape[]; server: string }> {
  const settings = { url: places.databaseUrl, directory: places.dataDirectory, entities, migrations: [] };
  const db = await openReadOnly(settings, sources);
  try {
    if (await isUnfinished(db))
      throw new BackupFault(
        '数据库的恢复尚未完成 a restore into this database is not finished: it cannot be backed up',
      );
    return { shapes: tableShapes(db.source), server: db.server };
  } finally {
    await db.close();
  }
}

async function readMigrations(snapshot: Snapshot): Promise<string[]> {
  const found = (await snapshot.few('SELECT name FROM migrations ORDER BY timestamp, name')).map(([name]) =>
    String(name),
  );
  const own = new Set(migrations.map((m) => m.name));
  const foreign = found.filter((name) => !own.has(name));
  if (foreign.length === 0 && found.length === own.size) return found;
  const which = foreign[0] ?? [...own].find((name) => !found.includes(name));
  throw new BackupFault(
    `数据库结构与本程序版本不同 the database is not of this program's version (${which}): back it up with the program that serves it`,
  );
}

async function valueOf(snapshot: Snapshot, name: string): Promise<string> {
  const [row] = await snapshot.few(`SELECT value FROM installation WHERE name = '${name}'`);
  if (!row) throw new BackupFault('数据库从未启用 the database was never started: there is nothing to back up');
  return String(row[0]);
}

/** The rows, each held against the blob store for the files it names. */
async function* checkedRows(snapshot: Snapshot, shape: TableShape, blobs: BlobStore): AsyncIterable<Cell[]> {
  const named = namedBlobs.filter(({ table }) => table === shape.name);
  const places = named.map(({ column, key }) => ({ at: shape.columns.findIndex((c) => c.name === column), key }));
  for await (const row of snapshot.rows(shape)) {
    for (const { at, key } of places) {
      const value = row[at];
      if (typeof value !== 'string' || (await blobs.size(key(value))) !== undefined) continue;
      const id = shape.key.map((k) => String(row[shape.columns.findIndex((c) => c.name === k)])).join('/');
      throw new BackupFault(`文件缺失 the file ${key(value)} is missing, which ${shape.name} ${id} names`);
    }
    yield row;
  }
}

/**
 * The files, after the rows: a file is stored before the row that names it, so none is missing that a row of the snapshot
 * names. Of the log only what the snapshot's head reaches. Returns the largest checkpoint that went along.
 */
async function writeFiles(writer: BackupWriter, blobs: BlobStore, head: BackupHead['log']) {
  const extent = logExtent(head);
  for await (const key of blobs.list('')) {
    if (key === STORE_ID || !extent.holds(key)) continue;
    const size = await blobs.size(key);
    if (size === undefined) {
      if (isPassing(key)) continue;
      throw new BackupFault(`文件在备份时消失 the file ${key} went away while the backup was made`);
    }
    await writer.blob(key, size, () => blobs.stream(key));
  }
  const size = extent.largest();
  if (size === undefined) return null;
  const text = await createLogFiles(blobs, head.generation).checkpoint(size);
  if (text === undefined) throw new BackupFault(`检查点消失 the checkpoint of ${size} entries went away`);
  return { size, text };
}

async function writeRows(writer: BackupWriter, snapshot: Snapshot, shapes: readonly TableShape[], blobs: BlobStore) {
  for (const shape of shapes) await writer.table(shape.name, checkedRows(snapshot, shape, blobs));
}

async function headOf(
  snapshot: Snapshot,
  { shapes, server }: Awaited<ReturnType<typeof readShapes>>,
  at: string,
): Promise<BackupHead> {
  const [log] = await snapshot.few('SELECT generation, size FROM log_head');
  if (!log) throw new BackupFault('数据库没有日志头 the database has no head of the log: it was never started');
  return {
    format: FORMAT,
    program: lujianVersion(),
    engine: snapshot.engine,
    server,
    at,
    storeId: await valueOf(snapshot, STORE_ID),
    migrations: await readMigrations(snapshot),
    tables: shapes.filter(({ name }) => leftOut[name] === undefined),
    left: Object.entries(leftOut).map(([table, why]) => ({ table, why })),
    log: { generation: Number(log[0]), size: Number(log[1]) },
    masterKey: 'not in this file',
  };
}

export interface BackedUp {
  head: BackupHead;
  manifest: BackupManifest;
}

/**
 * Writes a backup of database and files to `out`, beside whoever serves. Throws BackupFault, or the fault of disk or
 * database; then nothing bears the name `out`.
 */
export async function backUp(places: Places, out: string, sources: Sources): Promise<BackedUp> {
  requirePlaces(places);
  const now = (): number => sources.clock.now();
  const text = (): string => instantText(sources.clock.now());
  const known = await readShapes(places, sources);
  const blobs = createDirectoryStore(places.blobDirectory, sources.randomness);
  const snapshot = await openSnapshot({ url: places.databaseUrl, directory: places.dataDirectory });
  let writer: BackupWriter | undefined;
  try {
    const head = await headOf(snapshot, known, text());
    if ((await blobs.size(STORE_ID)) === undefined || String(await blobs.get(STORE_ID)).trim() !== head.storeId)
      throw new BackupFault(
        `文件存储属于另一数据库 the file store at ${places.blobDirectory} is not this database's; check LUJIAN_BLOBS`,
      );
    writer = await createBackupFile(path.resolve(out), now);
    await writer.head(head);
    await writeRows(writer, snapshot, head.tables, blobs);
    await snapshot.close();
    const checkpoint = await writeFiles(writer, blobs, head.log);
    const manifest = await writer.finish({ endedAt: text(), log: { ...head.log, checkpoint } });
    return { head, manifest };
  } catch (error) {
    await writer?.abandon();
    throw error;
  } finally {
    await snapshot.close();
  }
}
