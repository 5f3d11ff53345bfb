import { concatBytes } from './bytes';
import type { CryptoPort } from './crypto-port';
import { SigningError } from './errors';

/** Start and length of the two signed pieces; between them stands the Contents string with its angle brackets. */
export type ByteRange = readonly [number, number, number, number];

export function isByteRange(value: readonly number[]): value is ByteRange {
  return value.length === 4 && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

/** SHA-256 of the signed pieces. Throws SigningError `value-out-of-range` when they do not lie in the file. */
export async function digestOfRange(pdf: Uint8Array, range: ByteRange, crypto: CryptoPort): Promise<Uint8Array> {
  const [start, length, next, rest] = range;
  if (start + length > next || next + rest > pdf.length) {
    throw new SigningError('value-out-of-range', 'the byte range does not lie in the file');
  }
  return crypto.sha256(concatBytes(pdf.subarray(start, start + length), pdf.subarray(next, next + rest)));
}

const ANGLE_OPEN = 0x3c;
const ANGLE_CLOSE = 0x3e;
const ZERO = 0x30;

/** True when the gap is a hex string of whole bytes, brackets included, whose digits are all 0. */
export function isEmptyGap(pdf: Uint8Array, [start, length, next]: ByteRange): boolean {
  const gap = pdf.subarray(start + length, next);
  return (
    gap.length > 2 &&
    gap.length % 2 === 0 &&
    gap[0] === ANGLE_OPEN &&
    gap[gap.length - 1] === ANGLE_CLOSE &&
    gap.subarray(1, -1).every((byte) => byte === ZERO)
  );
}
