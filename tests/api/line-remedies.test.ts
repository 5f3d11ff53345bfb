import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { blacklistColumns } from '../../src/modules/public-registry';
import { done } from '../support/client';
import { aCaseSubject, anEvaluation, paperOn, teamOf, type ACaseSubject } from '../support/line-builders';
import {
  aFile,
  anExpert,
  anInstitution,
  aReadyInstitution,
  identityNumberOf,
  type AnExpert,
  type AnInstitution,
} from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let scan: string;
let today: LegalDate;

beforeAll(async () => {
  whole = await wholeService();
  scan = await aFile(whole.lead);
  today = whole.today();
}, 60_000);
afterAll(() => whole.close());

interface Listed {
  kind: string;
  code: string;
  decisionNumber: string;
  servedOn: string;
  state: string;
}

const screen = (uscc: string, asOf?: string) =>
  done(whole.anyone.get(`/public/screening/${uscc}${asOf ? `?asOf=${asOf}` : ''}`));
const blacklist = async (query: string): Promise<Listed[]> =>
  (await done(whole.anyone.get(`/public/blacklist.json?${query}`))).items as Listed[];
const listed = async (query: string, code: string): Promise<string[]> =>
  (await blacklist(query)).filter((b) => b.code === code).map((b) => `${b.decisionNumber} ${b.state}`);

async function aBarred(servedOn?: LegalDate): Promise<{ institution: AnInstitution; subject: ACaseSubject }> {
  const institution = await anInstitution(whole);
  const party = { kind: 'institution' as const, id: institution.id };
  return { institution, subject: await aCaseSubject(whole, party, { state: 'served', servedOn }) };
}
const remedy = (subject: ACaseSubject, what: string, body: object, back = 0) =>
  whole.secondLead.post(`/case-subjects/${subject.id}/${what}`, { ...paperOn(whole.today(), back, scan), ...body });
const door = (institution: AnInstitution) => {
  const subject = { kind: 'institution', id: institution.id };
  return whole.bureau.post('/engagements', { subject, role: 'reviewer', from: whole.today() });
};

describe('a bar of a person', () => {
  test('freezes only what that person works on now, and a changed team thaws it', async () => {
    const institution = await aReadyInstitution(whole, { staff: 7 });
    const [barred] = institution.staff as [AnExpert];
    const withPerson = await anEvaluation(whole, institution, { state: 'desk-reviewed' });
    const without = await anEvaluation(whole, institution, { state: 'team-named', team: teamOf(institution, 1) });
    const noLonger = await anEvaluation(whole, institution, { state: 'team-named' });
    await done(institution.clerk.post(`/evaluations/${noLonger.id}/team`, teamOf(institution, 2)));
    const judged = await anEvaluation(whole, institution, { state: 'accepted' });

    const party = { kind: 'person' as const, id: barred.id };
    const { service } = await aCaseSubject(whole, party, { state: 'served' });
    expect(service!.frozen).toEqual({ assignments: [], evaluations: [withPerson.id], engagements: [] });
    const show = (id: string) => done(whole.bureau.get(`/evaluations/${id}`));
    expect(await show(withPerson.id)).toMatchObject({ state: 'frozen', freezeReason: 'person-bar' });
    expect(await show(without.id)).toMatchObject({ state: 'team-named', freezeReason: null });
    expect(await show(noLonger.id)).toMatchObject({ state: 'team-named', freezeReason: null });
    expect((await show(judged.id)).state).toBe('accepted');
    expect((await screen(institution.uscc)).verdict).toBe('fit');

    const visit = { from: today, to: today, pledgeReadOut: true, note: '示例' };
    const stopped = await institution.clerk.post(`/evaluations/${withPerson.id}/on-site`, visit);
    expect(stopped.body).toMatchObject({ status: 409, type: '/problems/evaluation/frozen' });
    const changed = await institution.clerk.post(`/evaluations/${withPerson.id}/team`, teamOf(institution, 1));
    expect(changed.body).toMatchObject({ state: 'desk-reviewed', freezeReason: null });
    expect((await whole.traceOf(changed)).types).toEqual(['evaluation.resumed', 'evaluation.team-changed']);
    await done(institution.clerk.post(`/evaluations/${withPerson.id}/on-site`, visit));
  });

  test('becomes public by a recorded decision only', async () => {
    const person = await anExpert(whole);
    const subject = await aCaseSubject(whole, { kind: 'person', id: person.id }, { state: 'served' });
    const own = async () =>
      ((await done(whole.bureau.get('/bars?limit=200'))).items as (Listed & { published: boolean })[]).find(
        (b) => b.code === person.platformNumber,
      );
    expect(await own()).toMatchObject({ state: 'barred', published: false });
    expect(await listed('state=all', person.platformNumber)).toEqual([]);
    const assessment = { impactAssessmentFileId: scan };
    const missing = await remedy(subject, 'publicise', { impactAssessmentFileId: 'no-such-file' });
    expect(missing.status).toBe(404);
    expect(await listed('state=all', person.platformNumber)).toEqual([]);
    const reply = await remedy(subject, 'publicise', assessment);
    expect(reply.status).toBe(200);
    expect((await whole.traceOf(reply)).types).toEqual(['bar.published', 'case.publicised']);
    expect(await listed('state=current', person.platformNumber)).toEqual([`${subject.decisionNumber} barred`]);
    expect(await own()).toMatchObject({ published: true });
    expect(JSON.stringify(await blacklist('state=all'))).not.toContain(person.identity);
  });
});

