import { done } from '../support/client';
import { aFile, anEmployment, anExpert, anInstitution, pdfFile } from '../support/register-builders';
import { passportOf } from '../support/play-experts';
import { sampleDraft } from '../support/play-policy';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

interface Item {
  id: string;
  kind: string;
  ref: string;
  link: string;
  check: boolean;
  title: string;
  openedAt: string;
  dueOn: string | null;
}
const listed = async (by: Person, kind: string, query = ''): Promise<Item[]> =>
  (await done(by.get(`/work?kind=${kind}&limit=200${query}`))).items as Item[];
const sees = async (by: Person, kind: string, ref: string): Promise<boolean> =>
  (await listed(by, kind)).some((w) => w.ref === ref);
const problem = async (sent: ReturnType<Person['post']>): Promise<string> => {
  const reply = await sent;
  return `${reply.status} ${String((reply.body as { type?: string }).type).replace('/problems/', '')}`;
};

/** An employment that the first officer recorded; his colleague uploaded the sheet and entered it, unless told otherwise. */
async function aSheet(by: Person = whole.bureau): Promise<{ id: string; fileId: string }> {
  const institution = await anInstitution(whole);
  const { platformNumber } = await anExpert(whole);
  const days = { kind: 'full-time', from: '2023-01-01', paper: '劳动合同' };
  const employment = { platformNumber, institutionId: institution.id, ...days };
  const { id } = await done(whole.bureau.post('/employments', employment), 201);
  const fileId = await aFile(by, pdfFile(`${platformNumber}.pdf`));
  await done(by.post(`/employments/${id}/sheet`, { signedSheetFileId: fileId, paper: '确认单' }));
  return { id: id as string, fileId };
}

describe('a signed sheet that waits to be checked', () => {
  test('is on the list of every officer without a hand in it, and only there', async () => {
    const third = await whole.enlist('bureau');
    const { id, fileId } = await aSheet(third);
    // The first officer recorded the employment, the third uploaded and entered the sheet.
    expect(await sees(whole.bureau, 'employment-sheet', id)).toBe(false);
    expect(await sees(third, 'employment-sheet', id)).toBe(false);
    // A lead confirms no employment.
    expect(await sees(whole.lead, 'employment-sheet', id)).toBe(false);
    const item = (await listed(whole.reviewer, 'employment-sheet')).find((w) => w.ref === id)!;
    expect(item).toMatchObject({
      title: '聘用确认单待核对',
      check: true,
      link: `/api/v1/employments/${id}`,
      openedAt: '2026-03-02T01:00:00.000Z',
      // Ten working days after 2 March.
      dueOn: '2026-03-16',
    });
    expect((await done(whole.reviewer.get('/deadlines?limit=200'))).items).toContainEqual(
      expect.objectContaining({ kind: 'employment.confirm', ref: id, dueOn: '2026-03-16' }),
    );
    // The link shows what is to be checked.
    const shown = await done(whole.reviewer.get(item.link.replace('/api/v1', '')));
    expect(shown).toMatchObject({ sheet: { fileId, paper: '确认单', enteredBy: third.accountId }, confirmed: false });
    expect(await problem(whole.bureau.post(`/employments/${id}/confirm`, {}))).toBe(
      '409 employment/second-person-needed',
    );
    await done(whole.reviewer.post(`/employments/${id}/confirm`, {}));
    expect(await sees(whole.reviewer, 'employment-sheet', id)).toBe(false);
    const left = (await done(whole.reviewer.get('/deadlines?limit=200'))).items as { ref: string }[];
    expect(left.some((d) => d.ref === id)).toBe(false);
  });

  test('is on the list of officers of other authorities too, who may check it as well', async () => {
    const city = { code: '370100', name: '示例市自然资源局', kind: 'natural-resources', parentId: null };
    const registered = whole.admin.post('/authorities', { ...city, from: '2020-01-01', paper: '示例文号' });
    const { id: authorityId } = await done(registered, 201);
    const clerk = await whole.enlist('bureau', { authorityId } as object);
    const { id } = await aSheet();
    expect(await sees(clerk, 'employment-sheet', id)).toBe(true);
    await done(clerk.post(`/employments/${id}/confirm`, {}));
  });

  test('is taken by nobody: whoever may, checks it', async () => {
    const { id } = await aSheet();
    const item = (await listed(whole.reviewer, 'employment-sheet', '&held=pool')).find((w) => w.ref === id)!;
    const taking = whole.reviewer.post(`/work/${item.id}/assign`, { postId: whole.reviewer.postId });
    expect(await problem(taking)).toBe('409 work/for-any');
    expect((await listed(whole.reviewer, 'employment-sheet', '&held=own')).length).toBe(0);
    const overseen = (await done(whole.lead.get('/work/overview?kind=employment-sheet&limit=200'))).items as Item[];
    expect(overseen.map((w) => w.ref)).toContain(id);
  });

  test('whoever strikes out days of it has a hand in it too', async () => {
    const { id } = await aSheet();
    const correction = { from: whole.today(), reason: '示例更正', paper: '更正登记表' };
    await done(whole.reviewer.post(`/employments/${id}/void`, correction));
    expect(await sees(whole.reviewer, 'employment-sheet', id)).toBe(false);
    expect(await problem(whole.reviewer.post(`/employments/${id}/confirm`, {}))).toBe(
      '409 employment/second-person-needed',
    );
    const fourth = await whole.enlist('bureau');
    expect(await sees(fourth, 'employment-sheet', id)).toBe(true);
    await done(whole.bureau.post(`/employments/${id}/void`, { ...correction, from: null }));
    expect(await sees(fourth, 'employment-sheet', id)).toBe(false);
  });

  test('waits no longer while an objection is open, and again once that is dismissed', async () => {
    const { id } = await aSheet();
    const said = { reason: '示例异议', paper: '书面异议' };
    const { id: objection } = await done(whole.bureau.post(`/employments/${id}/objections`, said), 201);
    expect(await sees(whole.reviewer, 'employment-sheet', id)).toBe(false);
    // The officer recorded the employment and so does not judge; the lead may, and so may the colleague.
    expect(await sees(whole.bureau, 'employment-objection', objection)).toBe(false);
    const item = (await listed(whole.lead, 'employment-objection')).find((w) => w.ref === objection)!;
    expect(item).toMatchObject({ check: true, dueOn: '2026-03-16' });
    expect(await done(whole.reviewer.get(item.link.replace('/api/v1', '')))).toMatchObject({ state: 'open' });
    expect(await sees(whole.reviewer, 'employment-objection', objection)).toBe(true);
    await done(whole.lead.post(`/employment-objections/${objection}/dismiss`, { reason: '示例', paper: '核查记录' }));
    expect(await sees(whole.lead, 'employment-objection', objection)).toBe(false);
    expect(await sees(whole.reviewer, 'employment-sheet', id)).toBe(true);
  });
});

