import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { projectRoot } from '../../../src/version';
import { launchBrowser } from '../support/launch';
import { openDemoGround } from './demo-ground';

// What a browser that comes for the first time transfers, by gzip as the farthest of proxies can: heads and bodies of
// all replies until the page is quiet. Exits with 1 when a page is heavier than it may be.

const KB = 1024;

interface Part {
  url: string;
  bytes: number;
}

interface Page {
  name: string;
  address: string;
  limit: number;
  cookie?: string;
}

async function transferred(context: BrowserContext, base: string, address: string): Promise<Part[]> {
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  const urls = new Map<string, string>();
  const parts: Part[] = [];
  client.on('Network.responseReceived', (e) => void urls.set(e.requestId, e.response.url));
  client.on('Network.loadingFinished', (e) => {
    const url = urls.get(e.requestId);
    if (url?.startsWith('http')) parts.push({ url: url.replace(base, ''), bytes: e.encodedDataLength });
  });
  await page.goto(`${base}${address}`, { waitUntil: 'networkidle' });
  await page.close();
  return parts.sort((a, b) => b.bytes - a.bytes);
}

/** Which packages a script of the build was made of, heaviest first; from the list that the build leaves. */
function madeOf(url: string): string {
  const file = path.join(projectRoot(), 'dist', 'web-parts.json');
  const lists = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, number>>;
  const list = Object.entries(lists[path.basename(url)] ?? {}).sort(([, a], [, b]) => b - a);
  const all = list.reduce((sum, [, n]) => sum + n, 0);
  return list
    .filter(([, n]) => n / all > 0.02)
    .slice(0, 12)
    .map(([name, n]) => `${name} ${Math.round((100 * n) / all)}%`)
    .join(', ');
}

const kb = (bytes: number): string => `${(bytes / KB).toFixed(1).padStart(7)} KB`;

async function measure(browser: Browser, base: string, page: Page): Promise<boolean> {
  const context = await browser.newContext({ locale: 'zh-CN', extraHTTPHeaders: { 'accept-encoding': 'gzip' } });
  if (page.cookie) {
    const [name, ...value] = page.cookie.split('=');
    await context.addCookies([{ name: name!, value: value.join('='), url: base }]);
  }
  const parts = await transferred(context, base, page.address);
  await context.close();
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
  const fits = sum <= page.limit;
  process.stdout.write(`${fits ? 'ok    ' : 'FAILED'} ${page.name}: ${kb(sum).trim()} of ${page.limit / KB} KB\n`);
  for (const { url, bytes } of parts) {
    const content = url.includes('/assets/') ? madeOf(url) : '';
    process.stdout.write(`  ${kb(bytes)}  ${url}${content ? `\n              ${content}` : ''}\n`);
  }
  return fits;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  const ground = await openDemoGround(values.data);
  const browser = await launchBrowser();
  try {
    const officer = ground.accounts.find((a) => a.role === 'bureau')!;
    const { cookie } = (await ground.seat(officer)).cookieHeaders();
    const pages: Page[] = [
      { name: 'public search', address: `/search?q=${encodeURIComponent('示例')}`, limit: 60 * KB },
      { name: 'console, first screen of an officer', address: '/console/', limit: 450 * KB, cookie },
    ];
    let fits = true;
    for (const page of pages) fits = (await measure(browser, ground.baseUrl, page)) && fits;
    return fits;
  } finally {
    await browser.close();
    await ground.close();
  }
}

main().then(
  (fits) => process.exit(fits ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