describe('a decision', () => {
  test('that is stayed shuts no door, and shuts them again from the day the stay ends', async () => {
    const { institution, subject } = await aBarred();
    await done(door(institution), 409);
    const stayed = await remedy(subject, 'stays', { from: today, until: null });
    expect((await whole.traceOf(stayed)).types).toEqual(['bar.stayed', 'case.stayed']);
    await done(door(institution), 201);
    expect(await screen(institution.uscc)).toMatchObject({ verdict: 'fit', reasons: [{ code: 'bar-stayed' }] });
    expect(await listed('state=current', institution.uscc)).toEqual([`${subject.decisionNumber} stayed`]);

    const until = addDays(today, 5);
    await done(remedy(subject, 'stays', { from: today, until }));
    expect((await screen(institution.uscc, until)).verdict).toBe('fit');
    expect((await screen(institution.uscc, addDays(until, 1))).verdict).toBe('not-fit');
    await done(remedy(subject, 'stays', { from: until, until: today }), 422);
  });

  test('that will be stayed without end has no known last day: the door says so, and names no eve', async () => {
    const { institution, subject } = await aBarred();
    const from = addDays(today, 10);
    await done(remedy(subject, 'stays', { from, until: null }));
    const open = await done(door(institution), 409);
    expect(open).toMatchObject({ lastBarredDay: null, freeFrom: null });
    expect(open.detail).toContain(`不再采信，自${from}起停止执行，没有确定终止之日，届满日尚不能确定；不得`);
    const asked = { subject: { kind: 'institution', id: institution.id }, role: 'reviewer', from: today };
    const english = await done(whole.bureau.post('/engagements', asked, { 'accept-language': 'en' }), 409);
    expect(english.detail).toContain(
      `stayed from ${from} without a set end, so the last barred day is not yet known: no other role.`,
    );
    // A stay that ends only interrupts.
    await done(remedy(subject, 'stays', { from: addDays(from, 1), until: addDays(from, 20) }));
    const closed = await done(door(institution), 409);
    expect(closed).toMatchObject({ lastBarredDay: '2029-03-02', freeFrom: '2029-03-03' });
    expect(closed.detail).toContain('届满日2029-03-02，可再次采信之日2029-03-03；不得');
  });

  test('that is annulled holds no more from its day on, and can be annulled once', async () => {
    const { institution, subject } = await aBarred(addDays(today, -10));
    const body = { from: today, reason: '示例撤销' };
    const early = await remedy(subject, 'annul', { ...body, from: addDays(today, -11) });
    expect(early.body).toMatchObject({ status: 422, type: '/problems/case/end-before-start' });
    expect((await screen(institution.uscc)).verdict).toBe('not-fit');
    const reply = await remedy(subject, 'annul', body);
    expect(reply.body.state).toBe('annulled');
    expect((await whole.traceOf(reply)).types).toEqual(['bar.annulled', 'case.annulled']);
    await done(door(institution), 201);
    expect((await screen(institution.uscc)).verdict).toBe('fit');
    expect((await screen(institution.uscc, addDays(today, -1))).verdict).toBe('not-fit');
    expect(await listed('state=past', institution.uscc)).toEqual([`${subject.decisionNumber} annulled`]);
    expect(await listed('state=current', institution.uscc)).toEqual([]);
    const [gone] = (await done(whole.bureau.get(`/bars?subjectId=${institution.id}`))).items;
    expect(gone).toMatchObject({ state: 'annulled', replacedBy: null });
    expect((await remedy(subject, 'annul', body)).body.type).toBe('/problems/case/wrong-subject-state');
  });

  test('may be changed to a shorter term, never to a longer one', async () => {
    const { institution, subject } = await aBarred();
    const decisionNumber = '示例函〔2026〕变更1号';
    const term = (lastBarredDay: string) => ({ lastBarredDay, decisionNumber, reason: '示例变更' });
    const longer = await remedy(subject, 'change', term('2029-03-03'));
    expect(longer.body).toMatchObject({ status: 422, type: '/problems/case/heavier', present: '2029-03-02' });
    expect(await listed('state=all', institution.uscc)).toEqual([`${subject.decisionNumber} barred`]);

    const reply = await remedy(subject, 'change', term('2027-03-02'));
    expect(reply.body.state).toBe('changed');
    expect((await whole.traceOf(reply)).types).toEqual(['bar.annulled', 'bar.imposed', 'case.changed']);
    expect((await listed('state=all', institution.uscc)).sort()).toEqual(
      [`${decisionNumber} barred`, `${subject.decisionNumber} annulled`].sort(),
    );
    const told = (await done(whole.bureau.get(`/bars?subjectId=${institution.id}`))).items as Record<string, string>[];
    const [old, present] = [subject.decisionNumber, decisionNumber].map((n) =>
      told.find((b) => b.decisionNumber === n)!,
    );
    expect(old).toMatchObject({ state: 'annulled', replacedBy: present!.id });
    expect(present).toMatchObject({ state: 'barred', replacedBy: null });
    expect(await done(whole.bureau.get(`/bars/${old!.id}`))).toMatchObject({ replacedBy: present!.id });
    const refused = await door(institution);
    expect(refused.body).toMatchObject({ decisionNumber, lastBarredDay: '2027-03-02', freeFrom: '2027-03-03' });
    expect((await screen(institution.uscc, '2027-03-02')).verdict).toBe('not-fit');
    expect((await screen(institution.uscc, '2027-03-03')).verdict).toBe('fit');
  });
});

