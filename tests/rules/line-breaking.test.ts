import fc from 'fast-check';
import { breakLines, unbreakablePieces } from '../../src/modules/documents/pdf/line-breaking';

/** Ideographs and full-width marks take a whole type size, the rest half of one. */
const measure = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character.codePointAt(0)! < 0x2000 ? 500 : 1000), 0);
const lines = (text: string, ems: number, firstIndent = 0): string[] =>
  breakLines(text, measure, { width: ems * 1000, firstIndent });

describe('line breaking', () => {
  test('ideographs break anywhere, at exactly the width', () => {
    expect(lines('绿色矿山评估', 6)).toEqual(['绿色矿山评估']);
    expect(lines('绿色矿山评估', 5)).toEqual(['绿色矿山评', '估']);
    expect(lines('绿色矿山评估', 1)).toEqual(['绿', '色', '矿', '山', '评', '估']);
  });

  test('closing punctuation is not at a line start', () => {
    expect(lines('绿色矿山，评估', 4)).toEqual(['绿色矿', '山，评估']);
    expect(lines('绿色（矿山）评估', 5)).toEqual(['绿色（矿', '山）评估']);
    expect(lines('评估真实、”。完', 4)).toEqual(['评估真', '实、”。', '完']);
  });

  test('opening punctuation is not at a line end', () => {
    expect(lines('绿色矿《评估》', 4)).toEqual(['绿色矿', '《评估》']);
    expect(lines('承诺“（真实）”', 3)).toEqual(['承诺', '“（真', '实）”']);
  });

  test('the separating stroke stands at neither end', () => {
    expect(unbreakablePieces('甲乙／丙丁')).toEqual(['甲', '乙／丙', '丁']);
  });

  test('dash and ellipsis stay whole', () => {
    expect(lines('绿色矿——山', 4)).toEqual(['绿色矿', '——山']);
    expect(lines('绿色矿……', 4)).toEqual(['绿色', '矿……']);
  });

  test('Latin words and numbers stay whole, with the marks inside them', () => {
    expect(lines('于2026-11-23签署', 5)).toEqual(['于', '2026-11-23', '签署']);
    expect(lines('共1,234.56元', 4)).toEqual(['共', '1,234.56', '元']);
    expect(lines('according to rule', 6)).toEqual(['according to', 'rule']);
    expect(unbreakablePieces('it’s 98.5% of A-2026')).toEqual(['it’s', ' ', '98.5%', ' ', 'of', ' ', 'A-2026']);
    expect(unbreakablePieces('〔2026〕12号')).toEqual(['〔2026〕', '12', '号']);
    expect(unbreakablePieces('温度5℃以下')).toEqual(['温', '度', '5℃', '以', '下']);
  });

  test('a word wider than the line is cut rather than run off the page', () => {
    expect(lines('值a3f5a3f5a3', 3)).toEqual(['值a3f5', 'a3f5a3']);
  });

  test('spaces are dropped at line ends and kept inside', () => {
    expect(lines('ab cd', 1)).toEqual(['ab', 'cd']);
    expect(lines('ab  cd', 3)).toEqual(['ab  cd']);
  });

  test('a line feed ends a line, an empty line stays, the first line of each paragraph is indented', () => {
    expect(lines('甲乙\n\n丙丁戊', 3, 1000)).toEqual(['甲乙', '', '丙丁', '戊']);
  });

  test('an opening mark with a space behind it does not end a line', () => {
    expect(lines('绿绿《 绿', 4)).toEqual(['绿绿', '《 绿']);
  });

  test('whatever the text: nothing is lost, nothing runs over, no forbidden start or end', () => {
    const characters = fc.constantFrom(...'绿矿山，。（）《》“”、：A9.-%— …／①'.split(''));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 60 }), fc.integer({ min: 4, max: 12 }), (chosen, ems) => {
        const text = chosen.join('');
        const broken = lines(text, ems);
        expect(broken.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of broken) expect(measure(line)).toBeLessThanOrEqual(ems * 1000);
        const isOrdinary = unbreakablePieces(text).every((piece) => measure(piece) <= ems * 1000);
        if (!isOrdinary) return;
        for (const line of broken.slice(1)) expect(line).not.toMatch(/^[，。）》”、：％]/);
        for (const line of broken.slice(0, -1)) expect(line).not.toMatch(/[（《“]$/);
      }),
    );
  });
});
