import fc from 'fast-check';
import {
  followNames,
  moveNames,
  pageFound,
  postFollowers,
  postNames,
  repostNames,
  withdrawNames,
  type Condition,
  type NameList,
} from '../../src/kernel/db/name-index';
import { NameFollower, NameGram, NameText } from '../../src/kernel/db/name-index/name-index.store';
import { inTransaction } from '../../src/kernel/db/transaction';
import { gramsOf, nameQuery, type FindableTexts } from '../../src/kernel/pure/grams';
import { nameKey } from '../../src/kernel/pure/text';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  for (const entity of [NameText, NameGram, NameFollower]) await t.db.m.deleteAll(entity);
});

const list: NameList = { list: 'test' };

interface Rec {
  place: string;
  texts: FindableTexts;
}

const put = (records: readonly Rec[]): Promise<void> =>
  inTransaction(t.db, async (tx) => {
    await postNames(
      tx,
      records.map((r) => ({ list: 'test', ...r })),
    );
  });

type Query = { name?: string; code?: string };

/** All pages forwards; checks that going back from the last shows the same. */
async function found(query: Query, limit: number): Promise<string[]> {
  const pages = [await pageFound(t.db, list, query, { limit })];
  while (pages.at(-1)!.next !== null)
    pages.push(await pageFound(t.db, list, query, { limit, cursor: pages.at(-1)!.next! }));
  const all = pages.flatMap((p) => p.items);
  let at = pages.at(-1)!;
  for (let n = pages.length - 2; n >= 0; n -= 1) {
    at = await pageFound(t.db, list, query, { limit, cursor: at.previous! });
    expect(at.items).toEqual(pages[n]!.items);
  }
  expect(new Set(pages.map((p) => p.count))).toEqual(new Set([all.length > 1000 ? '1000+' : String(all.length)]));
  return all;
}

/** What a scan with INSTR over every row finds. */
const scanned = (records: readonly Rec[], { name, code }: Query): string[] =>
  records
    .filter(
      ({ texts }) =>
        (name !== undefined && name !== '' && texts.names.some((n) => n.includes(name))) ||
        (code !== undefined && code !== '' && texts.codes.some((c) => c.startsWith(code))),
    )
    .map((r) => r.place)
    .sort();

// Few signs, so that pairs repeat; among them one beyond the basic plane, its first half elsewhere, forms and cases.
const sign = fc.constantFrom('矿', '业', '有', '限', '公', '司', '𠮷', '𠮸', '国', '國', 'a', '3', '-', '（', 'é');
const name = fc.array(sign, { minLength: 1, maxLength: 7 }).map((signs) => nameKey(signs.join('')));
const code = fc.array(fc.constantFrom('9', '1', 'A', '3'), { minLength: 1, maxLength: 6 }).map((s) => s.join(''));
const texts = fc.record({
  names: fc.array(name, { maxLength: 3 }),
  codes: fc.array(code, { maxLength: 2 }),
});
const query = fc.record({ name: fc.option(name, { nil: undefined }), code: fc.option(code, { nil: undefined }) });

const placed = (all: readonly FindableTexts[]): Rec[] =>
  all.map((one, n) => ({ place: `p${String((n * 37) % 101).padStart(3, '0')}`, texts: one }));

