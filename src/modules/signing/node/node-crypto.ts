import { createHash, createPublicKey, sign, verify, constants, type KeyObject } from 'node:crypto';
import type { CryptoPort, SignatureAlgorithm, Signer } from '../core/crypto-port';
import { algorithmFor, readPublicKey } from '../core/public-key';

/** SHA-256 and verification by OpenSSL: node-forge's own RSA is slow and has had forgeries. */
export const nodeCrypto: CryptoPort = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  verify: verifySignature,
};

function verifySignature(
  algorithm: SignatureAlgorithm,
  publicKeyDer: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(publicKeyDer), format: 'der', type: 'spki' });
  } catch {
    return false;
  }
  if (key.asymmetricKeyType !== (algorithm === 'rsa-sha256' ? 'rsa' : 'ec')) return false;
  return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING, dsaEncoding: 'der' }, signature);
}

/** DER of a private key's public half. */
export const publicKeyDerOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));

/**
 * Signs with a private key in this process: the built-in authority's on the server, the signer's on the client.
 * Throws SigningError `unsupported-algorithm`.
 */
export function nodeSigner(key: KeyObject): Signer {
  const algorithm = algorithmFor(readPublicKey(publicKeyDerOf(key)));
  return {
    algorithm,
    sign: (data) =>
      new Uint8Array(sign('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING, dsaEncoding: 'der' })),
  };
}
