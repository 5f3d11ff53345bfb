import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { accessFindings, looks, sightFindings, sizes, type Look } from './looks';

/** One person at one browser, whose every fault is noted. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens an address of the service and waits until the page is quiet; what is wrong with the page is a fault. */
  visit(address: string): Promise<void>;
  /** Waits until nothing is being loaded, then looks for raw keys and overflow. */
  settle(): Promise<void>;
  /** Refusals that belong to the story: a reply with this status for addresses with this text is no fault. */
  mayRefuse(status: number, address: string): void;
  /** Fails on what axe finds serious or critical on the page as it is. */
  checkAccess(): Promise<void>;
  /** Opens the address in both languages, light and dark, at both sizes, and checks each. */
  checkLooks(address: string): Promise<void>;
  /** Takes a look from here on: language and theme as chosen in the console, and the size of the window. */
  wear(look: Look): Promise<void>;
  /** What went wrong since the last question. */
  faults(): string[];
  close(): Promise<void>;
}

export interface VisitorOptions extends Partial<Look> {
  /** Somebody who is signed in already: the browser takes over their session. */
  as?: { cookieHeaders(): Readonly<Record<string, string>> };
  javaScript?: boolean;
  /** What the browser's clock shows at first, ms; else the true time. */
  at?: number;
}

interface Allowed {
  status: number;
  address: string;
}

/** Notes page errors, anything the console says above plain words, failed requests and refusals. */
function watch(
  context: BrowserContext,
  base: string,
  allowed: readonly Allowed[],
  note: (fault: string) => void,
): void {
  const isAllowed = (status: number, url: string): boolean =>
    allowed.some((a) => a.status === status && url.includes(a.address));
  const statusIn = (text: string): number => Number(/status of (\d+)/.exec(text)?.[1] ?? 0);
  context.on('weberror', (event) => note(`page error: ${event.error().stack ?? event.error().message}`));
  context.on('console', (message: ConsoleMessage) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const [text, url] = [message.text(), message.location().url];
    // Told by the reply itself below.
    if (text.startsWith('Failed to load resource') && statusIn(text) > 0) return;
    note(`console ${message.type()}: ${text} (${url})`);
  });
  context.on('dialog', (dialog) => {
    // The browser's own question before leaving is part of a story; no other is ours.
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? '';
    // A page that was left takes back what it asked; downloads end a navigation this way too. Scripts of a browser that
    // runs none count as forbidden.
    if (text !== 'net::ERR_ABORTED' && text !== 'csp')
      note(`request failed: ${request.method()} ${request.url()} ${text}`);
  });
  context.on('response', (response) => {
    const url = response.url();
    if (response.status() >= 400 && !isAllowed(response.status(), url))
      note(`${response.request().method()} ${url.replace(base, '')} answered ${response.status()}`);
  });
}

const QUIET_MS = 150;
const MOST_MS = 6_000;

/** Waits until the page has asked nothing for a moment: a screen that changes without a new page loads too. */
function countRequests(page: Page): () => Promise<void> {
  let open = 0;
  page.on('request', () => void (open += 1));
  page.on('requestfinished', () => void (open -= 1));
  page.on('requestfailed', () => void (open -= 1));
  return async () => {
    // What waits for the service's news (imports) never ends by itself.
    for (let still = 0, waited = 0; still < QUIET_MS && waited < MOST_MS; waited += 50) {
      await page.waitForTimeout(50);
      still = open <= 0 ? still + 50 : 0;
    }
  };
}

/** Leaves in the browser what somebody chose in the console before. */
async function choose(page: Page, base: string, { language, dark }: Look): Promise<void> {
  const kept = { 'lujian.language': language, 'lujian.theme': dark ? 'dark' : 'light' };
  if (!page.url().startsWith(base)) await page.goto(`${base}/healthz`);
  await page.evaluate(`Object.entries(${JSON.stringify(kept)}).forEach(([k, v]) => localStorage.setItem(k, v))`);
}

function newContext(browser: Browser, base: string, look: Look, javaScript: boolean): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: base,
    viewport: sizes[look.size],
    colorScheme: look.dark ? 'dark' : 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
  });
}

/** Opens a browser window of somebody's own at the service. */
export async function openVisitor(browser: Browser, base: string, options: VisitorOptions = {}): Promise<Visitor> {
  const { as, javaScript = true, at, ...wanted } = options;
  let look: Look = { language: 'zh-CN', dark: false, size: 'desk', ...wanted };
  const context = await newContext(browser, base, look, javaScript);
  // A refusal by the page shows at once; a loaded machine is given time.
  context.setDefaultTimeout(30_000);
  if (at !== undefined) await context.clock.setSystemTime(at);
  if (as) {
    const [name, ...value] = (as.cookieHeaders()['cookie'] ?? '').split('=');
    await context.addCookies([{ name: name!, value: value.join('='), url: base, sameSite: 'Strict', httpOnly: true }]);
  }
  const noted: string[] = [];
  const allowed: Allowed[] = [];
  watch(context, base, allowed, (fault) => void noted.push(fault));
  const page = await context.newPage();
  await choose(page, base, look);
  const quiet = countRequests(page);
  const settle = async (): Promise<void> => {
    await page.waitForLoadState('networkidle');
    await quiet();
    if (javaScript) await page.locator('.waiting, .ant-spin-spinning').first().waitFor({ state: 'hidden' });
    noted.push(...(await sightFindings(page)).map((f) => `${page.url().replace(base, '')}: ${f}`));
  };
  const visit = async (address: string): Promise<void> => {
    await page.goto(address, { waitUntil: 'load' });
    await settle();
  };
  const checkAccess = async (): Promise<void> => {
    const found = await accessFindings(page);
    if (found.length > 0) throw new Error(`${page.url()} ${JSON.stringify(look)}\n${found.join('\n')}`);
  };
  const wear = async (next: Look): Promise<void> => {
    look = next;
    await page.setViewportSize(sizes[look.size]);
    await page.emulateMedia({ colorScheme: look.dark ? 'dark' : 'light' });
    await choose(page, base, look);
  };
  return {
    page,
    context,
    visit,
    settle,
    mayRefuse: (status, address) => void allowed.push({ status, address }),
    checkAccess,
    wear,
    async checkLooks(address) {
      for (const next of looks) {
        await wear(next);
        await visit(address);
        await checkAccess();
      }
    },
    faults: () => noted.splice(0),
    close: () => context.close(),
  };
}
