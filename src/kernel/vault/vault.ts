import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Db } from '../db/database';
import { Installation, VaultKey } from '../db/kernel.store';
import { inTransaction } from '../db/transaction';
import { Problem } from '../problem';

/** Row of `installation` that tells a right master key from a wrong one. */
export const MASTER_KEY_CHECK = 'master-key-check';

/** Keys at rest: AES-256-GCM under HKDF-SHA-256(master key, purpose). */
export interface Vault {
  /** Seals bytes for one purpose; the purpose and the label are authenticated with them. */
  seal(purpose: string, label: string, plain: Uint8Array): string;
  /** Throws if the master key, purpose or label is another, or the bytes were changed. */
  open(purpose: string, label: string, sealed: string): Buffer;
  /** A key of the vault by name; made with `make` when it is missing. Call inside the migration lease. */
  ensure(name: string, make: () => Uint8Array): Promise<Buffer>;
  /** A key of the vault by name; throws when it is missing. */
  load(name: string): Promise<Buffer>;
}

const derive = (masterKey: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'utf8'), Buffer.from('lujian-vault/1'), purpose, 32));

/** A vault under the given master key; `checkMasterKey` tells whether it is the right one. */
export function createVault(db: Db, masterKey: string): Vault {
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) keys.set(purpose, (key = derive(masterKey, purpose)));
    return key;
  };
  const seal: Vault['seal'] = (purpose, label, plain) => {
    const nonce = db.sources.randomness.bytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
    cipher.setAAD(Buffer.from(`${purpose}\u0000${label}`));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
  };
  const open: Vault['open'] = (purpose, label, sealed) => {
    if (!sealed.startsWith('v1.')) throw new Error('sealed value of an unknown form');
    const bytes = Buffer.from(sealed.slice(3), 'base64');
    // A shorter tag would be accepted and is easier to guess.
    if (bytes.length < 28) throw new Error('sealed value of an unknown form');
    const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(`${purpose}\u0000${label}`));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
  };
  const load: Vault['load'] = async (name) => {
    const row = await db.m.findOneBy(VaultKey, { name });
    if (!row) throw new Error(`the key vault has no key "${name}"`);
    return open(`vault/${name}`, name, row.sealed);
  };
  const ensure: Vault['ensure'] = async (name, make) => {
    if (!(await db.m.findOneBy(VaultKey, { name }))) {
      const sealed = seal(`vault/${name}`, name, make());
      await inTransaction(db, (tx) => tx.m.insert(VaultKey, { name, sealed, madeAt: db.sources.clock.now() }));
    }
    return load(name);
  };
  return { seal, open, ensure, load };
}

/** The check value that a master key has: the same on every installation, and of no use to find the key. */
export const checkValueOf = (masterKey: string): string =>
  createHmac('sha256', derive(masterKey, 'check')).update('lujian').digest('hex');

/**
 * Compares the master key with the check value of the database, or stores the check value at the first start. Throws
 * when they differ: a wrong secret must stop the start, not surface later as unreadable data.
 */
export async function checkMasterKey(db: Db, masterKey: string): Promise<void> {
  const value = checkValueOf(masterKey);
  const row = await db.m.findOneBy(Installation, { name: MASTER_KEY_CHECK });
  if (!row) {
    try {
      await inTransaction(db, (tx) => tx.m.insert(Installation, { name: MASTER_KEY_CHECK, value }));
      return;
    } catch (error) {
      // Another process stored its check value between the two statements: compare with that one.
      if (!(error instanceof Problem && error.code === 'request.conflict')) throw error;
      return checkMasterKey(db, masterKey);
    }
  }
  if (!timingSafeEqual(Buffer.from(row.value, 'hex'), Buffer.from(value, 'hex'))) {
    throw new Error(
      'LUJIAN_MASTER_KEY is not the key this database was made with; nothing was changed. Start with the right key.',
    );
  }
}
