import type { Page } from 'playwright-core';
import { done } from '../support/client';
import { aDirectory, anApplication } from '../support/play-pool';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

// What two officers decide together, by hand in the console.

describeInBrowser('oversight in the console', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
  }, 120_000);
  afterAll(() => whole.close());

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const drawer = (page: Page) => page.locator('.ant-drawer');

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
});
