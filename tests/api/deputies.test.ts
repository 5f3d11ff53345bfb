import { addDays } from '../../src/kernel/pure/time';
import { auditEntities } from '../../src/modules/audit-log';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { aCaseSubject } from '../support/line-builders';
import { anExpert, anInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const as = (id: string) => ({ 'lujian-post': id });
const problem = async (sent: ReturnType<Person['post']>): Promise<string> => {
  const reply = await sent;
  return `${reply.status} ${String((reply.body as { type?: string }).type).replace('/problems/', '')}`;
};

/** Named days from today on. */
const days = (count: number) => ({ from: whole.today(), to: addDays(whole.today(), count - 1) });

async function appoint(by: Person, post: Person, deputy: Person, count = 5): Promise<string> {
  const body = { postId: post.postId, deputyAccountId: deputy.accountId, ...days(count), reason: '出差' };
  return (await done(by.post('/deputyships', body), 201)).id as string;
}

describe('a deputyship', () => {
  test('is a post to choose; what is done so names both', async () => {
    const [holder, deputy] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const id = await appoint(holder, holder, deputy);
    const session = await done(deputy.get('/session'));
    const own = { id: deputy.postId, deputyship: null };
    const of = { postId: holder.postId, accountId: holder.accountId, name: holder.name };
    expect(session.posts).toMatchObject([own, { id, role: 'bureau', deputyship: of, to: days(5).to }]);

    const body = {
      uscc: '',
      name: '示例代办登记有限公司',
      legalForm: 'enterprise',
      from: '2020-01-01',
      paper: '登记证书',
    };
    const reply = await deputy.post('/organisations', { ...body, uscc: creditCodeOf(whole.next()) }, as(id));
    expect(reply.status).toBe(201);
    const [row] = await whole.audit(reply.headers['x-request-id']);
    expect(row).toMatchObject({
      accountId: deputy.accountId,
      representedAccountId: holder.accountId,
      postId: holder.postId,
      role: 'bureau',
    });
    const facts = Object.fromEntries(row!.facts!.map((f) => [f.path, f.value]));
    expect(facts).toMatchObject({
      '/acting/deputyship': id,
      '/acting/by/account': deputy.accountId,
      '/acting/by/name': deputy.name,
      '/acting/for/account': holder.accountId,
      '/acting/for/name': holder.name,
    });
    // The open leaf shows neither name.
    expect(row!.leaf).not.toContain(deputy.name);
    expect(row!.leaf).not.toContain(holder.name);
    // Without naming it the deputy acts as always.
    const plain = await deputy.post('/organisations', { ...body, uscc: creditCodeOf(whole.next()) });
    const [own2] = await whole.audit(plain.headers['x-request-id']);
    expect(own2).toMatchObject({ postId: deputy.postId, representedAccountId: null });
  });

  test('is nobody else’s, cannot be handed on, and gives no key', async () => {
    const [holder, deputy, third] = [
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
    ];
    const id = await appoint(holder, holder, deputy);
    expect(await problem(third.get('/lots', as(id)))).toBe('403 sign-in/post-unusable');
    const on = { postId: holder.postId, deputyAccountId: third.accountId, ...days(2), reason: '转办' };
    expect(await problem(deputy.post('/deputyships', on, as(id)))).toBe('403 deputyship/not-yours');
    const key = { name: '示例接口', postId: id, expiresOn: whole.today() };
    expect(await problem(deputy.post('/api-keys', key, as(id)))).toBe('422 api-key/post-not-own');
  });

  test('ends at once when revoked, by the holder, the lead or the security administrator', async () => {
    const [holder, deputy] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    for (const by of [holder, whole.lead, whole.admin]) {
      const id = await appoint(holder, holder, deputy);
      await done(deputy.get('/lots', as(id)));
      expect(await problem(deputy.post(`/deputyships/${id}/revoke`))).toBe('403 deputyship/not-yours');
      expect((await done(by.post(`/deputyships/${id}/revoke`))).revoked).toBe(true);
      expect(await problem(by.post(`/deputyships/${id}/revoke`))).toBe('409 deputyship/revoked-already');
      expect(await problem(deputy.get('/lots', as(id)))).toBe('403 sign-in/post-unusable');
    }
  });

  test('both sides see it, the lead by post', async () => {
    const [holder, deputy] = [await whole.enlist('inspector'), await whole.enlist('bureau')];
    const id = await appoint(whole.lead, holder, deputy);
    const ids = async (by: Person, query = '') =>
      (await done(by.get(`/deputyships${query}`))).items.map((d: { id: string }) => d.id);
    expect(await ids(holder)).toEqual([id]);
    expect(await ids(deputy)).toEqual([id]);
    expect(await ids(whole.lead, `?postId=${holder.postId}`)).toEqual([id]);
    expect(await problem(whole.reviewer.get(`/deputyships?postId=${holder.postId}`))).toBe('403 deputyship/not-yours');
  });

  test('refused: administrators, persons’ own posts, strangers, roles that must be two people', async () => {
    const clerk = await whole.enlist('institution', { institutionId: (await anInstitution(whole)).id });
    const auditor = await whole.enlist('auditor');
    const expert = await whole.enlist('expert', { expertId: (await anExpert(whole)).id });
    const tries: [Person | Whole['admin'], Person, Person, string][] = [
      [whole.admin, auditor, whole.bureau, '409 deputyship/administrator'],
      [expert, expert, whole.bureau, '409 deputyship/personal'],
      [whole.bureau, whole.bureau, clerk, '409 deputyship/not-colleague'],
      [whole.bureau, whole.bureau, auditor, '409 deputyship/roles-conflict'],
      [whole.inspector, whole.inspector, whole.secondLead, '409 deputyship/roles-conflict'],
      [whole.lead, whole.lead, whole.inspector, '409 deputyship/roles-conflict'],
      [whole.lead, whole.bureau, whole.lead, '409 deputyship/not-yourself'],
      [whole.reviewer, whole.bureau, whole.reviewer, '403 deputyship/not-yours'],
    ];
    for (const [by, post, deputy, expected] of tries) {
      const body = { postId: post.postId, deputyAccountId: deputy.accountId, ...days(2), reason: '请假' };
      expect(await problem(by.post('/deputyships', body))).toBe(expected);
    }
  });
});

test('a deputy is no second person: proposal and decision', async () => {
  const [proposer, second] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const subject = { kind: 'person' as const, id: (await anExpert(whole)).id };
  const reviewed = await aCaseSubject(whole, subject, { state: 'reviewed' });
  const forProposer = await appoint(proposer, proposer, second);
  const today = whole.today();
  const proposal = {
    decisionNumber: '示例函〔2026〕代办1号',
    decidedOn: addDays(today, -3),
    actDay: addDays(today, -60),
    reasons: '经核实（示例）。',
  };
  const at = `/case-subjects/${reviewed.id}`;
  const { version } = await done(second.post(`${at}/proposal`, proposal, as(forProposer)));
  // The represented proposer and the deputy are both behind the proposal; either, made lead, may not decide it.
  for (const person of [proposer, second]) {
    const post = { accountId: person.accountId, role: 'bureau-lead', from: '2026-01-01' };
    const lead = await done(whole.admin.post('/posts', post), 201);
    await person.signIn(person.username, person.password);
    const { id: scanFileId } = await done(
      person
        .upload('/files', { bytes: Buffer.from('%PDF-1.7\n'), mediaType: 'application/pdf', name: '决定.pdf' })
        .set('lujian-post', lead.id as string),
      201,
    );
    const headers = { ...as(lead.id as string), 'if-match': `"${version}"` };
    expect(await problem(person.post(`${at}/decide`, { scanFileId }, headers))).toBe('403 case/same-officer');
  }
});

test('what another has to check is done in one’s own name', async () => {
  const [holder, deputy] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const id = await appoint(holder, holder, deputy);
  for (const address of ['/employments', '/employments/nowhere/confirm']) {
    expect(await problem(deputy.post(address, {}, as(id)))).toBe('403 sign-in/own-name');
    expect((await deputy.post(address, {})).status).not.toBe(403);
  }
});

test('it ends after its last day, by the day alone', async () => {
  const [holder, deputy] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const id = await appoint(holder, holder, deputy, 2);
  const last = addDays(whole.today(), 1);
  await whole.moveTo(`${last}T15:59:59.000Z`);
  await done(deputy.get('/lots', as(id)));
  await whole.moveTo(`${last}T16:00:00.000Z`);
  expect(await problem(deputy.get('/lots', as(id)))).toBe('403 sign-in/post-unusable');
  expect((await done(deputy.get('/session'))).posts).toHaveLength(1);
  const row = await whole.service.db.m.findOneBy(auditEntities[0], { type: 'deputyship.appointed' });
  expect(row).toMatchObject({ sealed: true });
});
