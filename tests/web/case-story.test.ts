import type { Locator } from 'playwright-core';
import { done } from '../support/client';
import { aLot } from '../support/line-builders';
import { aReadyInstitution, pdfFile, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { attach, choose, fill, openForm, send, take, tick } from './support/filling';
import type { Visitor } from './support/visitor';

const NUMBER = '示例自然资函〔2026〕7号';
const UNTIL = '届满日2029年3月2日（含当日），可再次采信之日2029年3月3日';

/** One case from the lead to the doors, each step by the person whose it is, by hand in the console. */
describeInBrowser('from a lead to a shut door', (browsing) => {
  let whole: Whole;
  let accused: ReadyInstitution;
  beforeAll(async () => {
    whole = await wholeService();
    accused = await aReadyInstitution(whole, { staff: 1 });
  }, 120_000);
  afterAll(() => whole.close());

  const as = (person: Person): Promise<Visitor> => browsing.open(whole.url, { as: person, at: whole.clock.now() });
  const file = pdfFile('示例文书.pdf');
  const scan = { name: file.name, mimeType: file.mediaType, buffer: file.bytes };
  /** A step on paper: its day is today already. */
  const onPaper = async (form: Locator, paper: string): Promise<void> => {
    await fill(form, '文书名称或文号', paper);
    await attach(form, '扫描件', scan);
  };
  const step = async ({ page }: Visitor, button: string, paper: string): Promise<void> => {
    const form = await openForm(page, button);
    await onPaper(form, paper);
    await send(form);
  };
  const state = ({ page }: Visitor, word: string): Promise<void> =>
    page.locator('.screen > header .ant-tag', { hasText: word }).waitFor();
  /** Sends what will be refused; answers what the form says then. */
  const refused = async (form: Locator): Promise<string> => {
    await form.getByRole('button', { name: '提交', exact: true }).click();
    const said = form.getByRole('alert').filter({ hasText: '不再采信期间内' });
    await said.waitFor();
    return said.innerText();
  };

  async function investigate(inspector: Visitor): Promise<void> {
    const { page } = inspector;
    await inspector.visit('/console/cases');
    const lead = await openForm(page, '登记线索');
    await fill(lead, '线索或案由', '示例线索：评估结论与现场不符');
    await fill(lead, '线索来源', '示例抽查');
    await send(lead);
    await step(inspector, '立案', '立案审批表');
    const found = await openForm(page, '登记调查取证');
    await onPaper(found, '调查报告');
    for (const [label, text] of [
      ['姓名', '示例人员'],
      ['执法证件或工作证号', '示例证'],
    ] as const) {
      const fields = await found.getByLabel(label, { exact: true }).all();
      // Fewer than two officers investigate nothing (行政处罚法 42).
      expect([label, fields.length]).toEqual([label, 2]);
      for (const [n, field] of fields.entries()) await field.fill(`${text}${n + 1}`);
    }
    await send(found);
  }

  /** The address of the party's page. */
  async function notify({ page }: Visitor): Promise<string> {
    const notice = await openForm(page, '列入当事人并告知');
    await onPaper(notice, '告知书');
    await take(notice.locator('#subject'), accused.uscc);
    await take(notice.getByLabel('事由'), '评估结论严重失实');
    await send(notice);
    await page.getByText('最短期限的推算').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(accused.name);
    return new URL(page.url()).pathname;
  }

  async function decide(party: string): Promise<void> {
    const reviewer = await as(whole.reviewer);
    await reviewer.visit(party);
    await step(reviewer, '登记法制审核与集体讨论', '法制审核意见书');
    const officer = await as(whole.bureau);
    await officer.visit(party);
    const propose = await openForm(officer.page, '拟定决定');
    await fill(propose, '文号', NUMBER);
    await fill(propose, '违规行为发生日', '2026-01-05');
    await fill(propose, '理由', '示例理由：经核实，评估结论与现场严重不符。');
    await send(propose);
    await officer.page.getByText(NUMBER).first().waitFor();
    await officer.settle();
    const lead = await as(whole.lead);
    await lead.visit(party);
    const confirm = await openForm(lead.page, '复核并作出决定');
    await attach(confirm, '扫描件', scan);
    await send(confirm);
    await state(lead, '已作出决定');
    await lead.checkAccess();
  }

  async function serve(inspector: Visitor, party: string): Promise<void> {
    await inspector.visit(party);
    const form = await openForm(inspector.page, '送达登记');
    await choose(form, '送达方式', ['直接送达']);
    await fill(form, '送达凭证（送达回证、签收单号等）', '送达回证');
    await attach(form, '送达凭证扫描件', scan);
    await send(form);
    const told = inspector.page.locator('.ant-modal-confirm-title');
    await told.filter({ hasText: '已送达：届满日 2029年3月2日，可再次采信之日 2029年3月3日。' }).waitFor();
    await inspector.settle();
    await inspector.checkAccess();
  }

  test('a lead becomes a decision, the doors refuse from its service on, and anybody reads it on a telephone', async () => {
    const lot = await aLot(whole, [accused]);
    const inspector = await as(whole.inspector);
    await investigate(inspector);
    const party = await notify(inspector);
    const waiver = await openForm(inspector.page, '登记放弃陈述申辩与听证');
    await onPaper(waiver, '放弃陈述申辩和听证的书面声明');
    // Two acts, each declared by itself.
    for (const label of ['放弃陈述申辩', '放弃听证']) await tick(waiver, label);
    await send(waiver);
    await decide(party);
    await serve(inspector, party);

    const officer = await as(whole.bureau);
    await officer.visit(`/console/lots/${lot.id}`);
    const offer = await openForm(officer.page, '委托');
    await choose(offer, '评估机构', [accused.name]);
    officer.mayRefuse(409, `/lots/${lot.id}/assignments`);
    const told = await refused(offer);
    for (const words of [NUMBER, '届满日2029-03-02', '可再次采信之日2029-03-03', '不得委托']) {
      expect(told).toContain(words);
    }

    // Leaving the register and coming back under the same code is no way around.
    await done(accused.clerk.post(`/pool-entries/${accused.poolEntryId}/withdraw`, { reason: '示例退出' }));
    const clerk = await as(accused.clerk);
    await clerk.visit('/console/pool-entries');
    const apply = await openForm(clerk.page, '申请纳入名录');
    clerk.mayRefuse(409, '/pool-entries');
    const shut = await refused(apply);
    for (const words of [NUMBER, '届满日2029-03-02', '不得纳入名录']) expect(shut).toContain(words);
    await clerk.checkAccess();

    const anybody = await browsing.open(whole.url, { size: 'phone', javaScript: false });
    const read = (): Promise<string> => anybody.page.locator('main').innerText();
    await anybody.visit('/');
    await anybody.page.getByLabel('名称或统一社会信用代码').fill(accused.uscc);
    await anybody.page.getByRole('button', { name: '查询', exact: true }).click();
    await anybody.page.getByRole('link', { name: accused.name }).first().click();
    await anybody.settle();
    for (const words of ['不得采信', UNTIL, NUMBER]) expect(await read()).toContain(words);
    await anybody.page.getByRole('link', { name: NUMBER }).click();
    await anybody.settle();
    for (const words of ['评估结论严重失实', '期限的计算', '期间为3年']) expect(await read()).toContain(words);
    await anybody.page.getByRole('link', { name: 'English' }).click();
    await anybody.settle();
    expect(await read()).toContain('2 March 2029');
  }, 240_000);
});
