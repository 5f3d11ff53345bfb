import type { Instant } from '../../../kernel/pure/time';
import {
  bits,
  contextConstructed,
  contextPrimitive,
  integer,
  namedBits,
  octets,
  oid,
  parseDer,
  sequence,
  time,
  toDer,
  truth,
  type Asn1,
} from './asn1';
import { fromHex } from './bytes';
import { KeyUsage, type Certificate } from './certificate';
import type { CryptoPort, Signer } from './crypto-port';
import { SigningError } from './errors';
import { buildName, isEmptyName, nameDer, type NameAttribute } from './names';
import { Oid } from './oids';
import { algorithmFor, keyBits, readPublicKey, signatureAlgorithmNode } from './public-key';

/** The built-in authority never passes for a licensed one: its own name says so wherever a viewer shows the chain. */
export const DEMONSTRATION_AUTHORITY: readonly NameAttribute[] = [
  { type: 'countryName', value: 'CN' },
  { type: 'organizationName', value: '绿鉴演示与测试' },
  { type: 'commonName', value: '绿鉴演示认证机构（非许可机构）' },
];

export interface Validity {
  notBefore: Instant;
  /** The last second inside; after `notBefore`. */
  notAfter: Instant;
}

export interface RootRequest extends Validity {
  subject: readonly NameAttribute[];
  publicKeyDer: Uint8Array;
  /** 1 to 20 bytes in lower-case hex, below 2^159, not zero; unique for the authority, its own certificate included. */
  serial: string;
}

export interface LeafRequest extends Validity {
  /** From the register, never from the request. */
  subject: readonly NameAttribute[];
  /** From a request that `acceptRequest` took. */
  publicKeyDer: Uint8Array;
  serial: string;
}

/** A self-signed root that may sign signers' certificates and lists of revoked ones, and no further authority. */
export async function makeRoot(request: RootRequest, signer: Signer, crypto: CryptoPort): Promise<Uint8Array> {
  const extensions = [
    extension(Oid.basicConstraints, sequence(truth(), integer('00')), true),
    extension(Oid.keyUsage, namedBits([KeyUsage.keyCertSign, KeyUsage.crlSign]), true),
    extension(Oid.subjectKeyIdentifier, octets(await keyId(request.publicKeyDer, crypto))),
  ];
  return sign({ ...request, issuerDer: nameDer(request.subject), extensions }, signer);
}

/**
 * A signer's certificate: digitalSignature and nonRepudiation, for signing documents and mail (the second because
 * `openssl cms` and NSS judge document signers by it).
 * Throws SigningError `value-out-of-range`, `unsupported-algorithm`.
 */
export async function issueLeaf(
  request: LeafRequest,
  authority: Certificate,
  signer: Signer,
  crypto: CryptoPort,
): Promise<Uint8Array> {
  const authorityKeyId = authority.subjectKeyId
    ? fromHex(authority.subjectKeyId)
    : await keyId(authority.publicKeyDer, crypto);
  const extensions = [
    extension(Oid.basicConstraints, sequence(), true),
    extension(Oid.keyUsage, namedBits([KeyUsage.digitalSignature, KeyUsage.nonRepudiation]), true),
    extension(Oid.extendedKeyUsage, sequence(oid(Oid.documentSigning), oid(Oid.emailProtection))),
    extension(Oid.subjectKeyIdentifier, octets(await keyId(request.publicKeyDer, crypto))),
    extension(Oid.authorityKeyIdentifier, sequence(contextPrimitive(0, authorityKeyId))),
  ];
  return sign({ ...request, issuerDer: authority.subjectDer, extensions }, signer);
}

/** RFC 7093 section 2, method 1: the leftmost 160 bits of the SHA-256 of the key. */
async function keyId(publicKeyDer: Uint8Array, crypto: CryptoPort): Promise<Uint8Array> {
  return (await crypto.sha256(keyBits(publicKeyDer))).slice(0, 20);
}

const extension = (id: string, value: Asn1, isCritical = false): Asn1 =>
  sequence(oid(id), ...(isCritical ? [truth()] : []), octets(toDer(value)));

async function sign(
  request: LeafRequest & { issuerDer: Uint8Array; extensions: readonly Asn1[] },
  signer: Signer,
): Promise<Uint8Array> {
  algorithmFor(readPublicKey(request.publicKeyDer));
  if (
    !/^([0-9a-f]{2}){1,20}$/.test(request.serial) ||
    /^0*$/.test(request.serial) ||
    /^[89a-f].{39}$/.test(request.serial)
  ) {
    throw new SigningError('value-out-of-range', 'a serial is 1 to 159 bits, not zero (RFC 5280 4.1.2.2)');
  }
  if (request.notAfter <= request.notBefore)
    throw new SigningError('value-out-of-range', 'validity ends before it begins');
  const subject = buildName(request.subject);
  if (isEmptyName(toDer(subject))) throw new SigningError('value-out-of-range', 'a subject needs a name');
  const tbs = sequence(
    contextConstructed(0, integer('02')),
    integer(request.serial),
    signatureAlgorithmNode(signer.algorithm),
    parseDer(request.issuerDer),
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    parseDer(request.publicKeyDer),
    contextConstructed(3, sequence(...request.extensions)),
  );
  const signature = await signer.sign(toDer(tbs));
  return toDer(sequence(tbs, signatureAlgorithmNode(signer.algorithm), bits(signature)));
}