describe('persons who may be one', () => {
  test('wait with every officer; the merge found waits with the leads', async () => {
    const one = await anExpert(whole);
    const number = passportOf(whole.next());
    whole.identities.push(number);
    const namesake = { identities: [{ kind: 'passport', number }], documentSeen: true, name: one.name };
    await done(whole.bureau.post('/experts', { ...namesake, from: '2020-01-01', paper: '登记表' }), 201);
    const doubt = (await done(whole.bureau.get('/expert-doubts?state=open'))).items[0].id as string;
    const item = (await listed(whole.reviewer, 'expert-doubt')).find((w) => w.ref === doubt)!;
    expect(item).toMatchObject({ dueOn: '2026-03-16', link: `/api/v1/expert-doubts/${doubt}` });
    expect(await done(whole.reviewer.get(item.link.replace('/api/v1', '')))).toMatchObject({ id: doubt });
    const decision = { finding: 'same', reason: '示例认定', paper: '核实记录' };
    const { mergeId } = await done(whole.reviewer.post(`/expert-doubts/${doubt}/decide`, decision));
    expect(await sees(whole.reviewer, 'expert-doubt', doubt)).toBe(false);
    const merge = (await listed(whole.lead, 'expert-merge')).find((w) => w.ref === mergeId)!;
    expect(merge).toMatchObject({ dueOn: '2026-03-16', link: `/api/v1/expert-merges/${mergeId}` });
    // An officer confirms no merge.
    expect(await sees(whole.bureau, 'expert-merge', mergeId)).toBe(false);
    await done(whole.lead.post(`/expert-merges/${mergeId}/confirm`, { reason: '示例理由' }));
    expect(await sees(whole.secondLead, 'expert-merge', mergeId)).toBe(false);
  });

  test('a proposer who is a lead as well does not see the own merge among what is to be confirmed', async () => {
    const both = await whole.enlist('bureau');
    const second = { accountId: both.accountId, role: 'bureau-lead', from: '2026-01-01' };
    const { id: asLead } = await done(whole.admin.post('/posts', second), 201);
    await both.signIn(both.username, both.password);
    const pair = { from: (await anExpert(whole)).platformNumber, into: (await anExpert(whole)).platformNumber };
    const wish = { ...pair, reason: '示例', paper: '记录' };
    const { id } = await done(both.post('/expert-merges', wish, { 'lujian-post': both.postId }), 201);
    const mine = await done(both.get('/work?kind=expert-merge&limit=200', { 'lujian-post': asLead as string }));
    expect((mine.items as Item[]).some((w) => w.ref === id)).toBe(false);
    expect(await sees(whole.lead, 'expert-merge', id)).toBe(true);
  });
});

test('a draft of rules waits with the leads until one of them adopts it', async () => {
  const { id } = await done(whole.bureau.post('/policy/drafts', sampleDraft), 201);
  const item = (await listed(whole.lead, 'policy-draft')).find((w) => w.ref === id)!;
  expect(item).toMatchObject({ check: true, dueOn: null, link: '/api/v1/policy/drafts' });
  expect(await sees(whole.bureau, 'policy-draft', id)).toBe(false);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  expect(await sees(whole.secondLead, 'policy-draft', id)).toBe(false);
});

test('what is confirmed by a sheet leaves nothing behind', async () => {
  const institution = await anInstitution(whole);
  const id = await anEmployment(whole, await anExpert(whole), institution.id);
  for (const by of [whole.bureau, whole.reviewer]) expect(await sees(by, 'employment-sheet', id)).toBe(false);
});

test('the list is paged, oldest first', async () => {
  await aSheet();
  await aSheet();
  const all = await listed(whole.reviewer, 'employment-sheet');
  const first = await done(whole.reviewer.get('/work?kind=employment-sheet&limit=1'));
  const second = await done(
    whole.reviewer.get(`/work?kind=employment-sheet&limit=1&cursor=${encodeURIComponent(first.next as string)}`),
  );
  expect([first.items[0].id, second.items[0].id]).toEqual(all.slice(0, 2).map((w) => w.id));
});
