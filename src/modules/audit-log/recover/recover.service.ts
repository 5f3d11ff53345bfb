import { In, IsNull, MoreThanOrEqual } from 'typeorm';
import type { BlobStore } from '../../../kernel/blobs/blob-store';
import { systemCall } from '../../../kernel/call';
import { insertMany } from '../../../kernel/db/bulk';
import type { Db } from '../../../kernel/db/database';
import { Installation } from '../../../kernel/db/kernel.store';
import { inTransaction, type Tx } from '../../../kernel/db/transaction';
import type { Vault } from '../../../kernel/vault/vault';
import type { Audit } from '../audit-log.service';
import { AuditEntry } from '../audit-log.store';
import { createLossHash, lostName } from '../audit/losses';
import { hexOf } from '../audit/tree-walk';
import { createLogFiles } from '../log-files';
import { makeLogKey } from '../log-notary';
import { keysOf, LogHead, LogKey, LogOrigin, LogPending, LogPosition, originsOf } from '../log.store';
import { isContradicted, type Survey } from './survey';

export interface RecoverDeps {
  db: Db;
  blobs: BlobStore;
  vault: Vault;
  /** Without a watch: the log is stopped while it recovers. */
  audit: Audit;
}

/** A log's name: visible ASCII without spaces and plus signs, at most 120 characters, as LUJIAN_LOG_ORIGIN. */
export const isOriginName = (name: string): boolean => /^[!-*,-~]{1,120}$/.test(name);

/** Why this cannot be done; told to the operator. */
export class CannotRecover extends Error {}

const AT_ONCE = 500;
/** Lost positions that the entry itself names; the commitment is to all of them. */
const NAMED = 60;

async function inParts<T>(items: readonly T[], work: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await work(items.slice(at, at + AT_ONCE));
}

/** Puts files aside that no checkpoint stands for, and writes damaged tiles anew. */
async function mendFiles({ db, blobs }: RecoverDeps, survey: Survey): Promise<void> {
  const files = createLogFiles(blobs, survey.head.generation);
  const stamp = db.sources.ids.timed();
  for (const name of survey.leftovers) await files.setAside(name, stamp);
  for (const { name, bytes } of survey.tiles) {
    if (survey.leftovers.includes(name)) continue;
    if ((await files.bytes(name)) !== undefined) await files.setAside(name, stamp);
    await files.putBytes(name, bytes);
  }
}

/** One entry that says what was found and done; its id is what lost positions are marked with. */
async function logRecovery(tx: Tx, { audit }: RecoverDeps, survey: Survey): Promise<string> {
  const losses = createLossHash();
  for (const { position, hash } of survey.lost) losses.take(position, hash);
  const { lost, list } = losses.end();
  const { entryId } = await audit.append(tx, systemCall('log:recover'), {
    type: 'log.recovered',
    payload: {
      origin: survey.origin,
      generation: survey.head.generation,
      stopped: survey.head.stopped,
      published: survey.published?.head.size ?? 0,
      root: survey.published ? hexOf(survey.published.head.root) : null,
      restored: survey.restored.length,
      displaced: survey.strangers.map(({ position, entryId }) => ({ position, entry: entryId })).slice(0, NAMED),
      lost,
      list,
      vanished: survey.unpublished.vanished
        .map(({ position, entryId }) => ({ position, entry: entryId }))
        .slice(0, NAMED),
      first: survey.lost.slice(0, NAMED).map(({ position, name }) => ({ position, name })),
    },
  });
  return entryId;
}

/** Whether positions that were never published are given anew: others take them, or they cannot be published as they are. */
const isBegunAnew = ({ restored, lost, unpublished }: Survey): boolean =>
  restored.length + lost.length > 0 || !unpublished.isWhole;

/** Gives the published positions to the entries they belong to, or to the recovery that names them as lost. */
async function mendPositions(tx: Tx, survey: Survey, recovery: string, isAnew: boolean): Promise<void> {
  const { generation } = survey.head;
  const { restored, lost, strangers, unpublished } = survey;
  const wanted = [...restored, ...lost].map(({ position }) => position);
  if (isAnew) {
    const published = survey.published?.head.size ?? 0;
    await tx.m.delete(LogPosition, { generation, position: MoreThanOrEqual(published) });
    await inParts(wanted, (part) => tx.m.delete(LogPosition, { generation, position: In(part) }));
    await insertMany(
      tx,
      LogPosition,
      [...restored, ...lost.map(({ position }) => ({ position, entryId: lostName(recovery, position) }))]
        .sort((a, b) => a.position - b.position)
        .map(({ position, entryId }) => ({ generation, position, entryId })),
    );
  }
  const placed = new Set(restored.map(({ entryId }) => entryId));
  await inParts([...placed], (part) => tx.m.delete(LogPending, { entryId: In(part) }));
  const freed = isAnew ? [...unpublished.entries, ...strangers.map(({ entryId }) => entryId)] : [];
  const waiting = [...new Set([...freed, ...survey.orphans])].filter(
    (id) => !placed.has(id) && !id.startsWith('lost:'),
  );
  await inParts(waiting, (part) => tx.m.delete(LogPending, { entryId: In(part) }));
  await insertMany(
    tx,
    LogPending,
    waiting.map((entryId) => ({ entryId })),
  );
}