describe('the public list', () => {
  test('comes by pages, whole, and as CSV, always the same rows in the same order', async () => {
    const days = [-3, -2, -1].map((back) => addDays(today, back));
    const made: string[] = [];
    for (const servedOn of days) made.push((await aBarred(servedOn)).institution.uscc);
    const paged: Listed[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const page = await done(whole.anyone.get(`/public/blacklist?state=all&limit=2${cursor}`));
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...(page.items as Listed[]));
      next = page.next as string | null;
    }
    const all = await blacklist('state=all');
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(5);
    expect(all.map((b) => b.servedOn)).toEqual(
      all
        .map((b) => b.servedOn)
        .sort()
        .reverse(),
    );
    expect(all.filter((b) => made.includes(b.code)).map((b) => b.code)).toEqual([...made].reverse());

    const csv = await whole.anyone.get('/public/blacklist.csv?state=all');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [header, ...rows] = csv.text.trimEnd().split('\r\n');
    const columns = 'kind,code,name,ground,decisionNumber,authority,basis,servedOn,lastBarredDay,freeFrom,state';
    expect(header).toBe(columns);
    expect(blacklistColumns.join()).toBe(columns);
    expect(rows.map((r) => r.split(',')[1])).toEqual(all.map((b) => b.code));
    expect(Object.keys(all[0]!)).toEqual([...blacklistColumns]);
  });

  test('is asked for by day: not yet begun, current, past', async () => {
    const { institution, subject } = await aBarred();
    const on = (state: string, asOf: string) => listed(`state=${state}&asOf=${asOf}`, institution.uscc);
    const number = subject.decisionNumber;
    for (const state of ['current', 'past', 'all']) expect(await on(state, addDays(today, -1))).toEqual([]);
    expect(await on('current', '2029-03-02')).toEqual([`${number} barred`]);
    expect(await on('past', '2029-03-02')).toEqual([]);
    expect(await on('current', '2029-03-03')).toEqual([]);
    expect(await on('past', '2029-03-03')).toEqual([`${number} ended`]);
    expect(await on('all', '2029-03-03')).toEqual([`${number} ended`]);
    await done(whole.anyone.get('/public/blacklist?state=future'), 400);
  });
});

