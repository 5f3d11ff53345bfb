import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument, PDFName } from 'pdf-lib';
import { chineseTypeface } from '../../src/modules/documents/pdf/fonts';
import { layOut, type LaidOutDocument, type LaidOutPage } from '../../src/modules/documents/pdf/layout';
import { outlineText } from '../../src/modules/documents/pdf/name-block';
import { textsOf } from '../../src/modules/documents/pdf/spec';
import { makePdf } from '../../src/modules/documents/index';
import { ask, describeWithJudges } from '../support/judges';
import { anAuthority, aSigner, aSpec, signOn } from '../support/signing';

interface Picture {
  width: number;
  height: number;
  /** 0 black to 255 white. */
  pixels: Uint8Array;
}

function readPgm(file: string): Picture {
  const bytes = readFileSync(file);
  const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 40).toString('latin1'))!;
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) };
}

/** The same pages with every character drawn from the font's outlines: no embedded font that could be broken. */
async function referenceFor(laidOut: LaidOutDocument): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const { texts } of laidOut.pages) {
    const page = pdf.addPage([laidOut.width, laidOut.height]);
    const content = texts.map(({ text, x, y, size }) => outlineText(text, x, y, size, chineseTypeface())).join('');
    page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(content)));
  }
  return pdf.save();
}

