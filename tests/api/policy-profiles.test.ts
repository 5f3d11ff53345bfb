import { addDays } from '../../src/kernel/pure/time';
import { createClient, done } from '../support/client';
import { sampleDraft } from '../support/play-policy';
import { aMine, anInstitution, anOrganisation } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const ruleOf = (reply: { rules: { rule: string }[] }, rule: string) => reply.rules.find((r) => r.rule === rule);
const floor = (value: number) => ({
  rule: 'staff.floor',
  value,
  number: '示例规〔2026〕1号',
  citation: '示例规〔2026〕1号第一条',
  certainty: 'provincial',
  effect: 'refuse',
  effectiveFrom: '2026-01-01',
});
const local = {
  ...floor(0),
  rule: 'institution.registered-in-province',
  value: '330000',
  disputed: true,
};

test('the kinds of rules, the shipped profiles and the one that holds are public', async () => {
  const kinds = await done(whole.admin.get('/policy/rules'));
  expect(kinds.items.map((k: { id: string }) => k.id)).toContain('staff.qualified-experts');
  const all = await done(whole.admin.get('/policy/profiles'));
  expect(all.items.map((p: { id: string }) => p.id)).toEqual(['national-2024/1', 'zhejiang-2022/1']);
  const held = async (authority: string, day = whole.today() as string) =>
    (await done(whole.admin.get(`/policy/profiles?authority=${authority}&day=${day}`))).items[0].id as string;
  expect(await held('370000')).toBe('national-2024/1');
  expect(await held('330100')).toBe('zhejiang-2022/1');
  expect(await held('330000', '2022-07-31')).toBe('national-2024/1');
  expect(await held('330000', '2022-08-01')).toBe('zhejiang-2022/1');
});

test('readiness answers under the authority that is asked, and refuses a code that is none', async () => {
  const { id } = await anInstitution(whole);
  const nation = await done(whole.bureau.get(`/institutions/${id}/readiness`));
  expect(nation).toMatchObject({ profile: 'national-2024/1', ready: false });
  expect(ruleOf(nation, 'staff.floor')).toMatchObject({ required: '15 人', measured: '0 人', met: false });
  const zhejiang = await done(whole.bureau.get(`/institutions/${id}/readiness?authority=330000`));
  expect(zhejiang.profile).toBe('zhejiang-2022/1');
  expect(ruleOf(zhejiang, 'staff.floor')).toBeUndefined();
  expect(ruleOf(zhejiang, 'staff.qualified-experts')).toMatchObject({ required: '1 人', met: false });
  expect((await whole.bureau.get(`/institutions/${id}/readiness?authority=990000`)).status).toBe(400);
});