test('finds what a scan of every row finds, in order, on pages of every size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(texts, { maxLength: 40 }),
      fc.array(query, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      async (all, queries, limit) => {
        for (const entity of [NameText, NameGram]) await t.db.m.deleteAll(entity);
        const records = placed(all);
        await put(records);
        for (const one of queries) expect(await found(one, limit)).toEqual(scanned(records, one));
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('after any changes the postings are those of the texts that are left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 2, maxLength: 6 }), async (steps) => {
      for (const entity of [NameText, NameGram]) await t.db.m.deleteAll(entity);
      const at = { list: 'test', place: 'p' };
      let before: FindableTexts = { names: [], codes: [] };
      for (const next of steps) {
        await inTransaction(t.db, (tx) => repostNames(tx, at, before, next));
        before = next;
        const rows = await t.db.m.find(NameGram);
        expect(rows.map((r) => r.gram).sort()).toEqual(gramsOf(next));
        const kept = await t.db.m.find(NameText);
        expect(kept.map((r) => r.text).sort()).toEqual([...new Set(next.names)].sort());
        // Nothing left to do, nothing done.
        await inTransaction(t.db, (tx) => repostNames(tx, at, next, next));
      }
      await inTransaction(t.db, (tx) => withdrawNames(tx, at, before));
      expect([await t.db.m.count(NameGram), await t.db.m.count(NameText)]).toEqual([0, 0]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

const n = (...names: string[]): FindableTexts => ({ names, codes: [] });

test('a follower is found by the names of its leader, those of later too, and by its code', async () => {
  const [leader, follower] = [
    { list: 'lead', place: 'L1' },
    { list: 'test', place: 'F1' },
  ];
  await inTransaction(t.db, async (tx) => {
    await postNames(tx, [{ ...leader, texts: n('甲乙') }]);
    await followNames(tx, leader, follower, { names: ['甲乙'], codes: ['L1'] });
    await repostNames(tx, leader, n('甲乙'), n('甲乙', '乙丙'));
  });
  expect(await found({ name: '乙丙' }, 5)).toEqual(['F1']);
  expect(await found({ code: 'L' }, 5)).toEqual(['F1']);
  await inTransaction(t.db, async (tx) => {
    await moveNames(tx, leader, { list: 'lead', place: 'L2' }, n('甲乙', '乙丙'));
    await postFollowers(tx, { list: 'lead', place: 'L2' }, { names: [], codes: ['L2', 'M9'] });
    await repostNames(tx, { list: 'lead', place: 'L2' }, n('甲乙', '乙丙'), n('乙丙'));
  });
  expect(await found({ name: '甲' }, 5)).toEqual([]);
  for (const beginning of ['L1', 'L2', 'M']) expect(await found({ code: beginning }, 5)).toEqual(['F1']);
  const places = await t.db.m.find(NameGram, { where: { list: 'lead' } });
  expect(places.map((r) => r.place)).toEqual(places.map(() => 'L2'));
});

test('more than a thousand are counted no further', async () => {
  const many = Array.from({ length: 1002 }, (_, i) => ({
    place: `p${String(i).padStart(5, '0')}`,
    texts: n('有限公司'),
  }));
  await put(many);
  for (const part of ['公', '公司', '有限公司']) {
    const page = await pageFound(t.db, list, { name: part }, { limit: 3 });
    expect(page).toMatchObject({ items: ['p00000', 'p00001', 'p00002'], count: '1000+' });
  }
  expect((await pageFound(t.db, list, { name: '公司有' }, { limit: 3 })).items).toEqual([]);
});

test('one gram that is rare leads among grams that are common', async () => {
  await put([
    ...Array.from({ length: 300 }, (_, i) => ({
      place: `p${String(i).padStart(5, '0')}`,
      texts: n('甲乙乙丙'),
    })),
    { place: 'z', texts: n('甲乙丙丁') },
  ]);
  expect(await found({ name: '乙丙丁' }, 2)).toEqual(['z']);
});

test('grams are counted by signs, not by halves of them', () => {
  expect(gramsOf(n('𠮷野'))).toEqual(['野', '𠮷', '𠮷野'].sort());
  expect(nameQuery('𠮷')).toEqual({ grams: ['𠮷'], exact: true });
  expect(nameQuery('𠮷野家')).toEqual({ grams: ['𠮷野', '野家'], exact: false });
  expect(nameQuery('')).toBeUndefined();
  expect(gramsOf({ names: ['9'], codes: ['9'] })).toEqual([' 9', '9']);
});

describe('a text that is rare though all its pairs are common', () => {
  const HITS = [3, 1500, 2990];
  const placeOf = (i: number): string => `p${String(i).padStart(5, '0')}`;
  const many: Rec[] = Array.from({ length: 3000 }, (_, i) => ({
    place: placeOf(i),
    texts: { names: [HITS.includes(i) ? '甲乙丙' : '甲乙与乙丙'], codes: i % 1000 === 7 ? ['9A'] : [] },
  }));
  const asked = (query: Parameters<typeof pageFound>[2], cursor?: string) =>
    pageFound(t.db, { ...list, mostLooks: 1024 }, query, { limit: 2, cursor });

  /** Every page from the first to the last, or back from the last to the first. */
  async function walked(query: Parameters<typeof pageFound>[2], way: 'next' | 'previous', cursor?: string) {
    const pages = [await asked(query, cursor)];
    while (pages.at(-1)![way] !== null) pages.push(await asked(query, pages.at(-1)![way]!));
    return pages;
  }
  const itemsOf = (pages: readonly { items: string[] }[]): string[] => pages.flatMap((p) => p.items);

  beforeEach(() => put(many));

  test('pages are short rather than slow, and together hold every hit, forwards and backwards', async () => {
    const forwards = await walked({ name: '甲乙丙' }, 'next');
    expect(itemsOf(forwards)).toEqual(HITS.map(placeOf));
    // A thousand candidates a page, none of them twice.
    expect(forwards).toHaveLength(3);
    expect(forwards.every((p) => p.items.length < 2)).toBe(true);
    const backwards = await walked({ name: '甲乙丙' }, 'previous', forwards.at(-1)!.previous!);
    expect([...itemsOf([...backwards].reverse()), ...forwards.at(-1)!.items]).toEqual(HITS.map(placeOf));
  });

  test('as a rule one page holds them all the same: it looks at thousands before it gives up', async () => {
    const page = await pageFound(t.db, list, { name: '甲乙丙' }, { limit: 3 });
    expect(page).toMatchObject({ items: HITS.map(placeOf), next: null, count: '3' });
  });

  test('the count says that it is not of all', async () => {
    expect((await asked({ name: '甲乙丙' })).count).toBe('1+');
    await inTransaction(t.db, (tx) => withdrawNames(tx, { list: 'test', place: placeOf(3) }, n('甲乙丙')));
    const first = await asked({ name: '甲乙丙' });
    expect(first).toMatchObject({ items: [], previous: null, count: '0+' });
    expect(first.next).not.toBeNull();
  });

  test('hits by code wait for those by name, so that the order holds', async () => {
    const expected = [...HITS, 7, 1007, 2007].sort((a, b) => a - b).map(placeOf);
    expect(itemsOf(await walked({ name: '甲乙丙', code: '9A' }, 'next'))).toEqual(expected);
  });

  test('what must hold beside is looked at no further either', async () => {
    const where = (place: string): Condition => [`${place} IN (:late, :later)`, { late: 'p02500', later: 'p02999' }];
    const pages = await walked({ name: '乙', where }, 'next');
    expect(itemsOf(pages)).toEqual(['p02500', 'p02999']);
    expect(pages[0]!).toMatchObject({ items: [], count: '0+' });
    // An empty page behind which there is nothing still leads back.
    const none = await walked({ name: '乙', where: () => ['1 = 0'] }, 'next');
    expect(itemsOf(none)).toEqual([]);
    expect((await asked({ name: '乙' }, none.at(-1)!.previous!)).items).toEqual(['p02998', 'p02999']);
  });

  test('of one record only its own postings are asked', async () => {
    const only = { name: '甲乙丙', only: 'p02990' };
    expect(await asked(only)).toEqual({ items: ['p02990'], next: null, previous: null, count: '1' });
    expect(await asked({ ...only, only: 'p02991' })).toMatchObject({ items: [], next: null, count: '0' });
  });
});
