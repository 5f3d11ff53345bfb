import { shown, TlogFault } from './fault';
import { HASH_LENGTH } from './merkle';

// The spellings that notes, checkpoints and proofs share. Each value has one spelling; any other is refused, so that two
// texts that differ never mean the same.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of a text without lone surrogates. */
export function utf8(text: string): Uint8Array {
  // An encoder would put U+FFFD in their place, and the bytes would be those of another text.
  if (/\p{Surrogate}/u.test(text)) throw new TlogFault('tlog.encoding', `${shown(text)} has half a character`);
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; a text is taken as it is. Throws for bytes that are no UTF-8. */
export function textOf(input: Uint8Array | string, what: string): string {
  if (typeof input === 'string') {
    utf8(input);
    return input;
  }
  try {
    return decoder.decode(input);
  } catch {
    throw new TlogFault('tlog.encoding', `${what} is no UTF-8`);
  }
}

/** Whether the text holds an ASCII control character (U+0000 to U+001F) other than those allowed. */
export function hasControl(text: string, allowed = ''): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x20 && !allowed.includes(text[i]!)) return true;
  }
  return false;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...ALPHABET].map((sign, value) => [sign, value]));

/** RFC 4648 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const held = bytes.length - i;
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const sign = (place: number): string => ALPHABET[(bits >> (18 - 6 * place)) & 63]!;
    text += sign(0) + sign(1) + (held > 1 ? sign(2) : '=') + (held > 2 ? sign(3) : '=');
  }
  return text;
}

/** Reads padded base64 without white space and with no bits left over; nothing else is taken. */
export function fromBase64(text: string, what: string): Uint8Array {
  const bare = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const sign of bare) {
    bits = ((bits << 6) | (VALUES.get(sign) ?? 0)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  // One check for a foreign sign, wrong padding and bits left over: whatever is not spelt this way is refused.
  if (toBase64(bytes) !== text) throw new TlogFault('tlog.encoding', `${what} ${shown(text)} is no exact base64`);
  return bytes;
}

/** A SHA-256 hash in base64. */
export function hashFromBase64(text: string, what: string): Uint8Array {
  const bytes = fromBase64(text, what);
  if (bytes.length === HASH_LENGTH) return bytes;
  throw new TlogFault('tlog.hash-length', `${what} has ${bytes.length} bytes instead of ${HASH_LENGTH}`);
}

/** A whole number in ASCII digits without leading zeros, up to 2^53 − 1. */
export function fromDecimal(text: string, what: string): number {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) {
    throw new TlogFault('tlog.encoding', `${what} ${shown(text)} is no decimal number without leading zeros`);
  }
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new TlogFault('tlog.size', `${what} ${shown(text)} is larger than ${Number.MAX_SAFE_INTEGER}`);
}

/** Byte strings one after the other. */
export function joinBytes(...parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The first four bytes as a number, the highest first. Requires four bytes at least. */
export const readUint32 = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
