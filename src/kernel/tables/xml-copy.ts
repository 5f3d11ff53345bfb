import type { Readable } from 'node:stream';
import { broken } from './cells';
import { XmlReader, xmlEncoding } from './xml';

type Attributes = Readonly<Record<string, string>>;

export interface CopyHooks {
  /** The attributes to write instead; null leaves the element out with all that is in it. */
  open?(name: string, attributes: Attributes): Attributes | null;
  /** Written before the element opens. */
  before?(name: string, prefix: string): string;
  /** Written inside the element, before it closes. `inner` is all that was written since it opened. */
  close?(name: string, inner: () => string, prefix: string): string;
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};
const inText = (text: string): string => text.replace(/[&<>\r]/g, (c) => SIGNS[c]!);
const inAttribute = (text: string): string => text.replace(/[&<>"\n\r\t]/g, (c) => SIGNS[c]!);

export const openTag = (name: string, attributes: Attributes, end = '>'): string =>
  `<${name}${Object.entries(attributes)
    .map(([k, v]) => ` ${k}="${inAttribute(v)}"`)
    .join('')}${end}`;

/** `x:` of `x:row`: what is added must bear it too. */
const prefixOf = (name: string): string => name.slice(0, name.indexOf(':') + 1);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Copies XML tag by tag; comments and processing instructions are left out. */
class XmlCopier {
  private out: string[] = [HEAD];
  private left = 0;
  private readonly opened: number[] = [];

  constructor(private readonly hooks: CopyHooks) {}

  open(name: string, attributes: Attributes, raw: { name: string }): void {
    this.opened.push(this.out.length);
    if (this.left > 0) {
      this.left += 1;
      return;
    }
    const before = this.hooks.before?.(name, prefixOf(raw.name)) ?? '';
    const kept = this.hooks.open ? this.hooks.open(name, attributes) : attributes;
    if (kept === null) this.left = 1;
    else this.out.push(before + openTag(raw.name, kept));
  }

  text(text: string): void {
    if (this.left === 0) this.out.push(inText(text));
  }

  close(name: string, raw: { name: string }): void {
    const from = this.opened.pop()!;
    if (this.left > 0) {
      this.left -= 1;
      return;
    }
    const added = this.hooks.close?.(name, () => this.out.slice(from + 1).join(''), prefixOf(raw.name)) ?? '';
    this.out.push(`${added}</${raw.name}>`);
  }

  take(): string {
    // Of what lies further back only `inner` may ask, and only of small elements.
    const text = this.out.join('');
    this.out = [];
    this.opened.fill(-1);
    return text;
  }
}

/** The copy of an XML stream as bytes; with `whole`, hooks may ask for the inside of any element. */
export async function* copyXml(source: Readable, hooks: CopyHooks, whole = false): AsyncIterable<Buffer> {
  const copier = new XmlCopier(hooks);
  let reader: XmlReader | undefined;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    reader ??= new XmlReader(
      {
        open: (name, attributes, raw) => copier.open(name, attributes, raw),
        text: (text) => copier.text(text),
        close: (name, raw) => copier.close(name, raw),
      },
      xmlEncoding(chunk),
    );
    reader.write(chunk);
    if (!whole) yield Buffer.from(copier.take());
  }
  if (!reader) throw broken('工作簿内部有空文件；请用表格软件打开后另存为 .xlsx。');
  reader.end();
  yield Buffer.from(copier.take());
}
