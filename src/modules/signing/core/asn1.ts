import forge from 'node-forge';
import { instant, instantText, parseInstant, type Instant } from '../../../kernel/pure/time';
import { compareBytes, equalBytes, fromBinaryString, fromHex, toBinaryString, toHex } from './bytes';
import { SigningError } from './errors';

const { asn1, util } = forge;

export type Asn1 = forge.asn1.Asn1;

export const Tag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  utf8String: 12,
  sequence: 16,
  set: 17,
  printableString: 19,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
} as const;
export type Tag = (typeof Tag)[keyof typeof Tag];

const UNIVERSAL = asn1.Class.UNIVERSAL;
const CONTEXT = asn1.Class.CONTEXT_SPECIFIC;

// The published types know only a flag here; the engine's options are documented in its source.
const readDer = asn1.fromDer as unknown as (bytes: string, options: Record<string, unknown>) => Asn1;

/**
 * Parses exactly one DER value. Whatever would be written otherwise than it came (BER lengths, padded integers, trailing
 * bytes) is refused, so every part taken out and encoded again has its original bytes.
 * Throws SigningError `malformed-der`. Requires at most `limit` bytes (1 MiB unless given).
 */
export function parseDer(bytes: Uint8Array, limit = 1_048_576): Asn1 {
  if (bytes.length > limit) throw new SigningError('malformed-der', `more than ${limit} bytes`);
  let node: Asn1;
  try {
    // BIT STRINGs stay bytes: guessing at their content is the engine's default.
    node = readDer(toBinaryString(bytes), { strict: true, parseAllBytes: true, decodeBitStrings: false, maxDepth: 40 });
  } catch {
    throw new SigningError('malformed-der', 'not an ASN.1 value');
  }
  if (!equalBytes(toDer(node), bytes)) throw new SigningError('malformed-der', 'not in DER');
  return node;
}

export function toDer(node: Asn1): Uint8Array {
  return fromBinaryString(asn1.toDer(node).getBytes());
}

const primitive = (tag: Tag, value: string): Asn1 => asn1.create(UNIVERSAL, tag, false, value);

export const sequence = (...parts: readonly Asn1[]): Asn1 => asn1.create(UNIVERSAL, Tag.sequence, true, [...parts]);

/** SET OF with its members in DER order. */
export function setOf(...parts: readonly Asn1[]): Asn1 {
  const ordered = parts.map((node) => ({ node, der: toDer(node) })).sort((a, b) => compareBytes(a.der, b.der));
  return asn1.create(
    UNIVERSAL,
    Tag.set,
    true,
    ordered.map(({ node }) => node),
  );
}

/** [n] EXPLICIT, or [n] IMPLICIT of something constructed: the children are the same. */
export const contextConstructed = (number: number, ...parts: readonly Asn1[]): Asn1 =>
  asn1.create(CONTEXT, number, true, [...parts]);

/** [n] IMPLICIT of a primitive value. */
export const contextPrimitive = (number: number, value: Uint8Array): Asn1 =>
  asn1.create(CONTEXT, number, false, toBinaryString(value));

export const oid = (dotted: string): Asn1 => primitive(Tag.oid, asn1.oidToDer(dotted).getBytes());
export const nothing = (): Asn1 => primitive(Tag.null, '');
export const truth = (): Asn1 => primitive(Tag.boolean, '\xff');
export const octets = (value: Uint8Array): Asn1 => primitive(Tag.octetString, toBinaryString(value));
export const utf8 = (value: string): Asn1 => primitive(Tag.utf8String, util.encodeUtf8(value));
export const printable = (value: string): Asn1 => primitive(Tag.printableString, value);

/** A BIT STRING of whole bytes. */
export const bits = (value: Uint8Array): Asn1 => primitive(Tag.bitString, `\0${toBinaryString(value)}`);

/** A named bit list (KeyUsage and the like) from the numbers of the bits that are set, below 16. */
export function namedBits(numbers: readonly number[]): Asn1 {
  const highest = Math.max(...numbers);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const number of numbers) bytes[number >> 3]! |= 0x80 >> (number & 7);
  return primitive(Tag.bitString, String.fromCharCode(7 - (highest & 7)) + toBinaryString(bytes));
}

/** A non-negative INTEGER from lower-case hex with an even number of digits. */
export function integer(hex: string): Asn1 {
  const bytes = fromHex(hex.replace(/^(?:00)+(?=.)/, ''));
  const padded = bytes[0]! >= 0x80 ? `\0${toBinaryString(bytes)}` : toBinaryString(bytes);
  return primitive(Tag.integer, padded);
}

/** RFC 5280 4.1.2.5: UTCTime to 2049, GeneralizedTime after, whole seconds in UTC. */
export function time(at: Instant): Asn1 {
  const text = instantText(at).slice(0, 19).replace(/\D/g, '');
  const year = Number(text.slice(0, 4));
  return year >= 1950 && year < 2050
    ? primitive(Tag.utcTime, `${text.slice(2)}Z`)
    : primitive(Tag.generalizedTime, `${text}Z`);
}

