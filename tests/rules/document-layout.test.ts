import { PDFDocument, PDFName } from 'pdf-lib';
import { DocumentError, makePdf, missingCharacters } from '../../src/modules/documents/index';
import { chineseTypeface } from '../../src/modules/documents/pdf/fonts';
import { layOut } from '../../src/modules/documents/pdf/layout';
import { pdfDate } from '../../src/modules/documents/pdf/make-pdf';
import { drawNameBlock } from '../../src/modules/documents/pdf/name-block';
import { parseInstant } from '../../src/kernel/pure/time';
import { aSpec, NOW } from '../support/signing';

const measure = (text: string): number => Array.from(text).length * 1000;
const refusal = async (work: () => unknown): Promise<DocumentError> => {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof DocumentError) return fault;
    throw fault;
  }
  throw new Error('was not refused');
};

describe('page layout', () => {
  test('every page bears its number, the number of pages and the notice', () => {
    const { pages } = layOut(aSpec(), measure);
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach(({ texts }, index) => {
      expect(texts.map(({ text }) => text)).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`);
      expect(texts.map(({ text }) => text)).toContain('所用证书由演示认证机构签发：非许可机构证书');
    });
  });

  test('nothing stands outside the margins, and no two lines of a page share a place', () => {
    const { pages, width, height } = layOut(aSpec(), measure);
    for (const { texts } of pages) {
      for (const { x, y, size, text } of texts) {
        expect(x).toBeGreaterThanOrEqual(60);
        expect(x + (measure(text) * size) / 1000).toBeLessThanOrEqual(width - 60);
        expect(y).toBeGreaterThan(20);
        expect(y + size).toBeLessThan(height - 60);
      }
      expect(new Set(texts.map(({ x, y }) => `${x} ${y}`)).size).toBe(texts.length);
    }
  });

  test('a signature block never crosses a page end, whatever stands before it', () => {
    for (let count = 0; count < 40; count += 1) {
      const blocks = Array.from({ length: count }, () => ({ kind: 'paragraph' as const, text: '承诺' }));
      const { fields, pages } = layOut(aSpec({ blocks }), measure);
      expect(fields).toHaveLength(2);
      for (const { rectangle, page, name } of fields) {
        expect(rectangle[1]).toBeGreaterThan(80);
        const place = aSpec().signatures.find(({ field }) => field === name)!;
        expect(pages[page]!.texts.map(({ text }) => text)).toContain(place.role);
      }
    }
  });

  test('a table row longer than a page goes on overleaf without losing a line', () => {
    const value = Array.from({ length: 120 }, (_, index) => `第${index}行`).join('\n');
    const { pages } = layOut(aSpec({ blocks: [{ kind: 'table', rows: [{ key: '说明', value }] }] }), measure);
    const texts = pages.flatMap((page) => page.texts.map(({ text }) => text));
    expect(texts.filter((text) => /^第\d+行$/.test(text))).toHaveLength(120);
    expect(pages.length).toBeGreaterThan(2);
  });

  test('a notice of three lines fits, one of four is refused', async () => {
    const line = '证'.repeat(49);
    expect(layOut(aSpec({ notice: line.repeat(3) }), measure).pages.length).toBeGreaterThan(0);
    expect((await refusal(() => layOut(aSpec({ notice: `${line.repeat(3)}书` }), measure))).code).toBe(
      'notice-too-long',
    );
  });
});

describe('characters', () => {
  test('all of GB 2312 level 1, the unified ideographs and extension A can be printed', () => {
    const range = (from: number, to: number): string =>
      Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');
    expect(missingCharacters(range(0x4e00, 0x9fa5))).toEqual([]);
    expect(missingCharacters(range(0x3400, 0x4db5))).toEqual([]);
    expect(missingCharacters('，。、；：？！“”‘’（）《》〈〉【】〔〕—…·￥％℃①⑩ΩαA1\n')).toEqual([]);
  });

  test('what no font has, and what nobody would see, is named', () => {
    expect(missingCharacters('吉𠮷𠮷\u202e a\u200bb\tc\r\u00ad')).toEqual([
      '𠮷',
      '\u202e',
      '\u200b',
      '\t',
      '\r',
      '\u00ad',
    ]);
    expect(missingCharacters('\ud842')).toEqual(['\ud842']);
  });

  test.each([
    ['/title', { title: '𠮷' }],
    ['/subtitle', { subtitle: '甲𠮷' }],
    ['/notice', { notice: '𠮷' }],
    ['/blocks/0/text', { blocks: [{ kind: 'paragraph' as const, text: '𠮷' }] }],
    ['/blocks/0/rows/0/value', { blocks: [{ kind: 'table' as const, rows: [{ key: '甲', value: '𠮷' }] }] }],
    ['/signatures/0/name', { signatures: [{ field: 'a', name: '𠮷', role: '评估机构' }] }],
  ])('a document with a character without glyph is refused: %s', async (pointer, changes) => {
    const { code, detail, message } = await refusal(() => makePdf(aSpec(changes)));
    expect(code).toBe('character-without-glyph');
    expect(detail).toEqual({ character: '𠮷', codePoint: 'U+20BB7', pointer });
    expect(message).toContain('“𠮷”（U+20BB7）');
  });

  test('so is a name block', async () => {
    const block = { name: '𠮷田', role: '组员', lines: [] };
    expect((await refusal(() => drawNameBlock(block, 200, 70))).code).toBe('character-without-glyph');
  });

  test('widths are the font’s own: an ideograph takes one type size', () => {
    expect(chineseTypeface().widthOf('绿鉴')).toBe(2000);
    expect(chineseTypeface().widthOf('')).toBe(0);
  });
});

describe('the PDF', () => {
  test('same specification, same bytes; another creation date, other bytes', async () => {
    const [first, second] = [await makePdf(aSpec()), await makePdf(aSpec())];
    expect(Buffer.from(first).equals(second)).toBe(true);
    const later = await makePdf(aSpec({ createdAt: parseInstant('2026-11-23T07:04:06.000Z') }));
    expect(Buffer.from(first).equals(later)).toBe(false);
  });

  test('documents made at the same time do not mix', async () => {
    const specs = Array.from({ length: 6 }, (_, index) => aSpec({ title: `第${'一二三四五六'[index]}份` }));
    const apart: Uint8Array[] = [];
    for (const spec of specs) apart.push(await makePdf(spec));
    const together = await Promise.all(specs.map((spec) => makePdf(spec)));
    together.forEach((bytes, index) => expect(Buffer.from(bytes).equals(apart[index]!)).toBe(true));
  });

  test('is PDF 1.7 with a classic cross-reference table, the date handed in, and one empty field per signer', async () => {
    const bytes = await makePdf(aSpec());
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('%PDF-1.7\n')).toBe(true);
    expect(text).toContain('\nxref\n');
    expect(text).not.toContain('/ObjStm');
    expect(text).toContain("/CreationDate (D:20261123070405+00'00')");
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    const fields = pdf.getForm().getFields();
    expect(fields.map((field) => field.getName())).toEqual(['signer-1', 'signer-2']);
    expect(fields.every((field) => !field.acroField.dict.has(PDFName.of('V')))).toBe(true);
    expect(pdf.getTitle()).toBe('绿色矿山第三方评估真实性承诺书');
  });

  test('dates are written in UTC to the second', () => {
    expect(pdfDate(NOW)).toBe("D:20261123070405+00'00'");
  });

  test.each(['', 'a b', 'a.b', '签署', 'x'.repeat(65)])('field name %j is refused', async (field) => {
    const spec = aSpec({ signatures: [{ field, name: '甲', role: '乙' }] });
    expect((await refusal(() => makePdf(spec))).code).toBe('field-name-not-usable');
  });

  test('two fields of one name are refused', async () => {
    const place = { field: 'a', name: '甲', role: '乙' };
    const { detail } = await refusal(() => makePdf(aSpec({ signatures: [place, place] })));
    expect(detail.pointer).toBe('/signatures/1/field');
  });
});
