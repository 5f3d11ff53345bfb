import {
  contentOf,
  nothing,
  oid,
  parseDer,
  partsOf,
  readBits,
  readInteger,
  readOid,
  sequence,
  Tag,
  toDer,
  type Asn1,
} from './asn1';
import { toHex } from './bytes';
import type { SignatureAlgorithm } from './crypto-port';
import { SigningError } from './errors';
import { Oid } from './oids';

export type PublicKeyFacts =
  | { kind: 'rsa'; bits: number; exponent: string }
  | { kind: 'ec-p256' }
  /** Anything else; `oid` is the algorithm or the curve. */
  | { kind: 'other'; oid: string };

/** Reads a SubjectPublicKeyInfo (RFC 5280 4.1.2.7). Throws SigningError `malformed-der`. */
export function readPublicKey(der: Uint8Array): PublicKeyFacts {
  const [algorithm, key] = partsOf(parseDer(der), Tag.sequence);
  const [kind, parameters] = partsOf(algorithm, Tag.sequence);
  const algorithmOid = readOid(kind);
  if (algorithmOid === Oid.rsaEncryption) {
    const [modulus, exponent] = partsOf(parseDer(readBits(key)), Tag.sequence);
    return { kind: 'rsa', bits: bitLength(readInteger(modulus)), exponent: readInteger(exponent) };
  }
  if (algorithmOid !== Oid.ecPublicKey) return { kind: 'other', oid: algorithmOid };
  const curve = readOid(parameters);
  if (curve !== Oid.p256) return { kind: 'other', oid: curve };
  const point = readBits(key);
  if (point.length !== 65 || point[0] !== 4) throw new SigningError('malformed-der', 'expected an uncompressed point');
  return { kind: 'ec-p256' };
}

const bitLength = (hex: string): number => (hex.length - 2) * 4 + parseInt(hex.slice(0, 2), 16).toString(2).length;

/**
 * The one signature algorithm a key may be used with here. Throws SigningError `unsupported-algorithm` unless the key is
 * RSA of 2048 to 4096 bits with exponent 65537, or P-256.
 */
export function algorithmFor(facts: PublicKeyFacts): SignatureAlgorithm {
  if (facts.kind === 'ec-p256') return 'ecdsa-p256-sha256';
  if (facts.kind === 'other') throw new SigningError('unsupported-algorithm', `key of kind ${facts.oid}`);
  if (facts.bits < 2048 || facts.bits > 4096 || facts.exponent !== '010001') {
    throw new SigningError('unsupported-algorithm', `RSA key of ${facts.bits} bits, exponent 0x${facts.exponent}`);
  }
  return 'rsa-sha256';
}

/** AlgorithmIdentifier of a signature in certificates and requests: NULL for RSA (RFC 4055), none for ECDSA (RFC 5758). */
export function signatureAlgorithmNode(algorithm: SignatureAlgorithm): Asn1 {
  return algorithm === 'rsa-sha256' ? sequence(oid(Oid.sha256WithRsa), nothing()) : sequence(oid(Oid.ecdsaWithSha256));
}

/** The inverse of `signatureAlgorithmNode`; undefined for every other algorithm. */
export function readSignatureAlgorithm(node: Asn1 | undefined): SignatureAlgorithm | undefined {
  const der = toHex(toDer(node ?? sequence()));
  const known: readonly SignatureAlgorithm[] = ['rsa-sha256', 'ecdsa-p256-sha256'];
  return known.find((algorithm) => toHex(toDer(signatureAlgorithmNode(algorithm))) === der);
}

/** The bytes of the key itself, from which key identifiers are made. */
export function keyBits(publicKeyDer: Uint8Array): Uint8Array {
  return contentOf(partsOf(parseDer(publicKeyDer), Tag.sequence)[1]).subarray(1);
}
