import fs from 'node:fs';
import request from 'supertest';
import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays, instant, instantText, type LegalDate } from '../../src/kernel/pure/time';
import type { Notice } from '../../src/modules/notifications';
import { done } from '../support/client';
import { aTable, outside, runJob, type Outside } from '../support/play-notices';
import { aFile, aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let out: Outside;
let institution: ReadyInstitution;
let administrator: Person;

beforeAll(async () => {
  out = await outside();
  whole = await wholeService({ settings: out.settings });
  institution = await aReadyInstitution(whole, { staff: 0 });
  administrator = await whole.enlist('system-admin');
}, 60_000);
afterAll(async () => {
  await whole.close();
  await out.close();
});

const tell = (notice: Notice): Promise<{ id: string }> =>
  inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
const place = (): Promise<void> => runJob(whole, 'notifications.place');
const notice = async (id: string) => done(whole.bureau.get(`/notifications/${id}`));

/** So many days later, with everybody signed in anew, since sessions end with time. */
const later = (days: number): Promise<void> =>
  whole.moveTo(instantText(instant(whole.clock.now() + days * 86_400_000)));

describe('a formal notice', () => {
  const open = (id: string, ref: string): Promise<unknown> =>
    inTransaction(whole.service.db, (tx) =>
      whole.service.time.deadlines.open(tx, {
        kind: 'case.defence',
        ref,
        startsOn: { delivered: id },
        days: 5,
        unit: 'working',
        holders: [{ institutionId: institution.id }],
      }),
    );
  const owed = async (ref: string, state = 'open') =>
    (await done(institution.clerk.get(`/deadlines?state=${state}`))).items.find((d: { ref: string }) => d.ref === ref);
  const formal = (): Promise<{ id: string }> =>
    tell({ to: { institutionId: institution.id }, kind: 'case.notice-served', formal: true });

  test('without consent starts nothing on arrival, nothing lapses, and another service starts it', async () => {
    const { id } = await formal();
    await open(id, 'without-consent');
    await place();
    expect(await notice(id)).toMatchObject({ deliveredOn: null, inbox: [expect.anything()] });
    await later(90);
    expect(await owed('without-consent')).toMatchObject({ state: 'not-delivered', dueOn: null, startsOn: null });
    await runJob(whole, 'deadlines.remind');
    expect(await owed('without-consent', 'overdue')).toBeUndefined();
    const service = { manner: 'direct', proof: '送达回证', proofFileId: await aFile(whole.bureau) };
    const servedOn = whole.today();
    const early = await whole.bureau.post(`/notifications/${id}/service`, { ...service, servedOn: '2026-01-01' });
    expect(early.body.type).toBe('/problems/notice/served-day');
    const reply = await whole.bureau.post(`/notifications/${id}/service`, { ...service, servedOn });
    expect(reply.body).toMatchObject({ deliveredOn: servedOn, deliveredBy: 'direct' });
    expect((await whole.traceOf(reply)).types).toEqual(['notice.served']);
    expect(await owed('without-consent')).toMatchObject({ state: 'running', startsOn: servedOn });
    expect((await whole.bureau.post(`/notifications/${id}/service`, { ...service, servedOn })).body.type).toBe(
      '/problems/notice/delivered',
    );
  });

  test('with consent is delivered on arrival in the inbox, whatever becomes of mail', async () => {
    const consent = {
      partyKind: 'institution',
      partyId: institution.id,
      from: '2026-01-01',
      paper: '电子送达确认书',
      fileId: await aFile(whole.bureau),
    };
    await done(whole.bureau.post('/service-consents', consent), 201);
    expect((await whole.bureau.post('/service-consents', consent)).body.type).toBe('/problems/consent/present');
    const { id } = await formal();
    await open(id, 'with-consent');
    expect(await owed('with-consent')).toMatchObject({ state: 'not-delivered' });
    await place();
    expect(await notice(id)).toMatchObject({ deliveredOn: whole.today(), deliveredBy: 'inbox' });
    expect(await owed('with-consent')).toMatchObject({ startsOn: whole.today(), state: 'running' });
  });

  test('that reaches nobody is a dead letter, is sent again, and then counts', async () => {
    const other = await aReadyInstitution(whole, { staff: 0 });
    await done(whole.admin.post(`/posts/${other.clerk.postId}/end`, { lastDay: whole.today() }));
    await later(1);
    const { id } = await tell({ to: { institutionId: other.id }, kind: 'case.notice-served', formal: true });
    await place();
    expect(await notice(id)).toMatchObject({ state: 'dead', inbox: [] });
    const letters = (await done(administrator.get('/dead-letters'))).items;
    const letter = letters.find((l: { notificationId: string }) => l.notificationId === id);
    expect(letter).toMatchObject({ channel: 'inbox', reason: 'nobody', to: { kind: 'institution', id: other.id } });
    const metrics = (await request(whole.url).get('/metrics')).text;
    expect(Number(/^lujian_dead_letters (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
    expect(metrics).toMatch(/^lujian_outbox_waiting \d+$/m);
    const clerk = await whole.enlist('institution', { institutionId: other.id });
    await done(administrator.post(`/dead-letters/${letter.id}/resend`));
    await place();
    expect((await done(clerk.get('/inbox'))).items).toHaveLength(1);
  });
});

describe('the calendar', () => {
  test('moves open deadlines when a table is loaded, and tells those who owe', async () => {
    const { clerk } = institution;
    const db = whole.service.db;
    const term = { kind: 'other', days: 5, unit: 'working', holders: [{ institutionId: institution.id }] } as const;
    const startsOn = '2027-04-29' as LegalDate;
    await inTransaction(db, (tx) => whole.service.time.deadlines.open(tx, { ...term, ref: 'moved', startsOn }));
    const owed = async () =>
      (await done(clerk.get('/deadlines'))).items.find((d: { ref: string }) => d.ref === 'moved');
    // Weekends only: 30 April, 3 to 6 May.
    expect(await owed()).toMatchObject({ dueOn: '2027-05-06', provisional: true, tables: [] });
    const reply = await whole.bureau.put('/calendar/2027', aTable(2027));
    expect(reply.body).toMatchObject({ year: 2027, revision: 1, moved: 1, pending: false });
    expect((await whole.traceOf(reply)).types).toEqual(['calendar.loaded', 'deadline.moved']);
    expect(await owed()).toMatchObject({ dueOn: '2027-05-11', provisional: false });
    await place();
    const { items } = await done(clerk.get('/inbox'));
    const moved = items.find((i: { kind: string }) => i.kind === 'deadline.moved');
    expect(moved.detail).toBe(
      '“待办事项”的截止日由2027年5月6日调整为2027年5月11日，依据：2027年节假日安排（示例发明电〔2026〕1号）。',
    );
    const again = await whole.bureau.put('/calendar/2027', aTable(2027));
    expect(again.body).toMatchObject({ revision: 1, moved: 0 });
    expect((await whole.traceOf(again)).types).toEqual(['calendar.confirmed']);
    const corrected = await done(whole.bureau.put('/calendar/2027', aTable(2027, { makeUpDays: ['2027-05-08'] })));
    expect(corrected).toMatchObject({ revision: 2, moved: 1 });
    expect(corrected.revisions.map((r: { revision: number }) => r.revision)).toEqual([1, 2]);
    expect(await owed()).toMatchObject({ dueOn: '2027-05-10' });
  });

  test('refuses a table that contradicts itself with every fault, and loads nothing', async () => {
    const bad = aTable(2028, { publishedOn: '2199-01-01', makeUpDays: ['2028-03-01', '2028-10-02'] });
    const reply = await whole.bureau.put('/calendar/2028', bad);
    expect(reply.status).toBe(422);
    const pointers = reply.body.errors.map((e: { pointer: string }) => e.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/makeUpDays/0', '/makeUpDays/1', '/publishedOn']));
    await done(whole.anyone.get('/calendar/2028'), 404);
  });

  test('is read by anybody: years, one year, a count of working days', async () => {
    expect((await done(whole.anyone.get('/calendar'))).years.map((y: { year: number }) => y.year)).toEqual([
      2024, 2025, 2026, 2027,
    ]);
    expect(await done(whole.anyone.get('/calendar/2026'))).toMatchObject({
      documentNumber: '国办发明电〔2025〕7号',
      source: 'shipped',
    });
    const found = await done(whole.anyone.get('/calendar/working-days?from=2025-01-21&days=5&firstDayCounts=true'));
    expect(found).toMatchObject({ day: '2025-01-26', provisional: false });
    const far = await whole.anyone.get('/calendar/working-days?from=2199-12-31&days=3660');
    expect(far.body).toMatchObject({ provisional: true });
  });

  test('shipped tables are the files of the release', async () => {
    for (const year of [2024, 2025, 2026]) {
      const file = `${__dirname}/../../src/modules/policy/calendar/data/${year}.json`;
      const { documentNumber, periods, makeUpDays } = JSON.parse(fs.readFileSync(file, 'utf8'));
      expect(await done(whole.anyone.get(`/calendar/${year}`))).toMatchObject({ documentNumber, periods, makeUpDays });
    }
  });
});

describe('reminders', () => {
  test('come five and one working days before and on the day after, once each, from any number of processes', async () => {
    const person = await whole.enlist('bureau');
    const { db, time } = whole.service;
    const startsOn = whole.today();
    const { dueOn } = await inTransaction(db, (tx) =>
      time.deadlines.open(tx, {
        kind: 'other',
        ref: 'reminded',
        startsOn,
        days: 20,
        unit: 'working',
        holders: [{ accountId: person.accountId }],
      }),
    );
    const days: Record<string, string[]> = {};
    for (let day = startsOn; day <= addDays(dueOn!, 5); day = addDays(day, 1)) {
      await Promise.all([runJob(whole, 'deadlines.remind'), runJob(whole, 'deadlines.remind')]);
      await place();
      await person.signIn(person.username, person.password);
      const { items } = await done(person.get('/inbox?unread=true'));
      for (const i of items) {
        days[day] = [...(days[day] ?? []), i.kind];
        await done(person.post(`/inbox/${i.id}/open`));
      }
      whole.clock.advance(86_400_000);
    }
    await later(0);
    expect(Object.values(days)).toEqual([['deadline.near'], ['deadline.near'], ['deadline.passed']]);
    expect(Object.keys(days).at(-1)).toBe(addDays(dueOn!, 1));
    await person.signIn(person.username, person.password);
    const { items } = await done(person.get('/deadlines?state=overdue'));
    expect(items).toEqual([expect.objectContaining({ ref: 'reminded', state: 'overdue', daysLeft: 0 })]);
    await inTransaction(db, (tx) => time.deadlines.close(tx, 'other', 'reminded'));
    expect((await done(person.get('/deadlines?state=overdue'))).items).toEqual([]);
  }, 60_000);

  test('a pause puts the last day off', async () => {
    const { db, time } = whole.service;
    const startsOn = '2026-11-23' as LegalDate;
    const holders = [{ accountId: whole.bureau.accountId }];
    const term = { kind: 'other', ref: 'paused', startsOn, days: 10, unit: 'calendar', holders } as const;
    const { dueOn } = await inTransaction(db, (tx) => time.deadlines.open(tx, term));
    expect(dueOn).toBe('2026-12-03');
    const pause = { from: '2026-11-25' as LegalDate, lastDay: '2026-11-26' as LegalDate };
    // 5 December 2026 is a Saturday.
    expect(await inTransaction(db, (tx) => time.deadlines.shift(tx, 'other', 'paused', pause))).toBe('2026-12-07');
  });
});
