import { done } from '../support/client';
import { aMine, aReadyInstitution, anOrganisation, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

// The screens of accounts and posts, of work and hand-overs, of rules, days and notices, as each role sees them.

describeInBrowser('the screens of the house', (browsing) => {
  let whole: Whole;
  let institution: ReadyInstitution;
  let handOver: string;
  let draft: string;
  beforeAll(async () => {
    whole = await wholeService();
    institution = await aReadyInstitution(whole, { staff: 1 });
    const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
    const lot = { name: '示例批次', purpose: 'producing-mine', purchase, mineIds: [await aMine(whole)] };
    await done(whole.bureau.post('/lots', lot), 201);
    const parties = { giverPostId: whole.bureau.postId, receiverPostId: whole.reviewer.postId };
    handOver = (await done(whole.bureau.post('/hand-overs', parties), 201)).id as string;
    const basis = { number: '示例自然资规〔2026〕1号', title: '示例管理办法', effectiveFrom: '2026-01-01' };
    const body = { title: '示例省规则（试行）', basis, poolMode: 'register', basedOn: 'national-2024/1' };
    draft = (await done(whole.bureau.post('/policy/drafts', body), 201)).id as string;
    const days = { from: whole.today(), to: whole.today(), reason: '出差' };
    const deputyship = { postId: whole.bureau.postId, deputyAccountId: whole.reviewer.accountId, ...days };
    await done(whole.bureau.post('/deputyships', deputyship), 201);
  }, 120_000);
  afterAll(() => whole.close());

  const look = async (person: Pick<Person, 'cookieHeaders'>, pages: readonly string[]): Promise<void> => {
    const v = await browsing.open(whole.url, { as: person, at: whole.clock.now() });
    for (const page of pages) await v.checkLooks(`/console/${page}`);
  };

  test('of the security administrator', async () => {
    const { items } = await done(whole.admin.get('/authorities'));
    const one = (items as { id: string }[])[0]!.id;
    const account = `accounts/${whole.bureau.accountId}`;
    await look(whole.admin, ['', 'accounts', 'accounts/new', account, 'posts', 'authorities', `authorities/${one}`]);
  }, 300_000);

  test('of an officer: work, hand-over, draft, days', async () => {
    const drafts = ['policy', 'policy/drafts', `policy/drafts/${draft}`, `policy/drafts/${draft}/edit`];
    const own = ['', 'deadlines', 'deputies', 'hand-overs', 'hand-overs/new', `hand-overs/${handOver}`, 'own'];
    await look(whole.bureau, [...own, ...drafts, 'calendar', 'service-consents', 'notifications']);
  }, 400_000);

  test('of a lead: who holds what, a version of the rules', async () => {
    await look(whole.lead, ['', 'work', 'policy/profiles/national-2024%2F1']);
  }, 200_000);

  test('of those who have no list of work', async () => {
    const expert = await whole.enlist('expert', { expertId: institution.staff[0]!.id });
    const mine = await whole.enlist('mine', { organisationId: (await anOrganisation(whole)).id });
    for (const person of [expert, mine]) await look(person, ['']);
    const auditor = await whole.enlist('auditor');
    const { items } = await done(auditor.get('/audit-entries?type=institution.registered'));
    await look(auditor, ['', 'audit', `audit/${items[0].id}`, 'api-keys']);
    await look(await whole.enlist('system-admin'), ['', 'operations', 'dead-letters']);
  }, 300_000);
});
