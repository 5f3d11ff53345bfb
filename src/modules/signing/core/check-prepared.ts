import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { digestOfRange, isByteRange, isEmptyGap } from './byte-range';
import { equalBytes, toBinaryString, toHex } from './bytes';
import type { CryptoPort } from './crypto-port';
import { SigningError } from './errors';
import { readSignedAttributes, signedAttributesFor } from './signed-attributes';

export interface PreparedDocument {
  /** The very bytes that are shown to the signer: base and increment. */
  pdf: Uint8Array;
  byteRange: readonly number[];
  signedAttributesDer: Uint8Array;
  certificateDer: Uint8Array;
}

export interface CheckedDocument {
  /** SHA-256 of what the signature covers, hex. */
  digestHex: string;
  /** SHA-256 of the prepared file, hex. */
  fileSha256Hex: string;
  fileBytes: number;
}

/**
 * What the signer's own machine checks before its key touches anything (architecture 5.3): the byte range covers all but
 * one empty Contents string; the digest is recomputed from the bytes that are shown; the attributes to be signed are
 * exactly the three, with this digest and this certificate. Trusts nothing the server said about them.
 */
export async function checkPrepared(document: PreparedDocument, crypto: CryptoPort): Promise<Outcome<CheckedDocument>> {
  const { pdf, byteRange, signedAttributesDer, certificateDer } = document;
  if (!isByteRange(byteRange)) return refuse('signing.prepared-range-wrong', { reason: 'form' });
  const [start, length, next, rest] = byteRange;
  if (start !== 0 || length > next || next + rest !== pdf.length) {
    return refuse('signing.prepared-range-wrong', { reason: 'cover' });
  }
  if (!isEmptyGap(pdf, byteRange)) return refuse('signing.prepared-range-wrong', { reason: 'gap' });
  if (!isGapOfSignature(pdf, length, next, byteRange)) {
    return refuse('signing.prepared-range-wrong', { reason: 'dictionary' });
  }
  const digest = await digestOfRange(pdf, byteRange, crypto);
  const expected = await signedAttributesFor(digest, certificateDer, crypto);
  if (!equalBytes(expected, signedAttributesDer)) return refuse(whyOther(digest, signedAttributesDer));
  return accept({
    digestHex: toHex(digest),
    fileSha256Hex: toHex(await crypto.sha256(pdf)),
    fileBytes: pdf.length,
  });
}

/** The gap must be the Contents of a CAdES signature whose own ByteRange says the same four numbers. */
function isGapOfSignature(pdf: Uint8Array, gapStart: number, gapEnd: number, range: readonly number[]): boolean {
  const before = toBinaryString(pdf.subarray(Math.max(0, gapStart - 4096), gapStart));
  const after = toBinaryString(pdf.subarray(gapEnd, gapEnd + 64));
  const object = before.slice(before.lastIndexOf(' obj\n') + 1);
  const ranges = [...object.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  return (
    object.startsWith('obj\n<<') &&
    /\/Contents\s*$/.test(object) &&
    /^\s*>>\s*endobj/.test(after) &&
    /\/SubFilter\s*\/ETSI\.CAdES\.detached\b/.test(object) &&
    ranges.length === 1 &&
    ranges[0]!.slice(1).map(Number).join() === range.join()
  );
}

function whyOther(digest: Uint8Array, signedAttributesDer: Uint8Array): string {
  try {
    const { messageDigest } = readSignedAttributes(signedAttributesDer);
    return equalBytes(messageDigest, digest) ? 'signing.prepared-other-certificate' : 'signing.prepared-other-document';
  } catch (fault) {
    if (fault instanceof SigningError) return 'signing.prepared-attributes-wrong';
    throw fault;
  }
}
