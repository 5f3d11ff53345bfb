import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import {
  childrenOf,
  contextConstructed,
  integer,
  isContext,
  nothing,
  octets,
  oid,
  parseDer,
  partsOf,
  readInteger,
  readOctets,
  readOid,
  readSmallInteger,
  sequence,
  setOf,
  Tag,
  toDer,
  type Asn1,
} from './asn1';
import { equalBytes } from './bytes';
import { parseCertificate, type Certificate } from './certificate';
import type { CryptoPort, SignatureAlgorithm } from './crypto-port';
import { SigningError } from './errors';
import { Oid } from './oids';
import { algorithmFor } from './public-key';
import { readSignedAttributes, type SignedAttributes } from './signed-attributes';

export interface SignedDataParts {
  /** From `signedAttributesFor`, the very bytes that were signed. */
  signedAttributesDer: Uint8Array;
  signature: Uint8Array;
  /** Kept byte for byte. */
  certificateDer: Uint8Array;
  /** Authorities' certificates that go along. */
  chainDer: readonly Uint8Array[];
}

/** A detached CMS signature (RFC 5652) with one signer, as plain data. */
export interface ParsedSignedData {
  certificates: Certificate[];
  /** As a SET, the form that is signed. */
  signedAttributesDer: Uint8Array;
  signedAttributes: SignedAttributes;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  signer: Certificate;
  /** DER of the attributes outside the signature, such as time-stamp tokens. */
  unsignedAttributes: { type: string; valueDer: Uint8Array }[];
}

const sha256Identifier = (): Asn1 => sequence(oid(Oid.sha256));

/** SignatureAlgorithmIdentifier in CMS: rsaEncryption with NULL (RFC 3370 3.2), ecdsa-with-SHA256 alone (RFC 5754). */
const cmsAlgorithm = (algorithm: SignatureAlgorithm): Asn1 =>
  algorithm === 'rsa-sha256' ? sequence(oid(Oid.rsaEncryption), nothing()) : sequence(oid(Oid.ecdsaWithSha256));

/** ContentInfo with detached SignedData. Checks nothing: `checkSignature` comes first. */
export function buildSignedData(parts: SignedDataParts): Uint8Array {
  const signer = parseCertificate(parts.certificateDer);
  const attributes = childrenOf(parseDer(parts.signedAttributesDer));
  const signerInfo = sequence(
    integer('01'),
    sequence(parseDer(signer.issuerDer), integer(signer.serial)),
    sha256Identifier(),
    contextConstructed(0, ...attributes),
    cmsAlgorithm(algorithmFor(signer.publicKey)),
    octets(parts.signature),
  );
  const certificates = setOf(parseDer(parts.certificateDer), ...parts.chainDer.map((der) => parseDer(der)));
  const signedData = sequence(
    integer('01'),
    setOf(sha256Identifier()),
    sequence(oid(Oid.data)),
    contextConstructed(0, ...childrenOf(certificates)),
    setOf(signerInfo),
  );
  return toDer(sequence(oid(Oid.signedData), contextConstructed(0, signedData)));
}

/** Reads what `buildSignedData` writes and its like. Throws SigningError `malformed-cms`, `unsupported-algorithm`. */
export function parseSignedData(der: Uint8Array): ParsedSignedData {
  try {
    return readSignedData(der);
  } catch (fault) {
    if (fault instanceof SigningError && fault.code.startsWith('malformed-')) {
      throw new SigningError('malformed-cms', fault.message);
    }
    throw fault;
  }
}

function readSignedData(der: Uint8Array): ParsedSignedData {
  const [contentType, wrapped] = partsOf(parseDer(der), Tag.sequence);
  if (readOid(contentType) !== Oid.signedData || !isContext(wrapped, 0)) {
    throw new SigningError('malformed-cms', 'not SignedData');
  }
  const [version, , content, ...rest] = partsOf(childrenOf(wrapped)[0], Tag.sequence);
  const contentParts = partsOf(content, Tag.sequence);
  if (readSmallInteger(version) !== 1 || contentParts.length !== 1 || readOid(contentParts[0]) !== Oid.data) {
    throw new SigningError('malformed-cms', 'not a detached signature over data');
  }
  const certificateSet = rest.find((node) => isContext(node, 0));
  const certificates = (certificateSet ? childrenOf(certificateSet) : []).map((node) => parseCertificate(toDer(node)));
  const signerInfos = partsOf(rest.at(-1), Tag.set);
  if (signerInfos.length !== 1) throw new SigningError('malformed-cms', 'not exactly one signer');
  return { certificates, ...readSignerInfo(signerInfos[0]!, certificates) };
}

