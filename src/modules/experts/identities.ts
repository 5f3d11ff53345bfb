import { createHmac } from 'node:crypto';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { maskIdentity, type IdentityKind } from './core/identity-number';
import type { JudgedIdentity } from './experts.rules';
import type { Duties } from './line.port';
import type { ExpertIdentity } from './experts.store';

/** HMAC-SHA-256 over kind and normalised number: the same person is found, and nobody without the key can try numbers. */
export const identityHash = (key: Buffer, kind: IdentityKind, number: string): string =>
  createHmac('sha256', key).update(`${kind}\u0000${number}`).digest('hex');

/** What a document entered by mistake is kept under, so that its number is free for whose it is. */
export const freedHash = (key: Buffer, identityId: string): string =>
  createHmac('sha256', key).update(`freed\u0000${identityId}`).digest('hex');

export interface Sealing {
  vault: Vault;
  key: Buffer;
  sources: Sources;
}

/** The same, for acts that may raise a doubt, which an officer then owes a decision on. */
export interface Registering extends Sealing {
  duties: Pick<Duties, 'owe'>;
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
