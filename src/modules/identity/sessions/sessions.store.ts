import { createHash } from 'node:crypto';
import { Column, Entity, Index, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import type { Brake } from './brake.rules';

/** A browser's session. Nothing in it changes but the time it was last seen. */
@Entity('web_session')
@Index('ix_web_session_account', ['accountId'])
export class WebSession {
  /** SHA-256 of the id in the cookie: who reads the table cannot take a session over. */
  @Column(col.key(64)) id: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
  @Index('ix_web_session_seen')
  @Column({ ...col.at(), name: 'last_seen_at' })
  lastSeenAt: number;
  /** By which door it was opened; null for sessions from before this was kept. */
  @Column(col.text(16, nullable)) via: 'password' | 'oidc' | null;
  /** How the second factor was shown; null for sessions from before this was kept. */
  @Column({ ...col.text(16, nullable), name: 'second_factor' })
  secondFactor: 'off' | 'provider' | 'totp' | 'recovery' | null;
  /** Network of the client, without the part that names one machine. */
  @Column(col.text(64, nullable)) address: string | null;
  /** Kind of browser and system, nothing that tells one machine from another. */
  @Column(col.text(64, nullable)) agent: string | null;
  /** Failed tries in a row before this sign-in. */
  @Column({ ...col.int(nullable), name: 'failed_before' }) failedBefore: number | null;
  /** Sealed: the token of the unified sign-in, shown to it at signing out. */
  @Column({ ...col.long(nullable), name: 'id_token' }) idToken: string | null;
}

@Entity('sign_in_brake')
export class SignInBrake implements Brake {
  /** Keyed hash of the username: what people type there by mistake is often a password. */
  @Column(col.key(64)) key: string;
  @Column(col.int()) failures: number;
  @Index('ix_sign_in_brake_last')
  @Column({ ...col.at(), name: 'last_failure_at' })
  lastFailureAt: number;
  @Column({ ...col.at(), name: 'next_try_at' }) nextTryAt: number;
}

export const hashedSessionId = (sid: string): string => createHash('sha256').update(sid).digest('hex');

export const findSession = async (from: Reads, sid: string): Promise<WebSession | undefined> =>
  (await from.m.findOneBy(WebSession, { id: hashedSessionId(sid) })) ?? undefined;

export type SessionOrigin = Pick<WebSession, 'via' | 'secondFactor' | 'address' | 'agent' | 'failedBefore' | 'idToken'>;

export async function insertSession(
  tx: Tx,
  sid: string,
  accountId: string,
  now: number,
  origin: SessionOrigin,
): Promise<WebSession> {
  const row = { id: hashedSessionId(sid), accountId, createdAt: now, lastSeenAt: now, ...origin };
  await tx.m.insert(WebSession, row);
  return row;
}

/** The account's sessions that have not ended, the newest first. */
export const liveSessions = (
  from: Reads,
  accountId: string,
  since: { seenAfter: number; openedAfter: number },
): Promise<WebSession[]> =>
  from.m.find(WebSession, {
    where: { accountId, lastSeenAt: MoreThan(since.seenAfter), createdAt: MoreThan(since.openedAfter) },
    order: { createdAt: 'DESC', id: 'ASC' },
  });

/** Ends one session by its row; false if the account has none such. */
export async function endSessionRow(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const { affected } = await tx.m.delete(WebSession, { id, accountId });
  return affected === 1;
}

/** Of several requests at once, one writes. */
export const touchSession = async (tx: Tx, seen: WebSession, now: number): Promise<void> => {
  await tx.m.update(WebSession, { id: seen.id, lastSeenAt: seen.lastSeenAt }, { lastSeenAt: now });
};

export const endSession = async (tx: Tx, sid: string): Promise<void> => {
  await tx.m.delete(WebSession, { id: hashedSessionId(sid) });
};

/** Ends the account's sessions, all but one if its id is given; returns how many. */
export const endSessions = async (tx: Tx, accountId: string, keepSid?: string): Promise<number> => {
  const others = keepSid === undefined ? {} : { id: Not(hashedSessionId(keepSid)) };
  return (await tx.m.delete(WebSession, { accountId, ...others })).affected ?? 0;
};

export const findBrake = async (from: Reads, key: string): Promise<SignInBrake | undefined> =>
  (await from.m.findOneBy(SignInBrake, { key })) ?? undefined;

/** Throws a duplicate fault if somebody else's failure made the row first. */
export const insertBrake = async (tx: Tx, key: string, brake: Brake): Promise<void> => {
  await tx.m.insert(SignInBrake, { key, ...brake });
};

/** False if the count is no longer as seen. */
export async function changeBrake(tx: Tx, seen: SignInBrake, brake: Brake): Promise<boolean> {
  const { affected } = await tx.m.update(SignInBrake, { key: seen.key, failures: seen.failures }, { ...brake });
  return affected === 1;
}

/** False if the count is no longer as seen. */
export async function deleteBrake(tx: Tx, seen: SignInBrake): Promise<boolean> {
  const { affected } = await tx.m.delete(SignInBrake, { key: seen.key, failures: seen.failures });
  return affected === 1;
}

/** Drops sessions not seen since, and counts without a failure since; returns how many rows went. */
export async function deleteSpent(tx: Tx, seenBefore: number, failedBefore: number): Promise<number> {
  const sessions = await tx.m.delete(WebSession, { lastSeenAt: LessThanOrEqual(seenBefore) });
  const brakes = await tx.m.delete(SignInBrake, { lastFailureAt: LessThanOrEqual(failedBefore) });
  return (sessions.affected ?? 0) + (brakes.affected ?? 0);
}
