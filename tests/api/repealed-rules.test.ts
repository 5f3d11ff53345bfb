import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { sampleDraft } from '../support/play-policy';
import { aDirectory, anApplication, decidePool, proposal } from '../support/play-pool';
import { anInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// One rule of a version is repealed by a paper, in the draft or beside the version: new decisions no longer ask it.

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const floor = (more: object = {}) => ({
  ...{ rule: 'staff.floor', value: 15, certainty: 'provincial', effect: 'refuse', effectiveFrom: '2026-01-01' },
  ...{ number: '示例规〔2026〕1号', citation: '示例规〔2026〕1号第一条', ...more },
});
type Rules = { rules: { rule: string; repealed: unknown }[] };
const ruleOf = (reply: Rules, rule: string) => reply.rules.find((r) => r.rule === rule);
const adopt = async (id: string): Promise<void> => {
  whole.clock.advance(1);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
};
const askedOn = async (institution: string, day: LegalDate): Promise<boolean> =>
  ruleOf(await done(whole.bureau.get(`/institutions/${institution}/readiness?asOf=${day}`)), 'staff.floor') !==
  undefined;

test('in the draft: from its day on the rule is not asked, and the version says by which paper', async () => {
  const day = addDays(whole.today(), 3);
  const repealed = { day, paper: '示例废〔2026〕1号' };
  const tooEarly = floor({ repealed: { ...repealed, day: '2026-01-01' } });
  const wrong = await whole.bureau.post('/policy/drafts', { ...sampleDraft, rules: [tooEarly] });
  expect(wrong.body).toMatchObject({ status: 422, type: '/problems/policy/repeal-before-effect' });
  const draft = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, rules: [floor({ repealed })] }), 201);
  expect(ruleOf(draft, 'staff.floor')?.repealed).toEqual(repealed);
  expect(ruleOf(draft, 'team.size')?.repealed).toBeNull();
  await adopt(draft.id as string);
  expect(ruleOf(await done(whole.anyone.get(`/policy/profiles/${draft.id}`)), 'staff.floor')?.repealed).toEqual(
    repealed,
  );
  const { id } = await anInstitution(whole);
  expect(await askedOn(id, addDays(day, -1))).toBe(true);
  expect(await askedOn(id, day)).toBe(false);
  const [adopted] = (await whole.audit()).filter((row) => row.type === 'policy.adopted');
  expect(JSON.stringify(adopted!.facts)).toContain('示例废〔2026〕1号');
});

test('what binds by law is not repealed in a draft either', async () => {
  const ban = { ...floor(), rule: 'fee.mine-payer', value: false, certainty: 'circular' };
  const repealed = { day: addDays(whole.today(), 30), paper: '示例废〔2026〕2号' };
  const draft = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, rules: [{ ...ban, repealed }] }), 201);
  const refused = await whole.lead.post(`/policy/drafts/${draft.id}/adopt`, {
    ...{ effectiveFrom: whole.today(), paper: '示例公布文件' },
  });
  expect(refused.body.type).toBe('/problems/policy/below-law');
  expect(refused.body.detail).toContain('fee.mine-payer');
});

test('beside a version: it is repealed in what is drafted upon that version too, unless stated anew', async () => {
  const { id } = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, rules: [floor()] }), 201);
  await adopt(id as string);
  const repealed = { day: whole.today(), paper: '示例废〔2026〕3号' };
  await done(whole.lead.post(`/policy/profiles/${id}/repeal`, { rule: 'staff.floor', ...repealed }));
  expect(ruleOf(await done(whole.anyone.get(`/policy/profiles/${id}`)), 'staff.floor')?.repealed).toEqual(repealed);
  const next = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, basedOn: id }), 201);
  expect(ruleOf(next, 'staff.floor')?.repealed).toEqual(repealed);
  const anew = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, basedOn: id, rules: [floor()] }), 201);
  expect(ruleOf(anew, 'staff.floor')?.repealed).toBeNull();
});

test('a decision keeps the rule of its day; one of a later day is made without it', async () => {
  const profile = await aDirectory(whole, { keep: ['staff.floor'] });
  const [before, late, after] = [await anApplication(whole), await anApplication(whole), await anApplication(whole)];
  const first = await decidePool(whole, before.id, 'refuse');
  const dayBefore = whole.today();
  await whole.moveTo(`${addDays(dayBefore, 1)}T01:00:00.000Z`);
  const repeal = { rule: 'staff.floor', day: whole.today(), paper: '示例废〔2026〕4号' };
  await done(whole.lead.post(`/policy/profiles/${profile}/repeal`, repeal));
  const rulesOf = (d: { decisions: Record<string, unknown>[] }): string[] =>
    (d.decisions.at(-1)!['rules'] as { rule: string }[]).map((r) => r.rule);
  // Entered late: the rules of the paper's day.
  const ofDayBefore = { decidedOn: dayBefore };
  const stillAsked = await whole.bureau.post(
    `/pool-entries/${late.id}/proposals`,
    proposal(whole, 'admit', ofDayBefore),
  );
  expect(stillAsked.body).toMatchObject({ type: '/problems/pool-entry/not-ready', rules: ['staff.floor'] });
  expect(rulesOf(await decidePool(whole, late.id, 'refuse', ofDayBefore))).toContain('staff.floor');
  const admitted = await decidePool(whole, after.id, 'admit');
  expect(admitted.state).toBe('admitted');
  expect(rulesOf(admitted)).not.toContain('staff.floor');
  const kept = await done(whole.bureau.get(`/pool-entries/${before.id}`));
  expect(rulesOf(kept)).toEqual(rulesOf(first));
  expect(rulesOf(kept)).toContain('staff.floor');
});
