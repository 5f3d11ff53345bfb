import { systemCall } from '../../src/kernel/call';
import type { Pool } from '../../src/kernel/workers/pool';
import { legalDateOf } from '../../src/kernel/pure/time';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { Pledge } from '../../src/modules/pledges/pledges.store';
import {
  bar,
  clerk,
  credential,
  officer,
  OTHER,
  OWN,
  paperApp,
  paperPool,
  stranger,
  type PaperApp,
} from '../support/paper-app';
import { aClerk, movingClock, newKey, type Clerk } from '../support/pledge-signing';

let t: PaperApp;
let clock: ReturnType<typeof movingClock>;
let c: Clerk;
let pool: Pool;
beforeAll(() => {
  pool = paperPool();
});
afterAll(() => pool.close());
beforeEach(async () => {
  clock = movingClock();
  t = await paperApp(clock, pool);
  c = aClerk(t);
});
afterEach(() => t.close());

const blobKeys = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of t.blobs.list('')) keys.push(key);
  return keys;
};
const voidFor = (evaluationId: string): Promise<void> => {
  const call = systemCall(t.database.db.sources.ids.timed());
  return t.command(call, {}, (tx) => t.pledges.voidFor(tx, call, evaluationId, '评估组已更换'));
};

describe('making a pledge', () => {
  test('answers with the paper’s standing, keeps the file and records it in the open', async () => {
    const { body } = await c.post('/evaluations/evaluation-1/pledges').expect(201);
    expect(body).toMatchObject({
      evaluationId: 'evaluation-1',
      institutionId: OWN,
      state: 'prepared',
      template: 'pledge-institution/1',
      notice: '非许可机构证书签署，仅供演示和测试',
      level: null,
      licensed: false,
      revision: 0,
      signers: [{ no: 1, kind: 'institution', partyId: OWN, signedAt: null, may: ['sign'] }],
      may: ['void'],
    });
    const file = await c.get(`/pledges/${body.id}/file`).buffer(true).expect(200);
    expect(file.headers['content-type']).toBe('application/pdf');
    expect((file.body as Buffer).subarray(0, 9).toString()).toBe('%PDF-1.7\n');
    const entry = await t.database.db.m.findOneByOrFail(AuditEntry, { type: 'pledge.prepared' });
    expect(JSON.parse(entry.leaf)).toMatchObject({ subjects: ['evaluation:evaluation-1', `pledge:${body.id}`] });
    expect(entry.facts!.map((f) => f.value)).toContain(body.fileSha256);
    expect(await t.pledges.isComplete(t.database.db, 'evaluation-1')).toBe(false);
  });

  test('one open pledge per evaluation; a voided one makes room', async () => {
    const id = await c.makePledge();
    const second = await c.post('/evaluations/evaluation-1/pledges').expect(409);
    expect(second.body).toMatchObject({ type: '/problems/pledge/open-already', pledgeId: id });
    const voided = await c.post(`/pledges/${id}/void`, { reason: '矿山名称有误' }).expect(200);
    expect(voided.body).toMatchObject({ state: 'void', voidReason: '矿山名称有误', may: [], signers: [{ may: [] }] });
    await c.post(`/pledges/${id}/void`, { reason: '再次' }).expect(409);
    await c.makePledge();
    const listed = await c.get('/evaluations/evaluation-1/pledges').expect(200);
    expect(listed.body.items.map((p: { state: string }) => p.state)).toEqual(['void', 'prepared']);
  });

  test('two at the same moment: one', async () => {
    const replies = await Promise.all([1, 2].map(() => c.post('/evaluations/evaluation-1/pledges')));
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
    expect(await t.database.db.m.count(Pledge)).toBe(1);
  });

  test('a repeat under the same key gets the same pledge', async () => {
    const headers = { 'idempotency-key': newKey() };
    const one = await c.post('/evaluations/evaluation-1/pledges', {}, headers).expect(201);
    const two = await c.post('/evaluations/evaluation-1/pledges', {}, headers).expect(201);
    expect(two.body).toEqual(one.body);
  });

  test.each([
    ['assigned', null, '/problems/pledge/no-team'],
    ['frozen', 'person-bar', '/problems/evaluation/frozen'],
    ['accepted', null, '/problems/evaluation/wrong-state'],
    ['voided', null, '/problems/evaluation/wrong-state'],
  ])('not for an evaluation that is %s', async (state, freezeReason, type) => {
    Object.assign(t.world.evaluations.get('evaluation-1')!, { state, freezeReason });
    const refused = await c.post('/evaluations/evaluation-1/pledges').expect(409);
    expect(refused.body.type).toBe(type);
    expect(await blobKeys()).toEqual([]);
  });

  test('not by another institution, nor by an officer, nor for an evaluation that is not there', async () => {
    await aClerk(t, stranger).post('/evaluations/evaluation-1/pledges').expect(404);
    await aClerk(t, officer).post('/evaluations/evaluation-1/pledges').expect(403);
    await c.post('/evaluations/evaluation-2/pledges').expect(404);
  });

  test('a character that no font has is named', async () => {
    t.world.mineName = '示例𠮷矿';
    const refused = await c.post('/evaluations/evaluation-1/pledges').expect(422);
    expect(refused.body).toMatchObject({ type: '/problems/document/character-without-glyph', codePoint: 'U+20BB7' });
    expect(refused.body.detail).toContain('“𠮷”');
    t.world.mineName = '示例\u202e矿';
    const unseen = await c.post('/evaluations/evaluation-1/pledges').expect(422);
    expect(unseen.body.detail).toContain('U+202E');
    expect(unseen.body.detail).not.toContain('\u202e');
    expect(await blobKeys()).toEqual([]);
  });

  test('what changes while the paper is made makes it void before it is born', async () => {
    const changing = {
      ...t.blobs,
      putIfAbsent: async (key: string, source: string | Uint8Array) => {
        t.world.team = t.world.team.slice(0, 1);
        return t.blobs.putIfAbsent(key, source);
      },
    };
    const actor = JSON.parse(decodeURIComponent(clerk)) as Parameters<typeof t.pledges.preparePledge>[0]['actor'];
    const call = { actor, requestId: t.database.db.sources.ids.timed() };
    const making = t.pledgesOver({ blobs: changing }).preparePledge(call, 'evaluation-1');
    await expect(making).rejects.toMatchObject({ code: 'request.conflict' });
    expect(await t.database.db.m.count(Pledge)).toBe(0);
  });
});

