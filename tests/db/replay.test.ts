import path from 'node:path';
import request from 'supertest';
import { Idempotency } from '../../src/kernel/db/kernel.store';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { entities } from '../../src/schema';
import { cellApp, secretOf } from '../support/cell-app';
import { Cell, committedCells, makeCells } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
let app: ReturnType<typeof cellApp>;
beforeEach(async () => {
  t = await testDatabase(undefined, [...entities, Cell]);
  await makeCells(t.db);
  app = cellApp(t.db, path.join(t.directory, 'blobs'));
});
afterEach(() => t.drop());

const KEY = 'key-0000-0001';
const post = (body: object, key?: string): request.Test => {
  const call = request(app).post('/api/v1/cells').send(body);
  return key === undefined ? call : call.set('Idempotency-Key', key);
};

test('a repeat is told so, acts no second time, and gets the reply without its secret', async () => {
  const first = await post({ id: 'a' }, KEY);
  expect(first.status).toBe(201);
  expect(first.body).toEqual({ id: 'a', apiKey: secretOf('a') });
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  const second = await post({ id: 'a' }, KEY);
  expect(second.status).toBe(201);
  expect(second.body).toEqual({ id: 'a' });
  expect(second.headers['idempotent-replayed']).toBe('true');
  expect(await committedCells(t.db)).toEqual(['a']);
  expect(await t.db.m.count(AuditEntry)).toBe(1);
});

test('a secret is nowhere in the kept reply', async () => {
  await post({ id: 'a' }, KEY);
  const rows = await t.db.m.find(Idempotency);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(secretOf('a'));
});

test('the same content with its members in another order is the same request', async () => {
  await post({ id: 'a', value: 3 }, KEY);
  expect((await post({ value: 3, id: 'a' }, KEY)).headers['idempotent-replayed']).toBe('true');
  const other = await post({ id: 'a', value: 4 }, KEY);
  expect(other.status).toBe(422);
  expect(other.body).toMatchObject({ type: '/problems/idempotency/other-request', status: 422 });
});

test('an error is not kept, a recorded refusal is', async () => {
  await post({ id: 'a' });
  expect((await post({ id: 'a' }, KEY)).status).toBe(409);
  expect(await t.db.m.count(Idempotency)).toBe(0);
  const refused = await post({ id: 'b', refuse: true }, KEY);
  const again = await post({ id: 'b', refuse: true }, KEY);
  expect(refused.status).toBe(409);
  expect(again.status).toBe(409);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.headers['content-type']).toMatch(/application\/problem\+json/);
  expect(again.body).toEqual(refused.body);
});

test('a refusal is told in the language that is asked for, a kept one in that of the repeat', async () => {
  const asked = { id: 'b', refuse: true };
  const inChinese = await post(asked, KEY);
  expect(inChinese.body).toMatchObject({ title: '与现有记录冲突' });
  expect(inChinese.body).not.toHaveProperty('en');
  expect(inChinese.headers).toMatchObject({ 'content-language': 'zh-CN', vary: 'Accept-Language' });
  const inEnglish = await post(asked, KEY).set('Accept-Language', 'en-GB,en;q=0.9,zh-CN;q=0.8');
  expect(inEnglish.headers).toMatchObject({ 'content-language': 'en', 'idempotent-replayed': 'true' });
  expect(inEnglish.body).toEqual({
    ...(inChinese.body as object),
    title: 'Conflicts with what is on record',
    detail: 'The same is there already, or somebody has just changed it; read it again, then retry.',
  });
});

test('who asks for neither language, or for Chinese first, reads Chinese', async () => {
  for (const wanted of ['fr', '*', 'zh-TW, en;q=0.5', 'en;q=0, zh']) {
    const refused = await post({ id: 'b', refuse: true }).set('Accept-Language', wanted);
    expect(refused.headers['content-language']).toBe('zh-CN');
  }
  const faulty = { id: 3 };
  const read = (wanted: string) => post(faulty).set('Accept-Language', wanted);
  expect((await read('zh')).body).toMatchObject({
    errors: [{ detail: expect.stringMatching(/\p{Script=Han}/u) as string }],
  });
  const { errors } = (await read('en')).body as { errors: { detail: string; detailEn: string }[] };
  expect(errors[0]!.detail).toBe(errors[0]!.detailEn);
});

test('without a key each request acts by itself, and a malformed key acts not at all', async () => {
  expect((await post({ id: 'a' })).status).toBe(201);
  expect((await post({ id: 'b' })).status).toBe(201);
  for (const key of ['short', 'with space in it', 'x'.repeat(129)]) {
    const refused = await post({ id: 'c' }, key);
    expect(refused.body).toMatchObject({ type: '/problems/idempotency/key-malformed', status: 400 });
  }
  expect(await committedCells(t.db)).toEqual(['a', 'b']);
});

test('eight repeats at once make one cell; each is answered by it or told to wait', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => post({ id: 'a' }, KEY)));
  expect(await committedCells(t.db)).toEqual(['a']);
  for (const reply of replies) {
    expect([201, 409]).toContain(reply.status);
    if (reply.status === 409) expect(reply.headers['retry-after']).toMatch(/^\d+$/);
  }
  expect((await post({ id: 'a' }, KEY)).status).toBe(201);
});
