import { TOTP } from 'otpauth';
import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import type { NotificationKindName } from '../../src/modules/notifications';
import { done } from './client';
import { aCase, aCaseSubject, anAssignment, anEvaluation, paperOn } from './line-builders';
import { aTable, runJob } from './play-notices';
import { aDirectory, anApplication, decidePool } from './play-pool';
import { aFile, aMine, anExpert, aReadyInstitution, type ReadyInstitution } from './register-builders';
import type { Person, Whole } from './whole-service';

// For each kind of notice the act or the passing of time by which the service itself sends it, and one who is told.

type Play = (whole: Whole) => Promise<Person>;

const body = (whole: Whole): Promise<ReadyInstitution> => aReadyInstitution(whole, { staff: 0 });
const moveToDay = (whole: Whole, day: LegalDate): Promise<void> => whole.moveTo(`${day}T02:00:00.000Z`);

/** An offer to be answered in twenty days, and the day so many days after its last. */
async function answerOwed(whole: Whole, daysAfter: number): Promise<Person> {
  const institution = await body(whole);
  const answerBy = addDays(whole.today(), 20);
  await anAssignment(whole, institution, { takenUp: false, answerBy });
  await moveToDay(whole, addDays(answerBy, daysAfter));
  await runJob(whole, 'deadlines.remind');
  return institution.clerk;
}

/** A notice before decision to a party that has confirmed electronic service. */
async function caseNotice(whole: Whole, defenceUntil?: LegalDate, consentUntil?: LegalDate): Promise<Person> {
  const { inspector, bureau } = whole;
  const { id, clerk } = await body(whole);
  const fileId = await aFile(bureau);
  const consent = { partyKind: 'institution', partyId: id, from: '2026-01-01', paper: '电子送达确认书', fileId };
  await done(bureau.post('/service-consents', { ...consent, lastDay: consentUntil ?? null }), 201);
  const scan = await aFile(inspector);
  const caseId = await aCase(whole, whole.today(), scan);
  const { day } = await done(whole.anyone.get(`/calendar/working-days?from=${whole.today()}&days=5`));
  const subject = { subject: { kind: 'institution', id }, ground: 'untrue-conclusion' };
  const term = { defenceUntil: defenceUntil ?? (day as LegalDate), electronic: defenceUntil === undefined };
  const notice = { ...paperOn(whole.today(), 0, scan), ...subject, ...term };
  await done(inspector.post(`/cases/${caseId}/subjects`, notice), 201);
  return clerk;
}

async function change(whole: Whole, act: 'owed' | 'reported' | 'returned'): Promise<Person> {
  const { bureau } = whole;
  const { id, clerk } = await body(whole);
  const duty = { kind: 'owners', happenedOn: whole.today(), note: '示例说明', paper: '示例公示' };
  const owed = await done(bureau.post(`/institutions/${id}/change-duties`, duty), 201);
  const of = (what: string): string => `/institution-changes/${owed.id}/${what}`;
  const etag = (version: number) => ({ 'if-match': `"${version}"` });
  if (act === 'owed') return clerk;
  await done(clerk.post(of('report'), { note: '示例说明' }, etag(1)));
  if (act === 'reported') return bureau;
  await done(bureau.post(of('return'), { reason: '示例原因', reportBy: addDays(whole.today(), 60) }, etag(2)));
  return clerk;
}

async function correction(whole: Whole, act: 'asked' | 'decided'): Promise<Person> {
  const person = await whole.enlist('expert', { expertId: (await anExpert(whole)).id });
  const wanted = { from: whole.today(), changes: { phone: '13800000000' }, reason: '示例理由' };
  const { id } = await done(person.post('/experts/me/corrections', wanted), 201);
  if (act === 'asked') return whole.bureau;
  await done(whole.bureau.post(`/expert-corrections/${id}/grant`, { paper: '更正登记表' }));
  return person;
}

async function employment(whole: Whole, act: 'recorded' | 'objected' | 'decided'): Promise<Person> {
  const { bureau, lead } = whole;
  const { id: institutionId } = await body(whole);
  const { id: expertId, platformNumber } = await anExpert(whole);
  const person = await whole.enlist('expert', { expertId });
  const said = { platformNumber, institutionId, kind: 'full-time', from: '2023-01-01', paper: '劳动合同' };
  const { id } = await done(bureau.post('/employments', { ...said, insuranceEvidence: '社会保险缴费证明' }), 201);
  if (act === 'recorded') return person;
  const objection = await done(person.post(`/employments/${id}/objections`, { reason: '示例理由' }), 201);
  if (act === 'objected') return bureau;
  const finding = { reason: '示例理由', paper: '示例核查记录' };
  await done(lead.post(`/employment-objections/${objection.id}/dismiss`, finding));
  return person;
}

/** An officer whose own lot waits; its item on the work list. */
async function withWork(whole: Whole): Promise<{ officer: Person; workId: string }> {
  const officer = await whole.enlist('bureau');
  const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
  const lot = { name: '示例批次', purpose: 'producing-mine', purchase, mineIds: [await aMine(whole)] };
  await done(officer.post('/lots', lot), 201);
  const { items } = await done(officer.get('/work?held=own'));
  return { officer, workId: items[0].id as string };
}

