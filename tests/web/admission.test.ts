import type { Locator } from 'playwright-core';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { aDirectory, anApplication, proposal, type AnApplication } from '../support/play-pool';
import { identityNumberOf } from '../support/register-builders';
import { foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { fill, openForm, send } from './support/filling';
import type { Visitor } from './support/visitor';

const HEAD = ['姓名', '身份证号码', '职称', '职称证书', '专业', '专业材料', '聘用方式', '入职时间', '社保'];
const row = (n: number, number: string): string[] => [
  `示例清单人员其${n}`,
  number,
  n % 2 === 0 ? '高级工程师' : '正高级工程师',
  '职称证书（示例）',
  ['地质', '采矿、选矿', '生态', '环境'][n % 4]!,
  '毕业证书（示例）',
  '全职',
  '2023年7月',
  '社保缴费证明（示例）',
];

describeInBrowser('an institution on its way into the register of assessors', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
    await aDirectory(whole);
  }, 60_000);
  afterAll(() => whole.close());

  const as = (person: Person): Promise<Visitor> => browsing.open(whole.url, { as: person, at: whole.clock.now() });

  const state = ({ page }: Visitor, word: string): Promise<void> =>
    page.locator('.screen > header .ant-tag', { hasText: word }).waitFor();

  /** An officer registers a body and makes it an assessor; the assessor's id. */
  async function register(bureau: Visitor, uscc: string, name: string): Promise<string> {
    await bureau.visit('/console/organisations');
    const body = await openForm(bureau.page, '登记组织');
    await fill(body, '统一社会信用代码', uscc);
    await fill(body, '名称', name);
    await fill(body, '自', '2020-01-01');
    await fill(body, '依据材料', '登记证书');
    await body.getByText('企业', { exact: true }).click();
    await send(body);
    await bureau.visit('/console/institutions');
    const form = await openForm(bureau.page, '登记评估机构');
    await fill(form, '统一社会信用代码', uscc);
    await fill(form, '自', '2020-01-01');
    await fill(form, '依据材料', '评估机构登记表');
    await send(form);
    await bureau.page.getByRole('heading', { name }).waitFor();
    return /institutions\/([0-9a-f-]{36})/.exec(bureau.page.url())![1]!;
  }

  /** The clerk brings in six people, one of them with a wrong number; the sheet's faults are told row by row. */
  async function bringInPeople(clerk: Visitor): Promise<void> {
    const numbers = [1, 2, 3, 4, 5, 6].map((n) => identityNumberOf(700 + n));
    // The check digit of the third is another one.
    numbers[2] = numbers[2]!.slice(0, 17) + (numbers[2]!.endsWith('0') ? '1' : '0');
    const sheet = xlsxUpload(
      foreignXlsx({ sheets: { 人员: [HEAD, ...numbers.map((number, n) => row(n + 1, number))] } }),
    );
    await clerk.visit('/console/imports/new');
    await clerk.page
      .locator('input[type=file]')
      .setInputFiles({ name: sheet.name, mimeType: sheet.mediaType, buffer: Buffer.from(sheet.bytes) });
    await clerk.page.getByRole('button', { name: '上传并检查' }).click();
    const faulty = clerk.page.getByRole('row').filter({ hasText: '有误' });
    await faulty.waitFor();
    expect(await faulty.innerText()).toMatch(/4\s+有误\s+证件号码（B）：第18位校验码不符。请逐位核对/);
    expect(await clerk.page.locator('body').innerText()).not.toContain(numbers[2]);
    await clerk.settle();
    await clerk.checkAccess();
    await clerk.page.getByText('只登记正确的行').click();
    await clerk.page.getByRole('button', { name: '登记', exact: true }).click();
    await clerk.page.getByText('已登记 5 行').waitFor();
    await clerk.page.getByRole('link', { name: '查看登记' }).click();
    const people = clerk.page.getByRole('row').filter({ hasText: '示例清单人员其' });
    await people.first().waitFor();
    expect(await people.count()).toBe(5);
    expect(await people.first().innerText()).toContain('待本人确认，不计入');
    await clerk.settle();
  }

  test('is registered, brings in its people by a sheet, sees what is missing, applies, and is admitted by two people', async () => {
    const [uscc, name] = [creditCodeOf(whole.next()), '示例绿评咨询有限公司'];
    const bureau = await as(whole.bureau);
    const institutionId = await register(bureau, uscc, name);
    const clerk = await as(await whole.enlist('institution', { institutionId }));
    await bringInPeople(clerk);
    await clerk.page.getByRole('tab', { name: '条件符合情况' }).click();
    await clerk.page.getByRole('tabpanel').filter({ hasText: '不符合' }).waitFor();
    await clerk.settle();
    await clerk.checkAccess();

    await clerk.visit('/console/pool-entries');
    await send(await openForm(clerk.page, '申请纳入名录'));
    await state(clerk, '已申请');
    await clerk.settle();
    const entry = new URL(clerk.page.url()).pathname;

    await bureau.visit(entry);
    const propose = await openForm(bureau.page, '拟定决定');
    await fill(propose, '文号', '示例函〔2026〕11号');
    await fill(propose, '理由', '示例理由：经核对申请材料，条件符合。');
    await send(propose);
    await bureau.page.getByText('已拟定“纳入”（示例函〔2026〕11号）').waitFor();
    await bureau.settle();
    const lead = await as(whole.lead);
    await lead.visit(entry);
    await send(await openForm(lead.page, '复核并作出决定'));
    await state(lead, '已纳入');
    await lead.settle();
    await lead.checkAccess();

    await clerk.visit(entry);
    await state(clerk, '已纳入');
    expect(await done(whole.bureau.get(`/pool-entries?institutionId=${institutionId}`))).toMatchObject({
      items: [{ institutionId, state: 'admitted', admittedOn: whole.today() }],
    });
    const anybody = await browsing.open(whole.url, { size: 'phone', javaScript: false });
    await anybody.visit(`/search?q=${uscc}`);
    expect(await anybody.page.locator('main').innerText()).toContain('名录，自2026年3月2日起');
  }, 120_000);

  test('waits in a directory for two people’s decision; of many decided at once each has its own result', async () => {
    const [ripe, raw] = [await anApplication(whole), await anApplication(whole)];
    await done(whole.bureau.post(`/pool-entries/${ripe.id}/proposals`, proposal(whole, 'admit')));
    const nameOf = async ({ institutionId }: AnApplication): Promise<string> =>
      (await done(whole.bureau.get(`/institutions/${institutionId}`))).name as string;
    const lead = await as(whole.lead);
    await lead.visit('/console/pool-entries?state=applied');
    await lead.page.getByRole('checkbox', { name: '选择本页全部' }).check();
    await lead.page.getByRole('button', { name: '批量作出决定' }).click();
    const asked = lead.page.getByRole('dialog', { name: '批量作出决定' });
    await asked.getByText('将按下列拟定逐项作出决定').waitFor();
    const of = async (where: Locator, a: AnApplication): Promise<string> =>
      where
        .getByRole('listitem')
        .filter({ hasText: await nameOf(a) })
        .innerText();
    // Nothing is decided unseen: what each decision says stands there first.
    expect(await of(asked, ripe)).toContain('纳入');
    expect(await of(asked, raw)).toContain('没有待决定的拟定');
    await lead.checkAccess();
    await asked.getByRole('button', { name: '对 1 项作出决定' }).click();
    const results = lead.page.getByRole('dialog', { name: '逐条结果' });
    await results.getByText('成功 1 条，未成功 0 条').waitFor();
    expect(await of(results, ripe)).toContain('已办理');
    await lead.checkAccess();
    expect(await done(whole.bureau.get(`/pool-entries/${ripe.id}`))).toMatchObject({ state: 'admitted' });
    expect(await done(whole.bureau.get(`/pool-entries/${raw.id}`))).toMatchObject({ state: 'applied' });
  });
});
