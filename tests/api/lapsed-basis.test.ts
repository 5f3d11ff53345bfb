import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, aLot, anAssignment, teamOf, type ACaseSubject, type ALot } from '../support/line-builders';
import { sampleDraft } from '../support/play-policy';
import { anApplication, proposal } from '../support/play-pool';
import {
  aFile,
  aMine,
  anExpert,
  anInstitution,
  anOrganisation,
  aReadyInstitution,
  PUBLIC_PAYER,
  type Body,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// What has run out carries no new decision, at no door; what was decided under it stays and is carried out.

let whole: Whole;
let lastDay: LegalDate;
let institution: ReadyInstitution;
let operator: Body;
let payer: Body;
/** Opened and published while the basis held; and one only drafted. */
let lot: ALot;
let drafted: string;
let decided: ACaseSubject;
let reviewed: ACaseSubject;
let free: ACaseSubject;
let offered: { id: string; evaluationIds: string[] };

const own = { number: '示例规〔2026〕1号', citation: '示例规〔2026〕1号第一条', effectiveFrom: '2026-01-01' };
const adopt = async (draft: object): Promise<string> => {
  const { id } = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, ...draft }), 201);
  whole.clock.advance(1);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  return id as string;
};
const lotBody = async () => ({
  ...{ name: '示例批次', purpose: 'producing-mine', mineIds: [await aMine(whole)] },
  purchase: { method: 'government-purchase', projectNumber: '示例采购项目' },
});
const party = async () => ({ kind: 'person' as const, id: (await anExpert(whole)).id });
const typeOf = async (sent: Promise<{ body: { type?: string } }>): Promise<string | undefined> =>
  (await sent).body.type?.replace('/problems/', '');

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole, { staff: 8 });
  operator = await anOrganisation(whole);
  payer = await anOrganisation(whole, { uscc: PUBLIC_PAYER, name: '示例省财政厅', legalForm: 'other' });
  lastDay = addDays(whole.today(), 2);
  await adopt({ basis: { ...sampleDraft.basis, validThrough: lastDay } });
  lot = await aLot(whole, [institution], { mines: 4 });
  drafted = (await done(whole.bureau.post('/lots', await lotBody()), 201)).id as string;
  offered = await anAssignment(whole, institution, { lot, mineIds: [lot.mineIds[0]!], answerBy: lastDay });
  decided = await aCaseSubject(whole, await party(), { state: 'decided' });
  reviewed = await aCaseSubject(whole, await party(), { state: 'reviewed' });
  free = await aCaseSubject(whole, await party(), { state: 'proposed' });
}, 120_000);
afterAll(() => whole.close());

const offer = (mine: number) =>
  whole.bureau.post(`/lots/${lot.id}/assignments`, {
    ...{ institutionId: institution.id, mineIds: [lot.mineIds[mine]!], answerBy: whole.today() },
  });
const payment = (more: object = {}) =>
  whole.bureau.post('/payments', {
    ...{ payerId: payer.id, institutionId: institution.id, amountFen: 100, paidOn: whole.today() },
    ...{ voucher: `示例凭证${whole.next()}`, purpose: '评估服务费', ...more },
  });
const proposeCase = (decidedOn: LegalDate) =>
  whole.bureau.post(`/case-subjects/${reviewed.id}/proposal`, {
    ...{ decisionNumber: `示例函〔2026〕${whole.next()}号`, decidedOn, actDay: '2026-01-05', reasons: '示例' },
  });

test('on the last day every door decides', async () => {
  await whole.moveTo(`${lastDay}T15:59:00.000Z`);
  expect(whole.today()).toBe(lastDay);
  await done(whole.bureau.post('/lots', await lotBody()), 201);
  await done(payment(), 201);
});

