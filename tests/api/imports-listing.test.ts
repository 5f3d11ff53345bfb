import { done, type Json } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { csvUpload } from '../support/sheets';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const HEAD = '名称,统一社会信用代码,组织形式';

/** Uploads and waits until it is checked. */
async function upload(lines: readonly string[], name: string): Promise<Json> {
  const { id } = await done(whole.bureau.upload('/imports/organisations', csvUpload(lines.join('\r\n'), name)), 202);
  return done(whole.bureau.get(`/imports/${id as string}?wait=30`));
}
const good = (): string => `示例列表公司第${whole.next()}号,${creditCodeOf(whole.next())},企业`;
const bad = (): string => `,${creditCodeOf(whole.next())},公司？`;
const ids = async (query: string): Promise<string[]> =>
  ((await done(whole.bureau.get(`/imports?limit=200${query}`))).items as Json[]).map((i) => i.id as string);

describe('imports are found by their state and by whether they have faults', () => {
  test('an officer finds the faulty sheet that waits, and discards it', async () => {
    const clean = await upload([HEAD, good()], '全对.csv');
    const faulty = await upload([HEAD, good(), bad()], '有误.csv');
    const half = await upload([HEAD, good(), bad()], '部分登记.csv');
    await done(whole.bureau.post(`/imports/${half.id as string}/apply`, { mode: 'good-rows' }), 202);
    await done(whole.bureau.get(`/imports/${half.id as string}?wait=30`));
    expect(clean.uploadedAt).toBe('2026-03-02T01:00:00.000Z');
    expect((await ids('&state=checked')).sort()).toEqual([clean.id, faulty.id].sort());
    expect(await ids('&state=finished')).toEqual([half.id]);
    expect((await ids('&withFaults=true')).sort()).toEqual([faulty.id, half.id].sort());
    expect(await ids('&withFaults=true&state=checked')).toEqual([faulty.id]);
    expect(await ids('&withFaults=false')).toEqual([clean.id]);
    expect((await whole.bureau.get('/imports?state=open')).status).toBe(400);
    // Nobody else's office sees any of it.
    const reply = await whole.bureau.post(`/imports/${faulty.id as string}/cancel`);
    expect(reply.body).toMatchObject({ state: 'cancelled', may: [] });
    expect((await whole.traceOf(reply)).types).toEqual(['import.cancelled']);
    expect(await ids('&withFaults=true&state=checked')).toEqual([]);
    expect(await ids('&state=cancelled')).toEqual([faulty.id]);
    const gone = await whole.bureau.get(`/imports/${faulty.id as string}/sheet`);
    expect(gone.status).toBe(409);
  });

  test('the list is paged under a filter', async () => {
    for (const n of [1, 2, 3]) await upload([HEAD, bad()], `页${n}.csv`);
    const all = await ids('&state=checked&withFaults=true');
    const first = await done(whole.bureau.get('/imports?state=checked&withFaults=true&limit=2'));
    expect(first.items.map((i: Json) => i.id)).toEqual(all.slice(0, 2));
    const next = encodeURIComponent(first.next as string);
    const second = await done(whole.bureau.get(`/imports?state=checked&withFaults=true&limit=2&cursor=${next}`));
    expect(second.items.map((i: Json) => i.id)).toEqual(all.slice(2));
  });
});

test('the rows of a faulty sheet are paged in their order, each with row, column and reason', async () => {
  const rows = Array.from({ length: 7 }, () => bad());
  const { id, counts } = await upload([HEAD, good(), ...rows], '多行有误.csv');
  expect(counts).toMatchObject({ good: 1, faulty: 7 });
  const seen: Json[] = [];
  for (let cursor = ''; ;) {
    const page = await done(whole.bureau.get(`/imports/${id as string}/faults?limit=3${cursor}`));
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...(page.items as Json[]));
    if (page.next === null) break;
    cursor = `&cursor=${encodeURIComponent(page.next as string)}`;
  }
  expect(seen.map((f) => f.row)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  for (const { verdict, faults } of seen) {
    expect(verdict).toBe('faulty');
    expect(faults).toEqual([
      { column: 'A', title: '名称', reason: '必填。' },
      { column: 'C', title: '组织形式', reason: expect.stringContaining('企业') as string },
    ]);
  }
});

test('a sheet that broke off while it was read can be discarded as well', async () => {
  // Longer than what is looked at when it comes in.
  const rows = Array.from({ length: 3000 }, () => bad());
  const { id, state, stopped, may } = await upload([HEAD, ...rows, `"示例未闭合,${creditCodeOf(1)},企业`], '断.csv');
  expect({ state, may }).toMatchObject({ state: 'unreadable' });
  expect(stopped).not.toBeNull();
  expect(may).toContain('cancel');
  expect(await done(whole.bureau.post(`/imports/${id as string}/cancel`))).toMatchObject({ state: 'cancelled' });
  const again = await whole.bureau.post(`/imports/${id as string}/cancel`);
  expect(again.body.type).toBe('/problems/import/wrong-state');
});
