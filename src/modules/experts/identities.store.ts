import { createHmac } from 'node:crypto';
import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { maskIdentity, type IdentityKind } from './core/identity-number';
import { platformNumberOf } from './core/platform-number';
import type { JudgedIdentity } from './experts.rules';
import { Expert, ExpertIdentity } from './experts.store';

/** HMAC-SHA-256 over kind and normalised number: the same person is found, and nobody without the key can try numbers. */
export const identityHash = (key: Buffer, kind: IdentityKind, number: string): string =>
  createHmac('sha256', key).update(`${kind}\u0000${number}`).digest('hex');

/** What a document entered by mistake is kept under, so that its number is free for whose it is. */
export const freedHash = (key: Buffer, identityId: string): string =>
  createHmac('sha256', key).update(`freed\u0000${identityId}`).digest('hex');

const PLACES = 100_000_000;
/** The largest multiple of PLACES below 2^32; what lies above would make low numbers likelier. */
const FAIR = Math.floor(2 ** 32 / PLACES) * PLACES;
const PART = 400;

function drawNumber({ randomness }: Sources): string {
  for (;;) {
    const drawn = randomness.bytes(4).readUInt32BE();
    if (drawn < FAIR) return platformNumberOf(String(drawn % PLACES).padStart(8, '0'));
  }
}

/** So many public numbers that nobody has. */
export async function freePlatformNumbers(on: Reads, sources: Sources, count: number): Promise<string[]> {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const drawn = new Set<string>();
    while (numbers.size + drawn.size < count && drawn.size < PART) drawn.add(drawNumber(sources));
    const taken = await on.m.findBy(Expert, { platformNumber: In([...drawn]) });
    for (const { platformNumber } of taken) drawn.delete(platformNumber);
    for (const number of drawn) numbers.add(number);
  }
  return [...numbers];
}

export interface Sealing {
  vault: Vault;
  key: Buffer;
  sources: Sources;
}

/** How the row of a document begins: sealed, hashed, masked. `added` tells of one that came after the registration. */
export function identityRow(
  at: Sealing,
  expertId: string,
  { kind, number }: JudgedIdentity,
  documentSeen: boolean,
  added: Pick<ExpertIdentity, 'addedAt' | 'addedBy' | 'paper'> = { addedAt: null, addedBy: null, paper: null },
): ExpertIdentity {
  return {
    id: at.sources.ids.timed(),
    expertId,
    kind,
    hash: identityHash(at.key, kind, number),
    sealed: at.vault.seal('identity', expertId, Buffer.from(number, 'utf8')),
    mask: maskIdentity(number),
    documentSeen,
    ...added,
    replacedBy: null,
    withdrawnAt: null,
    withdrawnBy: null,
    withdrawnFor: null,
    withdrawnReason: null,
    withdrawnPaper: null,
  };
}

/** Who holds documents of these hashes: person's id by hash. */
export async function holdersOf(on: Reads, hashes: readonly string[]): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (let at = 0; at < hashes.length; at += PART) {
    const rows = await on.m.findBy(ExpertIdentity, { hash: In(hashes.slice(at, at + PART)) });
    for (const { hash, expertId } of rows) holders.set(hash, expertId);
  }
  return holders;
}
