import type { Page } from 'playwright-core';
import { done } from '../support/client';
import { aCaseSubject, aLot, anAssignment } from '../support/line-builders';
import { aMine, aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { take } from './support/filling';

// What officers and clerks do on the line, done by hand in the console.

describeInBrowser('the line in the console', (browsing) => {
  let whole: Whole;
  let institution: ReadyInstitution;
  beforeAll(async () => {
    whole = await wholeService();
    institution = await aReadyInstitution(whole);
  }, 120_000);
  afterAll(() => whole.close());

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  /** The form in the drawer is done when the drawer has gone. */
  const submit = async (page: Page): Promise<void> => {
    await page.locator('.ant-drawer').getByRole('button', { name: '提交', exact: true }).click();
    await page.locator('.ant-drawer .act-form').waitFor({ state: 'detached' });
  };
  const choose = async (page: Page, label: string, ...texts: string[]): Promise<void> => {
    const field = page.locator('.ant-drawer').getByLabel(label, { exact: true });
    for (const text of texts) await take(field, text);
    // A list of several stays open until one looks elsewhere.
    await page.locator('.ant-drawer-title').click();
  };

  test('a lot goes from the draft to an evaluation with its team', async () => {
    const mine = await aMine(whole);
    const { record } = await done(whole.bureau.get(`/mines/${mine}`));
    const officer = await browsing.open(whole.url, { as: whole.bureau });
    const { page } = officer;
    await officer.visit('/console/lots');
    await press(page, '拟制批次');
    await page.getByRole('textbox', { name: '名称' }).fill('示例手工批次');
    await choose(page, '评估用途', '生产矿山');
    await page.getByText('财政预算内委托').click();
    await page.getByLabel('采购项目编号').fill('示例项目1号');
    await choose(page, '矿山', record.name as string);
    await submit(page);
    await page.getByRole('heading', { name: '示例手工批次' }).waitFor();

    await press(page, '公布候选机构名单');
    await page.locator('.ant-drawer').getByRole('button', { name: '选择全部已纳入机构' }).click();
    await submit(page);
    await press(page, '委托');
    const { name } = await done(whole.bureau.get(`/institutions/${institution.id}`));
    await choose(page, '评估机构', name as string);
    await submit(page);
    const waiting = page.getByRole('region', { name: /待确认/ });
    await waiting.getByText(record.name as string).waitFor();
    await officer.settle();

    const clerk = await browsing.open(whole.url, { as: institution.clerk });
    await clerk.visit('/console/assignments');
    await clerk.page.getByRole('link', { name: record.name as string }).click();
    await press(clerk.page, '接受委托');
    for (const box of await clerk.page.locator('.ant-drawer input[type=checkbox]').all()) await box.check();
    await clerk.page.getByLabel('近一年与矿山企业的业务往来').fill('无');
    await submit(clerk.page);
    await clerk.page.getByRole('link', { name: '已委托' }).click();
    await press(clerk.page, '组建评估组');
    const [leader, ...members] = institution.staff.slice(0, 5).map((p) => p.name);
    await choose(clerk.page, '组长', leader!);
    await choose(clerk.page, '成员（不含组长）', ...members);
    await submit(clerk.page);
    await clerk.page.getByText('完成内业评估并登记。').waitFor();
    await clerk.settle();
  }, 120_000);

  test('a team that is too small is told which rules it does not meet, and how it would', async () => {
    const { evaluationIds } = await anAssignment(whole, institution);
    const v = await browsing.open(whole.url, { as: institution.clerk });
    v.mayRefuse(409, `/evaluations/${evaluationIds[0]!}/team`);
    await v.visit(`/console/evaluations/${evaluationIds[0]!}`);
    await press(v.page, '组建评估组');
    await choose(v.page, '组长', institution.staff[0]!.name);
    await choose(v.page, '成员（不含组长）', institution.staff[1]!.name);
    await v.page.locator('.ant-drawer').getByRole('button', { name: '提交', exact: true }).click();
    const said = v.page.getByRole('alert').filter({ hasText: '评估组不符合要求' });
    await said.waitFor();
    expect(await said.innerText()).toMatch(/要求5 ?人，实为2 ?人/);
    await v.checkAccess();
  }, 120_000);

  test('a lot of more mines than a page of the service holds is shown whole', async () => {
    const lot = await aLot(whole, [institution], { mines: 206 });
    const [first, second] = [lot.mineIds.slice(0, 200), lot.mineIds.slice(200, 205)];
    for (const mineIds of [first, second]) await anAssignment(whole, institution, { lot, mineIds });
    const { record } = await done(whole.bureau.get(`/mines/${lot.mineIds[205]!}`));
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit(`/console/lots/${lot.id}`);
    const column = (name: RegExp) => v.page.getByRole('region', { name });
    await column(/^未委托 1$/)
      .getByText(record.name as string)
      .waitFor();
    const working = column(/^评估中 205$/);
    await working.getByRole('button', { name: /再显示/ }).click();
    expect(await working.getByRole('listitem').count()).toBe(205);
    await v.checkAccess();
  }, 120_000);

  test('a barred assessor gets no offer, and the officer reads decision, last day and first free day', async () => {
    const barred = await aReadyInstitution(whole, { staff: 1 });
    const lot = await aLot(whole, [barred]);
    await aCaseSubject(whole, { kind: 'institution', id: barred.id }, { state: 'served' });
    const [bar] = (await done(whole.bureau.get(`/bars?subjectId=${barred.id}`))).items;
    const v = await browsing.open(whole.url, { as: whole.bureau });
    v.mayRefuse(409, `/lots/${lot.id}/assignments`);
    await v.visit(`/console/lots/${lot.id}`);
    await press(v.page, '委托');
    const { name } = await done(whole.bureau.get(`/institutions/${barred.id}`));
    await choose(v.page, '评估机构', name as string);
    await v.page.locator('.ant-drawer').getByRole('button', { name: '提交', exact: true }).click();
    const said = v.page.getByRole('alert').filter({ hasText: '不再采信期间内' });
    await said.waitFor();
    const text = await said.innerText();
    for (const fact of [bar.decisionNumber, bar.lastBarredDay, bar.freeFrom]) expect(text).toContain(fact);

    await v.visit(`/console/bars/${bar.id}`);
    const [year, month, day] = (bar.freeFrom as string).split('-').map(Number);
    await v.page.getByText(`可再次采信之日为${year}年${month}月${day}日`).waitFor();
  }, 120_000);
});
