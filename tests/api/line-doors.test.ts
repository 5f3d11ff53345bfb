import type { Test } from 'supertest';
import { addDays, legalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import {
  aCaseSubject,
  aLot,
  anAssignment,
  anEvaluation,
  teamOf,
  statement,
  type ACaseSubject,
  type ALot,
  type AnAssignment,
  type AnEvaluation,
} from '../support/line-builders';
import { aFile, anExpert, aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// One bar of an institution and one of a person, from the service to the day after. The tests follow each other in time.

let whole: Whole;
let institution: ReadyInstitution;
let other: ReadyInstitution;
let lot: ALot;
let offered: AnAssignment;
let assigned: AnEvaluation;
let complete: AnEvaluation;
let ofOther: AnEvaluation;
let caseOfInstitution: ACaseSubject;
let caseOfPerson: ACaseSubject;
let servedTooLate: ACaseSubject;

const [lastBarredDay, freeFrom] = ['2029-03-02', '2029-03-03'];
const LAST_INSTANT = '2029-03-02T15:59:59.999Z';
const FIRST_FREE_INSTANT = '2029-03-02T16:00:00.000Z';

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
  other = await aReadyInstitution(whole, { staff: 8 });
  lot = await aLot(whole, [institution], { mines: 2 });
  offered = await anAssignment(whole, institution, { lot, mineIds: [lot.mineIds[0]!], takenUp: false });
  assigned = await anEvaluation(whole, institution, { state: 'assigned' });
  complete = await anEvaluation(whole, institution, { state: 'reported', evidence: true, pledged: true });
  ofOther = await anEvaluation(whole, other, { state: 'reported', evidence: true, pledged: true });
  const late = { kind: 'person' as const, id: (await anExpert(whole)).id };
  servedTooLate = await aCaseSubject(whole, late, { state: 'decided' });
}, 120_000);
afterAll(() => whole.close());

interface DoorTried {
  name: string;
  door: string;
  knock: () => Test;
}

const engagement = (kind: 'institution' | 'person', id: string) => ({
  subject: { kind, id },
  role: 'reviewer',
  from: whole.today(),
});
const reason = { reason: '示例原因' };

const doorsOfInstitution = (): DoorTried[] => {
  const { clerk, id } = institution;
  const offer = { institutionId: id, mineIds: [lot.mineIds[1]!], answerBy: whole.today() };
  const at = (e: AnEvaluation, what: string): string => `/evaluations/${e.id}/${what}`;
  return [
    { name: 'register', door: 'pool', knock: () => clerk.post('/pool-entries', { institutionId: id }) },
    { name: 'offer', door: 'assignment', knock: () => whole.bureau.post(`/lots/${lot.id}/assignments`, offer) },
    {
      name: 'take-up',
      door: 'assignment',
      knock: () => clerk.post(`/assignments/${offered.id}/take-up`, { statement }),
    },
    { name: 'resuming', door: 'assignment', knock: () => whole.lead.post(`/assignments/${offered.id}/resume`, reason) },
    { name: 'team', door: 'team', knock: () => clerk.post(at(assigned, 'team'), teamOf(institution)) },
    { name: 'acceptance', door: 'acceptance', knock: () => whole.bureau.post(at(complete, 'accept')) },
    { name: 'pledge', door: 'pledge', knock: () => clerk.post(at(assigned, 'pledges')) },
    { name: 'role', door: 'engagement', knock: () => whole.bureau.post('/engagements', engagement('institution', id)) },
  ];
};

const doorsOfPerson = (): DoorTried[] => {
  const { id } = other.staff[0]!;
  const withPerson = teamOf(other);
  return [
    { name: 'team', door: 'team', knock: () => other.clerk.post(`/evaluations/${ofOther.id}/team`, withPerson) },
    { name: 'acceptance', door: 'acceptance', knock: () => whole.bureau.post(`/evaluations/${ofOther.id}/accept`) },
    { name: 'role', door: 'engagement', knock: () => whole.bureau.post('/engagements', engagement('person', id)) },
  ];
};

const refusal = (door: string, of: ACaseSubject, code: string) => ({
  type: '/problems/sanctions/barred',
  status: 409,
  doorCode: door,
  code,
  decisionNumber: of.decisionNumber,
  lastBarredDay,
  freeFrom,
  rule: '自然资规〔2024〕1号第（十七）条；民法典第二百零一条、第二百零二条',
});

/** What the doors lead to, as stored. */
const behindTheDoors = async (): Promise<unknown> => ({
  pool: await done(whole.bureau.get('/pool-entries')),
  lot: await done(whole.bureau.get(`/lots/${lot.id}`)),
  offered: await done(whole.bureau.get(`/assignments/${offered.id}`)),
  evaluations: await done(whole.bureau.get('/evaluations')),
  pledges: await done(whole.bureau.get(`/evaluations/${assigned.id}/pledges`)),
  engagements: await whole.service.db.m.query('SELECT COUNT(*) AS n FROM engagement'),
});

/** All doors of both refuse, each in its words and with its trace, and nothing behind them changes. */
async function expectAllShut(): Promise<void> {
  const before = await behindTheDoors();
  for (const [doors, of, code] of [
    [doorsOfInstitution(), caseOfInstitution, institution.uscc],
    [doorsOfPerson(), caseOfPerson, other.staff[0]!.platformNumber],
  ] as const) {
    for (const { name, door, knock } of doors) {
      const reply = await knock();
      expect({ tried: name, ...reply.body }).toMatchObject({ tried: name, ...refusal(door, of, code) });
      for (const said of [of.decisionNumber, lastBarredDay, freeFrom]) expect(reply.body.detail).toContain(said);
      const { types, log } = await whole.traceOf(reply);
      expect({ name, types, status: log['status'] }).toEqual({ name, types: ['door.refused'], status: 409 });
    }
  }
  expect(await behindTheDoors()).toEqual(before);
}

