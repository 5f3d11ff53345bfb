import fs from 'node:fs';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { aLot } from '../support/line-builders';
import { anOrganisation, aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { sharedData } from '../support/shared-data';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole, { staff: 0 });
}, 60_000);
afterAll(() => whole.close());

const problem = (reply: { status: number; body: { type: string } }) => ({
  status: reply.status,
  type: reply.body.type,
});
const told = (status: number, type: string) => ({ status, type: `/problems/${type}` });
const rowsOf = async (table: string): Promise<number> =>
  Number((await whole.service.db.m.query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${table}`))[0]!.n);

describe('an address', () => {
  test('that carries a token is 400, and the token is not written down', async () => {
    const token = 'ljk_a-token-that-must-not-be-kept';
    for (const reply of [
      await whole.anyone.get(`/lots?access_token=${token}`),
      await whole.bureau.get(`/lots?access_token=${token}`),
      await whole.bureau.post('/lots', { access_token: token }),
    ]) {
      expect(problem(reply)).toEqual(told(400, 'request/token-misplaced'));
      await whole.traceOf(reply);
      expect(reply.text).not.toContain(token);
    }
    expect(whole.logged.filter((l) => l.includes(token))).toEqual([]);
  });

  test('that nobody knows is 404; one that is known by another method is 405 and says which', async () => {
    for (const where of ['/nowhere', '/LOTS', '/lots/%E0%A4%A', '/lots/..%2f..%2fetc']) {
      expect({ where, status: (await whole.bureau.get(where)).status }).toEqual({ where, status: 404 });
    }
    const reply = await whole.bureau.delete('/lots');
    expect(problem(reply)).toEqual(told(405, 'request/method'));
    expect((reply.headers['allow'] as string).split(', ').sort()).toEqual(['GET', 'POST']);
    expect((await whole.anyone.send('patch', '/public/blacklist')).headers['allow']).toBe('GET');
  });

  test('with a day that is none is told so', async () => {
    const { id } = await aLot(whole, [institution]);
    expect((await whole.bureau.get(`/lots/${id}?asOf=2026-01-01`)).status).toBe(400);
    for (const [day, status] of [
      ['2026-02-30', 422],
      ['1800-01-01', 422],
      ['9999-99-99', 422],
      ['2026-2-3', 400],
      ['today', 400],
      ['', 400],
    ] as const) {
      const reply = await whole.bureau.get(`/institutions/${institution.id}?asOf=${day}`);
      expect({ day, status: reply.status, at: reply.body.errors[0].pointer }).toEqual({ day, status, at: '/asOf' });
      expect((await whole.anyone.get(`/public/blacklist?asOf=${day}`)).status).toBe(status);
    }
  });

  const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    ['garbage'],
    ['%00'],
    [cursor(['after', null, 'x'])],
    [cursor(['sideways', 'a', 'b'])],
    [cursor(['after', { $ne: 1 }, 'x'])],
    [cursor({})],
  ])('with the cursor %s is 400 on every list', async (text) => {
    for (const list of [
      '/lots',
      '/organisations',
      '/mines',
      '/experts',
      '/evaluations',
      '/cases',
      '/public/blacklist',
    ]) {
      const reply = await whole.bureau.get(`${list}?cursor=${text}`);
      expect({ list, ...problem(reply) }).toEqual({ list, ...told(400, 'request/invalid') });
      expect(reply.body.errors[0]).toMatchObject({ in: 'query', pointer: '/cursor' });
    }
    expect((await whole.bureau.get('/lots?limit=0')).status).toBe(400);
    expect((await whole.bureau.get('/lots?limit=1e9')).status).toBe(400);
  });
});

describe('naughty strings', () => {
  const naughty = JSON.parse(fs.readFileSync(sharedData('strings', 'blns.json'), 'utf8')) as string[];
  const injected = [
    "' OR 1=1 --",
    '"; DROP TABLE lot; --',
    "%' UNION SELECT * FROM key_vault --",
    '\\',
    '_%',
    '\u0000',
  ];
  const all = [...naughty, ...injected];

  test('never break a search, a name or a path', async () => {
    expect(all.length).toBeGreaterThan(500);
    const statuses = new Map<number, number>();
    const before = await rowsOf('lot');
    for (const [n, text] of all.entries()) {
      // Lone surrogates cannot be written in an address.
      const q = encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
      const about = { legalForm: 'enterprise', from: '2020-01-01', paper: text };
      const replies = await Promise.all([
        whole.bureau.get(`/organisations?q=${q}`),
        whole.bureau.post('/experts/search', { name: text }),
        whole.bureau.get(`/lots/${q}`),
        whole.bureau.post('/organisations', { ...about, uscc: creditCodeOf(10_000 + n), name: text }),
      ]);
      for (const { status } of replies) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()].filter((status) => ![200, 201, 400, 404, 422].includes(status))).toEqual([]);
    // Most are unusual names and nothing worse.
    expect(statuses.get(201)).toBeGreaterThan(400);
    expect(await rowsOf('lot')).toBe(before);
  }, 60_000);

  test('that may be a name are kept as a name and found again', async () => {
    const names = [
      "示例'; DROP TABLE organisation; --公司",
      '示例100%_公司',
      '示例\\公司',
      '示例😀公司',
      '示例<script>公司',
    ];
    for (const name of names) {
      const { id } = await anOrganisation(whole, { name });
      const { items } = await done(whole.bureau.get(`/organisations?q=${encodeURIComponent(name)}`));
      expect(items.map((i: { id: string; name: string }) => [i.id, i.name])).toEqual([[id, name]]);
    }
  });
});

test('none of this was a fault of ours', () => {
  expect(whole.logged.filter((l) => l.includes('"level":50'))).toEqual([]);
});
