import { eachGram, gramsOf, type FindableTexts } from '../../pure/grams';
import type { Reads } from '../database';
import type { Tx } from '../transaction';
import { NameFollower } from './name-index.store';

/** Where a record stands: in which list, and at which place of its order. */
export interface Listed {
  list: string;
  place: string;
}

const none: FindableTexts = { names: [], codes: [] };

/** Rows per statement: short statements are kept prepared, and longer ones are no quicker. */
const AT_ONCE = 100;

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

/** Names of lists stand in the statement: one value less to hand over for each posting. */
const literal = (list: string): string => {
  if (!/^[a-z]{1,8}$/.test(list)) throw new Error(`not the name of a list: ${list}`);
  return `'${list}'`;
};

/** Inserts pairs that follow the name of the list, in the order given. */
class Inserting {
  private values: string[] = [];

  constructor(
    private readonly runs: Runs,
    private readonly into: string,
    private readonly list: string,
  ) {}

  async add(one: string, other: string): Promise<void> {
    this.values.push(one, other);
    if (this.values.length === 2 * AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    const { values } = this;
    if (values.length === 0) return;
    this.values = [];
    const rows = Array<string>(values.length / 2).fill(`(${this.list}, ?, ?)`);
    await this.runs.query(`${this.into} VALUES ${rows.join(', ')}`, values);
  }
}

/** The order of the key of both tables, so that neighbours in the table are written one after the other. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Grams = Map<string, string[]>;

/** The places of one list by the grams that are found there; both in order, and each place once. */
function byGram<T extends Listed>(
  records: readonly T[],
  each: (record: T, take: (gram: string) => void) => void,
): Grams {
  const grams: Grams = new Map();
  for (const record of [...records].sort((a, b) => inOrder(a.place, b.place))) {
    each(record, (gram) => {
      const places = grams.get(gram);
      if (!places) grams.set(gram, [record.place]);
      else if (places.at(-1) !== record.place) places.push(record.place);
    });
  }
  return new Map([...grams].sort(([a], [b]) => inOrder(a, b)));
}

async function insertGrams(runs: Runs, verb: string, list: string, grams: Grams): Promise<void> {
  const inserting = new Inserting(runs, `${verb} INTO name_gram (list, gram, place)`, literal(list));
  for (const [gram, places] of grams) for (const place of places) await inserting.add(gram, place);
  await inserting.flush();
}

async function insertTexts(runs: Runs, list: string, records: readonly (Listed & { names: readonly string[] })[]) {
  const inserting = new Inserting(runs, 'INSERT INTO name_text (list, place, text)', literal(list));
  for (const { place, names } of [...records].sort((a, b) => inOrder(a.place, b.place)))
    for (const name of names) await inserting.add(place, name);
  await inserting.flush();
}

/** Records of one list after those of another. */
const listsOf = <T extends Listed>(records: readonly T[]): [string, T[]][] =>
  [...new Set(records.map((r) => r.list))].sort().map((list) => [list, records.filter((r) => r.list === list)]);

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

const gramsByText = (records: readonly Record[]): Grams => byGram(records, ({ texts }, take) => eachGram(texts, take));

/** Posts records that stand nowhere yet, many with few statements: for registrations and for imports. */
export async function postNames(tx: Tx, records: readonly Record[]): Promise<void> {
  for (const [list, those] of listsOf(records)) {
    await insertGrams(tx.m, 'INSERT', list, gramsByText(those));
    const named = those.map(({ place, texts }) => ({ list, place, names: [...new Set(texts.names)].sort() }));
    await insertTexts(tx.m, list, named);
  }
}

/** Grams only, for the migration that made them; it may begin anew, and what is posted already stays. */
export async function fillGrams(runs: Runs, mysql: boolean, records: readonly Record[]): Promise<void> {
  const verb = mysql ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  for (const [list, those] of listsOf(records)) await insertGrams(runs, verb, list, gramsByText(those));
}

const followersOf = async (on: Reads, { list, place }: Listed): Promise<Listed[]> =>
  (await on.m.findBy(NameFollower, { list, place })).map((f) => ({ list: f.followerList, place: f.followerPlace }));

/** Takes some rows away from a record and posts others; what is posted already is posted anew. */
async function repost(tx: Tx, at: Listed, gone: Rows, fresh: Rows): Promise<void> {
  const both = { grams: [...gone.grams, ...fresh.grams], names: [...gone.names, ...fresh.names] };
  await deleteRows(tx, at, both);
  await insertGrams(
    tx.m,
    'INSERT',
    at.list,
    byGram([at], (_at, take) => fresh.grams.forEach(take)),
  );
  await insertTexts(tx.m, at.list, [{ ...at, names: fresh.names }]);
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
