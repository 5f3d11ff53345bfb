import { Column, Entity, Index, LessThanOrEqual } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';

export type AttemptPurpose = 'sign-in' | 'link' | 'second-factor' | 'sign-out';

/** A way to the provider and back that has begun, to sign in, link or sign out, or one that waits for the second factor; each works once. */
@Entity('oidc_attempt')
@Index('ix_oidc_attempt_expiry', ['expiresAt'])
export class OidcAttempt {
  /** SHA-256 of the state, or of the browser's binding once only the second factor is missing. */
  @Column(col.key(64)) id: string;
  /** SHA-256 of what the browser's cookie holds. */
  @Column(col.text(64)) binding: string;
  @Column(col.text(16)) purpose: AttemptPurpose;
  /** Sealed: PKCE verifier and nonce; null when only the second factor is missing, and for signing out. */
  @Column(col.text(500, nullable)) secrets: string | null;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column({ ...col.at(), name: 'expires_at' }) expiresAt: number;
  /** Sealed: the provider's token, while the second factor is awaited. */
  @Column({ ...col.long(nullable), name: 'id_token' }) idToken: string | null;
}

/** Which account a person of the provider is. */
@Entity('oidc_link')
@Index('ux_oidc_link_account', ['accountId'], { unique: true })
export class OidcLink {
  /** Keyed hash over issuer and subject: some provinces use identity numbers as subjects. */
  @Column(col.key(64)) id: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  @Column({ ...col.at(), name: 'linked_at' }) linkedAt: number;
  @Column({ ...col.text(36, nullable), name: 'linked_by' }) linkedBy: string | null;
}

export const insertAttempt = async (tx: Tx, row: OidcAttempt): Promise<void> => {
  await tx.m.insert(OidcAttempt, row);
};

export const findAttempt = async (from: Reads, id: string): Promise<OidcAttempt | undefined> =>
  (await from.m.findOneBy(OidcAttempt, { id })) ?? undefined;

/** False if somebody else has used it. */
export async function takeAttempt(tx: Tx, id: string): Promise<boolean> {
  return (await tx.m.delete(OidcAttempt, { id })).affected === 1;
}

export const dropAttempts = async (tx: Tx, expiredBy: number): Promise<void> => {
  await tx.m.delete(OidcAttempt, { expiresAt: LessThanOrEqual(expiredBy) });
};

export const findLink = async (from: Reads, id: string): Promise<OidcLink | undefined> =>
  (await from.m.findOneBy(OidcLink, { id })) ?? undefined;

export const findLinkOf = async (from: Reads, accountId: string): Promise<OidcLink | undefined> =>
  (await from.m.findOneBy(OidcLink, { accountId })) ?? undefined;

export const insertLink = async (tx: Tx, row: OidcLink): Promise<void> => {
  await tx.m.insert(OidcLink, row);
};

export async function deleteLinkOf(tx: Tx, accountId: string): Promise<boolean> {
  return (await tx.m.delete(OidcLink, { accountId })).affected === 1;
}
