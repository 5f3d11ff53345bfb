import { addDays, instant, instantText, type LegalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCase, aCaseSubject, anAssignment, anEvaluation, paperOn } from '../support/line-builders';
import { aForeignAuthority, anOfficerOf } from '../support/officers';
import { runJob } from '../support/play-notices';
import { aFile, anExpert, anInstitution, aReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// The notice before a decision: served electronically with consent, else by whatever way is entered by hand.

let whole: Whole;
let lapseScan: string;
beforeAll(async () => {
  whole = await wholeService();
  lapseScan = await aFile(whole.inspector);
}, 60_000);
afterAll(() => whole.close());

const place = (): Promise<void> => runJob(whole, 'notifications.place');
const later = (days: number): Promise<void> =>
  whole.moveTo(instantText(instant(whole.clock.now() + days * 86_400_000)));
const problem = async (sent: ReturnType<Person['get']>): Promise<string> => {
  const { status, body } = await sent;
  return `${status} ${String((body as { type?: string }).type).replace('/problems/', '')}`;
};

async function consented(partyKind: 'institution' | 'expert', partyId: string): Promise<string> {
  const fileId = await aFile(whole.bureau);
  const consent = { partyKind, partyId, from: '2026-01-01', paper: '电子送达确认书', fileId };
  return (await done(whole.bureau.post('/service-consents', consent), 201)).id as string;
}

interface Sent {
  caseId: string;
  scan: string;
  reply: Awaited<ReturnType<Person['post']>>;
}
/** A notice with five working days from today, to be served electronically. */
async function send(
  subject: { kind: 'institution' | 'person'; id: string },
  inspector = whole.inspector,
  more: object = {},
): Promise<Sent> {
  const scan = await aFile(inspector);
  const caseId = await aCase({ ...whole, inspector }, whole.today(), scan);
  const term = await done(whole.anyone.get(`/calendar/working-days?from=${whole.today()}&days=5`));
  const notice = { ...paperOn(whole.today(), 0, scan), subject, ground: 'untrue-conclusion', defenceUntil: term.day };
  const reply = await inspector.post(`/cases/${caseId}/subjects`, { ...notice, electronic: true, ...more });
  return { caseId, scan, reply };
}
/** How often the officers of the case are told that the notice did not arrive. */
async function toldUndelivered(subject: string): Promise<number> {
  await place();
  const { items } = await done(whole.inspector.get('/inbox?limit=200'));
  const isIt = (i: { kind: string; ref: string }) =>
    i.kind === 'notice.undelivered' && i.ref === `case-subject:${subject}`;
  return items.filter(isIt).length as number;
}
const lapse = (id: string) =>
  whole.inspector.post(`/case-subjects/${id}/lapse`, { day: whole.today(), paper: '示例', scanFileId: lapseScan });

test('without consent for today it is refused, and nothing is sent or recorded', async () => {
  const { id } = await aReadyInstitution(whole, { staff: 0 });
  const { caseId, reply } = await send({ kind: 'institution', id });
  expect(reply.body).toMatchObject({ status: 422, type: '/problems/case/notice-no-consent' });
  expect(await done(whole.inspector.get(`/cases/${caseId}`))).toMatchObject({ subjects: [] });
  const rows = await whole.service.db.m.query<unknown[]>(
    "SELECT id FROM notification WHERE kind = 'case.notice-served'",
  );
  expect(rows).toEqual([]);
  // A day of the paper that lies back does not shorten the time: it cannot arrive before today.
  await consented('institution', id);
  const early = await send({ kind: 'institution', id }, whole.inspector, { defenceUntil: addDays(whole.today(), 2) });
  expect(early.reply.body).toMatchObject({ status: 422, type: '/problems/case/defence-too-short' });
});

test('with consent it is served by its arrival, is read by the party alone, and the time runs from then', async () => {
  const { id, clerk } = await aReadyInstitution(whole, { staff: 0 });
  await consented('institution', id);
  const { reply, scan } = await send({ kind: 'institution', id });
  const subject = reply.body;
  expect(subject).toMatchObject({ state: 'notified', defence: { until: null }, noticeId: expect.any(String) });
  expect((await whole.traceOf(reply)).types).toEqual(['case.subject-notified']);
  const at = `/case-subjects/${subject.id}`;
  // The outbox stood still for two days.
  await later(2);
  expect(await problem(lapse(subject.id))).toBe('409 case/notice-not-delivered');
  await place();
  const arrived = whole.today();
  const term = await done(whole.anyone.get(`/calendar/working-days?from=${arrived}&days=5`));
  expect(await done(whole.inspector.get(at))).toMatchObject({ defence: { until: term.day, provisional: false } });
  const shown = await done(whole.inspector.get(`/notifications/${subject.noticeId}`));
  expect(shown).toMatchObject({
    formal: true,
    deliveredOn: arrived,
    deliveredBy: 'inbox',
    ref: `case-subject:${subject.id}`,
  });
  await place();
  const { items } = await done(clerk.get('/inbox'));
  expect(items.map((i: { kind: string }) => i.kind).sort()).toEqual(['case.notice-served', 'deadline.started']);
  const item = items.find((i: { formal: boolean }) => i.formal);
  expect(item).toMatchObject({ fileId: scan, deliveredOn: arrived });
  await done(clerk.get(`/files/${scan}/content`));
  // Who is appointed after it came stands for the same party.
  const successor = await whole.enlist('institution', { institutionId: id });
  await done(successor.get(`/files/${scan}/content`));
  const stranger = await aReadyInstitution(whole, { staff: 0 });
  expect(await problem(stranger.clerk.get(`/files/${scan}/content`))).toBe('404 request/not-found');
  expect((await done(clerk.get('/deadlines'))).items).toMatchObject([
    { kind: 'case.defence', startsOn: arrived, dueOn: term.day },
  ]);
  expect(await problem(lapse(subject.id))).toBe('409 case/defence-running');
  await whole.moveTo(`${addDays(term.day as LegalDate, 1)}T02:00:00.000Z`);
  expect(await done(lapse(subject.id))).toMatchObject({ state: 'defence-lapsed' });
});

test('that reaches nobody lapses nothing, however long; another service is entered by hand and starts the time', async () => {
  const { id } = await anInstitution(whole);
  await consented('institution', id);
  const { reply } = await send({ kind: 'institution', id });
  const { id: subject, noticeId } = reply.body;
  await place();
  expect(await done(whole.inspector.get(`/notifications/${noticeId}`))).toMatchObject({
    state: 'dead',
    deliveredOn: null,
  });
  expect(await toldUndelivered(subject)).toBe(1);
  await later(200);
  await runJob(whole, 'deadlines.remind');
  const at = `/case-subjects/${subject}`;
  expect(await done(whole.inspector.get(at))).toMatchObject({ state: 'notified', defence: { until: null } });
  expect(await problem(lapse(subject))).toBe('409 case/notice-not-delivered');
  const proof = { manner: 'post', proof: '邮寄回执', proofFileId: await aFile(whole.inspector) };
  const served = { servedOn: addDays(whole.today(), -1), ...proof };
  await done(whole.inspector.post(`/notifications/${noticeId}/service`, served));
  const term = await done(whole.anyone.get(`/calendar/working-days?from=${served.servedOn}&days=5`));
  expect(await done(whole.inspector.get(at))).toMatchObject({ defence: { until: term.day } });
  expect(await problem(lapse(subject))).toBe('409 case/defence-running');
  await later(20);
  expect(await done(lapse(subject))).toMatchObject({ state: 'defence-lapsed' });
});

test('consent that ends before the arrival makes no service of it; the proof of another is not the party’s', async () => {
  const expert = await anExpert(whole);
  const person = await whole.enlist('expert', { expertId: expert.id });
  const consent = await consented('expert', expert.id);
  const { reply } = await send({ kind: 'person', id: expert.id });
  const end = { lastDay: addDays(whole.today(), -1), paper: '示例撤回' };
  await done(whole.bureau.post(`/service-consents/${consent}/withdraw`, end));
  await place();
  const { noticeId, id } = reply.body;
  expect(await done(whole.inspector.get(`/notifications/${noticeId}`))).toMatchObject({
    state: 'placed',
    deliveredOn: null,
  });
  expect(await toldUndelivered(id)).toBe(1);
  expect(await done(whole.inspector.get(`/case-subjects/${id}`))).toMatchObject({ defence: { until: null } });
  const proofFileId = await aFile(whole.inspector);
  const served = { servedOn: whole.today(), manner: 'direct', proof: '送达回证', proofFileId };
  await done(whole.inspector.post(`/notifications/${noticeId}/service`, served));
  expect(await problem(person.get(`/files/${proofFileId}`))).toBe('404 request/not-found');
  // The party may be heard at any time.
  const heard = { day: whole.today(), paper: '示例', scanFileId: await aFile(whole.inspector) };
  await done(whole.inspector.post(`/case-subjects/${id}/hear`, heard));
  expect((await done(person.get('/deadlines'))).items).toEqual([]);
});

test('is its authority’s, which enters the other service', async () => {
  const ecology = await anOfficerOf(whole, 'inspector', await aForeignAuthority(whole));
  const { id } = await anInstitution(whole);
  await consented('institution', id);
  const { reply } = await send({ kind: 'institution', id }, ecology);
  const at = `/notifications/${reply.body.noticeId}`;
  expect(await problem(whole.inspector.get(at))).toBe('404 request/not-found');
  const served = { servedOn: whole.today(), manner: 'direct', proof: '送达回证', proofFileId: await aFile(ecology) };
  expect(await done(ecology.post(`${at}/service`, served))).toMatchObject({ deliveredBy: 'direct' });
});

test('another service that is entered at once runs from its day, as ever', async () => {
  const { id } = await anInstitution(whole);
  const { reply } = await send({ kind: 'institution', id }, whole.inspector, { electronic: false });
  expect(reply.body).toMatchObject({ noticeId: null, defence: { until: expect.any(String) } });
});

test('work that a bar stops is told to the institution once, and an offer that waits too', async () => {
  const institution = await aReadyInstitution(whole);
  await anEvaluation(whole, institution, { state: 'team-named' });
  await anEvaluation(whole, institution, { state: 'assigned' });
  const offer = await anAssignment(whole, institution, { takenUp: false });
  await aCaseSubject(whole, { kind: 'institution', id: institution.id }, { state: 'served' });
  await place();
  const { items } = await done(institution.clerk.get('/inbox'));
  const told = items.filter((i: { kind: string }) => i.kind === 'work.frozen').map((i: { ref: string }) => i.ref);
  expect(told.sort()).toEqual([`assignment:${offer.id}`, expect.stringMatching(/^evaluation:/)]);
});

test('a longer time that the notice names leaves as many working days when it is delivered late', async () => {
  const { id, clerk } = await aReadyInstitution(whole, { staff: 0 });
  await consented('institution', id);
  const daysFrom = async (from: string) =>
    (await done(whole.anyone.get(`/calendar/working-days?from=${from}&days=8`))).day as LegalDate;
  const named = await daysFrom(whole.today());
  const { reply } = await send({ kind: 'institution', id }, whole.inspector, { defenceUntil: named });
  await whole.moveTo(`${named}T02:00:00.000Z`);
  await place();
  const until = await daysFrom(named);
  expect(await done(whole.inspector.get(`/case-subjects/${reply.body.id}`))).toMatchObject({ defence: { until } });
  expect((await done(clerk.get('/deadlines'))).items).toMatchObject([{ startsOn: named, dueOn: until }]);
  await whole.moveTo(`${until}T02:00:00.000Z`);
  expect(await problem(lapse(reply.body.id))).toBe('409 case/defence-running');
});

test('a party waives nothing before the notice is delivered, and says nothing before it was sent', async () => {
  const { id } = await aReadyInstitution(whole, { staff: 0 });
  await consented('institution', id);
  const sent = whole.today();
  const scan = await aFile(whole.inspector);
  const caseId = await aCase(whole, addDays(sent, -5), scan);
  const term = await done(whole.anyone.get(`/calendar/working-days?from=${sent}&days=5`));
  // The paper bears an earlier day.
  const notice = { ...paperOn(addDays(sent, -3), 0, scan), ground: 'untrue-conclusion', defenceUntil: term.day };
  const subject = { subject: { kind: 'institution', id }, electronic: true };
  const { id: party } = await done(whole.inspector.post(`/cases/${caseId}/subjects`, { ...notice, ...subject }), 201);
  const act = (name: string, day: LegalDate, more: object = {}) =>
    whole.inspector.post(`/case-subjects/${party}/${name}`, { ...paperOn(day, 0, scan), ...more });
  const both = { defenceWaived: true, hearingWaived: true };
  expect(await problem(act('hear', addDays(sent, -1)))).toBe('422 case/day-order');
  expect(await problem(act('waive', sent, both))).toBe('409 case/notice-not-delivered');
  await later(2);
  await place();
  expect(await problem(act('waive', addDays(sent, 1), both))).toBe('422 case/day-order');
  expect(await done(act('waive', whole.today(), both))).toMatchObject({ state: 'waived' });
});

test('a person with two registrations is served under the one that consented and is read, and both show the day', async () => {
  const [from, into] = [await anExpert(whole), await anExpert(whole)];
  const person = await whole.enlist('expert', { expertId: from.id });
  const merging = { from: from.platformNumber, into: into.platformNumber, reason: '同一人（示例）', paper: '核实记录' };
  const { id: merge } = await done(whole.bureau.post('/expert-merges', merging), 201);
  await done(whole.lead.post(`/expert-merges/${merge}/confirm`, { reason: '复核无误' }));
  await consented('expert', from.id);
  await consented('expert', into.id);
  const { reply } = await send({ kind: 'person', id: into.id });
  expect(reply.body).toMatchObject({ subject: { id: into.id }, noticeId: expect.any(String) });
  await place();
  const arrived = whole.today();
  const shown = await done(whole.inspector.get(`/notifications/${reply.body.noticeId}`));
  expect(shown).toMatchObject({ deliveredOn: arrived, deliveredBy: 'inbox' });
  expect((await done(person.get('/deadlines'))).items).toMatchObject([{ kind: 'case.defence', startsOn: arrived }]);
});

test('who enters another service has a hand in the investigation, and neither reviews nor proposes', async () => {
  const { id } = await anInstitution(whole);
  await consented('institution', id);
  const { reply, scan } = await send({ kind: 'institution', id });
  const { id: subject, noticeId } = reply.body;
  await place();
  const at = `/case-subjects/${subject}`;
  // The hearing may come before the service; its entry then stands in no act's way.
  await done(whole.inspector.post(`${at}/hear`, paperOn(whole.today(), 0, scan)));
  await later(1);
  const proofFileId = await aFile(whole.bureau);
  const served = { servedOn: whole.today(), manner: 'direct', proof: '送达回证', proofFileId };
  await done(whole.bureau.post(`/notifications/${noticeId}/service`, served));
  const { steps } = await done(whole.inspector.get(at));
  expect(steps.at(-1)).toMatchObject({ step: 'notice-served', day: whole.today(), scanFileId: proofFileId });
  await done(whole.inspector.get(`/files/${proofFileId}/content`));
  const scans = new Map([
    [whole.bureau, proofFileId],
    [whole.reviewer, await aFile(whole.reviewer)],
  ]);
  const review = (who: Person) => who.post(`${at}/review`, paperOn(addDays(whole.today(), -1), 0, scans.get(who)!));
  expect(await problem(review(whole.bureau))).toBe('403 case/same-officer');
  await done(review(whole.reviewer));
  const proposal = {
    decisionNumber: '示例函〔2026〕900号',
    decidedOn: whole.today(),
    actDay: '2026-10-08',
    reasons: '示例',
  };
  expect(await problem(whole.bureau.post(`${at}/proposal`, proposal))).toBe('403 case/same-officer');
});
