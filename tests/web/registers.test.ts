import type { Locator } from 'playwright-core';
import { instantText } from '../../src/kernel/pure/time';
import { inBeijing } from '../../src/web/words/write';
import { done } from '../support/client';
import {
  anExpert,
  aMine,
  anInstitution,
  anOrganisation,
  identityNumberOf,
  type AnInstitution,
} from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import type { Visitor } from './support/visitor';

describeInBrowser('work on the registers', (browsing) => {
  let whole: Whole;
  let institution: AnInstitution;
  let clerk: Person;
  beforeAll(async () => {
    whole = await wholeService();
    institution = await anInstitution(whole);
    clerk = await whole.enlist('institution', { institutionId: institution.id });
  });
  afterAll(() => whole.close());

  const drawer = (v: Visitor): Locator => v.page.getByRole('dialog');
  const field = (v: Visitor, name: string): Locator =>
    drawer(v).getByRole('textbox', { name: new RegExp(`^(\\* )?${name}`) });
  const submit = (v: Visitor): Promise<void> => drawer(v).getByRole('button', { name: '提交' }).click();
  const open = async (v: Visitor, address: string, button: string): Promise<void> => {
    await v.visit(address);
    await v.page.getByRole('button', { name: button, exact: true }).click();
  };

  test('the checklist says first what is not met and what to do about it, without a word for programs', async () => {
    const v = await browsing.open(whole.url, { as: clerk });
    await v.visit(`/console/institutions/${institution.id}?tab=readiness`);
    const text = await v.page.locator('main, #content').first().innerText();
    expect(text.indexOf('须办理')).toBeGreaterThan(-1);
    expect(text.indexOf('须办理')).toBeLessThan(text.indexOf('已符合'));
    expect(text).toContain('怎样达到');
    expect(text).not.toMatch(/POST|\/api\/|fileId/);
  });

  test('who reports a change sends what changed and nothing else', async () => {
    const v = await browsing.open(whole.url, { as: clerk });
    await open(v, '/console/institutions', '报告变更');
    await drawer(v).getByRole('combobox').first().click();
    await v.page.getByText('法定代表人', { exact: true }).last().click();
    await field(v, '变更发生日').fill(whole.today());
    await field(v, '变更情况说明').fill('更换法定代表人');
    await field(v, '法定代表人').fill('示例法定代表人');
    await submit(v);
    await v.page.getByText('待确认 1 件').waitFor();
    const { items } = await done(whole.bureau.get(`/institution-changes?institutionId=${institution.id}`));
    expect(items[0].proposal).toEqual({ organisation: { legalRepresentative: '示例法定代表人' }, documents: [] });
  });

  test('reports are confirmed many at once, each with its result', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit('/console/institution-changes?state=reported');
    await v.page.getByRole('row').nth(1).getByRole('checkbox').check();
    await v.page.getByRole('textbox', { name: '依据材料' }).fill('核对单');
    await v.page.getByRole('button', { name: '批量确认（1）' }).click();
    await v.page.getByText('成功 1 条，未成功 0 条').waitFor();
    const { record } = await done(whole.bureau.get(`/organisations/${institution.organisationId}`));
    expect(record.legalRepresentative).toBe('示例法定代表人');
  });

  test('an identity number is judged as typed, masked when left, and is in no draft and no address', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    const number = identityNumberOf(whole.next());
    whole.identities.push(number);
    await open(v, '/console/experts', '登记评估人员');
    const typed = drawer(v).getByRole('textbox', { name: '证件号码' });
    await typed.fill(`${number.slice(0, 17)}${number.endsWith('X') ? '1' : 'X'}`);
    await drawer(v).getByText('第18位校验码不符').waitFor();
    await typed.fill(number);
    await drawer(v).getByText('号码有效').waitFor();
    await field(v, '姓名').fill('示例新登记人员');
    await drawer(v)
      .getByText(`${number.slice(0, 3)}***********${number.slice(-4)}`)
      .waitFor();
    const kept = await v.page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])');
    expect(kept).toContain('示例新登记人员');
    expect(kept).not.toContain(number.slice(4, 16));
    await field(v, '自').first().fill(whole.today());
    await field(v, '依据材料').fill('登记表');
    await field(v, '职称名称').fill('高级工程师');
    await submit(v);
    await v.page.getByRole('heading', { name: '示例新登记人员' }).waitFor();
    expect(v.page.url()).not.toContain(number.slice(4, 16));
  });

  test('a name is looked for without standing in the address', async () => {
    const expert = await anExpert(whole, { name: '示例寻人姓名' });
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit('/console/experts');
    await v.page.getByPlaceholder('按姓名（含曾用名）查找').fill('示例寻人');
    await v.page.keyboard.press('Enter');
    await v.page.getByRole('link', { name: '示例寻人姓名' }).waitFor();
    expect(decodeURIComponent(v.page.url())).not.toContain('示例寻人');
    await v.page.getByRole('link', { name: expert.platformNumber }).click();
    await v.page.getByRole('heading', { name: '示例寻人姓名' }).waitFor();
  });

  test('two moments are compared by what was known then', async () => {
    const mine = await aMine(whole);
    const known = instantText(whole.clock.now());
    whole.clock.advance(120_000);
    const { version } = await done(whole.bureau.get(`/mines/${mine}`));
    const said = { from: whole.today(), sizeClass: 'large', paper: '示例储量核实意见' };
    await done(whole.bureau.post(`/mines/${mine}/versions`, said, { 'if-match': `"${version}"` }), 201);
    const v = await browsing.open(whole.url, { as: whole.bureau, at: whole.clock.now() });
    await v.visit(`/console/mines/${mine}?tab=history`);
    const earlier = v.page.getByRole('group', { name: '前一时点' });
    const { day, time } = inBeijing(Date.parse(known));
    await earlier.getByLabel('记录时点').fill(`${day}T${time}`);
    await v.page.getByRole('button', { name: '对照', exact: true }).click();
    const compared = v.page.getByRole('region', { name: '列表' }).first();
    await compared.getByRole('row').filter({ hasText: '生产规模' }).filter({ hasText: '大型' }).waitFor();
    expect(await compared.getByRole('row').count()).toBe(2);
  });

  test('a sheet is checked, its faults are shown, and the good rows are registered after a reload', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit('/console/imports/new?kind=mines');
    const bytes = Buffer.from('矿山名称,省份\n示例导入一号矿,山东省\n示例导入二号矿,没有的省\n');
    await v.page.locator('input[type=file]').setInputFiles({ name: '矿山.csv', mimeType: 'text/csv', buffer: bytes });
    await v.page.getByRole('button', { name: '上传并检查' }).click();
    await v.page.getByText('不是省级行政区的名称或代码').waitFor();
    await v.page.reload();
    await v.page.getByText('有 1 行有误，不能选择此项').waitFor();
    await v.page.getByRole('button', { name: '登记', exact: true }).click();
    await v.page.getByText('已登记 1 行').waitFor();
    await v.page.getByRole('link', { name: '查看登记' }).click();
    await v.page.getByRole('link', { name: '示例导入一号矿' }).waitFor();
  });

  test('a list is fetched as a file with the filters of the screen', async () => {
    const { name } = await anOrganisation(whole);
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit(`/console/organisations?q=${encodeURIComponent(name)}`);
    await v.page.getByRole('button', { name: '导出台账' }).click();
    const asked = v.page.waitForRequest((request) => request.url().includes('/exports/organisations'));
    await v.page.getByText('CSV（UTF-8）').click();
    const url = new URL((await asked).url());
    expect(Object.fromEntries(url.searchParams)).toEqual({ q: name, format: 'csv' });
  });
});
