import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { anInstitution, anOrganisation, type Body } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { menu, typeSignIn } from './support/entering';
import type { Visitor } from './support/visitor';

const HOUR = 3600_000;

describeInBrowser('work at the console', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
  });
  afterAll(() => whole.close());

  const asBureau = (): Promise<Visitor> => browsing.open(whole.url, { as: whole.bureau });
  const nameNow = async (body: Body): Promise<string> =>
    (await done(whole.bureau.get(`/organisations/${body.id}`))).record.name as string;

  const formOf = (visitor: Visitor) => visitor.page.getByRole('dialog').filter({ hasText: /登记组织|登记变更/ });
  /** A field by its name, whether it is marked as needed or not. */
  const field = (visitor: Visitor, name: string) =>
    formOf(visitor).getByRole('textbox', { name: new RegExp(`^(\\* )?${name}$`) });
  const submit = (visitor: Visitor): Promise<void> => formOf(visitor).getByRole('button', { name: '提交' }).click();

  /** Opens the form of a change and names the body anew in it. */
  async function renameTo(visitor: Visitor, body: Body, name: string): Promise<void> {
    await visitor.visit(`/console/organisations/${body.id}`);
    await visitor.page.getByRole('button', { name: '登记变更' }).click();
    await field(visitor, '自').fill(whole.today());
    await field(visitor, '依据材料').fill('变更通知书');
    await field(visitor, '名称').fill(name);
  }

  async function openNewBody(visitor: Visitor): Promise<void> {
    await visitor.visit('/console/organisations');
    await visitor.page.getByRole('button', { name: '登记组织' }).click();
  }

  test('two people change the same body: the later sees both versions side by side, nothing is overwritten', async () => {
    const body = await anOrganisation(whole);
    const first = await asBureau();
    const second = await browsing.open(whole.url, { as: whole.reviewer });
    await renameTo(first, body, '示例甲更名有限公司');
    await renameTo(second, body, '示例乙更名有限公司');
    await submit(first);
    await first.page.getByRole('heading', { name: '示例甲更名有限公司' }).waitFor();
    second.mayRefuse(412, `/organisations/${body.id}`);
    await submit(second);
    const both = second.page.getByRole('dialog', { name: '填写期间，他人更新了该记录' });
    const row = both.getByRole('row').filter({ hasText: '名称' });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['名称', '示例甲更名有限公司', '示例乙更名有限公司']);
    await second.checkAccess();
    expect(await nameNow(body)).toBe('示例甲更名有限公司');
    await both.getByRole('button', { name: '仍以我填写的提交' }).click();
    await second.page.getByRole('heading', { name: '示例乙更名有限公司' }).waitFor();
    expect(await nameNow(body)).toBe('示例乙更名有限公司');
  });

  test('who leaves a half-filled form is asked; the draft is there on return, and in the same tab after reloading', async () => {
    const v = await asBureau();
    await v.visit('/console/');
    await menu(v.page).getByRole('link', { name: '组织' }).click();
    await v.page.getByRole('button', { name: '登记组织' }).click();
    await field(v, '名称').fill('示例未填完有限公司');
    await v.page.goBack();
    const question = v.page.getByRole('dialog').filter({ hasText: '有未提交的内容' });
    await question.getByRole('button', { name: '继续填写' }).click();
    expect(await field(v, '名称').inputValue()).toBe('示例未填完有限公司');
    const asked = v.page.waitForEvent('dialog');
    await v.page.reload();
    expect((await asked).type()).toBe('beforeunload');
    await openNewBody(v);
    await v.page.getByText('已恢复未提交的草稿').waitFor();
    expect(await field(v, '名称').inputValue()).toBe('示例未填完有限公司');
    await v.page.getByRole('button', { name: '清除草稿' }).click();
    expect(await field(v, '名称').inputValue()).toBe('');
  });

  test('faults are said at their fields, in words and with the cure', async () => {
    const v = await asBureau();
    await openNewBody(v);
    await field(v, '统一社会信用代码').fill('91370000MA3X00010');
    await field(v, '名称').fill('示例代码有误有限公司');
    await submit(v);
    await v.page.getByText(/有 \d+ 处须改正/).waitFor();
    const said = await formOf(v).locator('.ant-form-item').filter({ hasText: '统一社会信用代码' }).innerText();
    expect(said).toMatch(/18\s*位/);
    await v.checkAccess();
  });

  test('a filter is in the address: it survives reloading and can be sent to a colleague', async () => {
    const body = await anOrganisation(whole, { name: '示例查找专用有限公司' });
    const other = await anOrganisation(whole);
    const v = await asBureau();
    await v.visit('/console/organisations');
    const rows = v.page.getByRole('region', { name: '列表' });
    await rows.getByText(other.name).waitFor();
    await v.page.getByRole('searchbox', { name: '名称（含曾用名）或信用代码' }).fill('查找专用');
    await v.page.getByRole('button', { name: '查找' }).click();
    await rows.getByText(other.name).waitFor({ state: 'detached' });
    await rows.getByText(body.name).waitFor();
    const address = v.page.url();
    await v.page.reload();
    await rows.getByText(body.name).waitFor();
    expect(await rows.getByRole('row').count()).toBe(2);
    const colleague = await browsing.open(whole.url, { as: whole.reviewer });
    await colleague.visit(address);
    expect(await colleague.page.getByRole('region', { name: '列表' }).innerText()).toContain(body.name);
    await v.page.getByRole('button', { name: '清除条件' }).click();
    await rows.getByText(other.name).waitFor();
  });

  test('language and theme stay as chosen, after reloading and after signing in anew', async () => {
    const v = await asBureau();
    await v.visit('/console/');
    await v.page.getByRole('button', { name: 'English' }).click();
    await v.page.getByRole('heading', { name: 'My work' }).waitFor();
    await v.page.getByRole('button', { name: `Account：${whole.bureau.name}` }).click();
    await v.page.getByRole('menuitem', { name: 'Dark' }).click();
    await v.page.reload();
    await v.page.getByRole('heading', { name: 'My work' }).waitFor();
    expect(await v.page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await v.page.locator('html').getAttribute('lang')).toBe('en');
    await v.settle();
    await v.checkAccess();
  });

  test('what looks like a program in a stored text is shown as text, everywhere', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const uscc = creditCodeOf(whole.next());
    const v = await asBureau();
    await openNewBody(v);
    await field(v, '统一社会信用代码').fill(uscc);
    await field(v, '名称').fill(name);
    await field(v, '自').fill('2020-01-01');
    await field(v, '依据材料').fill('"><script>alert(2)</script>');
    await formOf(v).getByText('企业', { exact: true }).click();
    await submit(v);
    await v.page.getByRole('heading', { name }).waitFor();
    await v.settle();
    const id = /organisations\/([0-9a-f-]{36})/.exec(v.page.url())![1]!;
    const institution = await anInstitution(whole, { id, uscc, name });
    for (const place of [`organisations/${id}`, 'organisations', `institutions/${institution.id}`, 'institutions']) {
      await v.visit(`/console/${place}`);
      expect(await v.page.locator('#content').innerText()).toContain(name);
    }
    await v.visit(`/search?q=${encodeURIComponent(uscc)}`);
    expect(await v.page.locator('main').innerText()).toContain(name);
    await v.visit(`/search?q=${encodeURIComponent(name)}`);
    expect(await v.page.locator('img[src="x"], script:not([src])').count()).toBe(0);
  });

  test('the session ends under a half-filled form: a wrong password says why, the right one goes on with the draft', async () => {
    const v = await browsing.open(whole.url);
    const { username, password } = whole.bureau;
    await v.visit('/console/');
    await typeSignIn(v.page, username, password);
    await menu(v.page).waitFor();
    await openNewBody(v);
    await field(v, '统一社会信用代码').fill(creditCodeOf(whole.next()));
    await field(v, '名称').fill('示例续填有限公司');
    await field(v, '自').fill('2020-01-01');
    await field(v, '依据材料').fill('登记证书');
    await formOf(v).getByText('企业', { exact: true }).click();
    whole.clock.advance(24 * HOUR);
    v.mayRefuse(401, '/api/v1/');
    await submit(v);
    const again = v.page.getByRole('dialog', { name: '会话已结束' });
    await again.getByLabel('用户名').fill(username);
    await again.getByLabel('口令', { exact: true }).fill('not the sentence');
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.getByRole('alert').waitFor();
    expect(await again.getByRole('alert').innerText()).toMatch(/口令/);
    await again.getByLabel('口令', { exact: true }).fill(password);
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    expect(await field(v, '名称').inputValue()).toBe('示例续填有限公司');
    await submit(v);
    await v.page.getByRole('heading', { name: '示例续填有限公司' }).waitFor();
    await v.settle();
  });
});
