/** The two operations this folder borrows from the machine: node:crypto on the server, WebCrypto in a browser. */
export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-p256-sha256';

export interface CryptoPort {
  sha256(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /**
   * RSASSA-PKCS1-v1_5, or ECDSA on P-256 with a DER signature, both with SHA-256, by a SubjectPublicKeyInfo.
   * False also for a key or signature that cannot be read.
   */
  verify(
    algorithm: SignatureAlgorithm,
    publicKeyDer: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): boolean | Promise<boolean>;
}

/** Signs with a key that stays where it is. Answers as `CryptoPort.verify` reads. */
export interface Signer {
  algorithm: SignatureAlgorithm;
  sign(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
}