test('on the next day no new lot, no new candidates, no money without a lot, no decision of that day', async () => {
  await whole.moveTo(`${addDays(lastDay, 1)}T01:00:00.000Z`);
  const lapsed = 'policy/basis-lapsed';
  expect(await typeOf(whole.bureau.post('/lots', await lotBody()) as never)).toBe(lapsed);
  const candidates = { institutionIds: [institution.id] };
  expect(await typeOf(whole.bureau.post(`/lots/${drafted}/candidates`, candidates) as never)).toBe(lapsed);
  expect(await typeOf(payment() as never)).toBe(lapsed);
  expect(await typeOf(proposeCase(whole.today()) as never)).toBe(lapsed);
});

test('what began goes on: offer, taking up, team and money of the open lot, by the same rules', async () => {
  const { id } = await done(offer(1), 201);
  expect((await done(whole.bureau.get(`/assignments/${id}`))).state).toBe('offered');
  const team = await done(institution.clerk.post(`/evaluations/${offered.evaluationIds[0]}/team`, teamOf(institution)));
  expect(team.rules.map((r: { rule: string }) => r.rule)).toContain('team.size');
  await done(payment({ lotId: lot.id }), 201);
  // The ban on mine money goes on with it.
  await aMine(whole, operator.id);
  expect(await typeOf(payment({ lotId: lot.id, payerId: operator.id }) as never)).toBe('payment/mine-payer');
});

test('a decision of a day on which the basis held is decided, served and bars', async () => {
  const proposed = await done(proposeCase(lastDay));
  const scanFileId = await aFile(whole.lead);
  const etag = (version: number) => ({ 'if-match': `"${version}"` });
  await done(whole.lead.post(`/case-subjects/${reviewed.id}/decide`, { scanFileId }, etag(proposed.version as number)));
  await done(whole.lead.post(`/case-subjects/${free.id}/decide`, { scanFileId }, etag(free.version)));
  const proofFileId = await aFile(whole.inspector);
  const service = { servedOn: whole.today(), manner: 'direct', proof: '送达回证', proofFileId };
  const { bar } = await done(whole.inspector.post(`/case-subjects/${decided.id}/serve`, service));
  expect(bar.servedOn).toBe(whole.today());
});

test('a register takes entries and lets go all the same', async () => {
  const { id } = await done(
    whole.bureau.post('/pool-entries', { institutionId: (await anInstitution(whole)).id }),
    201,
  );
  await done(whole.bureau.post(`/pool-entries/${id}/withdraw`, { reason: '示例退出' }));
});

test('one rule alone: its scope waits, what began is still asked, other doors stay open', async () => {
  const size = { rule: 'team.size', value: 5, certainty: 'provincial', effect: 'refuse', ...own };
  await adopt({ rules: [{ ...size, validThrough: whole.today() }] });
  const open = await aLot(whole, [institution]);
  const { evaluationIds } = await anAssignment(whole, institution, { lot: open });
  await whole.moveTo(`${addDays(whole.today(), 1)}T01:00:00.000Z`);
  const refused = await whole.bureau.post('/lots', await lotBody());
  expect(refused.body.type).toBe('/problems/policy/basis-lapsed');
  expect(refused.body.detail).toMatch(/POST \/api\/v1\/policy\/drafts/);
  expect(refused.body.detail).toContain('team.size');
  await done(payment(), 201);
  const path = `/evaluations/${evaluationIds[0]}/team`;
  const small = await institution.clerk.post(path, teamOf(institution, 0, 4));
  expect(small.body.type).toBe('/problems/evaluation/team-unfit');
  await done(institution.clerk.post(path, teamOf(institution)));
});

test('a directory decides nothing by what has run out', async () => {
  await adopt({ poolMode: 'directory' });
  const entry = await anApplication(whole);
  await adopt({ poolMode: 'directory', basis: { ...sampleDraft.basis, validThrough: whole.today() } });
  await whole.moveTo(`${addDays(whole.today(), 1)}T01:00:00.000Z`);
  const propose = whole.bureau.post(`/pool-entries/${entry.id}/proposals`, proposal(whole, 'refuse'));
  expect(await typeOf(propose as never)).toBe('policy/basis-lapsed');
  const apply = whole.bureau.post('/pool-entries', { institutionId: (await anInstitution(whole)).id });
  expect(await typeOf(apply as never)).toBe('policy/basis-lapsed');
});
