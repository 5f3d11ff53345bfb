import { legalDate, parseInstant } from '../../src/kernel/pure/time';
import { judgeTyped, codesOneSlipAway } from '../../src/modules/public-registry/look-up.rules';
import { blacklistColumns, institutionColumns } from '../../src/modules/public-registry/public-registry.contract';
import { publicMeasure } from '../../src/modules/screening/screening.rules';
import type { Setting } from '../../src/modules/public-registry/pages/layout';
import { dayForm, futureNote } from '../../src/modules/public-registry/pages/parts';
import { assets } from '../../src/modules/public-registry/pages/style';
import { languageOf, pathIn, textsOf } from '../../src/modules/public-registry/pages/texts';
import { standingOn } from '../../src/modules/public-registry/look-up.service';
import { creditCodeOf } from '../support/credit-codes';

const HAN = /\p{Script=Han}/u;

/** Every sentence of a dictionary, with what it is called; functions are asked with plausible words. */
function sentencesOf(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const name = `${at}/${key}`;
    if (typeof value === 'string') return [[name, value]];
    if (typeof value === 'function') {
      const said = (value as (...a: string[]) => string)('2026-03-02', '2026-03-03', '2026-03-04');
      return [[name, said]];
    }
    return sentencesOf(value as object, name);
  });
}

describe('the words of the pages', () => {
  const [zh, en] = [sentencesOf(textsOf.zh), sentencesOf(textsOf.en)];

  test('are there in both languages, none of them empty', () => {
    const keys = (list: [string, string][]): string[] =>
      list.map(([key]) => key).filter((key) => !key.includes('/stepsInWords') && !key.includes('/about/parts'));
    expect(keys(en)).toEqual(keys(zh));
    expect([...zh, ...en].filter(([, said]) => said.trim() === '')).toEqual([]);
    expect(textsOf.en.about.parts).toHaveLength(textsOf.zh.about.parts.length);
  });

  test('are Chinese there and English here, apart from names that have no English', () => {
    const plain = zh.filter(([key, said]) => !HAN.test(said) && !/lang|otherLanguage/.test(key));
    expect(plain).toEqual([]);
    const named = ['自然资规〔2024〕1号', '严重失信主体名单', '示例评估', '中文'];
    const rest = en.filter(([, said]) => HAN.test(named.reduce((left, name) => left.replaceAll(name, ''), said)));
    expect(rest).toEqual([]);
  });

  test('never use the words of other regimes, but to say that this list is not theirs', () => {
    const never = /失信|信用修复|联合惩戒|嫌疑人|拉黑|第三方公司|处罚/;
    const said = zh.filter(([, text]) => never.test(text)).map(([, text]) => text);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('它不是严重失信主体名单');
    expect(said[0]).toContain('不是行政处罚');
  });

  test('explain every column of the files', () => {
    for (const { data } of Object.values(textsOf)) {
      expect(Object.keys(data.barFields)).toEqual([...blacklistColumns]);
      expect(Object.keys(data.institutionFields)).toEqual([...institutionColumns]);
    }
  });

  test('show days as people write them', () => {
    expect(textsOf.zh.day('2026-03-02')).toBe('2026年3月2日');
    expect(textsOf.en.day('2026-11-23')).toBe('23 November 2026');
    expect(textsOf.zh.moment('2026-03-02 09:05')).toBe('2026年3月2日09:05');
  });
});

describe('a page has one address in each language', () => {
  test.each([
    ['/', '/en'],
    ['/blacklist', '/en/blacklist'],
    ['/institutions/91370000MA3X000106', '/en/institutions/91370000MA3X000106'],
  ])('%s and %s', (chinese, english) => {
    expect([pathIn('zh', chinese), pathIn('en', chinese)]).toEqual([chinese, english]);
    expect(languageOf(english)).toEqual({ language: 'en', shared: chinese });
    expect(languageOf(chinese)).toEqual({ language: 'zh', shared: chinese });
  });

  test('an address that only begins with the same letters is not English', () => {
    expect(languageOf('/entries')).toEqual({ language: 'zh', shared: '/entries' });
  });
});

describe('what of a condition is public', () => {
  test.each([
    ['14 人（另有 2 人待本人确认、1 人在不再采信期间）', '14 人'],
    ['0 人（另有 6 人未登记评估经历）', '0 人'],
    ['营业执照（）已于2025-12-31到期', '营业执照已于2025-12-31到期'],
    ['约 26.66%（4/15）', '约 26.66%（4/15）'],
    ['14 people (also 2 not yet confirmed by the person, 1 within a bar)', '14 people'],
    ['0 people (also 6 with no assessment experience on record)', '0 people'],
    ['business licence () ran out on 2025-12-31', 'business licence ran out on 2025-12-31'],
    ['about 26.66% (4/15)', 'about 26.66% (4/15)'],
    ['52 (recognised by a person)', '52 (recognised by a person)'],
    ['52（经人工认定）', '52（经人工认定）'],
  ])('of %s everybody reads %s', (measured, shown) => expect(publicMeasure(measured)).toBe(shown));
});

