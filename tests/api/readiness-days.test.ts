import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject } from '../support/line-builders';
import { sampleDraft } from '../support/play-policy';
import { anEmployment, anExpert, anInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// Readiness of a day is judged by the version that was in force on it, as known now, and says which that was.

let whole: Whole;
let institution: string;
const first = '2026-03-05' as LegalDate;
const second = '2026-03-10' as LegalDate;
const ids: string[] = [];

const floor = (value: number, number: string) => ({
  ...{ rule: 'staff.floor', value, number, citation: `${number}第一条`, certainty: 'provincial', effect: 'refuse' },
  effectiveFrom: '2026-01-01',
});
async function adopted(value: number, effectiveFrom: LegalDate): Promise<string> {
  const number = `示例规〔2026〕${value}号`;
  const basis = { ...sampleDraft.basis, number, effectiveFrom: '2026-01-01' };
  const draft = { ...sampleDraft, title: `示例省规则（${value}人）`, basis, rules: [floor(value, number)] };
  const { id } = await done(whole.bureau.post('/policy/drafts', draft), 201);
  whole.clock.advance(1);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom, paper: '示例公布文件' }));
  return id as string;
}
const on = (day: string, more = '') =>
  done(whole.bureau.get(`/institutions/${institution}/readiness?asOf=${day}${more}`));
const required = (reply: { rules: { rule: string; required: string }[] }) =>
  reply.rules.find((r) => r.rule === 'staff.floor')?.required;

beforeAll(async () => {
  whole = await wholeService();
  institution = (await anInstitution(whole)).id;
  ids.push(await adopted(20, first), await adopted(12, second));
  await whole.moveTo('2026-03-20T01:00:00.000Z');
});
afterAll(() => whole.close());

test.each([
  ['2026-03-04', 'national-2024/1', '15 人'],
  ['2026-03-05', 0, '20 人'],
  ['2026-03-09', 0, '20 人'],
  ['2026-03-10', 1, '12 人'],
  ['2026-03-20', 1, '12 人'],
  ['2026-04-20', 1, '12 人'],
] as const)('%s: by %s, %s', async (day, profile, persons) => {
  const reply = await on(day);
  expect(reply.profile).toBe(typeof profile === 'number' ? ids[profile] : profile);
  expect(required(reply)).toBe(persons);
  expect(reply).toMatchObject({ asOf: day, knownAt: new Date(whole.clock.now()).toISOString(), lapsed: [] });
});

test('the version says whose it is, since when, on what basis, and whether that holds on the day', async () => {
  expect((await on('2026-03-09')).version).toEqual({
    ...{ authority: '370000', title: '示例省规则（20人）', since: first, basis: '示例规〔2026〕20号' },
    // Another authority's own title has no English.
    titleEn: '示例省规则（20人）',
    ...{ from: '2026-01-01', through: null, holds: true },
  });
  expect((await on('2026-03-04')).version).toMatchObject({ authority: '100000', since: '2024-04-15', holds: true });
  // Before the circular its rules are shown, and carry no decision.
  expect((await on('2024-04-14')).version).toMatchObject({ basis: '自然资规〔2024〕1号', holds: false });
  expect((await on('2024-04-15')).version.holds).toBe(true);
  const zhejiang = await on('2022-08-01', '&authority=330000');
  expect(zhejiang.version).toMatchObject({ authority: '330000', since: '2022-08-01', holds: true });
  expect((await on('2022-07-31', '&authority=330000')).version).toMatchObject({ authority: '100000', holds: false });
});

test('a repeal that is known now counts from its day, and rules that have run out are named', async () => {
  const today = whole.today();
  const repeal = { rule: 'staff.floor', day: today, paper: '示例废止文件' };
  await done(whole.lead.post(`/policy/profiles/${ids[1]}/repeal`, repeal));
  expect(required(await on(addDays(today, -1)))).toBe('12 人');
  expect(required(await on(today))).toBeUndefined();
  // Zhejiang's measures have no end; what in them rests on the circular has.
  const before = await on('2029-04-15', '&authority=330000');
  expect(before.lapsed).toEqual([]);
  const after = await on('2029-04-16', '&authority=330000');
  expect(after.version.holds).toBe(true);
  const lapsed = (after.lapsed as { rule: string; through: string }[]).find((r) => r.rule === 'institution.bars');
  expect(lapsed).toMatchObject({ through: '2029-04-15' });
  expect(after.rules.map((r: { rule: string }) => r.rule)).not.toContain('institution.bars');
});

test('a bar imposed under another registration of the person follows him here', async () => {
  const [barred, employed] = [await anExpert(whole), await anExpert(whole)];
  await anEmployment(whole, employed, institution);
  await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
  const measured = async (): Promise<string> => {
    const { rules } = await on(whole.today(), '&authority=100000');
    return (rules as { rule: string; measured: string }[]).find((r) => r.rule === 'staff.floor')!.measured;
  };
  expect(await measured()).toBe('1 人');
  const both = { from: barred.platformNumber, into: employed.platformNumber, reason: '示例', paper: '核实记录' };
  const { id } = await done(whole.bureau.post('/expert-merges', both), 201);
  whole.clock.advance(1);
  await done(whole.lead.post(`/expert-merges/${id}/confirm`, { reason: '示例复核' }));
  expect(await measured()).toBe('0 人（另有 1 人在不再采信期间）');
});
