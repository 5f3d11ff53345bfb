import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { StoredFile } from '../../src/modules/documents/files.store';
import { credential, clerk, officer, OWN, paperApp, paperPool, stranger, type PaperApp } from '../support/paper-app';
import { testClock } from '../support/identity-app';

const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n');

describe('files', () => {
  let t: PaperApp;
  const pool = paperPool();
  beforeAll(async () => {
    t = await paperApp(testClock(), pool);
  });
  afterAll(async () => {
    await t.close();
    await pool.close();
  });

  const post = (body: Buffer, type: string, who = clerk, headers: Record<string, string> = {}) =>
    request(t.app)
      .post('/api/v1/files')
      .set({
        authorization: `Bearer ${who}`,
        'content-type': type,
        'x-file-name': encodeURIComponent('报告.pdf'),
        ...headers,
      })
      .send(body);
  const get = (address: string, who = clerk) =>
    request(t.app)
      .get(`/api/v1${address}`)
      .set({ authorization: `Bearer ${who}` });
  const arriving = (): string[] => fs.readdirSync(path.join(t.database.directory, 'blobs', '.arriving'));

  test('a file is kept by its hash, described, recorded and given back byte for byte', async () => {
    const { body } = await post(PDF, 'application/pdf').expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      size: PDF.length,
      mediaType: 'application/pdf',
      name: '报告.pdf',
    });
    const shown = await get(`/files/${body.id}`).expect(200);
    expect(shown.body).toMatchObject({ sha256: body.sha256, storedAt: '2026-03-02T01:00:00.000Z' });
    const content = await get(`/files/${body.id}/content`).buffer(true).expect(200);
    expect(Buffer.compare(content.body as Buffer, PDF)).toBe(0);
    expect(content.headers['content-type']).toBe('application/pdf');
    expect(content.headers['content-disposition']).toContain('attachment');
    expect(content.headers['content-security-policy']).toContain('sandbox');
    expect(await t.auditTypes()).toContain('file.stored');
    expect(await t.documents.load(t.database.db, body.id)).toEqual({
      id: body.id,
      sha256: body.sha256,
      size: PDF.length,
      mediaType: 'application/pdf',
      institutionId: OWN,
      // Who stored it: a signed sheet is checked by somebody else.
      accountId: 'account-1',
    });
    const chunks: Buffer[] = [];
    for await (const chunk of await t.documents.content(body.id)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(PDF)).toBe(true);
    expect(arriving()).toEqual([]);
  });

  test('the same bytes twice are one blob and two records', async () => {
    const one = await post(PDF, 'application/pdf').expect(201);
    const two = await post(PDF, 'application/pdf').expect(201);
    expect(two.body.id).not.toBe(one.body.id);
    const keys: string[] = [];
    for await (const key of t.blobs.list('files/')) if (key.endsWith(one.body.sha256)) keys.push(key);
    expect(keys).toHaveLength(1);
  });

  test('a repeat under the same key stores nothing anew; another file under it is refused', async () => {
    const headers = { 'idempotency-key': 'upload-0001' };
    const one = await post(PDF, 'application/pdf', clerk, headers).expect(201);
    const again = await post(PDF, 'application/pdf', clerk, headers).expect(201);
    expect(again.body).toEqual(one.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await post(Buffer.concat([PDF, PDF]), 'application/pdf', clerk, headers).expect(422);
    expect(other.body.type).toBe('/problems/idempotency/other-request');
  });

  test('a type that is not taken, a content of another type and an empty file are refused; nothing stays', async () => {
    const before = await t.database.db.m.count(StoredFile);
    const html = await post(Buffer.from('<html>'), 'text/html').expect(415);
    expect(html.body).toMatchObject({ type: '/problems/file/type-not-accepted', declared: 'text/html' });
    expect(html.body.detail).toContain('application/pdf');
    const mismatch = await post(PDF, 'image/png').expect(422);
    expect(mismatch.body).toMatchObject({ type: '/problems/file/type-mismatch', found: 'PDF' });
    expect(mismatch.body.detail).toContain('image/png');
    const empty = await post(Buffer.alloc(0), 'application/pdf', clerk, { 'content-length': '0' }).expect(422);
    expect(empty.body.type).toBe('/problems/file/empty');
    expect(await t.database.db.m.count(StoredFile)).toBe(before);
    expect(arriving()).toEqual([]);
  });

  test('too large is refused by its announced length, and as soon as an unannounced one passes the limit', async () => {
    const big = Buffer.concat([PDF, Buffer.alloc(64 * 1024)]);
    await post(big, 'application/pdf').expect(413);
    const status = await new Promise<number>((done, fail) => {
      const headers = {
        authorization: `Bearer ${clerk}`,
        'content-type': 'application/pdf',
        'transfer-encoding': 'chunked',
      };
      const req = http.request(`${t.url}/api/v1/files`, { method: 'POST', headers }, (res) => done(res.statusCode!));
      req.on('error', fail);
      req.end(big);
    });
    expect(status).toBe(413);
    expect(arriving()).toEqual([]);
  });

  test('an upload that is cut off leaves nothing', async () => {
    const before = await t.database.db.m.count(StoredFile);
    await new Promise<void>((done) => {
      const headers = { authorization: `Bearer ${clerk}`, 'content-type': 'application/pdf', 'content-length': '5000' };
      const req = http.request(`${t.url}/api/v1/files`, { method: 'POST', headers });
      req.on('error', () => done());
      req.write(PDF, () => setTimeout(() => req.destroy(), 50));
    });
    for (let n = 0; n < 50 && arriving().length > 0; n += 1) await new Promise((done) => setTimeout(done, 20));
    expect(arriving()).toEqual([]);
    expect(await t.database.db.m.count(StoredFile)).toBe(before);
  });

  test('an institution’s file is its own until it hangs on a record; another institution does not even learn that it is there; nobody without a post', async () => {
    const { body } = await post(PDF, 'application/pdf').expect(201);
    const colleague = credential({ role: 'institution', institutionId: OWN, accountId: 'account-4' });
    for (const who of [officer, stranger])
      for (const address of [`/files/${body.id}`, `/files/${body.id}/content`]) {
        const refused = await get(address, who).expect(404);
        expect(refused.body.type).toBe('/problems/request/not-found');
      }
    await get(`/files/${body.id}`, colleague).expect(200);
    await request(t.app).get(`/api/v1/files/${body.id}`).expect(401);
    await get(`/files/${body.id}`, credential({ role: 'mine', accountId: 'account-9' })).expect(403);
  });

  test('an expert reads what the same account stored, and nothing else', async () => {
    const expert = credential({ role: 'expert', expertId: 'expert-1', accountId: 'account-7' });
    const { body } = await post(PDF, 'application/pdf', expert).expect(201);
    await get(`/files/${body.id}`, expert).expect(200);
    await get(`/files/${body.id}`, credential({ role: 'expert', expertId: 'e-2', accountId: 'account-8' })).expect(404);
    await get(`/files/${body.id}`, stranger).expect(404);
  });
});