function readSignerInfo(node: Asn1, certificates: readonly Certificate[]): Omit<ParsedSignedData, 'certificates'> {
  const [version, sid, digestAlgorithm, attributes, algorithmNode, signature, unsigned] = partsOf(node, Tag.sequence);
  if (readSmallInteger(version) !== 1 || !isContext(attributes, 0)) {
    throw new SigningError('malformed-cms', 'a signer without signed attributes, or named by key');
  }
  if (readOid(partsOf(digestAlgorithm, Tag.sequence)[0]) !== Oid.sha256) {
    throw new SigningError('unsupported-algorithm', 'digest other than SHA-256');
  }
  const [issuer, serial] = partsOf(sid, Tag.sequence);
  const issuerDer = toDer(issuer ?? sequence());
  const serialHex = readInteger(serial);
  const signer = certificates.find((one) => one.serial === serialHex && equalBytes(one.issuerDer, issuerDer));
  if (!signer) throw new SigningError('malformed-cms', "the signer's certificate is not inside");
  const members = childrenOf(attributes);
  const signedAttributesDer = toDer(setOf(...members));
  // Signed is the DER SET; attributes that stand in another order would be verified in a form nobody sees.
  if (!equalBytes(signedAttributesDer.subarray(1), toDer(attributes).subarray(1))) {
    throw new SigningError('malformed-cms', 'signed attributes not in DER order');
  }
  return {
    signedAttributesDer,
    signedAttributes: readSignedAttributes(signedAttributesDer),
    algorithm: readCmsAlgorithm(algorithmNode, signer),
    signature: readOctets(signature),
    signer,
    unsignedAttributes: unsigned ? readUnsigned(unsigned) : [],
  };
}

function readCmsAlgorithm(node: Asn1 | undefined, signer: Certificate): SignatureAlgorithm {
  const id = readOid(partsOf(node, Tag.sequence)[0]);
  const expected = algorithmFor(signer.publicKey);
  const accepted = expected === 'rsa-sha256' ? [Oid.rsaEncryption, Oid.sha256WithRsa] : [Oid.ecdsaWithSha256];
  if (!(accepted as string[]).includes(id))
    throw new SigningError('unsupported-algorithm', `signature algorithm ${id}`);
  return expected;
}

function readUnsigned(node: Asn1): ParsedSignedData['unsignedAttributes'] {
  if (!isContext(node, 1)) throw new SigningError('malformed-cms', 'unknown part in a signer');
  return childrenOf(node).flatMap((attribute) => {
    const [type, values] = partsOf(attribute, Tag.sequence);
    return partsOf(values, Tag.set).map((value) => ({ type: readOid(type), valueDer: toDer(value) }));
  });
}

export interface SignatureQuestion {
  /** SHA-256 of the signed bytes of the document. */
  documentDigest: Uint8Array;
  signedAttributesDer: Uint8Array;
  signature: Uint8Array;
  certificateDer: Uint8Array;
}

/**
 * Is this signature the certificate's over these attributes, and do they speak of this document and this certificate?
 * Says nothing about trust in the certificate: see `chain.ts`.
 */
export async function checkSignature(question: SignatureQuestion, crypto: CryptoPort): Promise<Outcome<Certificate>> {
  const certificate = parseCertificate(question.certificateDer);
  const attributes = readSignedAttributes(question.signedAttributesDer);
  if (!equalBytes(attributes.messageDigest, question.documentDigest)) return refuse('signing.other-document');
  const digest = await crypto.sha256(question.certificateDer);
  const isNamed =
    equalBytes(attributes.certificateDigest, digest) &&
    equalBytes(attributes.issuerDer, certificate.issuerDer) &&
    attributes.serial === certificate.serial;
  if (!isNamed) return refuse('signing.other-certificate');
  const isMade = await crypto.verify(
    algorithmFor(certificate.publicKey),
    certificate.publicKeyDer,
    question.signedAttributesDer,
    question.signature,
  );
  return isMade ? accept(certificate) : refuse('signing.signature-wrong');
}

/** As `checkSignature`, for a CMS as it stands in a file. */
export async function checkSignedData(
  cms: ParsedSignedData,
  documentDigest: Uint8Array,
  crypto: CryptoPort,
): Promise<Outcome<Certificate>> {
  const { signedAttributesDer, signature, signer } = cms;
  return checkSignature({ documentDigest, signedAttributesDer, signature, certificateDer: signer.der }, crypto);
}
