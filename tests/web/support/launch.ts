import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../support/chromium';

/** Starts the machine's browser; it talks to nobody but the service. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error(
      'no Chromium on this machine: install it (Debian: apt-get install chromium) or name it in LUJIAN_CHROMIUM',
    );
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...quiet, '--lang=zh-CN', ...more],
  });
}
