import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startShipped, type Shipped } from '../kill/shipped';
import { migratedDatabase, type Migrated } from '../support/migrated';
import { freePort } from '../support/server-process';
import { describeInBrowser } from './support/browser';
import { chooseOwnPassword, menu, turnOnSecondFactor, typeSignIn } from './support/entering';

const OWN = 'a sentence that only one person knows';
const offices = [
  { role: '系统管理员', username: 'system', name: '示例运维人员' },
  { role: '审计管理员', username: 'audit', name: '示例审计人员' },
  { role: '经办人', username: 'officer', name: '示例经办人员' },
];

describeInBrowser('the first start, as it is printed and done in the browser', (browsing) => {
  let directory: string;
  let database: Migrated;
  let service: Shipped;
  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-first-'));
    database = await migratedDatabase(directory);
    const onServer = {
      LUJIAN_MASTER_KEY: 'a master key for tests, long enough',
      LUJIAN_DATABASE_URL: database.url ?? '',
    };
    const env: Record<string, string> = database.url ? onServer : {};
    service = await startShipped({ directory, port: await freePort(), env });
  });
  afterAll(async () => {
    await service.stop();
    await database.giveBack();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  test('one-time password, own password, second factor, authority, accounts with their posts', async () => {
    const { username, oneTimePassword } = service.firstAccount!;
    const admin = await browsing.open(service.baseUrl);
    const { page } = admin;
    await admin.visit('/console/');
    await typeSignIn(page, username, oneTimePassword);
    await chooseOwnPassword(page, oneTimePassword, OWN);
    const { codes, device } = await turnOnSecondFactor(page, Date.now);
    expect(new Set(codes).size).toBeGreaterThanOrEqual(8);
    await page.getByRole('heading', { name: '开始使用' }).waitFor();
    await admin.checkAccess();

    await page.getByRole('button', { name: '设定主管机关' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('行政区划代码').fill('370000');
    await drawer.getByLabel('机关全称').fill('示例省自然资源厅');
    await drawer.getByRole('button', { name: '提交' }).click();
    await page.locator('.authority', { hasText: '示例省自然资源厅' }).waitFor();
    await drawer.waitFor({ state: 'hidden' });

    const slips: Record<string, string> = {};
    for (const { role, username: made, name } of offices) {
      await page.getByRole('button', { name: `新建账号：${role}` }).click();
      await page.getByLabel('用户名').fill(made);
      await page.getByLabel('姓名').fill(name);
      await page.getByRole('button', { name: '建立账号' }).click();
      const slip = page.getByRole('region', { name: '首次登录单' });
      await slip.waitFor();
      slips[made] = await slip.locator('strong.code').innerText();
      await slip.getByText(name).first().waitFor();
      await page.getByRole('button', { name: '设立岗位' }).click();
      await page.getByRole('link', { name: '查看账号' }).waitFor();
      await admin.settle();
      await page.getByRole('main').getByRole('link', { name: '工作台' }).click();
    }
    await page.getByText('已完成 4 / 6').waitFor();

    // The person to whom the slip was handed.
    const officer = await browsing.open(service.baseUrl, { size: 'phone' });
    await officer.visit('/console/');
    await typeSignIn(officer.page, 'officer', slips['officer']!);
    await chooseOwnPassword(officer.page, slips['officer']!, OWN);
    await officer.page.getByRole('heading', { name: '工作台' }).waitFor();
    await officer.page.getByRole('button', { name: '打开菜单' }).click();
    await menu(officer.page).getByRole('link', { name: '组织' }).waitFor();
    await officer.settle();

    // A recovery code lets in once, and only once.
    const lost = await browsing.open(service.baseUrl);
    await lost.visit('/console/');
    lost.mayRefuse(401, '/api/v1/session');
    await typeSignIn(lost.page, username, OWN, codes[0]);
    await menu(lost.page).waitFor();
    const again = await browsing.open(service.baseUrl);
    await again.visit('/console/');
    again.mayRefuse(401, '/api/v1/session');
    await typeSignIn(again.page, username, OWN, codes[0]);
    await again.page.getByRole('alert').waitFor();
    await again.page.getByLabel('动态口令或恢复码').fill(device.code());
    await again.page.getByRole('button', { name: '登录', exact: true }).click();
    await menu(again.page).waitFor();
  }, 120_000);
});
