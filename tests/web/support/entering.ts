import type { Locator, Page } from 'playwright-core';
import { createAuthenticator, type Authenticator } from '../../../src/cli/demo/second-factor';

// What people do at the entrance, by hand, in Chinese.

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Types into the sign-in page. */
export async function typeSignIn(page: Page, username: string, password: string, code?: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令', { exact: true }).fill(password);
  if (code !== undefined) await page.getByLabel('动态口令或恢复码').fill(code);
  await press(page, '登录');
}

/** After a sign-in with a one-time password. */
export async function chooseOwnPassword(page: Page, oneTime: string, own: string): Promise<void> {
  await page.getByRole('heading', { name: '首次登录，请更改口令' }).waitFor();
  await page.getByLabel('现口令').fill(oneTime);
  await page.getByLabel('新口令', { exact: true }).fill(own);
  await page.getByLabel('再次输入新口令').fill(own);
  await press(page, '更改口令');
}

/** A code holds for half a minute, and for that after it. */
const STEP_MS = 30_000;
const ENOUGH_MS = 15_000;

/** Lets the half minute at hand end where little of it is left: a code of the one before would be two old on arrival. */
async function earlyInStep(page: Page, now: () => number): Promise<void> {
  const left = STEP_MS - (now() % STEP_MS);
  if (left < ENOUGH_MS) await page.waitForTimeout(left + 100);
}

/** Turns the second factor on; answers the device and the recovery codes that were shown. */
export async function turnOnSecondFactor(
  page: Page,
  now: () => number,
): Promise<{ device: Authenticator; codes: string[] }> {
  await press(page, '生成密钥');
  const secret = await page.locator('code.code').first().innerText();
  await earlyInStep(page, now);
  const device = createAuthenticator(secret, now, -1);
  await page.getByLabel('六位动态口令').fill(device.code());
  await press(page, '启用动态口令');
  const shown = page.getByRole('region', { name: '恢复码' });
  await shown.waitFor();
  const codes = await shown.locator('code').allInnerTexts();
  await press(page, '已妥善保存，继续');
  return { device, codes };
}

/** The console's menu, which only those see who are in. */
export const menu = (page: Page): Locator => page.getByRole('navigation', { name: '功能菜单' });
