import type { Sha256 } from '../primitives';
import { fromBase64, hasControl, joinBytes, readUint32, toBase64, utf8 } from './encoding';
import { shown, TlogFault } from './fault';

// Verifier keys of c2sp.org/signed-note, Verifier keys.

/** Signature types of signed-note that are verified here: notes signed by Ed25519, and witness cosignatures. */
export const SIGNATURE_TYPES = { note: 0x01, cosignature: 0x04 } as const;

export type SignatureType = (typeof SIGNATURE_TYPES)[keyof typeof SIGNATURE_TYPES];

export interface VerifierKey {
  name: string;
  /** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), higher bytes first. */
  keyId: number;
  type: SignatureType;
  /** RFC 8032, 32 bytes. */
  publicKey: Uint8Array;
}

/** Throws unless the text may name a key: not empty, no white space, no plus sign, no control characters. */
export function assertKeyName(name: string): void {
  // signed-note, Format, forbids controls in the whole note.
  if (name === '' || /[\p{White_Space}+]/u.test(name) || hasControl(name)) {
    throw new TlogFault('tlog.key', `${shown(name)} names no key: it is empty or has white space, a plus or controls`);
  }
  utf8(name);
}

/** The key of that name, type and raw public key, with its id. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array, sha256: Sha256): VerifierKey {
  assertKeyName(name);
  if (publicKey.length !== 32) {
    throw new TlogFault('tlog.key', `an Ed25519 key has 32 bytes, not ${publicKey.length}`);
  }
  const keyId = readUint32(sha256(joinBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)));
  return { name, keyId, type, publicKey };
}

const hexId = (keyId: number): string => keyId.toString(16).padStart(8, '0');

/** `<name>+<key id in hex>+<base64 of type and key>` */
export const vkeyText = ({ name, keyId, type, publicKey }: VerifierKey): string =>
  `${name}+${hexId(keyId)}+${toBase64(joinBytes(Uint8Array.of(type), publicKey))}`;

/** How messages name a key: its name and id. */
export const keyWords = ({ name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): string => `${name}+${hexId(keyId)}`;

const typeNames = new Map<number, string>([
  [0x02, 'ECDSA'],
  [0x05, 'RFC 6962 tree heads'],
  [0x06, 'ML-DSA-44 cosignatures'],
]);

/** Reads a vkey; its id must be that of its name, type and key, so that no typing error passes. */
export function parseVkey(text: string, sha256: Sha256): VerifierKey {
  const fail = (why: string): never => {
    throw new TlogFault('tlog.key', `${shown(text)} is no verifier key: ${why}`);
  };
  // Base64 has plus signs of its own, names have none.
  const match = /^([^+]*)\+([^+]*)\+(.*)$/su.exec(text);
  if (!match) return fail('it has another form than <name>+<id>+<key>');
  const [, name = '', id = '', material = ''] = match;
  if (!/^[0-9a-f]{8}$/.test(id)) return fail('its id is not eight lower-case hex digits');
  const bytes = fromBase64(material, 'the key');
  const type = bytes[0];
  if (type !== SIGNATURE_TYPES.note && type !== SIGNATURE_TYPES.cosignature) {
    const known = type === undefined ? 'none' : (typeNames.get(type) ?? `0x${type.toString(16).padStart(2, '0')}`);
    return fail(`its signature type (${known}) is not supported; 0x01 and 0x04 (Ed25519) are`);
  }
  const key = verifierKey(name, type, bytes.subarray(1), sha256);
  return hexId(key.keyId) === id ? key : fail(`its id should be ${hexId(key.keyId)}`);
}

/** Whether two keys are one to a signature line: same name and same id. */
export const isSameKey = (a: Pick<VerifierKey, 'name' | 'keyId'>, b: Pick<VerifierKey, 'name' | 'keyId'>): boolean =>
  a.name === b.name && a.keyId === b.keyId;
