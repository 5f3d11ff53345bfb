import {
  contextConstructed,
  integer,
  isContext,
  childrenOf,
  octets,
  oid,
  parseDer,
  partsOf,
  readInteger,
  readOctets,
  readOid,
  sequence,
  setOf,
  Tag,
  toDer,
  type Asn1,
} from './asn1';
import { parseCertificate } from './certificate';
import type { CryptoPort } from './crypto-port';
import { SigningError } from './errors';
import { Oid } from './oids';

/** What the three signed attributes say. */
export interface SignedAttributes {
  messageDigest: Uint8Array;
  certificateDigest: Uint8Array;
  issuerDer: Uint8Array;
  serial: string;
}

const attribute = (type: string, value: Asn1): Asn1 => sequence(oid(type), setOf(value));

/**
 * The bytes a signer signs: contentType, messageDigest and signing-certificate-v2 (RFC 5035: SHA-256 of the certificate,
 * issuer and serial) as a DER SET, and nothing else. No signing-time: PAdES shows the claimed time as /M.
 */
export async function signedAttributesFor(
  documentDigest: Uint8Array,
  certificateDer: Uint8Array,
  crypto: CryptoPort,
): Promise<Uint8Array> {
  if (documentDigest.length !== 32) throw new SigningError('value-out-of-range', 'a SHA-256 digest has 32 bytes');
  const { issuerDer, serial } = parseCertificate(certificateDer);
  const issuerSerial = sequence(sequence(contextConstructed(4, parseDer(issuerDer))), integer(serial));
  // SHA-256 is the default hash of ESSCertIDv2 and so is left out in DER.
  const certificateId = sequence(octets(await crypto.sha256(certificateDer)), issuerSerial);
  return toDer(
    setOf(
      attribute(Oid.contentType, oid(Oid.data)),
      attribute(Oid.messageDigest, octets(documentDigest)),
      attribute(Oid.signingCertificateV2, sequence(sequence(certificateId))),
    ),
  );
}

/** Throws SigningError `malformed-cms` unless the SET holds exactly the three attributes, each with one value. */
export function readSignedAttributes(der: Uint8Array): SignedAttributes {
  const values = new Map<string, Asn1>();
  const members = partsOf(parseDer(der, 65_536), Tag.set);
  for (const member of members) {
    const [type, set] = partsOf(member, Tag.sequence);
    const [value, ...more] = partsOf(set, Tag.set);
    if (!value || more.length > 0) throw new SigningError('malformed-cms', 'an attribute without exactly one value');
    values.set(readOid(type), value);
  }
  const [contentType, digest, certificate] = [Oid.contentType, Oid.messageDigest, Oid.signingCertificateV2].map(
    (type) => values.get(type),
  );
  if (members.length !== 3 || !contentType || !digest || !certificate) {
    throw new SigningError('malformed-cms', 'not exactly contentType, messageDigest and signing-certificate-v2');
  }
  if (readOid(contentType) !== Oid.data) throw new SigningError('malformed-cms', 'content type is not data');
  return { messageDigest: readOctets(digest), ...readSigningCertificate(certificate) };
}

function readSigningCertificate(node: Asn1): Omit<SignedAttributes, 'messageDigest'> {
  // More than one would name authorities too: allowed by RFC 5035, never written here.
  const [ids, ...policies] = partsOf(node, Tag.sequence);
  const [first, ...others] = partsOf(ids, Tag.sequence);
  const [hash, issuerSerial] = partsOf(first, Tag.sequence);
  const [names, serial] = partsOf(issuerSerial, Tag.sequence);
  const [name, ...moreNames] = partsOf(names, Tag.sequence);
  if (others.length + policies.length + moreNames.length > 0 || !isContext(name, 4)) {
    throw new SigningError('malformed-cms', 'signing-certificate-v2 in another form');
  }
  return {
    certificateDigest: readOctets(hash),
    issuerDer: toDer(childrenOf(name)[0]!),
    serial: readInteger(serial),
  };
}
