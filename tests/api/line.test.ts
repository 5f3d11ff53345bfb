import type { Response } from 'supertest';
import { addDays } from '../../src/kernel/pure/time';
import { done, newKey } from '../support/client';
import {
  aCaseSubject,
  addAllEvidence,
  anAssignment,
  anEvaluation,
  aSignedPledge,
  type ServiceAnswer,
} from '../support/line-builders';
import {
  aFile,
  aMine,
  anExpert,
  anOrganisation,
  aReadyInstitution,
  PUBLIC_PAYER,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
}, 60_000);
afterAll(() => whole.close());

/** A line of the log says what was asked and how it ended, and nothing of what was said. */
const lineOf = (method: string, route: string, status: number) => ({
  level: status === 500 ? 50 : 30,
  time: expect.any(String) as string,
  requestId: expect.any(String) as string,
  method,
  route,
  status,
  ms: expect.any(Number) as number,
  msg: 'request',
});

describe('a payment', () => {
  const findings = async (voucher: string) =>
    ((await done(whole.inspector.get('/findings'))).items as { voucher: string; state: string }[]).filter(
      (f) => f.voucher === voucher,
    );
  const ledger = async (voucher: string) =>
    ((await done(whole.bureau.get('/payments'))).items as { voucher: string }[]).filter((p) => p.voucher === voucher);

  test('by an operator is refused, and leaves one finding however often it is repeated', async () => {
    const operator = await anOrganisation(whole);
    const mine = await aMine(whole, operator.id);
    const payment = {
      payerId: operator.id,
      institutionId: institution.id,
      amountFen: 5_000_000,
      paidOn: whole.today(),
      voucher: 'KS-1',
      purpose: '评估服务费',
    };
    const key = { 'idempotency-key': newKey() };
    const first = await whole.bureau.post('/payments', payment, key);
    expect(first.status).toBe(409);
    expect(first.body).toMatchObject({ type: '/problems/payment/mine-payer', payer: operator.name });
    expect(first.body.citation).toContain('自然资规〔2024〕1号');
    expect(await findings('KS-1')).toEqual([
      expect.objectContaining({ state: 'raised', payerId: operator.id, mineIds: [mine], amountFen: 5_000_000 }),
    ]);
    expect(await ledger('KS-1')).toEqual([]);
    expect(await whole.traceOf(first)).toEqual({
      types: ['finding.raised'],
      log: lineOf('POST', '/payments', 409),
    });

    const again = await whole.bureau.post('/payments', payment, key);
    expect(again.status).toBe(409);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await findings('KS-1')).toHaveLength(1);
    expect((await whole.traceOf(again)).types).toEqual([]);
  });

  test('repeated by many at once with one key still leaves one finding', async () => {
    const operator = await anOrganisation(whole);
    await aMine(whole, operator.id);
    const about = { payerId: operator.id, institutionId: institution.id, amountFen: 1, paidOn: whole.today() };
    const payment = { ...about, voucher: 'KS-2', purpose: '评估服务费' };
    const key = { 'idempotency-key': newKey() };
    const replies = await Promise.all([1, 2, 3, 4].map(() => whole.bureau.post('/payments', payment, key)));
    const types = replies.map((r) => r.body.type as string);
    expect(types).toContain('/problems/payment/mine-payer');
    expect(
      types.filter((t) => !['/problems/payment/mine-payer', '/problems/idempotency/in-progress'].includes(t)),
    ).toEqual([]);
    expect(await findings('KS-2')).toHaveLength(1);
  });

  test('by a public body enters the ledger, and its voucher only once', async () => {
    const payer = await anOrganisation(whole, { uscc: PUBLIC_PAYER, name: '示例省财政厅', legalForm: 'other' });
    const about = { payerId: payer.id, institutionId: institution.id, amountFen: 12_000_000, paidOn: whole.today() };
    const payment = { ...about, voucher: 'CZ-1', purpose: '评估服务费' };
    const reply = await whole.bureau.post('/payments', payment);
    expect(reply.status).toBe(201);
    expect(await ledger('CZ-1')).toEqual([reply.body]);
    expect((await whole.traceOf(reply)).types).toEqual(['payment.recorded']);
    const twice = await whole.bureau.post('/payments', payment);
    expect(twice.body).toMatchObject({ status: 409, type: '/problems/payment/voucher-known' });
    expect((await whole.traceOf(twice)).types).toEqual([]);
    expect(await findings('CZ-1')).toEqual([]);
  });

  test('by a private body without a mine is refused without a finding', async () => {
    const payer = await anOrganisation(whole);
    const about = { payerId: payer.id, institutionId: institution.id, amountFen: 1, paidOn: whole.today() };
    const reply = await whole.bureau.post('/payments', { ...about, voucher: 'QT-1', purpose: '评估服务费' });
    expect(reply.body).toMatchObject({ status: 409, type: '/problems/payment/payer-not-entitled' });
    expect(await findings('QT-1')).toEqual([]);
    expect((await whole.traceOf(reply)).types).toEqual([]);
  });
});

