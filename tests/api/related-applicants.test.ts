import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { sampleDraft } from '../support/play-policy';
import { decidePool } from '../support/play-pool';
import { anInstitution, anOrganisation, type AnInstitution, type Body } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// Bodies tied by control do not stand in one register, where its rules say so: over any number of owners, on the day.

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
  const law = { number: '示例规〔2026〕1号', citation: '示例规〔2026〕1号第一条', effectiveFrom: '2026-01-01' };
  const related = { rule: 'institution.related-applicants', value: true, certainty: 'provincial', effect: 'refuse' };
  const names = { rule: 'institution.same-names', value: true, certainty: 'derived', effect: 'inform' };
  const rules = [related, names].map((r) => ({ ...law, ...r }));
  const { id } = await done(whole.bureau.post('/policy/drafts', { ...sampleDraft, rules }), 201);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
});
afterAll(() => whole.close());

interface Line {
  by?: Body | AnInstitution;
  name?: string;
  share?: number;
  relation?: string;
  from?: string;
  lastDay?: string;
}

/** The whole list of owners of the body. */
async function owned(body: string, lines: Line[]): Promise<void> {
  const items = lines.map(({ by, name, share, relation = 'shareholder', from = '2020-01-01', lastDay }) => ({
    ...{ relation, from, lastDay: lastDay ?? null, shareBasisPoints: share ?? null },
    ...(by ? { holderKind: 'organisation', uscc: by.uscc } : { holderKind: 'person', name }),
  }));
  const { version } = await done(whole.bureau.get(`/organisations/${body}/owners`));
  const etag = { 'if-match': `"${String(version)}"` };
  await done(whole.bureau.put(`/organisations/${body}/owners`, { items, paper: '示例公示' }, etag));
}
const enter = (i: AnInstitution) => whole.bureau.post('/pool-entries', { institutionId: i.id });
async function expectTied(i: AnInstitution, ...said: string[]): Promise<void> {
  const reply = await enter(i);
  expect(reply.body.type).toBe('/problems/pool-entry/rule-unmet');
  for (const text of said) expect(reply.body.detail).toContain(text);
}

test('an owner over two bodies between, and sisters under one holder', async () => {
  const [top, bottom, sister] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  const [first, second] = [await anOrganisation(whole), await anOrganisation(whole)];
  await owned(first.id, [{ by: top, share: 5001 }]);
  await owned(second.id, [{ by: first, share: 10_000 }]);
  await owned(bottom.organisationId, [{ by: second, share: 5001 }]);
  await owned(sister.organisationId, [{ by: first, share: 6000 }]);
  await done(enter(bottom), 201);
  await expectTied(top, `受本机构控制：${[top, first, second, bottom].map((b) => b.uscc).join('→')}`);
  await expectTied(sister, bottom.uscc, `同受${first.uscc}控制`);
});

test('half of the shares is not control, one ten-thousandth more is', async () => {
  const [holder, half, more] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  await owned(half.organisationId, [{ by: holder, share: 5000 }]);
  await owned(more.organisationId, [{ by: holder, share: 5001 }]);
  await done(enter(holder), 201);
  await done(enter(half), 201);
  await expectTied(more, holder.uscc);
});

test('days: an owner of yesterday ties nobody today, one of tomorrow not yet', async () => {
  const [holder, before, after] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  const today = whole.today();
  await owned(before.organisationId, [{ by: holder, share: 9000, lastDay: addDays(today, -1) }]);
  await owned(after.organisationId, [{ by: holder, share: 9000, from: addDays(today, 1) }]);
  await done(enter(holder), 201);
  await done(enter(before), 201);
  await done(enter(after), 201);
  const last = await anInstitution(whole);
  await owned(last.organisationId, [{ by: holder, share: 9000, lastDay: today }]);
  await expectTied(last, holder.uscc);
});

test('a circle of owners ends, and common control by the state ties nobody', async () => {
  const [one, two, three] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  await owned(one.organisationId, [{ by: two, share: 6000 }]);
  await owned(two.organisationId, [{ by: one, share: 6000 }]);
  await done(enter(one), 201);
  await expectTied(two, one.uscc);
  const organ = await anOrganisation(whole, { uscc: '11370000MB2X00055X', legalForm: 'other' });
  const four = await anInstitution(whole);
  for (const body of [three, four]) await owned(body.organisationId, [{ by: organ, share: 10_000 }]);
  await done(enter(three), 201);
  await done(enter(four), 201);
});

test('an owner entered by the code that it bore then is the same owner', async () => {
  const [holder, child] = [await anInstitution(whole), await anInstitution(whole)];
  await owned(child.organisationId, [{ by: holder, share: 9000 }]);
  const spare = await anOrganisation(whole);
  const { version } = await done(whole.bureau.get(`/organisations/${holder.organisationId}/owners`));
  // A code of nobody: the next that would be given.
  const uscc = creditCodeOf(9_999);
  expect(uscc).not.toBe(spare.uscc);
  const change = { uscc, from: whole.today(), paper: '示例换证' };
  const etag = { 'if-match': `"${String(version)}"` };
  await done(whole.bureau.post(`/organisations/${holder.organisationId}/code-changes`, change, etag), 201);
  await done(enter(child), 201);
  await expectTied(holder, child.uscc);
});

test('equal names are no ties: the application waits for two officers, who look and say why', async () => {
  const [first, second, third] = [await anInstitution(whole), await anInstitution(whole), await anInstitution(whole)];
  const named = async (i: AnInstitution, legalRepresentative: string) => {
    const path = `/organisations/${i.organisationId}`;
    const { version } = await done(whole.bureau.get(path));
    const change = { from: '2021-01-01', paper: '示例变更', legalRepresentative };
    await done(whole.bureau.post(`${path}/versions`, change, { 'if-match': `"${String(version)}"` }), 201);
  };
  await named(first, '示例某甲');
  await named(second, '示例某甲');
  await owned(third.organisationId, [{ name: '示例某甲', share: 6000 }]);
  expect((await done(enter(first), 201)).state).toBe('admitted');
  const waiting = await done(enter(second), 201);
  expect(waiting.state).toBe('applied');
  const other = await done(enter(third), 201);
  expect(other.state).toBe('applied');
  // Another person of that name: in. The same person: out, with reasons, although this is a register.
  const admitted = await decidePool(whole, waiting.id as string, 'admit', { reasons: '经核实，不是同一人。' });
  expect(admitted.state).toBe('admitted');
  const refused = await decidePool(whole, other.id as string, 'refuse', { reasons: '经核实，为同一人。' });
  expect(refused.state).toBe('refused');
  const rules = refused.decisions[0]!['rules'] as { rule: string; met: boolean; measured: string }[];
  const hint = rules.find((r) => r.rule === 'institution.same-names')!;
  expect(hint).toMatchObject({ met: false });
  expect(hint.measured).toContain(first.uscc);
  expect(JSON.stringify(rules)).not.toContain('示例某甲');
});