test('draft, adoption by another person from a day on, and the days before keep their rules', async () => {
  const { bureau, lead } = whole;
  const today = whole.today();
  const { id: institution } = await anInstitution(whole);
  const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, rules: [floor(20), local] }), 201);
  const wrong = await bureau.post('/policy/drafts', { ...sampleDraft, rules: [floor(0)] });
  expect(wrong.status).toBe(422);
  expect(wrong.body.type).toBe('/problems/policy/value-unfit');
  expect(wrong.body.detail).toMatch(/staff\.floor（相关专业技术人员不少于）.*须至少 1.*GET \/api\/v1\/policy\/rules/);
  expect(wrong.body.errors).toMatchObject([{ pointer: '/rules/0/value' }]);
  expect((await whole.admin.get(`/policy/profiles/${id}`)).status).toBe(404);
  const from = addDays(today, 1);
  const past = await lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: addDays(today, -1), paper: '示例' });
  expect(past.body.type).toBe('/problems/policy/retroactive');
  await done(lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: from, paper: '示例公布文件' }));
  const again = await lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: from, paper: '示例公布文件' });
  expect(again.body.type).toBe('/problems/policy/already-adopted');
  const on = (day: string) => done(whole.bureau.get(`/institutions/${institution}/readiness?asOf=${day}`));
  expect(ruleOf(await on(today), 'staff.floor')).toMatchObject({ required: '15 人' });
  const after = await on(from);
  expect(after.profile).toBe(id);
  expect(ruleOf(after, 'staff.floor')).toMatchObject({ required: '20 人' });
  expect(ruleOf(after, local.rule)).toMatchObject({ effect: 'inform', disputed: true, legalReview: null });
  const review = {
    rule: local.rule,
    number: '示例合审1号',
    day: today,
    result: 'upheld',
    fairCompetition: '示例公竞1号',
  };
  await done(lead.post(`/policy/profiles/${id}/reviews`, review));
  expect(ruleOf(await on(from), local.rule)).toMatchObject({
    effect: 'refuse',
    legalReview: { number: '示例合审1号', recordedBy: lead.accountId },
  });
  const say = async (number: string, result: string) => {
    whole.clock.advance(1000);
    const said = { rule: local.rule, number, day: whole.today(), result };
    return (await done(lead.post(`/policy/profiles/${id}/reviews`, said))).reviews as { result: string }[];
  };
  // Before it is in force the last review speaks.
  await say('示例合审3号', 'not-upheld');
  expect(ruleOf(await on(from), local.rule)).toMatchObject({
    effect: 'inform',
    legalReview: { number: '示例合审3号' },
  });
  await say('示例合审4号', 'upheld');
  await whole.moveTo(`${from}T02:00:00.000Z`);
  // Then a finding against it is on record and takes nothing back: a text stays in force until it is repealed.
  const all = await say('示例合审5号', 'not-upheld');
  expect(all.map((r) => r.result)).toEqual(['upheld', 'not-upheld', 'upheld', 'not-upheld']);
  for (const day of [from, addDays(from, 30)])
    expect(ruleOf(await on(day), local.rule)).toMatchObject({
      effect: 'refuse',
      legalReview: { number: '示例合审4号', result: 'upheld' },
    });
  const repeal = { rule: 'staff.floor', day: addDays(today, 5), paper: '示例废止文件' };
  await done(lead.post(`/policy/profiles/${id}/repeal`, repeal));
  expect(ruleOf(await on(addDays(today, 4)), 'staff.floor')).toBeDefined();
  expect(ruleOf(await on(addDays(today, 5)), 'staff.floor')).toBeUndefined();
  await done(lead.post(`/policy/profiles/${id}/repeal`, { day: addDays(today, 9), paper: '示例废止文件' }));
  expect((await on(addDays(today, 8))).profile).toBe(id);
  expect((await on(addDays(today, 9))).profile).toBe('national-2024/1');
});

test('what asks less than the circular is not adopted without a legal review', async () => {
  const { bureau, lead } = whole;
  const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, without: ['fee.mine-payer'] }), 201);
  const body = { effectiveFrom: whole.today(), paper: '示例公布文件' };
  const refused = await lead.post(`/policy/drafts/${id}/adopt`, body);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('fee.mine-payer');
});

test('a rule of the circular is not switched off by its label or by its days', async () => {
  const { bureau, lead } = whole;
  const circular = (rule: string, value: unknown, more: object) => ({
    ...floor(0),
    rule,
    value,
    certainty: 'circular',
    ...more,
  });
  const rules = [
    circular('institution.bars', 0, { certainty: 'practice' }),
    circular('bar.years', 3, { effectiveFrom: '2099-01-01' }),
    circular('fee.mine-payer', false, { validThrough: '2026-02-01' }),
  ];
  const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, rules }), 201);
  const body = { effectiveFrom: whole.today(), paper: '示例公布文件' };
  const refused = await lead.post(`/policy/drafts/${id}/adopt`, body);
  expect(refused.status).toBe(409);
  expect(refused.body.type).toBe('/problems/policy/below-law');
  for (const { rule } of rules) expect(refused.body.detail).toContain(rule);
  expect((await whole.admin.get(`/policy/profiles/${id}`)).status).toBe(404);
});

