import type { Locator, Page } from 'playwright-core';

// How people fill in the console's forms, in Chinese.

/** A file as it lies on somebody's desk. */
export interface DeskFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Marked as needed or not. */
const named = (label: string): RegExp => new RegExp(`^(\\* )?${escaped(label)}$`);

/** The drawer that the button opens. */
export async function openForm(page: Page, button: string): Promise<Locator> {
  await page.getByRole('button', { name: button, exact: true }).click();
  return page.getByRole('dialog', { name: button, exact: true });
}

/** Types into a field. */
export const fill = (form: Locator, label: string, text: string): Promise<void> =>
  form.getByRole('textbox', { name: named(label) }).fill(text);

/** Ticks a box. */
export const tick = (form: Locator, label: string): Promise<void> =>
  form.getByRole('checkbox', { name: label }).check();

const TRIES = 3;

/** Takes one entry of a list that opens; typing finds what is not shown at first. */
export async function take(box: Locator, option: string): Promise<void> {
  const shown = box.locator('xpath=ancestor::div[contains(concat(" ", @class, " "), " ant-select ")][1]');
  const entry = box
    .page()
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: option })
    .first();
  // As people do: look whether it was taken, and choose again where the list moved under the hand.
  for (let tries = 1; ; tries += 1) {
    await box.click();
    if (await box.isEditable()) await box.fill(option);
    await entry.click();
    const seen = shown.filter({ hasText: option }).waitFor({ timeout: 2_000 });
    const isTaken = await seen.then(
      () => true,
      () => false,
    );
    if (isTaken) return;
    if (tries === TRIES) throw new Error(`${option} was not taken`);
  }
}

/** Chooses from a list that opens, by what its entries begin with. */
export async function choose(form: Locator, label: string, options: readonly string[]): Promise<void> {
  const box = form.getByRole('combobox', { name: named(label) });
  for (const option of options) await take(box, option);
  // A list of several stays open until one goes on elsewhere.
  await form.locator('.ant-drawer-title').click();
}

/** Uploads a file and waits until the service has it. */
export async function attach(form: Locator, label: string, file: DeskFile): Promise<void> {
  const field = form.locator('.ant-form-item').filter({ hasText: label });
  await field.locator('input[type=file]').setInputFiles(file);
  await field.getByRole('button', { name: file.name }).waitFor();
}

/** Submits and waits until the drawer is gone. */
export async function send(form: Locator): Promise<void> {
  await form.getByRole('button', { name: '提交', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
}