function malformed(what: string): SigningError {
  return new SigningError('malformed-der', `expected ${what}`);
}

export const isUniversal = (node: Asn1 | undefined, tag: Tag): node is Asn1 =>
  node !== undefined && node.tagClass === UNIVERSAL && (node.type as number) === tag;

export const isContext = (node: Asn1 | undefined, number: number): node is Asn1 =>
  node !== undefined && node.tagClass === CONTEXT && (node.type as number) === number;

/** Children of a constructed value; throws for a primitive one. */
export function childrenOf(node: Asn1 | undefined): readonly Asn1[] {
  if (node === undefined || !node.constructed || !Array.isArray(node.value)) throw malformed('a constructed value');
  return node.value;
}

export function partsOf(node: Asn1 | undefined, tag: typeof Tag.sequence | typeof Tag.set): readonly Asn1[] {
  if (!isUniversal(node, tag)) throw malformed(tag === Tag.set ? 'a SET' : 'a SEQUENCE');
  return childrenOf(node);
}

/** Content of a primitive value, whatever its tag. */
export function contentOf(node: Asn1 | undefined): Uint8Array {
  if (node === undefined || node.constructed || typeof node.value !== 'string') throw malformed('a primitive value');
  return fromBinaryString(node.value);
}

function contentAs(node: Asn1 | undefined, tag: Tag, what: string): Uint8Array {
  if (!isUniversal(node, tag)) throw malformed(what);
  return contentOf(node);
}

export function readOid(node: Asn1 | undefined): string {
  const content = toBinaryString(contentAs(node, Tag.oid, 'an OBJECT IDENTIFIER'));
  try {
    const dotted = asn1.derToOid(content);
    if (asn1.oidToDer(dotted).getBytes() === content) return dotted;
  } catch {
    // Falls through: arcs beyond what the engine can count are refused like other nonsense.
  }
  throw malformed('an OBJECT IDENTIFIER');
}

/** A non-negative INTEGER as lower-case hex without leading zero bytes; 00 for zero. */
export function readInteger(node: Asn1 | undefined): string {
  const content = contentAs(node, Tag.integer, 'an INTEGER');
  if (content.length === 0 || content[0]! >= 0x80) throw malformed('a non-negative INTEGER');
  return toHex(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
}

/** An INTEGER that fits 31 bits. */
export function readSmallInteger(node: Asn1 | undefined): number {
  const hex = readInteger(node);
  if (hex.length > 8) throw malformed('a small INTEGER');
  return parseInt(hex, 16);
}

export const readOctets = (node: Asn1 | undefined): Uint8Array => contentAs(node, Tag.octetString, 'an OCTET STRING');

/** A BIT STRING of whole bytes. */
export function readBits(node: Asn1 | undefined): Uint8Array {
  const content = contentAs(node, Tag.bitString, 'a BIT STRING');
  if (content.length === 0 || content[0] !== 0) throw malformed('a BIT STRING of whole bytes');
  return content.subarray(1);
}

/** Numbers of the bits that are set in a named bit list. */
export function readNamedBits(node: Asn1 | undefined): number[] {
  const content = contentAs(node, Tag.bitString, 'a BIT STRING');
  if (content.length === 0 || content[0]! > 7) throw malformed('a BIT STRING');
  const set: number[] = [];
  content.subarray(1).forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >> bit)) !== 0) set.push(index * 8 + bit);
  });
  return set;
}

export function readBoolean(node: Asn1 | undefined): boolean {
  const content = contentAs(node, Tag.boolean, 'a BOOLEAN');
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw malformed('a DER BOOLEAN');
  return content[0] === 0xff;
}

const END_OF_TIME = parseInstant('2999-12-31T15:59:59.999Z');

/** UTCTime or GeneralizedTime in the form RFC 5280 demands. Years after 2999 (no well-defined end) read as 2999. */
export function readTime(node: Asn1 | undefined): Instant {
  const isUtc = isUniversal(node, Tag.utcTime);
  if (!isUtc && !isUniversal(node, Tag.generalizedTime)) throw malformed('a time');
  const text = toBinaryString(contentOf(node));
  const full = isUtc ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
  if (!parts) throw malformed('a time in UTC with seconds');
  if (Number(parts[1]) > 2999) return END_OF_TIME;
  try {
    return instant(parseInstant(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}.000Z`));
  } catch {
    throw malformed('a time that exists');
  }
}

/** The first DER value of `bytes`, without the padding behind it. Throws SigningError `malformed-der`. */
export function firstDerValue(bytes: Uint8Array): Uint8Array {
  const first = bytes[1] ?? 0;
  const extra = first > 0x80 ? first - 0x80 : 0;
  if (bytes.length < 2 + extra || first === 0x80 || extra > 4) throw malformed('a definite length');
  const length = extra === 0 ? first : bytes.subarray(2, 2 + extra).reduce((sum, byte) => sum * 256 + byte, 0);
  if (2 + extra + length > bytes.length) throw malformed('all bytes of the value');
  return bytes.subarray(0, 2 + extra + length);
}
