import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Db } from '../../kernel/db/database';
import { VaultKey } from '../../kernel/db/kernel.store';
import { inTransaction } from '../../kernel/db/transaction';
import { openCheckpoint, signCheckpoint, type VerifiedCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import type { NoteSigner } from '../../kernel/pure/tlog/note';
import { SIGNATURE_TYPES, verifierKey, vkeyText, type VerifierKey } from '../../kernel/pure/tlog/vkey';
import { ed25519Signer, ed25519Verify, rawPublicKey, sha256 } from '../../kernel/tlog-crypto';
import type { Vault } from '../../kernel/vault/vault';
import { LogDisagreement } from './log-files';
import { addKey, ensureHead, keysOf, type LogKey, originsOf } from './log.store';

/** Name of a key of the log in the vault. */
const vaultNameOf = (keyId: string): string => `log-key-${keyId}`;

const privateKeyOf = (der: Buffer): KeyObject => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });

/** Makes an Ed25519 key of the log, in the vault, and says what its row will be. The key is named as the log is. */
export async function newLogKey(db: Db, vault: Vault, origin: string): Promise<LogKey> {
  const id = db.sources.ids.timed();
  const der = await vault.ensure(vaultNameOf(id), () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }),
  );
  const key = verifierKey(origin, SIGNATURE_TYPES.note, rawPublicKey(privateKeyOf(der)), sha256);
  return { id, origin, verifier: vkeyText(key), madeAt: db.sources.clock.now(), retiredAt: null };
}

/** The same, with its row. */
export async function makeLogKey(db: Db, vault: Vault, origin: string): Promise<LogKey> {
  const key = await newLogKey(db, vault, origin);
  await inTransaction(db, (tx) => addKey(tx, key));
  return key;
}

/** The head of a log and its first key. Call inside the migration lease. */
export async function ensureLog(db: Db, vault: Vault, origin: string): Promise<void> {
  await inTransaction(db, (tx) => ensureHead(tx, origin, db.sources.clock.now()));
  // Whoever retires the last key by hand must not be answered with a new one that no entry of the log names.
  if ((await keysOf(db, origin)).length === 0) await makeLogKey(db, vault, origin);
}

/** Signs for the log, and tells its own signatures from others. */
export interface Notary {
  /** The signed checkpoint, by every key that signs now: two while keys overlap. */
  sign(head: { size: number; root: Uint8Array }): Promise<string>;
  /** Reads a checkpoint that must be the log's own and of that size; TlogFault otherwise. Retired keys count. */
  read(text: string, size: number): Promise<VerifiedCheckpoint>;
  /** All keys of the log, retired ones too; LogDisagreement where a row is not what the vault holds. */
  known(): Promise<VerifierKey[]>;
  /** Verifier keys that sign now, one a line. */
  verifiers(): Promise<string>;
}

/**
 * A key of the log as the vault has it. The row is open to whoever writes to the database, the vault is not: a row that
 * names another key than the vault holds throws LogDisagreement.
 */
async function signerFrom(vault: Vault, { id, origin, verifier }: LogKey): Promise<NoteSigner> {
  const key = privateKeyOf(await vault.load(vaultNameOf(id)));
  const own = verifierKey(origin, SIGNATURE_TYPES.note, rawPublicKey(key), sha256);
  if (vkeyText(own) !== verifier)
    throw new LogDisagreement(`the key ${id} of the log is in the database another one than in the vault`);
  return { key: own, sign: ed25519Signer(key) };
}

/** Keys of an origin as the vault has them, whatever the table says of them; what the vault lacks is left out. */
export async function vaultKeyRows(db: Db, vault: Vault, origin: string): Promise<{ id: string; verifier: string }[]> {
  const rows: { id: string; verifier: string }[] = [];
  for (const { id } of await keysOf(db, origin)) {
    if (!(await db.m.existsBy(VaultKey, { name: vaultNameOf(id) }))) continue;
    const key = privateKeyOf(await vault.load(vaultNameOf(id)));
    const own = verifierKey(origin, SIGNATURE_TYPES.note, rawPublicKey(key), sha256);
    rows.push({ id, verifier: vkeyText(own) });
  }
  return rows;
}

/** Verifier keys of every origin, as the vault has them. */
export async function vaultKeysOf(db: Db, vault: Vault): Promise<Record<string, string[]>> {
  const keys: Record<string, string[]> = {};
  for (const { origin } of await originsOf(db))
    keys[origin] = (await vaultKeyRows(db, vault, origin)).map(({ verifier }) => verifier);
  return keys;
}

export function createNotary(db: Db, vault: Vault, origin: string): Notary {
  const held = new Map<string, NoteSigner>();
  async function signerOf(row: LogKey): Promise<NoteSigner> {
    const name = `${row.id} ${row.verifier}`;
    const known = held.get(name);
    if (known) return known;
    const signer = await signerFrom(vault, row);
    held.set(name, signer);
    return signer;
  }
  const signing = async (): Promise<LogKey[]> => (await keysOf(db, origin)).filter((row) => row.retiredAt === null);
  const known = async (): Promise<VerifierKey[]> => {
    const keys: VerifierKey[] = [];
    for (const row of await keysOf(db, origin)) keys.push((await signerOf(row)).key);
    return keys;
  };
  return {
    async sign({ size, root }) {
      const signers: NoteSigner[] = [];
      for (const row of await signing()) signers.push(await signerOf(row));
      if (signers.length === 0)
        throw new LogDisagreement(
          'every key of the log is retired in the database, which no command does: put log_key right from a backup',
        );
      return signCheckpoint({ origin, size, root, extensions: [] }, ...signers);
    },
    async read(text, size) {
      const checkpoint = openCheckpoint(text, await known(), ed25519Verify);
      if (checkpoint.size !== size)
        throw new LogDisagreement(`the checkpoint stored as ${size} entries speaks of ${checkpoint.size}`);
      return checkpoint;
    },
    known,
    verifiers: async () => (await signing()).map((row) => `${row.verifier}\n`).join(''),
  };
}