describe('signing', () => {
  test('prepare, complete: stored once, at level B-B, complete, recorded with the file’s hash', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    expect(prepared.pdfUrl).toBe(`/api/v1/pledges/${id}/revisions/${prepared.revisionId}/file`);
    const base = (await c.get(`/pledges/${id}/file`).buffer(true)).body as Buffer;
    const { body } = (await c.complete(id, prepared)) as {
      body: { state: string; fileSha256: string; pdfUrl: string };
    };
    expect(body).toEqual({
      state: 'complete',
      fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      pdfUrl: `/api/v1/pledges/${id}/file?sha256=${body.fileSha256}`,
    });
    const shown = await c.get(`/pledges/${id}`).expect(200);
    expect(shown.body).toMatchObject({
      state: 'complete',
      level: 'B-B',
      licensed: false,
      revision: 1,
      fileSha256: body.fileSha256,
      completedAt: expect.any(String),
      signers: [{ signedAt: expect.any(String), certificateId: await c.certify(), may: [] }],
    });
    const signed = (await c.get(`/pledges/${id}/file`).buffer(true)).body as Buffer;
    expect(signed.subarray(0, base.length).equals(base)).toBe(true);
    const earlier = await c.get(`/pledges/${id}/file?sha256=${shown.body.baseSha256}`).buffer(true).expect(200);
    expect((earlier.body as Buffer).equals(base)).toBe(true);
    await c.get(`/pledges/${id}/file?sha256=${'00'.repeat(32)}`).expect(404);
    expect(await t.pledges.isComplete(t.database.db, 'evaluation-1')).toBe(true);
    const types = (await t.auditTypes()).filter((type) => type.startsWith('pledge.'));
    expect(types).toEqual(['pledge.prepared', 'pledge.signature-prepared', 'pledge.signed', 'pledge.completed']);
    for (const type of ['pledge.signed', 'pledge.completed']) {
      const entry = await t.database.db.m.findOneByOrFail(AuditEntry, { type });
      expect(JSON.parse(entry.leaf)).toMatchObject({ subjects: ['evaluation:evaluation-1', `pledge:${id}`] });
      expect(entry.facts!.map((f) => f.value)).toContain(body.fileSha256);
    }
  });

  test('a second completion, and a prepare afterwards, are told what became of it', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    await c.complete(id, prepared);
    const second = await c.complete(id, prepared);
    expect(second).toMatchObject({ status: 409, body: { type: '/problems/pledge/base-changed' } });
    expect((second.body as { detail: string }).detail).toContain('prepare');
    expect(await c.tryPrepare(id)).toMatchObject({ status: 409, body: { type: '/problems/pledge/wrong-state' } });
  });

  test('two signatures on the same base at once: one is stored, the other gets 409', async () => {
    const id = await c.makePledge();
    const [one, two] = [await c.prepare(id), await c.prepare(id)];
    const replies = await Promise.all([c.complete(id, one), c.complete(id, two)]);
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
    const lost = replies.find((r) => r.status === 409)!.body as { type: string };
    expect(['/problems/pledge/base-changed', '/problems/pledge/signing-in-progress']).toContain(lost.type);
    expect((await t.auditTypes()).filter((type) => type === 'pledge.signed')).toHaveLength(1);
  });

  test('a repeated completion under the same key gets the same answer', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const body = await c.answer(prepared);
    const headers = { 'idempotency-key': newKey() };
    const one = await c.post(`/pledges/${id}/signatures/complete`, body, headers).expect(200);
    const two = await c.post(`/pledges/${id}/signatures/complete`, body, headers).expect(200);
    expect(two.body).toEqual(one.body);
  });

  test('after thirty minutes a fresh prepare is asked for', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    clock.pass(30 * 60_000);
    const late = await c.complete(id, prepared);
    expect(late).toMatchObject({ status: 409, body: { type: '/problems/pledge/revision-expired' } });
    expect((await c.complete(id, await c.prepare(id))).status).toBe(200);
  });

  test('a signature by another key, over other bytes or of nonsense is refused and nothing is stored', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const before = await blobKeys();
    const right = await c.answer(prepared);
    const foreign = await aClerk(t).answer(prepared);
    const otherBytes = await c.answer({ ...prepared, signedAttributes: 'MQA=' });
    for (const { signature } of [foreign, otherBytes, { signature: 'AAAA' }]) {
      const refused = await c.post(`/pledges/${id}/signatures/complete`, { ...right, signature }).expect(422);
      expect(refused.body.type).toBe('/problems/signing/signature-wrong');
    }
    await c.post(`/pledges/${id}/signatures/complete`, { ...right, signature: 'not base64!' }).expect(400);
    await c.post(`/pledges/${id}/signatures/complete`, { ...right, revisionId: 'nothing' }).expect(404);
    expect(await blobKeys()).toEqual(before);
    expect((await c.complete(id, prepared)).status).toBe(200);
  });

  test('another institution neither sees nor signs; an officer sees and does not sign', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const other = aClerk(t, stranger);
    expect((await other.tryPrepare(id)).status).toBe(404);
    expect((await other.complete(id, prepared)).status).toBe(404);
    for (const address of ['', '/file', `/revisions/${prepared.revisionId}/file`]) {
      await other.get(`/pledges/${id}${address}`).expect(404);
      await aClerk(t, officer).get(`/pledges/${id}${address}`).expect(200);
    }
    await other.get('/evaluations/evaluation-1/pledges').expect(404);
    await other.post(`/pledges/${id}/void`, { reason: '无' }).expect(404);
    await aClerk(t, officer).post(`/pledges/${id}/signatures/prepare`, { certificateId: 'x' }).expect(403);
    const keeper = credential({ role: 'seal-keeper', institutionId: OWN, accountId: 'account-5' });
    await aClerk(t, keeper).post(`/pledges/${id}/void`, { reason: '无' }).expect(403);
    const sealed = aClerk(t, keeper);
    expect((await sealed.complete(id, await sealed.prepare(id))).status).toBe(200);
  });

  test('a frozen or voided evaluation is not signed for, neither prepared nor completed', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const e = t.world.evaluations.get('evaluation-1')!;
    Object.assign(e, { state: 'frozen', freezeReason: 'person-bar' });
    expect(await c.tryPrepare(id)).toMatchObject({ status: 409, body: { type: '/problems/evaluation/frozen' } });
    expect(await c.complete(id, prepared)).toMatchObject({
      status: 409,
      body: { type: '/problems/evaluation/frozen' },
    });
    Object.assign(e, { state: 'on-site', freezeReason: null });
    expect((await c.complete(id, prepared)).status).toBe(200);
  });

  test('voiding for the evaluation takes open and complete ones, with their reason; a void one is not signed', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    await voidFor('evaluation-1');
    expect(await c.complete(id, prepared)).toMatchObject({
      status: 409,
      body: { type: '/problems/pledge/wrong-state' },
    });
    const next = await c.makePledge();
    await c.complete(next, await c.prepare(next));
    await voidFor('evaluation-1');
    const shown = await c.get(`/pledges/${next}`).expect(200);
    expect(shown.body).toMatchObject({ state: 'void', voidReason: '评估组已更换', level: 'B-B' });
    await c.get(`/pledges/${next}/file`).expect(200);
    expect(await t.pledges.isComplete(t.database.db, 'evaluation-1')).toBe(false);
    expect((await t.auditTypes()).filter((type) => type === 'pledge.voided')).toHaveLength(2);
  });
});

