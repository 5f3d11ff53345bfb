import { createHash } from 'node:crypto';
import { IsNull, LessThanOrEqual } from 'typeorm';
import type { IdempotencyClaim } from '../call';
import { Problem } from '../problem';
import type { Db } from './database';
import { faultOf } from './errors';
import { Idempotency } from './kernel.store';
import { inTransaction, type Tx } from './transaction';

const LEASE_MS = 60_000;
const KEPT_MS = 24 * 3600_000;

export interface StoredReply {
  status: number;
  body: unknown;
}

export interface IdempotentRequest {
  /** Who asks: one client's keys never meet another's. */
  scope: string;
  route: string;
  key: string;
  requestSha256: string;
  /** How result or problem become the reply that is kept. */
  render: (outcome: { result: unknown } | { problem: unknown }) => StoredReply;
}

export type Begun = { replay: StoredReply } | { claim: IdempotencyClaim; abandon: () => Promise<void> };

const keyOf = (r: IdempotentRequest): string =>
  createHash('sha256').update([r.scope, r.route, r.key].join('\u0000')).digest('hex');

function judgeExisting(row: Idempotency, request: IdempotentRequest, now: number): StoredReply | 'stale' {
  if (row.expiresAt <= now) return 'stale';
  if (row.requestSha256 !== request.requestSha256) throw new Problem('idempotency.other-request');
  if (row.status !== null) return { status: row.status, body: row.body === null ? undefined : JSON.parse(row.body) };
  if (row.leaseUntil > now) {
    throw new Problem('idempotency.in-progress', { retryAfter: Math.ceil((row.leaseUntil - now) / 1000) });
  }
  return 'stale';
}

/** The column holds 65,535 bytes on the MySQL family: of a larger reply the id is kept, enough to read it again. */
const BODY_LIMIT = 65_535;

function keptBody(body: unknown): string | null {
  if (body === undefined) return null;
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) <= BODY_LIMIT) return text;
  return JSON.stringify({ id: (body as { id?: unknown }).id ?? null });
}

function claimOf(db: Db, key: string, token: string, request: IdempotentRequest): IdempotencyClaim {
  const mine = { key, token };
  const open = { ...mine, status: IsNull() };
  const second = (): Error => new Error('one request, one command: the reply was kept already');
  return {
    async hold(tx: Tx) {
      const leaseUntil = db.sources.clock.now() + LEASE_MS;
      const { affected } = await tx.m.update(Idempotency, open, { leaseUntil });
      if (affected) return;
      if (await tx.m.existsBy(Idempotency, mine)) throw second();
      throw new Problem('idempotency.in-progress', { retryAfter: 2 });
    },
    async complete(tx: Tx, outcome) {
      const { status, body } = request.render(outcome);
      const kept = { status, body: keptBody(body) };
      const { affected } = await tx.m.update(Idempotency, open, kept);
      if (!affected) throw second();
    },
  };
}

/**
 * Claims the key in a short transaction of its own, or answers with the kept reply. Throws Problem
 * `idempotency.other-request` (same key, other content) and `idempotency.in-progress`.
 */
export async function beginIdempotent(db: Db, request: IdempotentRequest): Promise<Begun> {
  const key = keyOf(request);
  const token = db.sources.ids.timed();
  const begun = await inTransaction(db, async (tx): Promise<StoredReply | 'claimed'> => {
    const now = db.sources.clock.now();
    const fresh = { token, leaseUntil: now + LEASE_MS, status: null, body: null, expiresAt: now + KEPT_MS };
    const row = await tx.m.findOneBy(Idempotency, { key });
    if (row) {
      const judged = judgeExisting(row, request, now);
      if (judged !== 'stale') return judged;
      const taken = await tx.m.update(
        Idempotency,
        { key, token: row.token },
        { ...fresh, requestSha256: request.requestSha256 },
      );
      if (!taken.affected) throw new Problem('idempotency.in-progress', { retryAfter: 2 });
      return 'claimed';
    }
    try {
      const { scope, route, requestSha256 } = request;
      await tx.m.insert(Idempotency, { key, scope, route, requestSha256, ...fresh });
    } catch (error) {
      if (faultOf(error) === 'duplicate') throw new Problem('idempotency.in-progress', { retryAfter: 2 });
      throw error;
    }
    return 'claimed';
  });
  if (begun !== 'claimed') return { replay: begun };
  return {
    claim: claimOf(db, key, token, request),
    // Errors are not kept: the same key may try again at once. Only an unanswered claim is dropped.
    abandon: () =>
      inTransaction(db, async (tx) => {
        await tx.m.delete(Idempotency, { key, token, status: IsNull() });
      }),
  };
}

/** Drops replies older than 24 h; returns how many. */
export async function forgetOldReplies(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { affected } = await tx.m.delete(Idempotency, { expiresAt: LessThanOrEqual(db.sources.clock.now()) });
    return affected ?? 0;
  });
}
