import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import { done, newKey } from '../support/client';
import { aCaseSubject, anEvaluation, type AnEvaluation } from '../support/line-builders';
import {
  aFile,
  anExpert,
  anOrganisation,
  aReadyInstitution,
  pdfFile,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;
let other: ReadyInstitution;

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
  other = await aReadyInstitution(whole, { staff: 1 });
}, 60_000);
afterAll(() => whole.close());

const problem = (reply: Response) => ({ status: reply.status, type: reply.body.type as string });
const told = (status: number, type: string) => ({ status, type: `/problems/${type}` });
const rowsOf = async (table: string): Promise<number> =>
  Number((await whole.service.db.m.query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${table}`))[0]!.n);

describe('whose evaluation it is', () => {
  test('a report for a frozen evaluation is refused, and so is every other work on it', async () => {
    const { id } = await anEvaluation(whole, institution, { state: 'on-site', evidence: true });
    const party = { kind: 'person' as const, id: institution.staff[0]!.id };
    await aCaseSubject(whole, party, { state: 'served' });
    const at = `/evaluations/${id}`;
    const before = await done(whole.bureau.get(at));
    expect(before.state).toBe('frozen');
    const fileId = await aFile(institution.clerk);
    for (const [what, body] of [
      ['report', { scoreHundredths: 8650, conclusion: 'meets' }],
      ['evidence', { kind: 'report', fileId }],
      ['desk-review', { reviewedOn: whole.today(), preconditionsMet: true, focus: '示例' }],
      ['pledges', undefined],
    ] as const) {
      const reply = await institution.clerk.post(`${at}/${what}`, body);
      expect({ what, ...problem(reply) }).toEqual({ what, ...told(409, 'evaluation/frozen') });
      expect((await whole.traceOf(reply)).types).toEqual([]);
    }
    expect(await done(whole.bureau.get(at))).toEqual(before);
  });

  test('to another institution it does not exist, whatever it tries', async () => {
    const evaluation: AnEvaluation = await anEvaluation(whole, institution, { state: 'assigned' });
    const at = `/evaluations/${evaluation.id}`;
    const day = whole.today();
    const foreign = await aFile(other.clerk);
    const stranger = other.clerk;
    const tries = [
      stranger.get(at),
      stranger.post(`${at}/team`, { leaderId: other.staff[0]!.id, memberIds: [] }),
      stranger.post(`${at}/desk-review`, { reviewedOn: day, preconditionsMet: true, focus: '示例' }),
      stranger.post(`${at}/on-site`, { from: day, to: day, pledgeReadOut: true, note: '示例' }),
      stranger.post(`${at}/evidence`, { kind: 'report', fileId: foreign }),
      stranger.post(`${at}/report`, { scoreHundredths: 1, conclusion: 'meets' }),
      stranger.post(`${at}/pledges`),
      stranger.get(`${at}/pledges`),
      stranger.get(`/assignments/${evaluation.assignmentId}`),
      stranger.post(`/assignments/${evaluation.assignmentId}/decline`, { reason: '示例' }),
      stranger.post('/pool-entries', { institutionId: institution.id }),
    ];
    for (const sent of tries) {
      const reply = await sent;
      expect({ url: reply.request.url, ...problem(reply) }).toMatchObject(told(404, 'request/not-found'));
    }
    expect((await done(stranger.get('/evaluations'))).items).toEqual([]);
    const mine = await aFile(institution.clerk);
    await done(stranger.get(`/files/${mine}`), 404);
    await done(stranger.get(`/files/${mine}/content`), 404);
  });
});

describe('a repeated request', () => {
  const lead = { summary: '示例线索', source: '抽查' };

  test('with its key gets the same reply and changes nothing; with another body it is 422', async () => {
    const key = { 'idempotency-key': newKey() };
    const first = await whole.inspector.post('/cases', lead, key);
    expect(first.status).toBe(201);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    const before = await rowsOf('case_file');
    const again = await whole.inspector.post('/cases', lead, key);
    expect({ status: again.status, body: again.body, replayed: again.headers['idempotent-replayed'] }).toEqual({
      status: 201,
      body: first.body,
      replayed: 'true',
    });
    const reordered = await whole.inspector.post('/cases', { source: lead.source, summary: lead.summary }, key);
    expect(reordered.body).toEqual(first.body);
    const another = await whole.inspector.post('/cases', { ...lead, source: '举报' }, key);
    expect(problem(another)).toEqual(told(422, 'idempotency/other-request'));
    expect(await rowsOf('case_file')).toBe(before);
    expect((await whole.traceOf(again)).types).toEqual([]);
  });

  test('with the key of somebody else is a request of its own', async () => {
    const key = { 'idempotency-key': newKey() };
    const body = { subject: { kind: 'institution', id: other.id }, role: 'adviser', from: whole.today() };
    const one = await done(whole.bureau.post('/engagements', body, key), 201);
    const two = await done(whole.reviewer.post('/engagements', body, key), 201);
    expect(two.id).not.toBe(one.id);
  });

  test('that was wrong the first time may come again under its key, put right', async () => {
    const key = { 'idempotency-key': newKey() };
    await done(whole.inspector.post('/cases', { summary: '' }, key), 400);
    await done(whole.inspector.post('/cases', lead, key), 201);
  });

  test.each([['short'], ['x'.repeat(129)], ['with blank in it']])('with the key "%s" is 400', async (key) => {
    const reply = await whole.inspector.post('/cases', lead, { 'idempotency-key': key });
    expect(problem(reply)).toEqual(told(400, 'idempotency/key-malformed'));
  });
});

describe('the version that was read', () => {
  test('missing is 428, no version is 400, stale is 412, and none changes anything', async () => {
    const { id, name } = await anOrganisation(whole);
    const at = `/organisations/${id}`;
    const shown = await whole.bureau.get(at);
    const etag = shown.headers['etag'] as string;
    expect(etag).toBe('"1"');
    const body = { from: '2025-01-01', paper: '变更登记', name: `${name}新`, legalForm: 'enterprise' };
    const send = (headers: Record<string, string>) => whole.bureau.post(`${at}/versions`, body, headers);
    expect(problem(await send({}))).toEqual(told(428, 'request/precondition-required'));
    for (const unfit of ['*', 'abc', '"abc"', 'W/"1"', '"1", "2"', '1.5', '-1']) {
      const reply = await send({ 'if-match': unfit });
      expect(problem(reply)).toEqual(told(400, 'request/if-match-unfit'));
      expect(reply.body.detail).toContain('If-Match: "3"');
    }
    await done(send({ 'if-match': etag }), 201);
    const stale = await send({ 'if-match': etag });
    expect(stale.body).toMatchObject({ ...told(412, 'request/precondition-failed'), current: 2 });
    expect((await done(whole.bureau.get(at))).version).toBe(2);
  });

  test('of two who read the same version at once one is told', async () => {
    const { id, name } = await anOrganisation(whole);
    const amend = (by: typeof whole.bureau, suffix: string) => {
      const body = { from: '2025-01-01', paper: '变更登记', name: `${name}${suffix}`, legalForm: 'enterprise' };
      return by.post(`/organisations/${id}/versions`, body, { 'if-match': '"1"' });
    };
    const replies = await Promise.all([amend(whole.bureau, '甲'), amend(whole.reviewer, '乙')]);
    const statuses = replies.map((r) => r.status).sort();
    expect(statuses[0]).toBe(201);
    expect([409, 412]).toContain(statuses[1]);
  });

  test('a decision needs the version of the proposal that was read', async () => {
    const party = { kind: 'person' as const, id: (await anExpert(whole)).id };
    const { id, version } = await aCaseSubject(whole, party, { state: 'proposed' });
    const scanFileId = await aFile(whole.lead);
    const decide = (headers = {}) => whole.lead.post(`/case-subjects/${id}/decide`, { scanFileId }, headers);
    expect((await decide()).status).toBe(428);
    expect((await decide({ 'if-match': `"${version - 1}"` })).status).toBe(412);
    expect((await done(whole.bureau.get(`/case-subjects/${id}`))).state).toBe('reviewed');
  });
});

describe('a body', () => {
  const raw = (body: string, headers: Record<string, string> = {}) =>
    whole.inspector.post('/cases', body, { 'content-type': 'application/json', ...headers });

  test.each([['{"summary":'], ["{'summary':'x'}"], ['nothing'], ['"text"'], ['NaN']])('%s is 400', async (text) => {
    expect(problem(await raw(text))).toEqual(told(400, 'request/not-json'));
  });

  test('of another media type is 415, and so is another charset', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'application/json; charset=gbk',
    ]) {
      const { status, body } = await raw('{}', { 'content-type': type });
      expect({ sent: type, status, type: body.type as string }).toEqual({
        sent: type,
        ...told(415, 'request/media-type'),
      });
    }
  });

  test('with fields that nobody knows is told of each of them, with its pointer, beside all other faults', async () => {
    const reply = await whole.bureau.post('/lots?why=1', {
      name: '',
      purpose: 'pleasure',
      purchase: { method: 'government-purchase', projectNumber: '示例', 'a/b~c': 1 },
      mineIds: [],
      extra: 1,
      __proto: 2,
    });
    expect(problem(reply)).toEqual(told(400, 'request/invalid'));
    const faults = (reply.body.errors as { in: string; pointer: string }[]).map((e) => `${e.in} ${e.pointer}`).sort();
    expect(faults).toEqual([
      'body /__proto',
      'body /extra',
      'body /mineIds',
      'body /name',
      'body /purchase/a~1b~0c',
      'body /purpose',
      'query /why',
    ]);
  });

  test('over 1 MiB is 413', async () => {
    const reply = await raw(JSON.stringify({ summary: 'x'.repeat(1024 * 1024), source: 'x' }));
    expect(problem(reply)).toEqual(told(413, 'request/too-large'));
  });

  /** Bytes as they are, which the usual client would take for an object. */
  const packed = async (encoding: string, bytes: Uint8Array) => {
    const about = { 'content-type': 'application/json', 'content-encoding': encoding };
    const headers = { ...whole.inspector.cookieHeaders(), ...about };
    const reply = await fetch(`${whole.url}/api/v1/cases`, { method: 'POST', headers, body: Buffer.from(bytes) });
    return { status: reply.status, type: ((await reply.json()) as { type: string }).type };
  };

  test('that expands beyond 1 MiB is 413 too', async () => {
    const text = JSON.stringify({ summary: 'x'.repeat(5 * 1024 * 1024), source: 'x' });
    expect(await packed('gzip', gzipSync(text))).toEqual(told(413, 'request/too-large'));
  });

  test.each([
    ['gzip', Buffer.from('{}')],
    ['gzip', gzipSync('{"summary":"x","source":"x"}').subarray(0, 20)],
    ['deflate', Buffer.from('{}')],
    ['br', Buffer.from('{"summary":"x"}')],
  ])('that says %s and is not is 400', async (encoding, bytes) => {
    expect(await packed(encoding, bytes)).toEqual(told(400, 'request/not-json'));
  });

  test('nested twenty thousand deep is 400', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect((await raw(deep)).status).toBe(400);
    expect((await raw(`{"summary":${deep},"source":"x"}`)).status).toBe(400);
  });
});

describe('an upload', () => {
  const arriving = (): string[] => fs.readdirSync(path.join(whole.directory, 'blobs', '.arriving'));
  const settled = async (): Promise<void> => {
    for (let n = 0; n < 200 && arriving().length > 0; n += 1) await new Promise((later) => setTimeout(later, 10));
  };

  /** Writes the head of an upload by hand; what the server says until the connection closes. */
  function sendHead(length: number, content: string, hangUp: boolean): Promise<string> {
    const { port } = new URL(whole.url);
    const { cookie, 'x-csrf-token': csrf } = whole.bureau.cookieHeaders();
    const head = [
      'POST /api/v1/files HTTP/1.1',
      'Host: localhost',
      `Cookie: ${cookie}`,
      `X-CSRF-Token: ${csrf}`,
      'Content-Type: application/pdf',
      `Content-Length: ${length}`,
    ];
    return new Promise((ended) => {
      let answer = '';
      const socket = net.connect(Number(port), '127.0.0.1');
      socket.on('data', (part) => (answer += part.toString('utf8')));
      socket.on('error', () => undefined).on('close', () => ended(answer));
      socket.write(`${head.join('\r\n')}\r\n\r\n${content}`);
      if (hangUp) setTimeout(() => socket.destroy(), 150);
    });
  }

  test('cut off in the middle leaves nothing on disk and no row', async () => {
    const before = [await rowsOf('stored_file'), (await whole.audit()).length];
    await sendHead(1_000_000, '%PDF-1.7 only this much', true);
    await settled();
    expect(arriving()).toEqual([]);
    expect([await rowsOf('stored_file'), (await whole.audit()).length]).toEqual(before);
  });

  test('declared as 2 GB is refused before it is read', async () => {
    const before = await rowsOf('stored_file');
    const answer = await sendHead(2 * 1024 ** 3, '%PDF-1.7', false);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('/problems/request/too-large');
    expect(arriving()).toEqual([]);
    expect(await rowsOf('stored_file')).toBe(before);
  }, 20_000);

  test('of another content than declared, of no content, of no known type is refused and not kept', async () => {
    const before = await rowsOf('stored_file');
    const cases = [
      [{ ...pdfFile(), bytes: Buffer.from('MZ not a paper') }, 422, 'file/type-mismatch'],
      [{ ...pdfFile(), bytes: Buffer.alloc(0) }, 422, 'file/empty'],
      [{ ...pdfFile(), mediaType: 'text/html' }, 415, 'file/type-not-accepted'],
    ] as const;
    for (const [file, status, type] of cases) {
      expect(problem(await whole.bureau.upload('/files', file))).toEqual(told(status, type));
    }
    expect(arriving()).toEqual([]);
    expect(await rowsOf('stored_file')).toBe(before);
  });
});

test('none of this was a fault of ours', () => {
  expect(whole.logged.filter((l) => l.includes('"level":50'))).toEqual([]);
});