/** Signs in with so many recovery codes. */
async function recovery(whole: Whole, leaving: number | undefined): Promise<Person> {
  const person = await whole.enlist('partner');
  const { username, password, accountId } = person;
  const { secret } = await done(person.post('/session/totp'), 201);
  const totp = new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  const codes = (await done(person.put('/session/totp', { code: totp }))).codes as string[];
  const used = leaving === undefined ? 1 : codes.length - leaving;
  for (const code of codes.slice(0, used))
    await done(whole.anyone.post('/session', { username, password, totp: code }));
  await done(whole.admin.post(`/accounts/${accountId}/totp-reset`));
  await person.signIn(username, password);
  return person;
}

async function pool(whole: Whole, act: 'applied' | 'decided'): Promise<Person> {
  const profile = await aDirectory(whole);
  const application = await anApplication(whole);
  const clerk = await whole.enlist('institution', { institutionId: application.institutionId });
  if (act === 'decided') await decidePool(whole, application.id, 'admit');
  await done(whole.lead.post(`/policy/profiles/${profile}/repeal`, { day: whole.today(), paper: '示例废止文件' }));
  return act === 'applied' ? whole.bureau : clerk;
}

/** A key is taken from its holder by the administrator. */
async function keyRevoked(whole: Whole): Promise<Person> {
  const { reviewer } = whole;
  const key = { name: '示例接口', postId: reviewer.postId, expiresOn: whole.today() };
  const { id, key: text } = await done(reviewer.post('/api-keys', key), 201);
  whole.secrets.push(text as string);
  await done(whole.admin.post(`/issued-api-keys/${id}/revoke`, { reason: '示例原因' }));
  return reviewer;
}

export const kindPlays: Record<NotificationKindName, Play> = {
  'api-key.revoked': keyRevoked,
  'assignment.offered': async (whole) => {
    const institution = await body(whole);
    await anAssignment(whole, institution, { takenUp: false });
    return institution.clerk;
  },
  'case.notice-served': (whole) => caseNotice(whole),
  'change.owed': (whole) => change(whole, 'owed'),
  'change.reported': (whole) => change(whole, 'reported'),
  'change.returned': (whole) => change(whole, 'returned'),
  'correction.asked': (whole) => correction(whole, 'asked'),
  'correction.decided': (whole) => correction(whole, 'decided'),
  // New Year's Day of a year whose table is loaded only then.
  'deadline.moved': async (whole) => {
    const clerk = await caseNotice(whole, '2027-01-01' as LegalDate);
    await done(whole.bureau.put('/calendar/2027', aTable(2027)));
    return clerk;
  },
  'deadline.near': (whole) => answerOwed(whole, -1),
  'deadline.passed': (whole) => answerOwed(whole, 1),
  'deadline.started': async (whole) => {
    const clerk = await caseNotice(whole);
    await runJob(whole, 'notifications.place');
    return clerk;
  },
  'document.expiring': async (whole) => {
    const { organisationId, clerk } = await body(whole);
    const at = `/organisations/${organisationId}/documents`;
    const { version } = await done(whole.bureau.get(at));
    const lastDay = addDays(whole.today(), 40);
    const licence = { kind: 'business-licence', from: '2021-01-01', lastDay, paper: '营业执照原件' };
    await done(whole.bureau.post(at, licence, { 'if-match': `"${version}"` }), 201);
    await moveToDay(whole, addDays(lastDay, -30));
    await runJob(whole, 'deadlines.remind');
    return clerk;
  },
  'employment.to-confirm': (whole) => employment(whole, 'recorded'),
  'employment.objected': (whole) => employment(whole, 'objected'),
  'employment.objection-decided': (whole) => employment(whole, 'decided'),
  'handover.to-confirm': async (whole) => {
    const { officer } = await withWork(whole);
    const receiver = await whole.enlist('bureau');
    await done(officer.post('/hand-overs', { giverPostId: officer.postId, receiverPostId: receiver.postId }), 201);
    return receiver;
  },
  'letter.expiring': async (whole) => {
    const { clerk } = await body(whole);
    const lastDay = addDays(whole.today(), 40);
    const letter = { number: '示例授权第1号', paper: '示例档案柜', lastDay };
    await done(whole.admin.post(`/posts/${clerk.postId}/letters`, letter), 201);
    await moveToDay(whole, addDays(lastDay, -30));
    await runJob(whole, 'deadlines.remind');
    return clerk;
  },
  'pool.applied': (whole) => pool(whole, 'applied'),
  'pool.decided': (whole) => pool(whole, 'decided'),
  'recovery.low': (whole) => recovery(whole, 3),
  'recovery.used': (whole) => recovery(whole, undefined),
  'work.assigned': async (whole) => {
    const { workId } = await withWork(whole);
    await done(whole.lead.post(`/work/${workId}/assign`, { postId: whole.reviewer.postId }));
    return whole.reviewer;
  },
  'notice.undelivered': async (whole) => {
    const today = whole.today();
    await caseNotice(whole, undefined, today);
    await moveToDay(whole, addDays(today, 1));
    await runJob(whole, 'notifications.place');
    return whole.inspector;
  },
  'work.frozen': async (whole) => {
    const institution = await aReadyInstitution(whole);
    await anEvaluation(whole, institution, { state: 'team-named' });
    await aCaseSubject(whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    return institution.clerk;
  },
};
