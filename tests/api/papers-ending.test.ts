import { addDays, instantText, type LegalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aTable, runJob } from '../support/play-notices';
import { aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;
let clerk: Person;
let keeper: Person;
beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole, { staff: 0 });
  clerk = institution.clerk;
  keeper = await whole.enlist('seal-keeper', { institutionId: institution.id });
}, 60_000);
afterAll(() => whole.close());

/** What the job tells the person in so many days, by day; two processes run it, and not on the days that are missed. */
async function toldBy(
  person: Person,
  until: LegalDate,
  isMissed: (day: LegalDate) => boolean = () => false,
): Promise<Record<string, string[]>> {
  const days: Record<string, string[]> = {};
  const seen = new Set((await done(person.get('/inbox?limit=200'))).items.map((i: { id: string }) => i.id));
  while (whole.today() <= until) {
    const day = whole.today();
    if (!isMissed(day)) await Promise.all([runJob(whole, 'deadlines.remind'), runJob(whole, 'deadlines.remind')]);
    await runJob(whole, 'notifications.place');
    await person.signIn(person.username, person.password);
    for (const { id, kind } of (await done(person.get('/inbox?limit=200'))).items) {
      if (seen.has(id)) continue;
      seen.add(id);
      days[day] = [...(days[day] ?? []), kind];
    }
    whole.clock.advance(86_400_000);
  }
  await whole.moveTo(instantText(whole.clock.now()));
  return days;
}

const recordPaper = async (lastDay: LegalDate): Promise<void> => {
  const at = `/organisations/${institution.organisationId}`;
  const { version } = await done(whole.bureau.get(`${at}/documents`));
  const body = { kind: 'business-licence', number: '示例证 1 号', issuer: '示例市场监督管理局', from: '2021-01-01' };
  const paper = { ...body, lastDay, fileId: null, paper: '营业执照原件' };
  await done(whole.bureau.post(`${at}/documents`, paper, { 'if-match': `"${version}"` }), 201);
};
const open = async (person: Person, kind: string) =>
  (await done(person.get('/deadlines'))).items.filter((d: { kind: string }) => d.kind === kind);

test('a paper that runs out is told thirty days before, then like every deadline, each once', async () => {
  const lastDay = addDays(whole.today(), 35);
  await recordPaper(lastDay);
  const days = await toldBy(clerk, addDays(lastDay, 3));
  expect(Object.values(days)).toEqual([
    ['document.expiring'],
    ['deadline.near'],
    ['deadline.near'],
    ['deadline.passed'],
  ]);
  expect(Object.keys(days)[0]).toBe(addDays(lastDay, -30));
  expect(Object.keys(days)[3]).toBe(addDays(lastDay, 1));
}, 120_000);

test('a missed day is made up for once, and a table loaded meanwhile loses nothing', async () => {
  const lastDay = addDays(whole.today(), 35);
  await recordPaper(lastDay);
  const early = addDays(lastDay, -30);
  const days = await toldBy(clerk, addDays(early, 1), (day) => day >= early);
  expect(days).toEqual({});
  // Reckoned anew after the missed day and before the next run.
  await done(whole.bureau.put('/calendar/2027', aTable(2027)));
  await runJob(whole, 'deadlines.recompute');
  const late = await toldBy(clerk, addDays(early, 4));
  expect(late).toEqual({ [addDays(early, 2)]: ['document.expiring'] });
}, 120_000);

test('a letter that runs out is told to the clerks and to whose it is, and is owed no more once it has ended', async () => {
  const lastDay = addDays(whole.today(), 32);
  const letter = { number: '示例授权第1号', paper: '示例档案柜', lastDay };
  await done(whole.admin.post(`/posts/${keeper.postId}/letters`, letter), 201);
  expect(await open(clerk, 'letter.expiry')).toMatchObject([{ ref: keeper.postId, dueOn: lastDay }]);
  const mine = async (person: Person): Promise<string[]> =>
    (await done(person.get('/inbox?limit=200'))).items
      .map((i: { kind: string }) => i.kind)
      .filter((kind: string) => kind === 'letter.expiring');
  const days = await toldBy(keeper, addDays(lastDay, -1));
  expect(Object.values(days).flat()).toEqual(['letter.expiring', 'deadline.near', 'deadline.near']);
  expect(await mine(clerk)).toEqual(['letter.expiring']);
  await whole.moveTo(instantText(whole.clock.now()));
  whole.clock.advance(2 * 86_400_000);
  await runJob(whole, 'deadlines.remind');
  await clerk.signIn(clerk.username, clerk.password);
  expect(await open(clerk, 'letter.expiry')).toEqual([]);
  const dead = await whole.service.db.m.query<unknown[]>("SELECT id FROM notification WHERE state = 'dead'");
  expect(dead).toEqual([]);
}, 120_000);

test('a renewal moves it, and the end of the post ends it', async () => {
  await whole.moveTo(instantText(whole.clock.now()));
  const other = await whole.enlist('institution', { institutionId: institution.id });
  const letter = (days: number) => ({ number: '示例', paper: '示例档案柜', lastDay: addDays(whole.today(), days) });
  await done(whole.admin.post(`/posts/${other.postId}/letters`, letter(40)), 201);
  await done(whole.admin.post(`/posts/${other.postId}/letters`, letter(60)), 201);
  expect(await open(clerk, 'letter.expiry')).toMatchObject([{ ref: other.postId, dueOn: addDays(whole.today(), 60) }]);
  await done(whole.admin.post(`/posts/${other.postId}/end`, { lastDay: addDays(whole.today(), 5) }));
  expect(await open(clerk, 'letter.expiry')).toEqual([]);
});

test('a paper recorded within the thirty days is told at once', async () => {
  await whole.moveTo(instantText(whole.clock.now()));
  const [recorded, lastDay] = [whole.today(), addDays(whole.today(), 20)];
  await recordPaper(lastDay);
  expect(await toldBy(clerk, addDays(recorded, 3))).toEqual({ [recorded]: ['document.expiring'] });
}, 120_000);