describe('the door', () => {
  const barred = {
    status: 409,
    body: { type: '/problems/sanctions/barred', decisionNumber: '示例自然资决〔2026〕1号' },
  };
  const today = (): string => legalDateOf(clock.now());

  test('a barred institution gets no paper, no prepared bytes and no signature, from the service day on', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const before = await blobKeys();
    await bar(t, OWN, today());
    expect(await c.tryPrepare(id)).toMatchObject(barred);
    expect(await c.complete(id, prepared)).toMatchObject(barred);
    expect(await c.post('/evaluations/evaluation-1/pledges')).toMatchObject(barred);
    const refusal = (await c.complete(id, prepared)).body as Record<string, string>;
    expect(refusal).toMatchObject({
      door: '签署真实性承诺',
      lastBarredDay: expect.any(String),
      freeFrom: expect.any(String),
    });
    expect(await blobKeys()).toEqual(before);
    expect((await t.auditTypes()).filter((type) => type === 'door.refused')).toHaveLength(4);
    expect((await c.get(`/pledges/${id}`)).body).toMatchObject({ state: 'prepared', revision: 0 });
  });

  test('a refusal is kept for repeats of the same request', async () => {
    await bar(t, OWN, today());
    const headers = { 'idempotency-key': newKey() };
    const one = await c.post('/evaluations/evaluation-1/pledges', {}, headers).expect(409);
    const two = await c.post('/evaluations/evaluation-1/pledges', {}, headers).expect(409);
    expect(two.body).toEqual(one.body);
    expect((await t.auditTypes()).filter((type) => type === 'door.refused')).toHaveLength(1);
  });

  test('a bar served while the file is being stored still shuts it', async () => {
    const id = await c.makePledge();
    const prepared = await c.prepare(id);
    const late = {
      ...t.blobs,
      putIfAbsent: async (key: string, source: string | Uint8Array) => {
        await bar(t, OWN, today());
        return t.blobs.putIfAbsent(key, source);
      },
    };
    const actor = JSON.parse(decodeURIComponent(clerk)) as Parameters<typeof t.pledges.preparePledge>[0]['actor'];
    const call = { actor, requestId: t.database.db.sources.ids.timed() };
    const completing = t.pledgesOver({ blobs: late }).completeSignature(call, id, await c.answer(prepared));
    await expect(completing).rejects.toMatchObject({ code: 'sanctions.barred' });
    expect((await t.database.db.m.findOneByOrFail(Pledge, { id })).state).toBe('prepared');
  });

  test('a bar on another institution changes nothing', async () => {
    await bar(t, OTHER, today());
    const id = await c.makePledge();
    expect((await c.complete(id, await c.prepare(id))).status).toBe(200);
  });
});
