import fc from 'fast-check';
import { address, escaped, html, type Piece } from '../../src/modules/public-registry/pages/html';

const text = (piece: Piece): string => String(html`${piece}`);

describe('what is put into a page', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['"><img src=x onerror=alert(1)>', '&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'],
    ["' onmouseover='x", '&#39; onmouseover=&#39;x'],
    ['甲 & 乙', '甲 &amp; 乙'],
    ['&lt;', '&amp;lt;'],
    ['示例\u0000公司\u001b', '示例\ufffd公司\ufffd'],
    ['半个\ud800字', '半个\ufffd字'],
    ['示例😀公司', '示例😀公司'],
  ])('is text: %j', (given, shown) => {
    expect(text(given)).toBe(shown);
    expect(String(html`<p title="${given}"></p>`)).toBe(`<p title="${shown}"></p>`);
  });

  test('may be a number, a list, a piece made before, or nothing', () => {
    expect(text(0)).toBe('0');
    expect(text([html`<b>${'<'}</b>`, 'a&b', [1, null]])).toBe('<b>&lt;</b>a&amp;b1');
    for (const nothing of [null, undefined, false] as const) expect(text(nothing)).toBe('');
  });

  test('never becomes markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const shown = String(html`<p title="${given}">${given}</p>`);
        expect(shown.match(/[<>]/g)).toHaveLength(4);
        expect(shown.match(/"/g)).toHaveLength(2);
        expect(escaped(given)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  test('only templates make markup: an object that looks like one is refused', () => {
    const forged = { toString: () => '<script>' } as unknown as Piece;
    expect(() => html`<p>${forged}</p>`).toThrow();
  });
});

describe('an address', () => {
  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    '//elsewhere.example/x',
    '/\\elsewhere.example',
    'relative',
    '',
  ])('that is none of ours becomes harmless: %j', (given) => {
    expect(String(html`<a href="${given}">x</a>`)).toBe('<a href="#">x</a>');
    expect(String(html`<form action="${given}"></form>`)).toBe('<form action="#"></form>');
  });

  test.each(['/institutions/1', '?q=1', '#content', 'https://example.org/feed.atom'])('of ours stays: %s', (given) => {
    expect(String(html`<a href="${given}">x</a>`)).toBe(`<a href="${given}">x</a>`);
  });

  test('may be filled in behind a beginning of ours', () => {
    expect(String(html`<a href="/public/${'a"b'}.${'csv'}">x</a>`)).toBe('<a href="/public/a&quot;b.csv">x</a>');
    expect(String(html`<a href="${'javascript:x'}${'y'}">x</a>`)).toBe('<a href="#y">x</a>');
  });

  test('is made with its query, and nothing empty in it', () => {
    expect(address('/search', { q: '甲&乙="<', cursor: undefined, asOf: '' })).toBe(
      '/search?q=%E7%94%B2%26%E4%B9%99%3D%22%3C',
    );
    expect(address('/search')).toBe('/search');
  });
});

describe('a template in which escaping would not be enough', () => {
  const hole = 'x';
  test.each([
    ['a value without quotes', () => html`<p title=${hole}></p>`],
    ['the name of an attribute', () => html`<p ${hole}></p>`],
    ['the name of an element', () => html`<${hole}></p>`],
    [
      'a script',
      () =>
        html`<script>
          ${hole};
        </script>`,
    ],
    [
      'a style element',
      () =>
        html`<style>
          ${hole}
        </style>`,
    ],
    ['a comment', () => html`<!-- ${hole} -->`],
    ['a style attribute', () => html`<p style="${hole}"></p>`],
    ['an event', () => html`<p onclick="${hole}"></p>`],
    ['an address that could lead elsewhere', () => html`<a href="/${hole}">x</a>`],
    ['an address whose scheme is left open', () => html`<a href="java${hole}">x</a>`],
    ['an element left open', () => html`<p ${html``}`],
    ['markup in an attribute', () => html`<p title="${html`<b></b>`}"></p>`],
  ])('is refused: %s', (_what, make) => {
    expect(make).toThrow();
  });
});