describe('acceptance', () => {
  test('refuses naming all that is missing at once, and accepts what is whole', async () => {
    const { id, assignmentId } = await anEvaluation(whole, institution, { state: 'reported' });
    const at = `/evaluations/${id}`;
    const before = await done(whole.bureau.get(at));
    const refused = await whole.bureau.post(`${at}/accept`);
    expect(refused.body).toMatchObject({
      status: 409,
      type: '/problems/evaluation/evidence-missing',
      missing: '核查记录、影像资料、真实性承诺书',
    });
    expect(await done(whole.bureau.get(at))).toEqual(before);
    expect(await whole.traceOf(refused)).toEqual({ types: [], log: lineOf('POST', '/evaluations/:id/accept', 409) });

    const { clerk } = institution;
    await done(whole.bureau.post(`${at}/return`, { reason: '补正材料' }));
    await addAllEvidence(clerk, id);
    const report = { scoreHundredths: 8650, conclusion: 'meets' };
    await done(clerk.post(`${at}/report`, report));
    const stillOne = await whole.bureau.post(`${at}/accept`);
    expect(stillOne.body.missing).toBe('真实性承诺书');
    await done(whole.bureau.post(`${at}/return`, { reason: '补签承诺书' }));
    await aSignedPledge(whole, clerk, id);
    await done(clerk.post(`${at}/report`, report));

    const accepted = await whole.bureau.post(`${at}/accept`);
    expect(accepted.body).toMatchObject({ state: 'accepted', scoreHundredths: 8650 });
    expect(await done(whole.bureau.get(at))).toEqual(accepted.body);
    expect((await done(whole.bureau.get(`/assignments/${assignmentId}`))).state).toBe('fulfilled');
    expect(await whole.traceOf(accepted)).toEqual({
      types: ['assignment.fulfilled', 'evaluation.accepted'],
      log: lineOf('POST', '/evaluations/:id/accept', 200),
    });
    const twice = await whole.bureau.post(`${at}/accept`);
    expect(twice.body).toMatchObject({ status: 409, type: '/problems/evaluation/wrong-state' });
  });
});

describe('two officers', () => {
  test.each([1, 2, 3])('deciding the same at once: one wins, the other is told 409 (%i)', async () => {
    const party = { kind: 'person' as const, id: (await anExpert(whole)).id };
    const subject = await aCaseSubject(whole, party, { state: 'proposed' });
    const scanFileId = await aFile(whole.bureau);
    const officers = [whole.lead, whole.secondLead];
    const replies = await Promise.all(
      officers.map((o) =>
        o.post(`/case-subjects/${subject.id}/decide`, { scanFileId }, { 'if-match': `"${subject.version}"` }),
      ),
    );
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
    const winner = replies.findIndex((r) => r.status === 200);
    const [won, lost] = [replies[winner]!, replies[1 - winner]!];
    expect(lost.body.type).toBe('/problems/case/wrong-subject-state');
    const stored = await done(whole.bureau.get(`/case-subjects/${subject.id}`));
    expect(stored).toEqual(won.body);
    expect(stored).toMatchObject({ state: 'decided', decidedBy: officers[winner]!.accountId });
    expect(stored.steps.filter((s: { step: string }) => s.step === 'decided')).toHaveLength(1);
    const route = '/case-subjects/:id/decide';
    expect(await whole.traceOf(won)).toEqual({ types: ['case.decided'], log: lineOf('POST', route, 200) });
    expect(await whole.traceOf(lost)).toEqual({ types: [], log: lineOf('POST', route, 409) });
  });

  test('offering one mine at once to two institutions: one of them gets it', async () => {
    const other = await aReadyInstitution(whole, { staff: 0 });
    const mineIds = [await aMine(whole)];
    const about = { purpose: 'producing-mine', purchase: { method: 'entrusted-by-budget', projectNumber: '示例' } };
    const lot = await done(whole.bureau.post('/lots', { name: '示例批次', mineIds, ...about }), 201);
    const institutionIds = [institution.id, other.id];
    await done(whole.bureau.post(`/lots/${lot.id}/candidates`, { institutionIds }));
    const offer = (institutionId: string) => ({ institutionId, mineIds, answerBy: whole.today() });
    const replies = await Promise.all([
      whole.bureau.post(`/lots/${lot.id}/assignments`, offer(institution.id)),
      whole.reviewer.post(`/lots/${lot.id}/assignments`, offer(other.id)),
    ]);
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
    expect(replies.find((r) => r.status === 409)!.body.type).toBe('/problems/assignment/mine-taken');
  });

  test('naming two teams at once: both are heard, one after the other, and one team stands', async () => {
    const { id } = await anEvaluation(whole, institution, { state: 'assigned' });
    const ids = institution.staff.map((p) => p.id);
    const team = (from: number) => ({ leaderId: ids[from], memberIds: ids.slice(from + 1, from + 5) });
    const replies = await Promise.all([0, 1].map((n) => institution.clerk.post(`/evaluations/${id}/team`, team(n))));
    expect(replies.every((r) => [200, 409].includes(r.status))).toBe(true);
    const { team: stored } = await done(whole.bureau.get(`/evaluations/${id}`));
    const answered = replies.filter((r) => r.status === 200).map((r) => r.body.team as unknown);
    expect(answered).toContainEqual(stored);
  });
});

