import { done } from '../support/client';
import { anOrganisation, type Body } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import type { Visitor } from './support/visitor';

describeInBrowser('others at the same record and at the same browser', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
  });
  afterAll(() => whole.close());

  const amendment = (v: Visitor) => v.page.getByRole('dialog').filter({ hasText: '登记变更' });
  const field = (v: Visitor, name: string) =>
    amendment(v).getByRole('textbox', { name: new RegExp(`^(\\* )?${name}$`) });

  async function openAmendment(v: Visitor, body: Body): Promise<void> {
    await v.visit(`/console/organisations/${body.id}`);
    await v.page.getByRole('button', { name: '登记变更' }).click();
  }
  async function fillIn(v: Visitor, name: string): Promise<void> {
    await field(v, '自').fill(whole.today());
    await field(v, '依据材料').fill('变更通知书');
    await field(v, '名称').fill(name);
  }
  const submit = (v: Visitor): Promise<void> => amendment(v).getByRole('button', { name: '提交' }).click();
  const nameNow = async (body: Body): Promise<string> =>
    (await done(whole.bureau.get(`/organisations/${body.id}`))).record.name as string;

  /** Another tab of the same browser was signed out and in again. */
  async function signInElsewhere(v: Visitor, who: Person): Promise<void> {
    const [name, ...value] = (who.cookieHeaders()['cookie'] ?? '').split('=');
    await v.context.addCookies([
      { name: name!, value: value.join('='), url: whole.url, sameSite: 'Strict', httpOnly: true },
    ]);
  }

  test('a draft from before somebody else’s change is shown beside it, and overwrites nothing unseen', async () => {
    const body = await anOrganisation(whole);
    const first = await browsing.open(whole.url, { as: whole.bureau });
    await openAmendment(first, body);
    await fillIn(first, '示例草稿更名有限公司');
    await amendment(first).getByRole('button', { name: '取消' }).click();
    const second = await browsing.open(whole.url, { as: whole.reviewer });
    await openAmendment(second, body);
    await fillIn(second, '示例先办更名有限公司');
    await submit(second);
    await second.page.getByRole('heading', { name: '示例先办更名有限公司' }).waitFor();
    await openAmendment(first, body);
    await first.page.getByText('已恢复未提交的草稿').waitFor();
    first.mayRefuse(412, `/organisations/${body.id}`);
    await submit(first);
    const both = first.page.getByRole('dialog', { name: '填写期间，他人更新了该记录' });
    await both.waitFor();
    expect(await nameNow(body)).toBe('示例先办更名有限公司');
    await first.page.keyboard.press('Escape');
    await both.waitFor({ state: 'hidden' });
    expect(await field(first, '名称').inputValue()).toBe('示例草稿更名有限公司');
    await submit(first);
    await both.getByRole('button', { name: '仍以我填写的提交' }).click();
    await first.page.getByRole('heading', { name: '示例草稿更名有限公司' }).waitFor();
  });

  test('the browser is signed in as somebody else by another tab: nothing goes out under that name, the page says so', async () => {
    const body = await anOrganisation(whole);
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await openAmendment(v, body);
    await fillIn(v, '示例冒名更名有限公司');
    await signInElsewhere(v, whole.reviewer);
    v.mayRefuse(403, '/api/v1/');
    await submit(v);
    await v.page.getByText(`本浏览器已改由“${whole.reviewer.name}”登录`).waitFor();
    await v.page.getByRole('button', { name: `账号：${whole.reviewer.name}` }).waitFor();
    expect(await amendment(v).count()).toBe(0);
    expect(await nameNow(body)).toBe(body.name);
    await openAmendment(v, body);
    await field(v, '名称').waitFor();
    expect(await field(v, '名称').inputValue()).toBe(body.name);
  });

  test('a page that nobody tends asks nothing by itself, so that its session ends; touched, it asks again', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.page.clock.install();
    await v.visit('/console/deadlines');
    let count = 0;
    v.page.on('request', (request) => void (count += request.url().includes('/api/v1/') ? 1 : 0));
    await v.page.clock.runFor('03:05');
    expect(count).toBeGreaterThan(0);
    await v.page.clock.fastForward('10:00');
    await v.settle();
    count = 0;
    await v.page.clock.runFor('25:00');
    expect(count).toBe(0);
    await v.page.keyboard.press('Shift');
    await v.page.clock.runFor('01:05');
    expect(count).toBeGreaterThan(0);
    await v.settle();
  });

  test('a year that is still being typed asks nothing and leaves the field where it is', async () => {
    const body = await anOrganisation(whole);
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit(`/console/organisations/${body.id}`);
    const asOf = v.page.getByLabel('有效时点');
    await asOf.fill('0020-01-15');
    await asOf.blur();
    expect(v.page.url()).not.toContain('asOf');
    await asOf.fill(whole.today());
    await asOf.press('Enter');
    await v.page.waitForURL(/asOf=/);
    await v.settle();
    expect(await asOf.inputValue()).toBe(whole.today());
  });

  test('signing out without an answer says that one is still signed in; with one it ends the session', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    await v.visit('/console/');
    const silent = '**/api/v1/session/oidc/sign-out';
    await v.page.route(silent, (route) => route.abort('aborted'));
    await v.page.getByRole('button', { name: `账号：${whole.bureau.name}` }).click();
    await v.page.getByRole('menuitem', { name: '退出' }).click();
    await v.page.getByText('未能退出').waitFor();
    await v.page.unroute(silent);
    await v.page.getByRole('button', { name: `账号：${whole.bureau.name}` }).click();
    await v.page.getByRole('menuitem', { name: '退出' }).click();
    await v.page.getByRole('heading', { name: '登录' }).waitFor();
    // The browser itself notes the request that was cut off.
    expect(v.faults().filter((f) => !f.includes('ERR_ABORTED'))).toEqual([]);
  });
});