/** Sets the head; it must stand as it was surveyed. */
async function setHead(tx: Tx, { head }: Survey, next: { generation: number; size: number }): Promise<void> {
  const { id, generation, size } = head;
  const { affected } = await tx.m.update(
    LogHead,
    { id, generation, size },
    { ...next, stopped: null, stoppedAt: null },
  );
  if (affected !== 1) throw new CannotRecover('another process has moved the head of the log meanwhile: stop it first');
}

const sizeAfter = (survey: Survey): number => {
  const size = survey.published?.head.size ?? 0;
  return isBegunAnew(survey) ? size : Math.max(size, survey.head.size);
};

async function mendKeys(tx: Tx, { keys }: Survey): Promise<void> {
  for (const { id, verifier } of keys) await tx.m.update(LogKey, { id }, { verifier });
}

/** Goes on under the same origin. Throws CannotRecover when database and published files contradict each other. */
export async function recoverLog(deps: RecoverDeps, survey: Survey): Promise<{ recovery: string }> {
  if (isContradicted(survey))
    throw new CannotRecover('the database contradicts the published log: it can only go on under a new origin');
  await mendFiles(deps, survey);
  return inTransaction(deps.db, async (tx) => {
    const recovery = await logRecovery(tx, deps, survey);
    await mendPositions(tx, survey, recovery, isBegunAnew(survey));
    await mendKeys(tx, survey);
    await setHead(tx, survey, { generation: survey.head.generation, size: sizeAfter(survey) });
    return { recovery };
  });
}

/** The last checkpoint of the former origin, byte for byte, as leaf 0 of the new one. */
async function plantFormerHead(tx: Tx, db: Db, generation: number, text: string): Promise<void> {
  const id = db.sources.ids.timed();
  await tx.m.insert(AuditEntry, {
    id,
    at: db.sources.clock.now(),
    type: 'log.former-head',
    sealed: false,
    requestId: 'log:recover',
    accountId: null,
    postId: null,
    representedAccountId: null,
    role: 'system',
    authority: null,
    leaf: text,
    facts: null,
  });
  await tx.m.insert(LogPosition, { generation, position: 0, entryId: id });
}

/**
 * Opens a new origin with a key of its own, whose leaf 0 is the last checkpoint of the former one; the files of that one
 * stay. Throws CannotRecover when nothing was published yet, or the name is taken or ill formed.
 */
export async function openNewOrigin(deps: RecoverDeps, survey: Survey, name: string): Promise<{ recovery: string }> {
  const { db, vault, audit } = deps;
  const { published, origin } = survey;
  if (!published)
    throw new CannotRecover('nothing was published under the present origin: there is nothing to go on from');
  if (!isOriginName(name))
    throw new CannotRecover(
      'the name of an origin is visible ASCII without spaces and plus signs, at most 120 characters',
    );
  if ((await originsOf(db)).some((o) => o.origin === name))
    throw new CannotRecover(`the log was called ${name} before`);
  await mendFiles(deps, survey);
  if ((await keysOf(db, name)).length === 0) await makeLogKey(db, vault, name);
  return inTransaction(db, async (tx) => {
    const recovery = await logRecovery(tx, deps, survey);
    // What the former origin had not published enters this one: nobody publishes there any more.
    await mendPositions(tx, survey, recovery, true);
    await mendKeys(tx, survey);
    const generation = survey.head.generation + 1;
    const now = db.sources.clock.now();
    await tx.m.update(LogKey, { origin, retiredAt: IsNull() }, { retiredAt: now });
    await tx.m.insert(LogOrigin, { generation, origin: name, openedAt: now });
    await tx.m.update(Installation, { name: 'log-origin' }, { value: name });
    await plantFormerHead(tx, db, generation, published.text);
    const payload = {
      generation,
      origin: name,
      former: origin,
      size: published.head.size,
      root: hexOf(published.head.root),
    };
    await audit.append(tx, systemCall('log:recover'), { type: 'log.opened', payload });
    await setHead(tx, survey, { generation, size: 1 });
    return { recovery };
  });
}
