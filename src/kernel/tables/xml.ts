import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { broken, hostile, TableFault } from './cells';

const DEEPEST = 64;
/** Characters that may pass without a single tag: beyond that somebody wants our memory. */
const LONGEST_SILENCE = 4 * 1024 * 1024;

export interface XmlHandlers {
  /** Name without its prefix. */
  open?(name: string, attributes: Readonly<Record<string, string>>, raw: { name: string; selfClosing: boolean }): void;
  text?(text: string): void;
  close?(name: string, raw: { name: string; selfClosing: boolean }): void;
}

const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Reads XML of a part of a workbook; throws TableFault for a document type, undue depth, or what is no XML. */
export class XmlReader {
  private readonly parser = new SaxesParser();
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private depth = 0;
  private silence = 0;
  private begun = false;

  constructor(handlers: XmlHandlers, encoding: 'utf-8' | 'utf-16le' | 'utf-16be' = 'utf-8') {
    this.decoder = new TextDecoder(encoding, { fatal: true });
    const { parser } = this;
    // An entity of one's own making needs a document type: refused before it could be expanded.
    parser.on('doctype', () => {
      throw hostile('工作簿内部的 XML 带有 DOCTYPE 声明，正常的表格软件不会写出；未读取。');
    });
    parser.on('error', (error) => {
      throw error instanceof TableFault
        ? error
        : broken('工作簿内部的 XML 不完整或不合规范；请用表格软件打开后另存为 .xlsx。');
    });
    parser.on('opentag', (tag) => {
      this.silence = 0;
      this.depth += 1;
      if (this.depth > DEEPEST) throw hostile('工作簿内部的 XML 嵌套过深；未读取。');
      handlers.open?.(local(tag.name), tag.attributes, { name: tag.name, selfClosing: tag.isSelfClosing });
    });
    parser.on('closetag', (tag) => {
      this.silence = 0;
      this.depth -= 1;
      handlers.close?.(local(tag.name), { name: tag.name, selfClosing: tag.isSelfClosing });
    });
    if (handlers.text) {
      const { text } = handlers;
      parser.on('text', (t) => text(t));
      parser.on('cdata', (t) => text(t));
    }
  }

  write(bytes: Uint8Array): void {
    let text: string;
    try {
      text = this.decoder.decode(bytes, { stream: true });
    } catch {
      throw broken('工作簿内部的文字编码有误；请用表格软件打开后另存为 .xlsx。');
    }
    if (text === '') return;
    this.begun = true;
    this.silence += text.length;
    if (this.silence > LONGEST_SILENCE) throw hostile('工作簿内部有异常长的内容；未读取。');
    this.parser.write(text);
  }

  end(): void {
    if (!this.begun) throw broken('工作簿内部有空文件；请用表格软件打开后另存为 .xlsx。');
    this.parser.close();
  }
}

/** Reads a whole stream; `stop` is asked after each chunk. */
export async function readXml(stream: Readable, handlers: XmlHandlers, stop?: () => boolean): Promise<void> {
  let reader: XmlReader | undefined;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    reader ??= new XmlReader(handlers, xmlEncoding(chunk));
    reader.write(chunk);
    if (stop?.()) {
      stream.destroy();
      return;
    }
  }
  if (!reader) throw broken('工作簿内部有空文件；请用表格软件打开后另存为 .xlsx。');
  reader.end();
}

/** By the byte order mark; parts of a workbook are UTF-8 or UTF-16. */
export function xmlEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For text and attributes; what XML cannot hold at all is written as spreadsheets do, _x0001_. */
export const escapeXml = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      // eslint-disable-next-line no-control-regex -- the very characters that XML forbids
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"]/g, (c) => ESCAPED[c]!);

/** Undoes what spreadsheets write for characters that XML cannot hold. */
export const unescapeSheetText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;
