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

/** Anything that takes SQL: a transaction, or the runner of a migration. */
interface Runs {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/** Rows of the two tables: each gram, each whole name. */
interface Rows {
  grams: string[];
  names: string[];
}

const rowsOf = (texts: FindableTexts): Rows => ({ grams: gramsOf(texts), names: [...new Set(texts.names)].sort() });

const without = (all: readonly string[], those: readonly string[]): string[] => {
  const left = new Set(those);
  return all.filter((one) => !left.has(one));
};

const less = (a: Rows, b: Rows): Rows => ({ grams: without(a.grams, b.grams), names: without(a.names, b.names) });

type Values = readonly [string, string, string];

const inOrder = (a: Values, b: Values): number =>
  a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0;

async function insertInto(runs: Runs, into: string, values: readonly Values[]): Promise<void> {
  for (const part of chunks([...values].sort(inOrder))) {
    await runs.query(`${into} VALUES ${part.map(() => '(?, ?, ?)').join(', ')}`, part.flat());
  }
}

async function insertRows(runs: Runs, records: readonly (Listed & { rows: Rows })[], verb = 'INSERT'): Promise<void> {
  const grams = records.flatMap(({ list, place, rows }) => rows.grams.map((gram): Values => [list, gram, place]));
  await insertInto(runs, `${verb} INTO name_gram (list, gram, place)`, grams);
  const names = records.flatMap(({ list, place, rows }) => rows.names.map((text): Values => [list, place, text]));
  await insertInto(runs, `${verb} INTO name_text (list, place, text)`, names);
}

async function deleteRows(tx: Tx, { list, place }: Listed, { grams, names }: Rows): Promise<void> {
  const tables = [
    ['name_gram', 'gram', grams],
    ['name_text', 'text', names],
  ] as const;
  for (const [table, column, values] of tables) {
    for (const part of chunks(values)) {
      const marks = part.map(() => '?').join(', ');
      const sql = `DELETE FROM ${table} WHERE list = ? AND place = ? AND ${column} IN (${marks})`;
      await tx.m.query(sql, [list, place, ...part]);
    }
  }
}

type Record = Listed & { texts: FindableTexts };

const withRows = (records: readonly Record[]): (Listed & { rows: Rows })[] =>
  records.map(({ list, place, texts }) => ({ list, place, rows: rowsOf(texts) }));

/** Posts records that stand nowhere yet, many with few statements: for registrations and for imports. */
export const postNames = (tx: Tx, records: readonly Record[]): Promise<void> => insertRows(tx.m, withRows(records));

/** Grams only, for the migration that made them; it may begin anew, and what is posted already stays. */
export async function fillGrams(runs: Runs, mysql: boolean, records: readonly Record[]): Promise<void> {
  const rows = withRows(records).map((r) => ({ ...r, rows: { ...r.rows, names: [] } }));
  await insertRows(runs, rows, mysql ? 'INSERT IGNORE' : 'INSERT OR IGNORE');
}

const followersOf = async (on: Reads, { list, place }: Listed): Promise<Listed[]> =>
  (await on.m.findBy(NameFollower, { list, place })).map((f) => ({ list: f.followerList, place: f.followerPlace }));

/** Takes some rows away from a record and posts others; what is posted already is posted anew. */
async function repost(tx: Tx, at: Listed, gone: Rows, fresh: Rows): Promise<void> {
  const both = { grams: [...gone.grams, ...fresh.grams], names: [...gone.names, ...fresh.names] };
  await deleteRows(tx, at, both);
  await insertRows(tx.m, [{ ...at, rows: fresh }]);
}

/**
 * Brings the postings of a record and of its followers from the texts it was found by to those it is found by now. Call
 * it in the transaction that changes the texts, under the guard of the record.
 */
export async function repostNames(tx: Tx, at: Listed, before: FindableTexts, after: FindableTexts): Promise<void> {
  const [old, next] = [rowsOf(before), rowsOf(after)];
  const [gone, fresh] = [less(old, next), less(next, old)];
  if ([gone.grams, gone.names, fresh.grams, fresh.names].every((list) => list.length === 0)) return;
  for (const target of [at, ...(await followersOf(tx, at))]) await repost(tx, target, gone, fresh);
}

/** Followers are found by these texts too, the leader is not: its list is in the order of its codes and needs none. */
export async function postFollowers(tx: Tx, leader: Listed, texts: FindableTexts): Promise<void> {
  for (const follower of await followersOf(tx, leader)) await repost(tx, follower, rowsOf(none), rowsOf(texts));
}

/** The record leaves its list; its followers stay where they are. */
export const withdrawNames = async (tx: Tx, at: Listed, texts: FindableTexts): Promise<void> =>
  deleteRows(tx, at, rowsOf(texts));

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