test('until the service every door is open: a decision alone bars nobody', async () => {
  const party = { kind: 'institution' as const, id: institution.id };
  const decided = await aCaseSubject(whole, party, { state: 'decided' });
  await done(whole.bureau.post('/engagements', engagement('institution', institution.id)), 201);
  expect((await done(whole.anyone.get(`/public/screening/${institution.uscc}`))).verdict).toBe('fit');
  const body = {
    servedOn: whole.today(),
    manner: 'direct',
    proof: '送达回证',
    proofFileId: await aFile(whole.inspector),
  };
  await done(whole.inspector.post(`/case-subjects/${decided.id}/serve`, body));
  caseOfInstitution = decided;
  const person = { kind: 'person' as const, id: other.staff[0]!.id };
  caseOfPerson = await aCaseSubject(whole, person, { state: 'served' });
});

test('from the service on every door is shut, with decision, last barred day, first free day and rule', async () => {
  await expectAllShut();
});

test('others go in and out as before', async () => {
  const { id } = await anEvaluation(whole, other, { state: 'team-named', team: teamOf(other, 1) });
  expect((await done(whole.bureau.get(`/evaluations/${id}`))).state).toBe('team-named');
  await done(whole.bureau.post('/engagements', engagement('person', other.staff[1]!.id)), 201);
});

test('on the last barred day at 23:59:59.999 in Shanghai every door is still shut', async () => {
  await whole.moveTo(LAST_INSTANT);
  expect(whole.today()).toBe(lastBarredDay);
  await expectAllShut();
  expect(await done(whole.anyone.get(`/public/screening/${institution.uscc}`))).toMatchObject({
    verdict: 'not-fit',
    asOf: lastBarredDay,
  });
});

test('one millisecond later every door is open', async () => {
  await whole.moveTo(FIRST_FREE_INSTANT);
  expect(whole.today()).toBe(freeFrom);
  const { clerk } = institution;
  await done(clerk.post(`/pool-entries/${institution.poolEntryId}/withdraw`, reason));
  const status: Record<string, number> = { register: 201, offer: 201, role: 201, pledge: 201 };
  const [register, offer, , resuming, team, acceptance, pledge, role] = doorsOfInstitution();
  await done(whole.lead.post(`/evaluations/${complete.id}/resume`, reason));
  await done(whole.lead.post(`/evaluations/${assigned.id}/resume`, reason));
  for (const { name, knock } of [register, offer, resuming, team, acceptance, pledge, role].map((d) => d!)) {
    const reply = await knock();
    expect({ name, status: reply.status }).toEqual({ name, status: status[name] ?? 200 });
  }
  // What was offered three years ago is no longer answered, for another reason than the bar.
  const late = await clerk.post(`/assignments/${offered.id}/take-up`, { statement });
  expect(late.body.type).toBe('/problems/assignment/answer-late');
  await done(whole.lead.post(`/evaluations/${ofOther.id}/resume`, reason));
  for (const { name, knock } of doorsOfPerson().slice(1)) {
    const reply = await knock();
    expect({ name, status: reply.status }).toEqual({ name, status: status[name] ?? 200 });
  }
  const named = await anEvaluation(whole, other, { state: 'team-named', team: teamOf(other) });
  const { team: stored } = await done(whole.bureau.get(`/evaluations/${named.id}`));
  expect(stored.map((m: { expertId: string }) => m.expertId)).toContain(other.staff[0]!.id);
});

test('asked for any day, the public answer follows the days, not the clock', async () => {
  const verdictOn = async (day: string) =>
    (await done(whole.anyone.get(`/public/screening/${institution.uscc}?asOf=${day}`))).verdict as string;
  expect(await verdictOn('2026-03-01')).toBe('fit');
  expect(await verdictOn('2026-03-02')).toBe('not-fit');
  expect(await verdictOn(lastBarredDay)).toBe('not-fit');
  expect(await verdictOn(freeFrom)).toBe('fit');
});

test('a service entered when its term is over bars nobody and freezes nothing', async () => {
  const proofFileId = await aFile(whole.inspector);
  const body = { servedOn: '2026-03-02', manner: 'direct', proof: '送达回证', proofFileId };
  const served = await done(whole.inspector.post(`/case-subjects/${servedTooLate.id}/serve`, body));
  expect(served.bar).toMatchObject({ lastBarredDay, freeFrom });
  expect(served.frozen).toEqual({ assignments: [], evaluations: [], engagements: [] });
  await done(whole.bureau.post('/engagements', engagement('person', served.subject.id as string)), 201);
});

test('a service entered thirty days late bars from its day, and freezes what is open on the day of entry', async () => {
  const late = await aReadyInstitution(whole);
  const open = await anEvaluation(whole, late, { state: 'team-named' });
  const servedOn = addDays(whole.today(), -30);
  const { service } = await aCaseSubject(whole, { kind: 'institution', id: late.id }, { state: 'served', servedOn });
  expect(service!.bar).toMatchObject({ servedOn: '2029-02-01', lastBarredDay: '2032-02-01', freeFrom: '2032-02-02' });
  expect(service!.frozen).toEqual({ assignments: [open.assignmentId], evaluations: [open.id], engagements: [] });
  const verdictOn = async (day: string) =>
    (await done(whole.anyone.get(`/public/screening/${late.uscc}?asOf=${day}`))).verdict as string;
  expect(await verdictOn(addDays(legalDate('2029-02-01'), -1))).toBe('fit');
  expect(await verdictOn('2029-02-01')).toBe('not-fit');
  expect(await verdictOn(whole.today())).toBe('not-fit');
});
