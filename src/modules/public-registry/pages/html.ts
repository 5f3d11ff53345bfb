// Pages are written as templates whose every hole is escaped; only what these templates made goes in as it is.

const made = Symbol('html');

/** Markup that is safe to send: nothing but `html` makes it. */
export interface Html {
  readonly [made]: true;
  toString(): string;
}

/** What may stand in a hole; nothing, and what is not so, leaves it empty. */
export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

const safe = (text: string): Html => ({ [made]: true, toString: () => text });

const isHtml = (piece: object): piece is Html => made in piece;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

// What neither HTML nor XML may hold: controls other than tab and line ends, lone halves of surrogate pairs, non-characters.
const UNFIT = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/** Text as it reads in markup, in elements and in quoted attributes alike. */
export const escaped = (text: string): string =>
  text.replace(UNFIT, '\ufffd').replace(/[&<>"']/g, (sign) => signs[sign]!);

/** Where a hole stands. */
type Place = 'text' | 'attribute' | 'address';

const ADDRESSES = new Set(['href', 'src', 'action', 'cite', 'formaction', 'poster', 'data']);

/** Stands for a hole in what was read. */
const HOLE = '\ufffd';

class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Reads the fixed part of a template on from where the part before ended. */
class Reader {
  private mode: 'text' | 'tag' | 'value' = 'text';
  private tag = '';
  private quote = '';
  private attribute = '';
  /** What stands in the open value so far. */
  private value = '';

  read(part: string): void {
    for (const sign of part) {
      if (this.mode === 'text') {
        if (sign === '<') [this.mode, this.tag] = ['tag', ''];
      } else if (this.mode === 'value') {
        if (sign === this.quote) this.mode = 'tag';
        else this.value += sign;
      } else this.readTag(sign);
    }
  }

  private readTag(sign: string): void {
    if (sign === '>') {
      this.mode = 'text';
      if (/^(script|style|!--)/i.test(this.tag)) throw new TemplateError(`no template holds <${this.tag}`);
    } else if (sign === '"' || sign === "'") {
      const name = /([^\s"'=<>/]+)\s*=\s*$/.exec(this.tag)?.[1]?.toLowerCase();
      if (name === undefined) throw new TemplateError(`a quote that belongs to no attribute in <${this.tag}`);
      if (/^(on|style$|srcdoc$)/.test(name)) throw new TemplateError(`no template holds the attribute ${name}`);
      [this.mode, this.quote, this.attribute, this.value] = ['value', sign, name, ''];
      this.tag += sign;
    } else this.tag += sign;
  }

  place(): Place {
    if (this.mode === 'text') return 'text';
    if (this.mode === 'value') return this.placeInValue();
    throw new TemplateError(`a hole in <${this.tag} outside a quoted value`);
  }

  /** Behind a beginning of ours a hole can lead nowhere else; a beginning that leaves that open is refused. */
  private placeInValue(): Place {
    if (!ADDRESSES.has(this.attribute)) return 'attribute';
    const before = this.value;
    this.value += HOLE;
    if (before === '') return 'address';
    if (before.startsWith(HOLE) || /^(\/\w|[?#]|https?:\/\/\w)/.test(before)) return 'attribute';
    throw new TemplateError(`an address that begins with ${before}`);
  }

  end(): void {
    if (this.mode !== 'text') throw new TemplateError(`<${this.tag} is not closed`);
  }
}

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** The place of every hole; throws for a template in which escaping alone would not be enough. */
function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const before = known.get(strings);
  if (before) return before;
  const reader = new Reader();
  const places = strings.map((part, n) => {
    reader.read(part);
    return n < strings.length - 1 ? reader.place() : 'text';
  });
  reader.end();
  known.set(strings, places);
  return places;
}

/** Our own addresses, and pages of the web; never what a browser would run. */
const isAddress = (text: string): boolean => /^(\/(?![/\\])|[?#]|https?:\/\/)/.test(text);

const textOf = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'object') return isHtml(piece) ? String(piece) : piece.map(textOf).join('');
  return escaped(String(piece));
};

function filled(piece: Piece, place: Place): string {
  if (place === 'text') return textOf(piece);
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'object') throw new TemplateError('markup does not go into an attribute');
  const text = String(piece);
  return place === 'address' && !isAddress(text) ? '#' : escaped(text);
}

/** A piece of a page. Every hole is escaped for its place; an address that is none of ours or of the web becomes `#`. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  const places = placesOf(strings);
  return safe(strings.map((part, n) => part + (n < pieces.length ? filled(pieces[n], places[n]!) : '')).join(''));
}

/** An address with its query; what is empty or undefined is left out. */
export function address(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  const given = Object.entries(query).filter(([, v]) => v !== null && v !== undefined && v !== '');
  const text = new URLSearchParams(given.map(([k, v]): [string, string] => [k, String(v)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
