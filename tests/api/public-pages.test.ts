import zlib from 'node:zlib';
import request from 'supertest';
import { asked, headingOf, readOf, publicWorld, type PublicWorld } from '../support/public-world';
import { wholeService } from '../support/whole-service';

let world: PublicWorld;

beforeAll(async () => {
  world = await publicWorld();
}, 120_000);
afterAll(() => world.whole.close());

describe('every public page', () => {
  test('runs nothing, styles nothing in place, and says its language and its sister page', async () => {
    for (const path of world.everyPage()) {
      const text = await world.page(path);
      const about = (fault: string): string => `${path}: ${fault}`;
      if (
        /<script|javascript:(?!公司)|\son\w+\s*=|<style|\sstyle=|<iframe|<object/i.test(text.replaceAll('&quot;', ''))
      ) {
        throw new Error(about('something in it could run'));
      }
      expect(about(/<html lang="([^"]+)"/.exec(text)![1]!)).toBe(about(path.startsWith('/en') ? 'en' : 'zh-CN'));
      expect(text).toContain(path.startsWith('/en') ? 'lang="zh-CN" hreflang="zh-CN"' : 'lang="en" hreflang="en"');
      expect(text.match(/<h1>/g)).toHaveLength(1);
      // No key without its words, nothing undefined, no object.
      expect(about(/undefined|\[object|NaN|null(?=<)/.exec(readOf(text))?.[0] ?? 'fine')).toBe(about('fine'));
      expect(text).toContain('自然资规〔2024〕1号');
      expect(text).toMatch(path.startsWith('/en') ? /Data as of 2 March 2026/ : /数据截至2026年3月2日/);
    }
  });

  test('is sent under a policy by which nothing could run or be fetched from elsewhere', async () => {
    const policy = (await world.at('/')).headers['content-security-policy'] as string;
    for (const part of ["default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(policy.split(';')).toContain(part);
    }
  });

  test('leads only to addresses that are there', async () => {
    const links = new Set<string>();
    for (const path of world.everyPage()) {
      for (const [, href] of (await world.page(path)).matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        const plain = href!.replaceAll('&amp;', '&').replace(world.whole.url, '');
        expect([path, plain]).toEqual([path, expect.stringMatching(/^[/#]/)]);
        links.add(plain);
      }
    }
    // The console is served by the pages of staff.
    const followed = [...links].filter((l) => l.startsWith('/') && l !== '/console/');
    expect(followed.length).toBeGreaterThan(30);
    for (const link of followed) {
      const { status } = await world.at(link);
      expect({ link, status }).toEqual({ link, status: 200 });
    }
  });

  test('is small: with its stylesheet less than 15 KB on the wire', async () => {
    for (const path of [
      '/',
      '/search?q=%E7%A4%BA%E4%BE%8B',
      `/institutions/${world.ready.uscc}`,
      '/blacklist?state=all',
    ]) {
      const reply = await world.at(path);
      const assets = [...reply.text.matchAll(/<link rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"/g)].map((m) => m[1]!);
      expect(assets).toHaveLength(2);
      let size = zlib.gzipSync(reply.text).length;
      for (const asset of assets)
        size += zlib.gzipSync((await world.at(asset)).text || String((await world.at(asset)).body)).length;
      expect(size).toBeLessThan(15 * 1024);
    }
  });

  test('may be kept for a minute, its assets for a year, and is not sent again unchanged', async () => {
    const reply = await world.at('/about');
    expect(reply.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'Accept-Encoding' });
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(reply.text)![1]!;
    const sheet = await world.at(style);
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await world.at('/about', { 'if-none-match': reply.headers['etag'] as string });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
    // A proxy may have made a strong one of it; the comparison is the weak one.
    const strong = (reply.headers['etag'] as string).replace('W/', '');
    expect((await world.at('/about', { 'if-none-match': `"other", ${strong}` })).status).toBe(304);
    expect((await world.at('/about', { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });

  test('answers HEAD like GET without a body, packs for those who unpack, and takes no other method', async () => {
    const plain = await world.at('/about', { 'accept-encoding': 'identity' });
    const packed = await world.at('/about', { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.text).toBe(plain.text);
    expect(Number(packed.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']) / 1.5);
    const head = await request(world.whole.url).head('/about').set('accept-encoding', 'identity');
    expect({ status: head.status, text: head.text ?? '' }).toEqual({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe(plain.headers['content-length']);
    const post = await request(world.whole.url).post('/about').send('a=b');
    expect({ status: post.status, allow: post.headers['allow'] }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  test('does not mind parameters that nobody knows', async () => {
    for (const path of [
      '/?x=1',
      '/search?q=示例&utm=a&q=示例',
      '/blacklist?a[b]=c&state=&asOf=&cursor=',
      '/about?__proto__=1',
    ]) {
      expect((await world.at(encodeURI(path))).status).toBe(200);
    }
  });
});

describe('what is asked wrongly', () => {
  test.each([
    ['/institutions?asOf=2026-02-30', 400, '日期有误', '“2026-02-30”不是可用的日期。请按 年-月-日 填写'],
    ['/blacklist?asOf=today', 400, '日期有误', '例如 2026-03-02'],
    ['/blacklist?state=now', 400, '没有这种状态', '请选 current、past 或 all'],
    ['/blacklist?cursor=garbage', 400, '翻页的位置已失效', '请从第一页重新开始'],
    ['/institutions?cursor=%00', 400, '翻页的位置已失效', '请从第一页重新开始'],
    ['/search?q=%E7%A4%BA%E4%BE%8B&cursor=WyJhZnRlciIsbnVsbCwieCJd', 400, '翻页的位置已失效', '请从第一页重新开始'],
    ['/institutions/12345', 422, '统一社会信用代码有误', '应为18位，现为5位'],
    [
      '/institutions/91350100M000100Y43',
      404,
      '没有登记代码为 91350100M000100Y43 的评估机构',
      '请核对代码，或按名称查询',
    ],
    ['/blacklist/no-such', 404, '没有这条公开的决定', '请在黑名单中按名称或代码查找'],
    ['/institutions/%E0%A4%A', 404, '没有这个页面', '请核对地址'],
    ['/en/blacklist?asOf=1800-01-01', 400, 'The day is not valid', 'with a year from 1900 to 2199'],
    ['/en/institutions/12345', 422, 'The credit code is not valid', 'The code has 18 characters; 5 were given.'],
  ])('%s is %d: %s', async (path, status, heading, cure) => {
    const reply = await world.at(path);
    expect({ status: reply.status, type: reply.headers['content-type'], keep: reply.headers['cache-control'] }).toEqual(
      {
        status,
        type: 'text/html; charset=utf-8',
        keep: 'no-store',
      },
    );
    expect(headingOf(reply.text)).toBe(heading);
    expect(readOf(reply.text)).toContain(cure);
    expect(reply.text).toContain('<form class="ask"');
    expect(reply.text).toContain('noindex');
  });

  test('an address that leads nowhere is a page for browsers and a problem for programs', async () => {
    const seen = await world.at('/nowhere', { accept: 'text/html,*/*' });
    expect({ status: seen.status, heading: headingOf(seen.text) }).toEqual({ status: 404, heading: '没有这个页面' });
    expect(headingOf((await world.at('/en/nowhere', { accept: 'text/html' })).text)).toBe('There is no such page');
    for (const [path, accept] of [
      ['/nowhere', 'application/json'],
      ['/api/v1/nowhere', 'text/html'],
    ] as const) {
      const reply = await world.at(path, { accept });
      expect(reply.headers['content-type']).toContain('application/problem+json');
      expect(reply.status).toBe(404);
    }
  });

  test('a naughty text in the box is a text', async () => {
    for (const q of [
      "' OR 1=1 --",
      '%',
      '_',
      '\\',
      '\u0000',
      '</title><script>',
      'javascript:alert(1)',
      '甲'.repeat(500),
    ]) {
      const reply = await world.at(`/search?q=${asked(q)}`);
      expect([q, reply.status]).toEqual([q, 200]);
      expect(reply.text).not.toMatch(/<script/);
    }
    expect(readOf(await world.page(`/search?q=${asked('甲'.repeat(500))}`))).toContain('只取了前 100 个字');
  });

  test('none of this was a fault of ours', () => {
    expect(world.whole.logged.filter((l) => l.includes('"level":50'))).toEqual([]);
  });
});

test('where the public is not served there are no pages, and the printed address leads to the console', async () => {
  const inner = await wholeService({ settings: { LUJIAN_ROUTES: 'partner,bureau' } });
  try {
    const home = await request(inner.url).get('/').redirects(0);
    expect([home.status, home.headers.location]).toEqual([302, '/console/']);
    for (const path of ['/blacklist', '/feed.atom', '/en/about']) {
      const reply = await request(inner.url).get(path).set('accept', 'text/html');
      expect([path, reply.status, reply.type]).toEqual([path, 404, 'application/problem+json']);
    }
    expect((await request(inner.url).get('/api/v1/public/blacklist.json')).status).toBe(200);
  } finally {
    await inner.close();
  }
});
