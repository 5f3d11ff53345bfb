import { createHmac } from 'node:crypto';
import type { Tx } from '../../kernel/db/transaction';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { maskIdentity, type IdentityKind } from './core/identity-number';
import { platformNumberOf } from './core/platform-number';
import type { JudgedIdentity } from './experts.rules';
import { ExpertIdentity, findByPlatformNumber } from './experts.store';

/** HMAC-SHA-256 over kind and normalised number: the same person is found, and nobody without the key can try numbers. */
export const identityHash = (key: Buffer, kind: IdentityKind, number: string): string =>
  createHmac('sha256', key).update(`${kind}\u0000${number}`).digest('hex');

const PLACES = 100_000_000;
/** The largest multiple of PLACES below 2^32; what lies above would make low numbers likelier. */
const FAIR = Math.floor(2 ** 32 / PLACES) * PLACES;

/** A public number that nobody has. */
export async function freePlatformNumber(tx: Tx, { randomness }: Sources): Promise<string> {
  for (;;) {
    const drawn = randomness.bytes(4).readUInt32BE();
    if (drawn >= FAIR) continue;
    const number = platformNumberOf(String(drawn % PLACES).padStart(8, '0'));
    if (!(await findByPlatformNumber(tx, number))) return number;
  }
}

/** Seals and stores the documents of one person. */
export async function storeIdentities(
  tx: Tx,
  at: { vault: Vault; key: Buffer; sources: Sources },
  expertId: string,
  identities: readonly JudgedIdentity[],
  documentSeen: boolean,
): Promise<void> {
  for (const { kind, number } of identities) {
    await tx.m.insert(ExpertIdentity, {
      id: at.sources.ids.timed(),
      expertId,
      kind,
      hash: identityHash(at.key, kind, number),
      sealed: at.vault.seal('identity', expertId, Buffer.from(number, 'utf8')),
      mask: maskIdentity(number),
      documentSeen,
    });
  }
}
