import type { Page } from 'playwright-core';
import { done } from '../support/client';
import { aDirectory, anApplication } from '../support/play-pool';
import { anInstitution, pdfFile } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { take } from './support/filling';

// What two officers decide together, and how an inspector takes a lead to the notice, by hand in the console.

describeInBrowser('oversight in the console', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
  }, 120_000);
  afterAll(() => whole.close());

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const drawer = (page: Page) => page.locator('.ant-drawer');
  const submit = async (page: Page): Promise<void> => {
    await drawer(page).getByRole('button', { name: '提交', exact: true }).click();
    await page.locator('.ant-drawer .act-form').waitFor({ state: 'detached' });
  };
  const scan = async (page: Page): Promise<void> => {
    const { name, mediaType, bytes } = pdfFile();
    await drawer(page).locator('input[type=file]').setInputFiles({ name, mimeType: mediaType, buffer: bytes });
    await drawer(page).getByRole('button', { name }).waitFor();
  };

  test('applications are proposed and decided many at once, each with its own result', async () => {
    await aDirectory(whole);
    await anApplication(whole);
    await anApplication(whole);
    whole.clock.advance(1);
    const officer = await browsing.open(whole.url, { as: whole.bureau });
    await officer.visit('/console/pool-entries?state=applied');
    await officer.page.getByRole('checkbox').first().check();
    await press(officer.page, '批量拟定');
    await drawer(officer.page).getByLabel('文号', { exact: true }).fill('示例函〔2026〕9号');
    await drawer(officer.page).getByLabel('决定日').fill(whole.today());
    await drawer(officer.page).getByLabel('理由').fill('示例理由：经核对申请材料。');
    await press(officer.page, '核对内容');
    await press(officer.page, '提交 2 条');
    await officer.page.getByText('成功 2 条，未成功 0 条').waitFor();

    const lead = await browsing.open(whole.url, { as: whole.lead });
    await lead.visit('/console/pool-entries?state=applied');
    await lead.page.getByRole('checkbox').first().check();
    await press(lead.page, '批量作出决定');
    await lead.page.getByText('将按下列拟定逐项作出决定').waitFor();
    await press(lead.page, '对 2 项作出决定');
    await lead.page.getByText('成功 2 条，未成功 0 条').waitFor();
    const { items } = await done(whole.bureau.get('/pool-entries?state=admitted'));
    expect(items).toHaveLength(2);
  }, 120_000);

  test('an inspector takes a lead to the notice', async () => {
    const body = await anInstitution(whole);
    const v = await browsing.open(whole.url, { as: whole.inspector });
    const { page } = v;
    await v.visit('/console/cases');
    await press(page, '登记线索');
    await drawer(page).getByLabel('线索或案由').fill('示例线索：评估结论与现场不符');
    await drawer(page).getByLabel('线索来源').fill('示例抽查');
    await submit(page);
    await press(page, '立案');
    await drawer(page).getByLabel('日期').fill(whole.today());
    await drawer(page).getByLabel('文书名称或文号').fill('立案审批表');
    await scan(page);
    await submit(page);
    await press(page, '登记调查取证');
    await drawer(page).getByLabel('日期').fill(whole.today());
    await drawer(page).getByLabel('文书名称或文号').fill('调查报告');
    await scan(page);
    const names = await drawer(page).getByLabel('姓名', { exact: true }).all();
    expect(names).toHaveLength(2);
    for (const [n, field] of names.entries()) await field.fill(`示例人员${n + 1}`);
    const cards = await drawer(page).getByLabel('执法证件或工作证号').all();
    for (const [n, field] of cards.entries()) await field.fill(`示例证${n + 1}`);
    await submit(page);
    await press(page, '列入当事人并告知');
    await drawer(page).getByLabel('日期').fill(whole.today());
    await drawer(page).getByLabel('文书名称或文号').fill('告知书');
    await scan(page);
    await take(drawer(page).locator('#subject'), body.uscc);
    await take(drawer(page).getByLabel('事由'), '评估结论严重失实');
    await submit(page);
    await page.getByText('最短期限的推算').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(body.name);
    await v.settle();
  }, 120_000);
});