test('one lead does not repeal what keeps mine money out, nor the bars; nor does the drafter repeal', async () => {
  const { bureau, lead } = whole;
  const inst = await anInstitution(whole);
  const operator = await anOrganisation(whole);
  await aMine(whole, operator.id);
  const { id } = await done(bureau.post('/policy/drafts', sampleDraft), 201);
  whole.clock.advance(1);
  await done(lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  const repeal = (rule: string, day: string = whole.today()) =>
    lead.post(`/policy/profiles/${id}/repeal`, { rule, day, paper: '示例废止文件' });
  const entries = (await whole.audit()).length;
  for (const rule of ['fee.mine-payer', 'fee.entitled-payer', 'bar.years', 'institution.bars']) {
    for (const day of [whole.today(), addDays(whole.today(), 400)]) {
      const refused = await repeal(rule, day);
      expect(refused.status).toBe(409);
      expect(refused.body.type).toBe('/problems/policy/binding-rule');
      expect(refused.body.detail).toContain(rule);
    }
  }
  expect(await whole.audit()).toHaveLength(entries);
  const paid = await bureau.post('/payments', {
    ...{ payerId: operator.id, institutionId: inst.id, amountFen: 5, paidOn: whole.today() },
    ...{ voucher: '示例凭证', purpose: '示例' },
  });
  expect(paid.status).toBe(409);
  const both = await whole.enlist('bureau-lead');
  const own = await done(bureau.post('/policy/drafts', sampleDraft), 201);
  whole.clock.advance(1);
  await done(lead.post(`/policy/drafts/${own.id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  const said = { rule: 'staff.floor', day: whole.today(), paper: '示例废止文件' };
  await done(both.post(`/policy/profiles/${own.id}/repeal`, said));
  expect((await done(whole.admin.get(`/policy/profiles/${own.id}`))).repeals).toHaveLength(1);
});

test('an authority of another kind with the same code does not give the rules', async () => {
  const body = { code: '370000', kind: 'ecology', name: '示例生态环境厅', parentId: null, from: '2020-01-01' };
  const { id: authorityId } = await done(whole.admin.post('/authorities', { ...body, paper: '示例' }), 201);
  const officer = async (role: string) => {
    const n = whole.next();
    const account = await done(whole.admin.post('/accounts', { username: `eco-${n}`, name: `示例岗位人员${n}` }), 201);
    const post = { accountId: account.id, role, authorityId, from: '2026-01-01' };
    await done(whole.admin.post('/posts', post), 201);
    const client = createClient(whole.url);
    const seat = { username: `eco-${n}`, oneTimePassword: account.oneTimePassword as string };
    await client.takeSeat({ ...seat, password: `a long sentence for officer ${n}`, now: whole.clock.now });
    return client;
  };
  const [drafter, lead] = [await officer('bureau'), await officer('bureau-lead')];
  const { id } = await done(drafter.post('/policy/drafts', sampleDraft), 201);
  whole.clock.advance(1);
  const adoption = { effectiveFrom: whole.today(), paper: '示例公布文件' };
  await done(lead.post(`/policy/drafts/${id}/adopt`, adoption));
  const held = async () =>
    (await done(whole.admin.get(`/policy/profiles?authority=370000&day=${whole.today()}`))).items[0].id as string;
  expect(await held()).not.toBe(id);
  const own = await done(whole.bureau.post('/policy/drafts', sampleDraft), 201);
  whole.clock.advance(1);
  await done(whole.lead.post(`/policy/drafts/${own.id}/adopt`, adoption));
  expect(await held()).toBe(own.id);
});

test('where the rules say so, a body does not enter the register beside its owner', async () => {
  const { bureau, lead } = whole;
  const related = { ...floor(0), rule: 'institution.related-applicants', value: true };
  const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, rules: [related] }), 201);
  const [parent, child, other] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  const owner = { from: '2020-01-01', relation: 'shareholder', holderKind: 'organisation', uscc: parent.uscc };
  const list = { items: [owner], paper: '示例公示' };
  await done(bureau.put(`/organisations/${child.organisationId}/owners`, list, { 'if-match': '"1"' }));
  const enter = (institution: { id: string }) => bureau.post('/pool-entries', { institutionId: institution.id });
  whole.clock.advance(1);
  await done(lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  await done(enter(parent), 201);
  const refused = await enter(child);
  expect(refused.status).toBe(409);
  expect(refused.body.type).toBe('/problems/pool-entry/rule-unmet');
  expect(refused.body.detail).toContain(parent.uscc);
  await done(enter(other), 201);
});

test('a basis that has run out carries no new lot', async () => {
  const { bureau, lead } = whole;
  const basis = { ...sampleDraft.basis, validThrough: addDays(whole.today(), 2) };
  const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, basis }), 201);
  const adopt = (effectiveFrom: string) =>
    lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom, paper: '示例公布文件' });
  const late = await adopt(addDays(whole.today(), 3));
  expect(late.status).toBe(409);
  expect(late.body.type).toBe('/problems/policy/basis-lapsed');
  await done(adopt(addDays(whole.today(), 2)));
  await whole.moveTo(`${addDays(whole.today(), 3)}T01:00:00.000Z`);
  const lot = { name: '示例批次', purpose: 'producing-mine', mineIds: [await aMine(whole)] };
  const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
  const refused = await bureau.post('/lots', { ...lot, purchase });
  expect(refused.status).toBe(409);
  expect(refused.body.type).toBe('/problems/policy/basis-lapsed');
});

test('one hand writes a draft, and a review is of the text that was read', async () => {
  const { bureau, lead } = whole;
  const { id } = await done(bureau.post('/policy/drafts', sampleDraft), 201);
  const other = await whole.enlist('bureau');
  const foreign = await other.post(`/policy/drafts/${id}/versions`, sampleDraft);
  expect(foreign.body.type).toBe('/problems/policy/drafter-only');
  await done(bureau.post(`/policy/drafts/${id}/versions`, sampleDraft));
  const review = { rule: 'staff.specialties', number: '示例合审2号', day: whole.today(), result: 'upheld' };
  await done(lead.post(`/policy/profiles/${id}/reviews`, review));
  const late = await bureau.post(`/policy/drafts/${id}/versions`, { ...sampleDraft, title: '示例另一文本' });
  expect(late.body.type).toBe('/problems/policy/reviewed-already');
  const { items } = await done(bureau.get('/policy/drafts'));
  expect((items as { id: string; title: string }[]).find((d) => d.id === id)?.title).toBe(sampleDraft.title);
});

describe('a draft is withdrawn', () => {
  const reason = { reason: '改由他案规定' };
  const drafted = async (): Promise<string> =>
    (await done(whole.bureau.post('/policy/drafts', sampleDraft), 201)).id as string;
  const listed = async (query = ''): Promise<string[]> =>
    (await done(whole.bureau.get(`/policy/drafts${query}`))).items.map((d: { id: string }) => d.id) as string[];
  const waits = async (id: string): Promise<boolean> =>
    JSON.stringify((await done(whole.lead.get('/work'))).items).includes(id);

  test('by its drafter, with the reason; it leaves the list and the lead’s work, and stays readable', async () => {
    const id = await drafted();
    expect(await waits(id)).toBe(true);
    const said = async () => (await whole.audit()).filter((e) => e.type === 'policy.withdrawn').length;
    const before = await said();
    const reply = await done(whole.bureau.post(`/policy/drafts/${id}/withdraw`, reason));
    const withdrawal = { on: whole.today(), by: whole.bureau.accountId, reason: reason.reason };
    expect(reply).toMatchObject({ id, state: 'withdrawn', effectiveFrom: null, withdrawal });
    expect(await said()).toBe(before + 1);
    expect(await waits(id)).toBe(false);
    expect(await listed()).not.toContain(id);
    expect(await listed('?state=withdrawn')).toContain(id);
    expect((await whole.admin.get(`/policy/profiles/${id}`)).status).toBe(404);
  });

  test('and nothing brings it back: not amended, reviewed, adopted, repealed or withdrawn again', async () => {
    const { bureau, lead } = whole;
    const id = await drafted();
    whole.clock.advance(1);
    await done(bureau.post(`/policy/drafts/${id}/withdraw`, reason));
    const today = whole.today();
    const acts = [
      await bureau.post(`/policy/drafts/${id}/versions`, sampleDraft),
      await lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: today, paper: '示例公布文件' }),
      await lead.post(`/policy/profiles/${id}/reviews`, { number: '示例合审9号', day: today, result: 'upheld' }),
      await lead.post(`/policy/profiles/${id}/repeal`, { day: today, paper: '示例废止文件' }),
      await bureau.post(`/policy/drafts/${id}/withdraw`, reason),
      await lead.post(`/policy/drafts/${id}/withdraw`, reason),
    ];
    for (const { status, body } of acts) {
      expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/policy/draft-withdrawn' });
      expect(body.detail).toContain(today);
    }
    // Its text is still there to draft upon, and to try.
    await done(bureau.post('/policy/drafts', { ...sampleDraft, basedOn: id }), 201);
    await done(bureau.get(`/policy/profiles/${id}/replay?from=${today}&to=${today}`));
  });

  test('by a lead whoever drafted it, by no other officer, and an adopted version by nobody', async () => {
    const { bureau, lead } = whole;
    const other = await whole.enlist('bureau');
    const [left, adopted] = [await drafted(), await drafted()];
    const refused = await other.post(`/policy/drafts/${left}/withdraw`, reason);
    expect(refused.body.type).toBe('/problems/policy/drafter-only');
    expect(await listed()).toContain(left);
    whole.clock.advance(1);
    await done(lead.post(`/policy/drafts/${left}/withdraw`, reason));
    await done(lead.post(`/policy/drafts/${adopted}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
    const late = await bureau.post(`/policy/drafts/${adopted}/withdraw`, reason);
    expect(late.body.type).toBe('/problems/policy/already-adopted');
    expect((await bureau.post(`/policy/drafts/${await drafted()}/withdraw`, { reason: ' ' })).status).toBe(422);
    expect((await bureau.post('/policy/drafts/none/withdraw', reason)).status).toBe(404);
  });
});