describe('service', () => {
  const stateOf = async (what: string, id: string) => (await done(whole.bureau.get(`/${what}/${id}`))).state as string;
  const serve = (id: string, changes: object, proofFileId: string): Promise<Response> =>
    Promise.resolve(
      whole.inspector.post(`/case-subjects/${id}/serve`, {
        servedOn: whole.today(),
        manner: 'direct',
        proof: '送达回证',
        proofFileId,
        ...changes,
      }),
    );

  test('bars and freezes what is open in one transaction; what is refused bars and freezes nothing', async () => {
    const barred = await aReadyInstitution(whole);
    const accepted = await anEvaluation(whole, barred, { state: 'accepted' });
    const working = await anEvaluation(whole, barred, { state: 'team-named' });
    const reported = await anEvaluation(whole, barred, { state: 'reported' });
    const offered = await anAssignment(whole, barred, { takenUp: false });
    const foreign = await anEvaluation(whole, institution, { state: 'team-named' });
    const party = { kind: 'institution' as const, id: barred.id };
    const { id } = await aCaseSubject(whole, party, { state: 'decided' });
    const proof = await aFile(whole.inspector);

    for (const [changes, file, status] of [
      [{ servedOn: addDays(whole.today(), -4) }, proof, 422],
      [{ servedOn: addDays(whole.today(), 1) }, proof, 422],
      [{ manner: 'electronic' }, proof, 422],
      [{ manner: 'public-notice', noticePublishedOn: addDays(whole.today(), -3) }, proof, 422],
      [{}, 'no-such-file', 404],
    ] as const) {
      const refused = await serve(id, changes, file);
      expect({ changes, status: refused.status }).toEqual({ changes, status });
      expect((await whole.traceOf(refused)).types).toEqual([]);
    }
    expect(await stateOf('evaluations', working.id)).toBe('team-named');
    expect((await done(whole.anyone.get(`/public/screening/${barred.uscc}`))).verdict).toBe('fit');

    const reply = await serve(id, {}, proof);
    expect(reply.status).toBe(200);
    const { bar, frozen } = reply.body as ServiceAnswer;
    expect(bar).toMatchObject({ servedOn: '2026-03-02', lastBarredDay: '2029-03-02', freeFrom: '2029-03-03' });
    const open = [working.assignmentId, reported.assignmentId, offered.id].sort();
    expect([...frozen.assignments].sort()).toEqual(open);
    expect([...frozen.evaluations].sort()).toEqual([working.id, reported.id].sort());
    for (const a of frozen.assignments) expect(await stateOf('assignments', a)).toBe('frozen');
    for (const e of frozen.evaluations) expect(await stateOf('evaluations', e)).toBe('frozen');
    expect(await stateOf('evaluations', accepted.id)).toBe('accepted');
    expect(await stateOf('evaluations', foreign.id)).toBe('team-named');
    expect(await whole.traceOf(reply)).toEqual({
      types: [
        ...Array<string>(3).fill('assignment.frozen'),
        'bar.imposed',
        'case.served',
        ...Array<string>(2).fill('evaluation.frozen'),
      ],
      log: lineOf('POST', '/case-subjects/:id/serve', 200),
    });
    expect((await done(whole.anyone.get(`/public/screening/${barred.uscc}`))).verdict).toBe('not-fit');
    expect((await serve(id, {}, proof)).body.type).toBe('/problems/case/wrong-subject-state');
  });
});
