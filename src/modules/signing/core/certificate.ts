import type { Instant } from '../../../kernel/pure/time';
import {
  childrenOf,
  contentOf,
  isContext,
  isUniversal,
  parseDer,
  partsOf,
  readBits,
  readBoolean,
  readInteger,
  readNamedBits,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
  Tag,
  toDer,
  type Asn1,
} from './asn1';
import { toHex } from './bytes';
import type { SignatureAlgorithm } from './crypto-port';
import { SigningError } from './errors';
import { readName, type NameAttribute } from './names';
import { Oid } from './oids';
import { readPublicKey, readSignatureAlgorithm, type PublicKeyFacts } from './public-key';

/** Bit numbers of KeyUsage (RFC 5280 4.2.1.3). */
export const KeyUsage = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

/** A certificate as plain data. `der` is what came, byte for byte. */
export interface Certificate {
  der: Uint8Array;
  /** The signed part. */
  tbsDer: Uint8Array;
  /** Lower-case hex without leading zero bytes. */
  serial: string;
  issuerDer: Uint8Array;
  subjectDer: Uint8Array;
  issuer: NameAttribute[];
  subject: NameAttribute[];
  notBefore: Instant;
  /** The last second is still inside. */
  notAfter: Instant;
  publicKeyDer: Uint8Array;
  publicKey: PublicKeyFacts;
  /** Undefined for an algorithm that is not checked here. */
  signatureAlgorithm?: SignatureAlgorithm;
  signature: Uint8Array;
  isAuthority: boolean;
  pathLength?: number;
  /** Bit numbers; undefined when the extension is absent, which restricts nothing. */
  keyUsage?: number[];
  extendedKeyUsage?: string[];
  subjectKeyId?: string;
  authorityKeyId?: string;
  /** Critical extensions that this program does not understand: such a certificate may not be relied on. */
  unknownCritical: string[];
}

type Extensions = Pick<
  Certificate,
  'isAuthority' | 'pathLength' | 'keyUsage' | 'extendedKeyUsage' | 'subjectKeyId' | 'authorityKeyId' | 'unknownCritical'
>;

/**
 * Reads an X.509 v3 certificate, RSA or EC. Throws SigningError `malformed-certificate`. Proves nothing: see `chain.ts`.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (fault) {
    if (!(fault instanceof SigningError)) throw fault;
    throw new SigningError('malformed-certificate', fault.message);
  }
}

function readCertificate(der: Uint8Array): Certificate {
  const [tbs, outerAlgorithm, signature] = exactly(partsOf(parseDer(der, 65_536), Tag.sequence), 3);
  const parts = partsOf(tbs, Tag.sequence);
  const [version, serial, innerAlgorithm, issuer, validity, subject, publicKey, ...rest] = parts;
  if (!isContext(version, 0) || readSmallInteger(childrenOf(version)[0]) !== 2) {
    throw new SigningError('malformed-certificate', 'not version 3');
  }
  if (toHex(toDer(innerAlgorithm!)) !== toHex(toDer(outerAlgorithm!))) {
    throw new SigningError('malformed-certificate', 'the two signature algorithms differ');
  }
  const [notBefore, notAfter] = exactly(partsOf(validity, Tag.sequence), 2);
  const issuerDer = toDer(issuer!);
  const subjectDer = toDer(subject!);
  const publicKeyDer = toDer(publicKey!);
  return {
    der: Uint8Array.from(der),
    tbsDer: toDer(tbs!),
    serial: readInteger(serial),
    issuerDer,
    subjectDer,
    issuer: readName(issuerDer),
    subject: readName(subjectDer),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKeyDer,
    publicKey: readPublicKey(publicKeyDer),
    signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
    signature: readBits(signature),
    ...readExtensions(rest.find((node) => isContext(node, 3))),
  };
}

function exactly(nodes: readonly Asn1[], count: number): readonly Asn1[] {
  if (nodes.length !== count) throw new SigningError('malformed-certificate', `expected ${count} parts`);
  return nodes;
}

function readExtensions(wrapper: Asn1 | undefined): Extensions {
  const facts: Extensions = { isAuthority: false, unknownCritical: [] };
  if (!wrapper) return facts;
  const seen = new Set<string>();
  for (const node of partsOf(childrenOf(wrapper)[0], Tag.sequence)) {
    const parts = partsOf(node, Tag.sequence);
    const id = readOid(parts[0]);
    if (seen.has(id)) throw new SigningError('malformed-certificate', `extension ${id} stands twice`);
    seen.add(id);
    const isCritical = parts.length === 3 && readBoolean(parts[1]);
    const value = parseDer(readOctets(parts.at(-1)));
    if (!readExtension(facts, id, value) && isCritical) facts.unknownCritical.push(id);
  }
  return facts;
}

/** False when the extension is not understood. */
function readExtension(facts: Extensions, id: string, value: Asn1): boolean {
  switch (id) {
    case Oid.basicConstraints: {
      const [first, second] = partsOf(value, Tag.sequence);
      facts.isAuthority = isUniversal(first, Tag.boolean) && readBoolean(first);
      if (second) facts.pathLength = readSmallInteger(second);
      return true;
    }
    case Oid.keyUsage:
      facts.keyUsage = readNamedBits(value);
      return true;
    case Oid.extendedKeyUsage:
      facts.extendedKeyUsage = partsOf(value, Tag.sequence).map(readOid);
      return true;
    case Oid.subjectKeyIdentifier:
      facts.subjectKeyId = toHex(readOctets(value));
      return true;
    case Oid.authorityKeyIdentifier: {
      const keyId = partsOf(value, Tag.sequence).find((node) => isContext(node, 0));
      if (keyId) facts.authorityKeyId = toHex(contentOf(keyId));
      return true;
    }
    default:
      return false;
  }
}

/** RFC 5280 4.2: what a certificate's key may do, when it says so. */
export const mayUseKeyFor = (certificate: Certificate, bit: number): boolean =>
  certificate.keyUsage === undefined || certificate.keyUsage.includes(bit);
