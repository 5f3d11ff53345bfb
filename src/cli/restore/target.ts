import { createHash } from 'node:crypto';
import fsp from 'node:fs/promises';
import { migrations } from '../../../migrations';
import { BackupFault } from '../../kernel/backup/fault';
import type { BackupHead } from '../../kernel/backup/format';
import type { TarMember } from '../../kernel/backup/tar';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Db } from '../../kernel/db/database';
import { dropUnfinished, isUnfinished, tablesOf } from '../../kernel/db/loading';

const STORE_ID = 'store-id';

/** The program's migrations up to the backup's. Throws BackupFault for a backup of a newer program. */
export function migrationsOf({ migrations: had, program }: BackupHead): typeof migrations {
  const foreign = had.filter((name) => !migrations.some((m) => m.name === name));
  if (foreign.length > 0)
    throw new BackupFault(
      `备份来自更新的版本 the backup is of a newer program (${program}, ${foreign[0]}): restore it with that version or a later one`,
    );
  return migrations.filter((m) => had.includes(m.name));
}

/** Throws BackupFault unless the database is empty, or what is in it was left by a restore and may go. */
export async function requireEmpty(db: Db, startOver: boolean): Promise<void> {
  if (await isUnfinished(db)) {
    if (startOver) return dropUnfinished(db);
    throw new BackupFault(
      '目标中有未完成的恢复 a restore into this database was begun and not finished: add --start-over to drop what it left and begin anew',
    );
  }
  const [first] = await tablesOf(db);
  if (first !== undefined)
    throw new BackupFault(
      `目标数据库不为空 the target database is not empty (${first}): give the restore an empty database or another --data`,
    );
}

/**
 * Makes the store the backup's own: an empty one, or the very store that the backup was made of. Throws BackupFault for
 * any other.
 */
export async function requireStore(blobs: BlobStore, { storeId }: BackupHead, folder: string): Promise<void> {
  if ((await blobs.size(STORE_ID)) !== undefined) {
    if (String(await blobs.get(STORE_ID)).trim() === storeId) return;
    throw new BackupFault(
      `文件存储属于另一数据库 the file store at ${folder} is of another database; give an empty one with --blobs`,
    );
  }
  for await (const key of blobs.list(''))
    throw new BackupFault(
      `文件存储不为空 the file store at ${folder} is not empty (${key}); give an empty one with --blobs`,
    );
  await blobs.putIfAbsent(STORE_ID, Buffer.from(storeId));
}

async function hashOf(blobs: BlobStore, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of blobs.stream(key)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Puts a file of the backup into the store, synced; one that is there must have the same bytes. */
export async function putBlob(blobs: BlobStore, key: string, member: TarMember): Promise<void> {
  const arriving = blobs.temporaryFile();
  try {
    const handle = await fsp.open(arriving, 'wx', 0o600);
    try {
      for await (const chunk of member.chunks()) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (await blobs.putIfAbsent(key, arriving)) return;
  } finally {
    await fsp.rm(arriving, { force: true });
  }
  if ((await hashOf(blobs, key)) !== member.sha256)
    throw new BackupFault(
      `文件存储中的 ${key} 与备份不同 the file store holds ${key} with other bytes than the backup`,
    );
}
