import { chineseTypeface, codePointsOf, requireGlyphs, type Typeface } from './fonts';

export interface NameBlock {
  name: string;
  role: string;
  /** Small lines below, for example the claimed time and 非许可机构证书. */
  lines: readonly string[];
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

/** PDF operators that fill a text's outlines with the pen at (x, y). Needs no font resource, sharp at any zoom. */
export function outlineText(text: string, x: number, y: number, size: number, typeface: Typeface): string {
  const operators: string[] = [];
  let pen = x;
  for (const codePoint of codePointsOf(text)) {
    const { commands, unitsPerEm, advance } = typeface.outline(codePoint);
    const scale = size / unitsPerEm;
    const at = (args: readonly number[]): string =>
      args.map((value, index) => number((index % 2 === 0 ? pen : y) + value * scale)).join(' ');
    let current: [number, number] = [0, 0];
    for (const { command, args } of commands) {
      if (command === 'moveTo') operators.push(`${at(args)} m`);
      if (command === 'lineTo') operators.push(`${at(args)} l`);
      if (command === 'bezierCurveTo') operators.push(`${at(args)} c`);
      if (command === 'quadraticCurveTo') operators.push(`${at(asCubic(current, args))} c`);
      if (command === 'closePath') operators.push('h');
      else current = [args.at(-2)!, args.at(-1)!];
    }
    pen += advance * scale;
  }
  return operators.length === 0 ? '' : `${operators.join('\n')}\nf\n`;
}

/** PDF has cubic curves only; this is the same curve with its degree raised by one. */
function asCubic([x0, y0]: readonly [number, number], args: readonly number[]): number[] {
  const [cx, cy, x, y] = args as [number, number, number, number];
  const third = (from: number, to: number): number => from + ((to - from) * 2) / 3;
  return [third(x0, cx), third(y0, cy), third(x, cx), third(y, cy), x, y];
}

/**
 * Content stream of a visible signature for a box of this size in points, origin lower left: a frame, the name, the
 * role, small lines. Each line shrinks until it fits. Throws DocumentError `character-without-glyph`.
 */
export function drawNameBlock(block: NameBlock, width: number, height: number): string {
  const typeface = chineseTypeface();
  const lines = [
    { text: block.name, share: 1.6 },
    { text: block.role, share: 1 },
    ...block.lines.map((text) => ({ text, share: 0.85 })),
  ];
  lines.forEach(({ text }, index) => requireGlyphs(text, `/signer/lines/${index}`, typeface));
  const padding = 6;
  const total = lines.reduce((sum, { share }) => sum + share, 0);
  const unit = (height - 2 * padding) / total;
  let top = height - padding;
  const drawn = lines.map(({ text, share }) => {
    const leading = unit * share;
    const natural = typeface.widthOf(text) / 1000;
    const size = Math.min(leading * 0.78, (width - 2 * padding) / Math.max(natural, 0.001));
    const baseline = top - leading * 0.5 - size * 0.36;
    top -= leading;
    return outlineText(text, padding, baseline, size, typeface);
  });
  const frame = `0.72 0.09 0.09 RG 0.8 w 1 1 ${number(width - 2)} ${number(height - 2)} re S\n`;
  return `q\n${frame}0.72 0.09 0.09 rg\n${drawn.join('')}Q\n`;
}
