/** Width of a text without line ends, in thousandths of the type size. Must be additive over characters. */
export type Measure = (text: string) => number;

// GB/T 15834-2011, 5.1: these do not begin a line ...
const CLOSING = new Set('、。，．：；！？）》〉」』】〕〗〙〛］｝’”％‰℃°·・～–-／…)]}>.,:;!?%');
// ... and these do not end one. The separating stroke (分隔号) does neither.
const OPENING = new Set('（《〈「『【〔〖〘〚［｛‘“￥¥№／([{<');
// Inside a Latin word or number these do not part it: 1.5, 2026-11-23, it’s.
const JOINING = new Set("-–.,:;!?%'’°");
// A dash (——) and an ellipsis (……) are two characters of one mark.
const DOUBLED = new Set('—…⋯─');

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const WORD = /[\p{L}\p{N}]|[!-~]/u;
const MARK = /\p{M}/u;

const isWordCharacter = (character: string): boolean => {
  const codePoint = character.codePointAt(0)!;
  const fullWidth = codePoint >= 0xff00 && codePoint <= 0xffef;
  return !fullWidth && WORD.test(character) && !WIDE.test(character) && !CLOSING.has(character);
};

/** True when no line may end between `before` (all of it so far) and `next`. */
function isGlued(before: readonly string[], next: string): boolean {
  const last = before.at(-1);
  if (last === undefined) return false;
  // Spaces at a line's end are dropped, so an opening mark before them would come to stand there.
  if (MARK.test(next) || OPENING.has(before.findLast((c) => c !== ' ') ?? '')) return true;
  if (CLOSING.has(next)) return last !== ' ' || !JOINING.has(next);
  if (DOUBLED.has(next)) return last === next;
  if (!isWordCharacter(next) || OPENING.has(next)) return false;
  if (isWordCharacter(last)) return true;
  const beforeLast = before.at(-2);
  return JOINING.has(last) && beforeLast !== undefined && isWordCharacter(beforeLast);
}

/** Cuts a text without line ends into pieces that no line end may part; spaces stand alone. */
export function unbreakablePieces(text: string): string[] {
  const pieces: string[] = [];
  const before: string[] = [];
  for (const character of text) {
    const glued = isGlued(before, character);
    before.push(character);
    if (glued && pieces.length > 0) {
      // A closing mark after a space takes the space and what stands before it along.
      if (pieces.at(-1) === ' ' && pieces.length > 1) pieces.push(pieces.splice(-2).join(''));
      pieces.push(pieces.pop()! + character);
    } else {
      pieces.push(character);
    }
  }
  return pieces;
}

export interface LineWidths {
  /** Room of each line, in thousandths of the type size; above zero. */
  width: number;
  /** Taken from the first line of each paragraph, same unit. */
  firstIndent?: number;
}

/**
 * Breaks a text into lines that fit. A line feed ends a line. Spaces at a line's end are dropped. A piece wider than a
 * whole line is cut between characters, so that nothing ever runs off the page.
 */
export function breakLines(text: string, measure: Measure, widths: LineWidths): string[] {
  return text.split('\n').flatMap((line) => breakOne(line, measure, widths));
}

function breakOne(text: string, measure: Measure, { width, firstIndent = 0 }: LineWidths): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  let room = width - firstIndent;
  const endLine = (): void => {
    lines.push(line.replace(/ +$/, ''));
    line = '';
    used = 0;
    room = width;
  };
  const put = (piece: string, size: number): void => {
    line += piece;
    used += size;
  };
  for (const piece of unbreakablePieces(text)) {
    const size = measure(piece);
    if (piece === ' ') {
      if (used + size <= room) put(piece, size);
      else if (line !== '') endLine();
    } else if (used + size <= room) {
      put(piece, size);
    } else if (size <= width) {
      endLine();
      put(piece, size);
    } else {
      for (const character of piece) {
        const one = measure(character);
        if (used + one > room && line !== '') endLine();
        put(character, one);
      }
    }
  }
  lines.push(line.replace(/ +$/, ''));
  return lines;
}