describeWithJudges('Chinese text before foreign judges', ['pdftotext', 'pdftoppm', 'mutool'], () => {
  // Rare and tricky ones on purpose: shared glyphs (⼀ and 一, two kinds of space), extension A, one beyond the BMP.
  const spec = aSpec({ title: '㙟䶮堃峠⼀一“真实性”承诺书', subtitle: '间 隔\u00a0号·℃—— 𬭎 ……（Ω Ω）' });
  const scale = 4;
  let folder: string;
  let laidOut: LaidOutDocument;
  const file = (name: string): string => path.join(folder, name);
  const paint = (name: string, page: number): Picture => {
    const args = ['-gray', '-r', String(72 * scale), '-f', String(page), '-singlefile', '-l', String(page)];
    expect(ask('pdftoppm', [...args, file(name), file(`${name}-${page}`)]).status).toBe(0);
    return readPgm(file(`${name}-${page}.pgm`));
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lujian-text-'));
    laidOut = layOut(spec, chineseTypeface().widthOf);
    const base = await makePdf(spec);
    writeFileSync(file('made.pdf'), base);
    writeFileSync(file('reference.pdf'), await referenceFor(laidOut));
    const authority = await anAuthority();
    const signer = { name: '示例评估技术有限公司', role: '评估机构', field: 'signer-1' };
    writeFileSync(file('signed.pdf'), await signOn(base, await aSigner(authority, 'p256', signer), authority));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('copied-out text equals the source, character for character', () => {
    const copied = ask('pdftotext', ['-raw', file('made.pdf'), '-']).text;
    const bare = (text: string): string => text.replace(/[ \u00a0\n\f]/g, '');
    const pages = bare(copied).split(/第(?:\d+)页共(?:\d+)页/);
    const flowing = pages.map((page) => page.replace(bare(spec.notice!), '')).join('');
    const fields = new Set([
      '/notice',
      ...spec.signatures.flatMap((_, i) => [`/signatures/${i}/name`, `/signatures/${i}/role`]),
    ]);
    const source = textsOf(spec)
      .filter(({ pointer }) => !fields.has(pointer))
      .map(({ text }) => bare(text));
    const signatures = spec.signatures.map(({ name, role }) => role + name);
    expect(flowing).toBe([...source, ...signatures].join(''));
    expect(copied).toContain('第 1 页 共 2 页');
    expect(copied.split(spec.notice!)).toHaveLength(3);
  });

  test('every character has ink, and the ink of the font itself', () => {
    const alike = new Set<string>();
    laidOut.pages.forEach((page, index) => {
      const made = paint('made.pdf', index + 1);
      const reference = paint('reference.pdf', index + 1);
      expect([made.width, made.height]).toEqual([reference.width, reference.height]);
      const cells = cellsOf(page, laidOut.height, scale).filter(({ key }) => !alike.has(key));
      for (const { character, key, left, top, width, height } of cells) {
        const verdict = compare(made, reference, { left, top, width, height });
        expect({ character, ...verdict }).toEqual({ character, hasInk: true, isAlike: true });
        alike.add(key);
      }
    });
    expect(alike.size).toBeGreaterThan(120);
  });

  test('the comparison above can tell characters apart', () => {
    const made = paint('made.pdf', 1);
    const reference = paint('reference.pdf', 1);
    const cells = cellsOf(laidOut.pages[0]!, laidOut.height, scale).slice(40, 140);
    const pairs = cells.slice(1).flatMap((cell, index) => {
      const before = cells[index]!;
      const isPair =
        before.character !== cell.character &&
        before.top === cell.top &&
        /\p{Script=Han}{2}/u.test(before.character + cell.character);
      return isPair ? [{ cell, dx: before.left - cell.left }] : [];
    });
    const confused = pairs.filter(({ cell, dx }) => compare(made, reference, cell, dx).isAlike);
    expect(pairs.length).toBeGreaterThan(20);
    expect(confused).toEqual([]);
  });

  test('a second renderer draws every page without a word about glyphs or fonts', () => {
    for (const name of ['made.pdf', 'signed.pdf']) {
      const { status, text } = ask('mutool', ['draw', '-r', '72', '-o', file('page-%d.pgm'), file(name)]);
      expect(status).toBe(0);
      expect(text.replace(/^warning: ICC support is not available$/gm, '')).not.toMatch(/warning|error|glyph|font/i);
    }
  });

  test('the visible signature is painted inside its field and nowhere else', () => {
    const { rectangle, page } = laidOut.fields[0]!;
    const before = paint('made.pdf', page + 1);
    const after = paint('signed.pdf', page + 1);
    const [left, bottom, right, top] = rectangle;
    const box = [left, laidOut.height - top, right, laidOut.height - bottom].map((one) => Math.round(one * scale));
    let inside = 0;
    let outside = 0;
    before.pixels.forEach((value, at) => {
      if (Math.abs(value - after.pixels[at]!) < 32) return;
      const [px, py] = [at % before.width, Math.floor(at / before.width)];
      if (px >= box[0]! && px <= box[2]! && py >= box[1]! && py <= box[3]!) inside += 1;
      else outside += 1;
    });
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(1000);
  });
});

interface Cell {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where each visible character stands, in pixels from the upper left corner. */
function cellsOf(page: LaidOutPage, pageHeight: number, scale: number): (Cell & { character: string; key: string })[] {
  const { widthOf } = chineseTypeface();
  return page.texts.flatMap(({ text, x, y, size }) => {
    let pen = x;
    return Array.from(text).flatMap((character) => {
      const left = Math.round(pen * scale);
      const width = Math.round((widthOf(character) / 1000) * size * scale);
      pen += (widthOf(character) / 1000) * size;
      const top = Math.round((pageHeight - y - 0.85 * size) * scale);
      const height = Math.round(0.95 * size * scale);
      return /\s/.test(character) ? [] : [{ character, key: `${character}${size}`, left, top, width, height }];
    });
  });
}

const NEIGHBOURS = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));

/**
 * Does the cell hold the ink it should? Renderers round a glyph's place, so by one pixel it may be off. A blank or
 * foreign glyph differs by most of its ink, rounding by a third at most.
 */
function compare(made: Picture, reference: Picture, cell: Cell, shift = 0): { hasInk: boolean; isAlike: boolean } {
  const darkness = ({ pixels, width }: Picture, x: number, y: number): number => 255 - pixels[y * width + x]!;
  let ink = 0;
  const differences = NEIGHBOURS.map(([dx, dy]) => {
    let difference = 0;
    ink = 0;
    for (let y = cell.top; y < cell.top + cell.height; y += 1) {
      for (let x = cell.left; x < cell.left + cell.width; x += 1) {
        const wanted = darkness(reference, x, y);
        ink += wanted;
        difference += Math.abs(wanted - darkness(made, x + shift + dx, y + dy));
      }
    }
    return difference;
  });
  return { hasInk: ink > 0, isAlike: Math.min(...differences) < 0.5 * ink };
}