describe('screening', () => {
  test('an unknown code is fit and said to be unknown, one in another dress is read, a wrong one is 422', async () => {
    const { institution } = await aBarred();
    const unknown = await screen('91370000MA3X000106');
    expect(unknown).toMatchObject({ verdict: 'fit', bars: [], reasons: [{ code: 'unknown-subject' }] });
    const dressed = institution.uscc.toLowerCase().replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    expect((await screen(encodeURIComponent(dressed))).verdict).toBe('not-fit');
    const wrong = await whole.anyone.get('/public/screening/91370000MA3X000107');
    expect(wrong.body).toMatchObject({ status: 422, type: '/problems/request/unprocessable' });
    expect(wrong.body.errors).toEqual([expect.objectContaining({ in: 'path', pointer: '/uscc' })]);
  });

  test('a barred person is known under a second spelling of the number', async () => {
    const serial = Array.from({ length: 50 }, (_, n) => 800 + n).find((n) => identityNumberOf(n).endsWith('X'))!;
    const identity = identityNumberOf(serial);
    const person = await anExpert(whole, { identity });
    const ask = async (number: string) => {
      const question = { identity: { kind: 'resident-id', number }, purpose: '示例核验' };
      const reply = await whole.bureau.post('/screening/persons', question);
      return { reply, body: reply.body as { verdict?: string } };
    };
    expect((await ask(identity)).body).toMatchObject({ verdict: 'fit', reasons: [{ code: 'no-bar' }] });
    await aCaseSubject(whole, { kind: 'person', id: person.id }, { state: 'served' });
    const fullWidth = identity.replace(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const spaced = ` ${identity.slice(0, 6)} ${identity.slice(6, 14)} ${identity.slice(14).toLowerCase()} `;
    for (const spelling of [identity, identity.toLowerCase(), fullWidth, spaced]) {
      const { reply, body } = await ask(spelling);
      expect({ spelling, verdict: body.verdict }).toEqual({ spelling, verdict: 'not-fit' });
      expect((await whole.traceOf(reply)).types).toEqual(['screening.person-asked']);
    }
    const unknown = await ask(identityNumberOf(serial + 1));
    expect(unknown.body).toMatchObject({ verdict: 'fit', reasons: [{ code: 'unknown-subject' }] });
    const twin = { identities: [{ kind: 'resident-id', number: spaced }], name: '示例别名', from: '2020-01-01' };
    const again = await whole.bureau.post('/experts', {
      ...twin,
      paper: '登记表',
      titleLevel: 'medium',
      specialties: [],
    });
    expect(again.body).toMatchObject({
      status: 409,
      type: '/problems/expert/already-registered',
      platformNumber: person.platformNumber,
    });
  });
});
