import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/launch';
import { accessFindings, sizes, type Look } from '../support/looks';
import { openVisitor, type Visitor } from '../support/visitor';
import { openDemoGround, type DemoGround } from './demo-ground';

// Pictures of all pages as people of the demonstration see them. Places of the console are found in the menu of each
// role, records by the first link of each list, public pages by the links of the first: new ones come by themselves.
// Fails on texts that nobody wrote, page errors, refusals, and pages wider than their window.

interface Wish {
  out: string;
  data?: string;
  languages: readonly Look['language'][];
  dark: boolean;
  /** Each place by the first role that has it. */
  brief: boolean;
  access: boolean;
}

const languagesKnown = ['zh-CN', 'en'] as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readWish(): Wish {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { out: text, data: text, english: flag, language: text, dark: flag, access: flag, brief: flag },
  });
  if (!values.out)
    throw new Error(
      'usage: npm run screenshots -- --out DIR [--data DEMO-DIR] [--english | --language zh-CN|en] [--dark] [--access] [--brief]',
    );
  const only = languagesKnown.filter((language) => language === (values.language ?? 'zh-CN'));
  if (only.length === 0) throw new Error(`--language ${values.language} is not one of ${languagesKnown.join(', ')}`);
  const languages = values.english ? languagesKnown : only;
  return { ...values, out: path.resolve(values.out), languages };
}

interface Shooting {
  wish: Wish;
  visitor: Visitor;
  base: string;
  /** Whose eyes: a role, or the public. */
  who: string;
  language: Look['language'];
  /** Places by fault. */
  faults: Map<string, string[]>;
  /** Places that have their pictures. */
  shown: Set<string>;
}

/** Paths of the service to which a part of the page links, each once. */
async function linksOf({ visitor, base }: Shooting, within: string): Promise<string[]> {
  const all = await visitor.page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(within)} + ' a[href]')].map((a) => a.href)`,
  );
  return [...new Set(all.filter((href) => href.startsWith(base)).map((href) => new URL(href).pathname))];
}

const RECORD = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

const nameOf = (address: string): string =>
  decodeURIComponent(address)
    .replace(/^\/console(?=\/|$)/, '')
    .replace(RECORD, 'record')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^-|-$/g, '') || 'home';

/** The page at both sizes; a place that was shown already is left out of a brief round. */
async function shoot(shooting: Shooting, address: string): Promise<void> {
  const { wish, visitor, who, language, faults, shown } = shooting;
  const name = nameOf(address);
  const known = `${language} ${name}`;
  if (wish.brief && name !== 'home' && shown.has(known)) return;
  shown.add(known);
  const note = (fault: string): void => {
    const places = faults.get(fault) ?? [];
    faults.set(fault, [...places, `${who}.${name}.${language}`]);
  };
  const picture = async (size: keyof typeof sizes): Promise<void> => {
    await visitor.page.screenshot({
      path: path.join(wish.out, `${who}.${name}.${language}.${size}.png`),
      fullPage: true,
    });
    if (wish.access) (await accessFindings(visitor.page)).forEach((finding) => note(`${size}: ${finding}`));
  };
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.visit(address).catch((error: unknown) => note(String(error)));
  await picture('desk');
  await visitor.page.setViewportSize(sizes.phone);
  await visitor.settle().catch((error: unknown) => note(String(error)));
  await picture('phone');
  visitor.faults().forEach((fault) => note(fault.replace(RECORD, 'record')));
}

/** Every place of the role's menu, and one record of each kind that they lead to. */
async function shootConsole(shooting: Shooting): Promise<number> {
  const records = new Map<string, string>();
  const collect = async (): Promise<void> => {
    for (const link of await linksOf(shooting, '#content')) {
      const [, , kind, id] = link.split('/');
      if (link.startsWith('/console/') && kind && id && !records.has(kind)) records.set(kind, link);
    }
  };
  await shoot(shooting, '/console/');
  await collect();
  const places = (await linksOf(shooting, 'nav')).filter((a) => /^\/console\/./.test(a));
  for (const place of places) {
    await shoot(shooting, place);
    await collect();
  }
  // Records lead on to kinds that no list shows: the map grows while it is walked.
  for (const record of records.values()) {
    await shoot(shooting, record);
    await collect();
  }
  return 1 + places.length + records.size;
}

/** The public pages that can be reached from the first and from a search, one of each kind. */
async function shootPublic(shooting: Shooting): Promise<number> {
  const start = shooting.language === 'en' ? '/en/' : '/';
  const queue = [start, `${start}search?q=${encodeURIComponent('示例')}`];
  const kinds = new Set<string>([start]);
  const isOther = (link: string): boolean =>
    /^\/(console|docs|api|assets)(\/|$)|\.\w+$/.test(link) || /^\/en(\/|$)/.test(link) !== (start === '/en/');
  // Grows while it is walked.
  for (const address of queue) {
    await shoot(shooting, address);
    for (const link of await linksOf(shooting, 'body')) {
      // Numbers and long names stand for records.
      const kind = link.replace(/\/[^/]*(\d|%)[^/]*/g, '/record');
      if (isOther(link) || kinds.has(kind)) continue;
      kinds.add(kind);
      queue.push(link);
    }
  }
  return queue.length;
}

async function shootAll(wish: Wish, ground: DemoGround, browser: Browser): Promise<Shooting['faults']> {
  const faults: Shooting['faults'] = new Map();
  const shown = new Set<string>();
  const base = ground.baseUrl;
  const { dark } = wish;
  for (const language of wish.languages) {
    const visitor = await openVisitor(browser, base, { language, dark });
    const pages = await shootPublic({ wish, visitor, base, who: 'public', language, faults, shown });
    print(`public (${language}): ${pages} pages`);
    await visitor.close();
  }
  const roles = new Map(ground.accounts.map((account) => [account.role, account]));
  for (const [role, account] of roles) {
    const as = await ground.seat(account);
    for (const language of wish.languages) {
      const visitor = await openVisitor(browser, base, { as, language, dark });
      const pages = await shootConsole({ wish, visitor, base, who: role, language, faults, shown });
      print(`${role} (${language}): ${pages} pages`);
      await visitor.close();
    }
  }
  return faults;
}

async function main(): Promise<boolean> {
  const wish = readWish();
  fs.mkdirSync(wish.out, { recursive: true });
  const ground = await openDemoGround(wish.data);
  const browser = await launchBrowser();
  try {
    const faults = await shootAll(wish, ground, browser);
    for (const [fault, places] of faults) print(`✗ ${fault}\n    on ${[...new Set(places)].join(', ')}`);
    print(faults.size === 0 ? `no page has a fault; pictures in ${wish.out}` : `${faults.size} faults`);
    return faults.size === 0;
  } finally {
    await browser.close();
    await ground.close();
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
