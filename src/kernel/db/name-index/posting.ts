import { gramsOf, type FindableTexts } from '../../pure/grams';
import type { Reads } from '../database';
import type { Tx } from '../transaction';
import { NameFollower } from './name-index.store';

/** Where a record stands: in which list, and at which place of its order. */
export interface Listed {
  list: string;
  place: string;
}

const none: FindableTexts = { names: [], codes: [] };

/** Rows per statement: SQLite takes 32,766 parameters, and short statements are kept prepared. */
const AT_ONCE = 200;

const chunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) => rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE));

type Row = readonly [list: string, gram: string, place: string];

/** Anything that takes SQL: a transaction, or the runner of a migration. */
interface Runs {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

const rowsOf = (records: readonly (Listed & { texts: FindableTexts })[]): Row[] =>
  records.flatMap(({ list, place, texts }) => gramsOf(texts).map((gram): Row => [list, gram, place]));

const inOrder = (a: Row, b: Row): number => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] < b[2] ? -1 : 1);

async function insertRows(runs: Runs, rows: readonly Row[], verb: string): Promise<void> {
  for (const part of chunks([...rows].sort(inOrder))) {
    const values = part.map(() => '(?, ?, ?)').join(', ');
    await runs.query(`${verb} INTO name_gram (list, gram, place) VALUES ${values}`, part.flat());
  }
}

async function deleteRows(tx: Tx, { list, place }: Listed, grams: readonly string[]): Promise<void> {
  for (const part of chunks(grams)) {
    const marks = part.map(() => '?').join(', ');
    await tx.m.query(`DELETE FROM name_gram WHERE list = ? AND place = ? AND gram IN (${marks})`, [
      list,
      place,
      ...part,
    ]);
  }
}

/** Posts records that stand nowhere yet, many with few statements: for registrations and for imports. */
export const postNames = (tx: Tx, records: readonly (Listed & { texts: FindableTexts })[]): Promise<void> =>
  insertRows(tx.m, rowsOf(records), 'INSERT');

/** The same for a migration that may begin anew: what is posted already stays. */
export const fillNames = (
  runs: Runs,
  mysql: boolean,
  records: readonly (Listed & { texts: FindableTexts })[],
): Promise<void> => insertRows(runs, rowsOf(records), mysql ? 'INSERT IGNORE' : 'INSERT OR IGNORE');

const followersOf = async (on: Reads, { list, place }: Listed): Promise<Listed[]> =>
  (await on.m.findBy(NameFollower, { list, place })).map((f) => ({ list: f.followerList, place: f.followerPlace }));

/** Takes some grams away from a record and posts others; what is posted already is posted anew. */
async function repost(tx: Tx, at: Listed, gone: readonly string[], fresh: readonly string[]): Promise<void> {
  await deleteRows(tx, at, [...gone, ...fresh]);
  await insertRows(
    tx.m,
    fresh.map((gram): Row => [at.list, gram, at.place]),
    'INSERT',
  );
}

/**
 * Brings the postings of a record and of its followers from the texts it was found by to those it is found by now. Call
 * it in the transaction that changes the texts, under the guard of the record.
 */
export async function repostNames(tx: Tx, at: Listed, before: FindableTexts, after: FindableTexts): Promise<void> {
  const [old, next] = [new Set(gramsOf(before)), new Set(gramsOf(after))];
  const gone = [...old].filter((gram) => !next.has(gram));
  const fresh = [...next].filter((gram) => !old.has(gram));
  if (gone.length + fresh.length === 0) return;
  for (const target of [at, ...(await followersOf(tx, at))]) await repost(tx, target, gone, fresh);
}

/** Followers are found by these texts too, the leader is not: its list is in the order of its codes and needs none. */
export async function postFollowers(tx: Tx, leader: Listed, texts: FindableTexts): Promise<void> {
  for (const follower of await followersOf(tx, leader)) await repost(tx, follower, [], gramsOf(texts));
}

/** The record leaves its list; its followers stay where they are. */
export const withdrawNames = async (tx: Tx, at: Listed, texts: FindableTexts): Promise<void> =>
  deleteRows(tx, at, gramsOf(texts));

/** The record's place in its list changes: its code is another one. Followers keep theirs. */
export async function moveNames(tx: Tx, from: Listed, to: Listed, texts: FindableTexts): Promise<void> {
  await withdrawNames(tx, from, texts);
  await postNames(tx, [{ ...to, texts }]);
  await tx.m.update(NameFollower, { list: from.list, place: from.place }, { list: to.list, place: to.place });
}

/** From now on the follower is found by the same texts as the leader, and by whatever the leader is found by later. */
export async function followNames(tx: Tx, leader: Listed, follower: Listed, texts: FindableTexts): Promise<void> {
  await tx.m.insert(NameFollower, {
    list: leader.list,
    place: leader.place,
    followerList: follower.list,
    followerPlace: follower.place,
  });
  await postNames(tx, [{ ...follower, texts }]);
}

/** What a record was found by before and after an act, as `recordVersion` tells it. */
export const repostChange = <V>(
  tx: Tx,
  at: Listed,
  change: { before: readonly V[]; after: readonly V[] },
  textsOf: (rows: readonly V[]) => FindableTexts,
): Promise<void> =>
  repostNames(
    tx,
    at,
    change.before.length === 0 ? none : textsOf(change.before),
    change.after.length === 0 ? none : textsOf(change.after),
  );
