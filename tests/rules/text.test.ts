import fc from 'fast-check';
import { nameKey, NAME_KEY_LENGTH, tidyLine, tidyText } from '../../src/kernel/pure/text';

describe('tidied text', () => {
  test.each([
    ['  示例\t\n 公司 ', '示例 公司'],
    ['e\u0301', 'é'],
    ['A\u202eB\u200bC\ufeff', 'ABC'],
    ['x\u0000y', 'x y'],
    ['\ud800矿', '矿'],
    ['\u3000全角空格\u3000', '全角空格'],
    ['𠮷', '𠮷'],
  ])('%j', (typed, kept) => {
    expect(tidyLine(typed)).toBe(kept);
  });
  test('a text keeps its lines', () => {
    expect(tidyText(' 甲 \r\n\u200b乙\r丙\n')).toBe('甲\n乙\n丙');
  });
  test('tidying twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tidyLine(tidyLine(text))).toBe(tidyLine(text));
        expect(tidyText(tidyText(text))).toBe(tidyText(text));
      }),
    );
  });
});

describe('the key of a name', () => {
  test('brackets, width, case and spaces do not matter', () => {
    expect(nameKey('示例（Ａ b）有限公司')).toBe(nameKey('示例(aB) 有限公司'));
  });
  test('is cut to its column, between characters', () => {
    const key = nameKey('\ufdfa'.repeat(100) + '𠮷'.repeat(400));
    expect([...key]).toHaveLength(NAME_KEY_LENGTH);
    expect(key).not.toMatch(/\p{Cs}/u);
  });
});
