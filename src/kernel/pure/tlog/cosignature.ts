import type { Ed25519Sign, Ed25519Verify } from '../primitives';
import { joinBytes, utf8 } from './encoding';
import { TlogFault } from './fault';
import { keyWords, SIGNATURE_TYPES, type VerifierKey } from './vkey';

// Ed25519 cosignatures of c2sp.org/tlog-cosignature. Times are POSIX seconds.

const LENGTH = 8 + 64;

function assertTime(time: number): void {
  if (!Number.isSafeInteger(time) || time < 0) {
    throw new TlogFault('tlog.cosignature', `the time ${time} of a cosignature is no whole number of seconds`);
  }
}

/** What is signed: two lines and the whole text of the checkpoint. tlog-cosignature, Ed25519 signed message. */
export function cosignedMessage(time: number, text: string): Uint8Array {
  assertTime(time);
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

/** The bytes of a timestamped signature over a checkpoint's text (without the signature lines). */
export function cosign(text: string, time: number, sign: Ed25519Sign): Uint8Array {
  const signature = sign(cosignedMessage(time, text));
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time));
  return joinBytes(bytes, signature);
}

/** The time of a cosignature by that key on that text, in POSIX seconds; throws when it is none. */
export function verifyCosignature(
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
  verify: Ed25519Verify,
): number {
  if (key.type !== SIGNATURE_TYPES.cosignature) {
    throw new TlogFault('tlog.key', `${keyWords(key)} is no key for cosignatures`);
  }
  if (signature.length !== LENGTH) {
    throw new TlogFault(
      'tlog.cosignature',
      `the cosignature of ${keyWords(key)} has ${signature.length} bytes instead of ${LENGTH}`,
    );
  }
  const stated = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
  const time = Number(stated);
  // The format allows times up to 2^63 − 1; the last exact number of seconds lies in the year 285,428,681.
  if (!Number.isSafeInteger(time)) {
    throw new TlogFault('tlog.cosignature', `the cosignature of ${keyWords(key)} states no possible time (${stated})`);
  }
  if (!verify(key.publicKey, cosignedMessage(time, text), signature.subarray(8))) {
    throw new TlogFault('tlog.signature', `the cosignature of ${keyWords(key)} is not one of this checkpoint`);
  }
  return time;
}
