import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { createDirectoryStore, tieStore, type BlobStore } from '../kernel/blobs/blob-store';
import type { Db } from '../kernel/db/database';
import { Installation } from '../kernel/db/kernel.store';
import { inTransaction } from '../kernel/db/transaction';
import type { Sources } from '../kernel/sources';
import { checkMasterKey, createVault, MASTER_KEY_CHECK, type Vault } from '../kernel/vault/vault';
import { ensureLog } from '../modules/audit-log';
import { ensureIdentityKeys } from '../modules/identity';
import { ensureAuthority } from '../modules/signing';

/** Does the database know a master key already? Before the first migration there is not even the table. */
async function isKeyed(db: Db): Promise<boolean> {
  const tables: unknown[] = await db.m.query("SELECT 1 FROM sqlite_master WHERE name = 'installation'");
  return tables.length > 0 && (await db.m.existsBy(Installation, { name: MASTER_KEY_CHECK }));
}

/**
 * SQLite without the setting makes its master key beside the data, and says so. Never a second one: a new key beside
 * data sealed under a lost one could be taken for the real one.
 */
export async function masterKeyFor(db: Db, config: Config, sources: Sources): Promise<{ key: string; note?: string }> {
  const file = path.join(config.dataDirectory, 'master.key');
  const note =
    '主密钥保存在数据目录的 master.key；正式使用请改用 LUJIAN_MASTER_KEY 或 LUJIAN_MASTER_KEY_FILE 并移走该文件';
  if (config.masterKey) return { key: config.masterKey, ...(fs.existsSync(file) ? { note } : {}) };
  if (await isKeyed(db)) {
    throw new Error(`master.key is missing in ${config.dataDirectory}: put it back, or set LUJIAN_MASTER_KEY`, {
      cause: 'lost key',
    });
  }
  const key = sources.randomness.bytes(32).toString('hex');
  // Whole or not at all: an empty file after a crash would stop every later start.
  const making = `${file}.new`;
  fs.writeFileSync(making, `${key}\n`, { mode: 0o600, flush: true });
  fs.renameSync(making, file);
  return { key, note };
}

async function settled(db: Db, name: string, value: string): Promise<string> {
  const row = await db.m.findOneBy(Installation, { name });
  if (row) return row.value;
  await inTransaction(db, (tx) => tx.m.insert(Installation, { name, value }));
  return value;
}

export interface Prepared {
  vault: Vault;
  blobs: BlobStore;
  /** Name of the log, as fixed at the first start. */
  logOrigin: string;
  identityKeys: Awaited<ReturnType<typeof ensureIdentityKeys>>;
  expertKey: Buffer;
  requestHashKey: Buffer;
  contactCodeKey: Buffer;
  authority: Awaited<ReturnType<typeof ensureAuthority>>;
}

/** What one process makes while no other does: keys, store id, log origin. */
export async function prepare(db: Db, config: Config, masterKey: string): Promise<Prepared> {
  await checkMasterKey(db, masterKey);
  const vault = createVault(db, masterKey);
  const { randomness, ids } = db.sources;
  const blobs = createDirectoryStore(config.blobDirectory, randomness);
  const known = await db.m.findOneBy(Installation, { name: 'store-id' });
  const storeId = await tieStore(blobs, known?.value, ids.random);
  await settled(db, 'store-id', storeId);
  const logOrigin = await settled(db, 'log-origin', config.logOrigin);
  await ensureLog(db, vault, logOrigin);
  return {
    vault,
    blobs,
    logOrigin,
    identityKeys: await ensureIdentityKeys(vault, randomness),
    expertKey: await vault.ensure('identity-number-hash', () => randomness.bytes(32)),
    contactCodeKey: await vault.ensure('contact-code', () => randomness.bytes(32)),
    requestHashKey: await vault.ensure('request-hash', () => randomness.bytes(32)),
    authority: await ensureAuthority(vault, db.sources),
  };
}
