import {
  bits,
  contextConstructed,
  integer,
  isContext,
  parseDer,
  partsOf,
  readBits,
  readSmallInteger,
  sequence,
  Tag,
  toDer,
} from './asn1';
import type { CryptoPort, SignatureAlgorithm, Signer } from './crypto-port';
import { SigningError } from './errors';
import { buildName, readName, type NameAttribute } from './names';
import {
  algorithmFor,
  readPublicKey,
  readSignatureAlgorithm,
  signatureAlgorithmNode,
  type PublicKeyFacts,
} from './public-key';

/** A PKCS#10 request (RFC 2986). The subject is what the requester wrote: nothing may be issued on its word. */
export interface CertificateRequest {
  infoDer: Uint8Array;
  subject: NameAttribute[];
  publicKeyDer: Uint8Array;
  publicKey: PublicKeyFacts;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
}

/**
 * Reads a request and checks that the requester holds the private key. Throws SigningError `malformed-request`,
 * `unsupported-algorithm` (only RSA 2048 to 4096 and P-256, SHA-256), `proof-of-possession-failed`.
 */
export async function acceptRequest(der: Uint8Array, crypto: CryptoPort): Promise<CertificateRequest> {
  const request = parseRequest(der);
  const isHeld = await crypto.verify(request.algorithm, request.publicKeyDer, request.infoDer, request.signature);
  if (!isHeld) throw new SigningError('proof-of-possession-failed', 'the request is not signed by its own key');
  return request;
}

function parseRequest(der: Uint8Array): CertificateRequest {
  try {
    return readRequest(der);
  } catch (fault) {
    if (fault instanceof SigningError && fault.code === 'malformed-der') {
      throw new SigningError('malformed-request', fault.message);
    }
    throw fault;
  }
}

function readRequest(der: Uint8Array): CertificateRequest {
  const outer = partsOf(parseDer(der, 65_536), Tag.sequence);
  const [info, algorithmNode, signature] = outer;
  const [version, subject, publicKey, attributes] = partsOf(info, Tag.sequence);
  if (outer.length !== 3 || readSmallInteger(version) !== 0 || !subject || !publicKey || !isContext(attributes, 0)) {
    throw new SigningError('malformed-request', 'not a PKCS#10 request');
  }
  const publicKeyDer = toDer(publicKey);
  const facts = readPublicKey(publicKeyDer);
  const algorithm = algorithmFor(facts);
  if (readSignatureAlgorithm(algorithmNode) !== algorithm) {
    throw new SigningError('unsupported-algorithm', 'the request is not signed with SHA-256 by its own kind of key');
  }
  return {
    infoDer: toDer(info!),
    subject: readName(toDer(subject)),
    publicKeyDer,
    publicKey: facts,
    algorithm,
    signature: readBits(signature),
  };
}

/** Makes a request for the signer's own key. Throws SigningError `unsupported-algorithm`, `value-out-of-range`. */
export async function makeRequest(
  subject: readonly NameAttribute[],
  publicKeyDer: Uint8Array,
  signer: Signer,
): Promise<Uint8Array> {
  if (algorithmFor(readPublicKey(publicKeyDer)) !== signer.algorithm) {
    throw new SigningError('unsupported-algorithm', 'the signer is of another kind than the public key');
  }
  const info = sequence(integer('00'), buildName(subject), parseDer(publicKeyDer), contextConstructed(0));
  const signature = await signer.sign(toDer(info));
  return toDer(sequence(info, signatureAlgorithmNode(signer.algorithm), bits(signature)));
}
