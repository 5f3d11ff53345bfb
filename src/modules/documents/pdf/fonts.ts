import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PDFDocument } from 'pdf-lib';
import { DocumentError } from './errors';

/** One step of a glyph's outline, in font units, y upwards. */
export interface OutlineCommand {
  command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
  args: number[];
}

interface FontkitGlyph {
  id: number;
  advanceWidth: number;
  path: { commands: OutlineCommand[] };
}

interface TrueTypeSubset {
  /** Glyph ids of the source font in the order of the subset; place 0 is the missing glyph. */
  glyphs: number[];
  /** From glyph id of the source font to place in the subset; used for the parts of compound glyphs. */
  mapping: Record<number, number>;
  encode(): Uint8Array;
}

interface FontkitFont {
  postscriptName: string | null;
  unitsPerEm: number;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
  italicAngle: number;
  bbox: { minX: number; minY: number; maxX: number; maxY: number };
  post: { isFixedPitch: unknown };
  head: { macStyle: { italic: unknown } };
  'OS/2': { sFamilyClass: number };
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): FontkitGlyph;
  createSubset(): TrueTypeSubset;
}

type PdfLibFontkit = Parameters<PDFDocument['registerFontkit']>[0];

/** A font face ready for measuring, for outlines and for pdf-lib. Holds no state of any document. */
export interface Typeface {
  name: string;
  /** The file itself, for `PDFDocument.embedFont`. */
  bytes: Uint8Array;
  /** Ascent in thousandths of the type size. */
  ascent: number;
  /** Descent in thousandths of the type size, negative. */
  descent: number;
  has(codePoint: number): boolean;
  /** Width of a text without line ends, in thousandths of the type size. Requires glyphs for all of it. */
  widthOf(text: string): number;
  /** Outline of one character in font units, with the number of units per type size. */
  outline(codePoint: number): { commands: OutlineCommand[]; unitsPerEm: number; advance: number };
  /** What `PDFDocument.registerFontkit` takes. */
  forPdfLib: PdfLibFontkit;
}

const requireHere = createRequire(__filename);

// Read once per thread: parsing takes longer than making a page. The parsed font is never written to.
let notoSansSc: Typeface | undefined;

/** Noto Sans SC Regular (OFL-1.1): all of GB 2312, the 20,902 unified ideographs and extension A. */
export function chineseTypeface(): Typeface {
  notoSansSc ??= loadTypeface(
    requireHere.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  );
  return notoSansSc;
}

function loadTypeface(file: string): Typeface {
  const bytes = new Uint8Array(readFileSync(file));
  // The package is typed as an ES module only, which this CommonJS build cannot import statically.
  const fontkit = requireHere('@cantoo/fontkit') as { create(bytes: Uint8Array): FontkitFont };
  const font = fontkit.create(bytes);
  const perMille = 1000 / font.unitsPerEm;
  const advances = new Map<number, number>();
  const advanceOf = (codePoint: number): number => {
    let advance = advances.get(codePoint);
    if (advance === undefined) {
      advance = font.glyphForCodePoint(codePoint).advanceWidth * perMille;
      advances.set(codePoint, advance);
    }
    return advance;
  };
  return {
    name: font.postscriptName ?? 'Font',
    bytes,
    ascent: font.ascent * perMille,
    descent: font.descent * perMille,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthOf: (text) => codePointsOf(text).reduce((sum, codePoint) => sum + advanceOf(codePoint), 0),
    outline: (codePoint) => {
      const glyph = font.glyphForCodePoint(codePoint);
      return { commands: glyph.path.commands, unitsPerEm: font.unitsPerEm, advance: glyph.advanceWidth };
    },
    forPdfLib: pdfLibAdapter(font),
  };
}

/**
 * Lets stock pdf-lib 1.17 use this font engine. Two traps are closed here. pdf-lib asks for `encodeStream`, which the
 * engine no longer has. And the engine keeps one glyph object per glyph, with the character that asked first: a space
 * and a no-break space, or 一 and the radical ⼀, share a glyph, and a later document would copy out the earlier one's
 * character. So every character gets a glyph object and a place in the subset of its own, and its code point as id.
 */
function pdfLibAdapter(font: FontkitFont): PdfLibFontkit {
  const glyphOf = (codePoint: number) => ({
    id: codePoint,
    codePoints: [codePoint],
    advanceWidth: font.glyphForCodePoint(codePoint).advanceWidth,
  });
  const face = {
    postscriptName: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    italicAngle: font.italicAngle,
    bbox: font.bbox,
    post: font.post,
    head: font.head,
    'OS/2': font['OS/2'],
    layout: (text: string) => ({ glyphs: codePointsOf(text).map(glyphOf) }),
    createSubset: () => subsetByCharacter(font),
  };
  return { create: () => face } as unknown as PdfLibFontkit;
}

function subsetByCharacter(font: FontkitFont) {
  const subset = font.createSubset();
  const places = new Map<number, number>();
  return {
    includeGlyph(glyph: { id: number }): number {
      let place = places.get(glyph.id);
      if (place === undefined) {
        const sourceId = font.glyphForCodePoint(glyph.id).id;
        place = subset.glyphs.push(sourceId) - 1;
        subset.mapping[sourceId] ??= place;
        places.set(glyph.id, place);
      }
      return place;
    },
    encodeStream() {
      const stream = {
        onData: (_bytes: Uint8Array): void => undefined,
        on(event: string, callback: (bytes: Uint8Array) => void) {
          if (event === 'data') stream.onData = callback;
          if (event === 'end') {
            queueMicrotask(() => {
              const bytes = subset.encode();
              stream.onData(bytes);
              callback(bytes);
            });
          }
          return stream;
        },
      };
      return stream;
    },
  };
}

export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

// Invisible and steering characters: nobody sees them on paper, and some reorder what is seen (U+202E).
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The characters that cannot be printed, each once, in order. A line feed is a line end and always allowed. */
export function missingCharacters(text: string, typeface: Typeface = chineseTypeface()): string[] {
  const missing = new Set<string>();
  for (const character of text) {
    if (character === '\n') continue;
    if (UNSEEN.test(character) || !typeface.has(character.codePointAt(0)!)) missing.add(character);
  }
  return [...missing];
}

/** Throws `character-without-glyph` for the first character that cannot be printed. `pointer` says where it stands. */
export function requireGlyphs(text: string, pointer: string, typeface: Typeface = chineseTypeface()): void {
  const [character] = missingCharacters(text, typeface);
  if (character === undefined) return;
  const codePoint = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = UNSEEN.test(character) ? '' : `“${character}”`;
  throw new DocumentError('character-without-glyph', `字体中没有字符${shown}（${codePoint}），无法制作文件`, {
    character,
    codePoint,
    pointer,
  });
}
