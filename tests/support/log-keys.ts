import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { NoteSigner } from '../../src/kernel/pure/tlog/note';
import { SIGNATURE_TYPES, verifierKey, type SignatureType } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Signer, rawPublicKey, sha256 } from '../../src/kernel/tlog-crypto';

/** PKCS #8 of an Ed25519 key before its seed (RFC 8410 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key from a seed that is the same in every run. */
export const ed25519Key = (seed: number): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' });

const signer = (name: string, seed: number, type: SignatureType): NoteSigner => ({
  key: verifierKey(name, type, rawPublicKey(ed25519Key(seed)), sha256),
  sign: ed25519Signer(ed25519Key(seed)),
});

/** A log's signer under its origin. */
export const logSigner = (origin: string, seed = 1): NoteSigner => signer(origin, seed, SIGNATURE_TYPES.note);

/** A witness's signer. */
export const witnessSigner = (name: string, seed = 2): NoteSigner => signer(name, seed, SIGNATURE_TYPES.cosignature);