describe('a credit code typed wrongly', () => {
  const right = creditCodeOf(7);

  test('that is right, a part of one, or a name, is not remarked upon', () => {
    for (const text of [right, right.toLowerCase(), right.slice(0, 10), '示例评估有限公司', 'EX00000001']) {
      expect([text, judgeTyped(text)]).toEqual([text, undefined]);
    }
  });

  test('by one sign leads back to the right one', () => {
    for (const place of [0, 5, 9, 17]) {
      const sign = right.charAt(place) === '3' ? '4' : '3';
      const wrong = right.slice(0, place) + sign + right.slice(place + 1);
      const fault = judgeTyped(wrong)!;
      expect(fault.faults.length).toBeGreaterThan(0);
      expect(fault.candidates).toContain(right);
    }
  });

  test('with two neighbours swapped leads back to the right one', () => {
    const place = [...right].findIndex((sign, n) => n > 8 && sign !== right.charAt(n + 1));
    const swapped = right.slice(0, place) + right.charAt(place + 1) + right.charAt(place) + right.slice(place + 2);
    expect(codesOneSlipAway(swapped)).toContain(right);
  });

  test('in its check sign alone is told the sign', () => {
    const wrong = right.slice(0, 17) + (right.charAt(17) === '0' ? '1' : '0');
    expect(judgeTyped(wrong)!.checkSign).toBe(right.charAt(17));
  });
});

describe('where an institution stands', () => {
  const bar = (servedOn: string, last: string, free: string) => ({
    ...{ id: servedOn, kind: 'institution' as const, code: '', name: '', ground: '', groundKey: 'other' as const },
    ...{ decisionNumber: '', authority: '', basis: '', steps: [], stays: [], annulledFrom: null },
    ...{ servedOn, lastBarredDay: last, freeFrom: free, state: 'barred' as const },
  });
  const two = [bar('2026-03-02', '2029-03-02', '2029-03-03'), bar('2028-01-10', '2031-01-10', '2031-01-11')];

  test('the last barred day is barred, the next is free', () => {
    const one = two.slice(0, 1);
    expect(standingOn(one, legalDate('2029-03-02'))).toEqual({
      state: 'barred',
      lastBarredDay: '2029-03-02',
      freeFrom: '2029-03-03',
      stayedFrom: null,
    });
    expect(standingOn(one, legalDate('2029-03-03')).state).toBe('free');
  });

  test('a stay with an end interrupts a term and does not end it; under one without no last day is known', () => {
    const stayed = (to: string | null) => [
      { ...two[0]!, stays: [{ from: legalDate('2026-03-07'), to: to === null ? null : legalDate(to) }] },
    ];
    expect(standingOn(stayed('2026-03-13'), legalDate('2026-03-02'))).toEqual({
      state: 'barred',
      lastBarredDay: '2029-03-02',
      freeFrom: '2029-03-03',
      stayedFrom: null,
    });
    expect(standingOn(stayed('2029-03-03'), legalDate('2026-03-02')).freeFrom).toBe('2026-03-07');
    expect(standingOn(stayed(null), legalDate('2026-03-02'))).toEqual({
      state: 'barred',
      lastBarredDay: null,
      freeFrom: null,
      stayedFrom: '2026-03-07',
    });
  });

  test('two decisions that meet are one stretch', () => {
    expect(standingOn(two, legalDate('2026-03-02'))).toMatchObject({
      lastBarredDay: '2031-01-10',
      freeFrom: '2031-01-11',
    });
  });
});

test('assets name themselves by what they hold, and run nothing', () => {
  for (const { path, body } of Object.values(assets)) {
    expect(path).toMatch(/^\/assets\/[a-z]+-[0-9a-f]{12}\.(css|svg)$/);
    expect(body).not.toMatch(/<script|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/i);
  }
});

test('the form for another day keeps what else was asked, as text', () => {
  const s: Setting = {
    ...{ language: 'zh', t: textsOf.zh, now: parseInstant('2026-03-02T01:00:00.000Z') },
    ...{ authority: undefined, origin: 'http://x', hasConsole: false },
  };
  const form = String(
    dayForm(s, '/institutions/x', legalDate('2026-03-02'), { authority: '33"0000', none: undefined }),
  );
  expect(form).toContain('<input type="hidden" name="authority" value="33&quot;0000" />');
  expect(form.match(/type="hidden"/g)).toHaveLength(1);
  expect(String(futureNote(s, legalDate('2026-03-03')))).toContain('尚未到来');
  expect(futureNote(s, legalDate('2026-03-02'))).toBeNull();
});
