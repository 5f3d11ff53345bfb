import type { Ed25519Sign, Ed25519Verify } from '../primitives';
import { cosign, verifyCosignature } from './cosignature';
import { fromBase64, hasControl, joinBytes, readUint32, textOf, toBase64, utf8 } from './encoding';
import { shown, TlogFault } from './fault';
import { assertKeyName, isSameKey, keyWords, SIGNATURE_TYPES, type VerifierKey } from './vkey';

// Signed notes of c2sp.org/signed-note.

export interface NoteSignature {
  name: string;
  keyId: number;
  /** What the key made, without the id before it. */
  signature: Uint8Array;
}

export interface Note {
  /** With its final line feed. */
  text: string;
  signatures: readonly NoteSignature[];
}

/** Limits on untrusted notes; signed-note, Format, asks for 16 signatures at least. */
export const NOTE_LIMIT = 1_000_000;
export const SIGNATURE_LIMIT = 100;

const fail = (why: string): never => {
  throw new TlogFault('tlog.note', `this is no signed note: ${why}`);
};

/** Reads `— <name> <base64>` without its line feed. */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line);
  if (!match) return fail(`${shown(line)} is no signature line`);
  const [, name = '', encoded = ''] = match;
  assertKeyName(name);
  const bytes = fromBase64(encoded, `the signature of ${shown(name)}`);
  if (bytes.length < 5) return fail(`the signature of ${shown(name)} is too short`);
  return { name, keyId: readUint32(bytes), signature: bytes.subarray(4) };
}

/** `— <name> <base64>` with its line feed. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  assertKeyName(name);
  const id = new Uint8Array(4);
  new DataView(id.buffer).setUint32(0, keyId);
  return `\u2014 ${name} ${toBase64(joinBytes(id, signature))}\n`;
}

/** One or more signature lines, each with its line feed. */
export function parseSignatureLines(block: string): NoteSignature[] {
  if (!block.endsWith('\n')) return fail('its last line has no line feed');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > SIGNATURE_LIMIT) return fail(`it has more than ${SIGNATURE_LIMIT} signatures`);
  return lines.map(parseSignatureLine);
}

/** Reads a note, nothing verified yet: its text must not be used before `verifyNote`. */
export function parseNote(input: Uint8Array | string): Note {
  if (input.length > NOTE_LIMIT) return fail(`it is longer than ${NOTE_LIMIT} bytes`);
  const whole = textOf(input, 'the note');
  if (hasControl(whole, '\n')) return fail('it has control characters');
  // The last empty line parts text and signatures: the text may have empty lines of its own.
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) return fail('no empty line stands between its text and its signatures');
  return { text: whole.slice(0, end + 1), signatures: parseSignatureLines(whole.slice(end + 2)) };
}

/** The bytes of a note as text; throws for a text that could not be read again. */
export function noteText({ text, signatures }: Note): string {
  if (!text.endsWith('\n')) return fail('its text does not end in a line feed');
  if (signatures.length === 0) return fail('it has no signature');
  const whole = `${text}\n${signatures.map(signatureLine).join('')}`;
  parseNote(whole);
  return whole;
}

/** A key together with the function that signs with it. */
export interface NoteSigner {
  key: VerifierKey;
  sign: Ed25519Sign;
}

/** Signs a note's text with a log's key (type 0x01). */
export function signNote(text: string, { key, sign }: NoteSigner): NoteSignature {
  if (key.type !== SIGNATURE_TYPES.note) throw new TlogFault('tlog.key', `${keyWords(key)} signs no notes, it cosigns`);
  return { name: key.name, keyId: key.keyId, signature: sign(utf8(text)) };
}

/** Cosigns a checkpoint's text with a witness's key (type 0x04) at a time in POSIX seconds. */
export function cosignNote(text: string, { key, sign }: NoteSigner, time: number): NoteSignature {
  if (key.type !== SIGNATURE_TYPES.cosignature) {
    throw new TlogFault('tlog.key', `${keyWords(key)} is no key for cosignatures`);
  }
  return { name: key.name, keyId: key.keyId, signature: cosign(text, time, sign) };
}

export interface VerifiedSignature {
  key: VerifierKey;
  line: NoteSignature;
  /** When a witness says it cosigned, in POSIX seconds; `null` for a log's own signature. */
  time: number | null;
}

function verifyLine(key: VerifierKey, text: string, line: NoteSignature, verify: Ed25519Verify): VerifiedSignature {
  if (key.type === SIGNATURE_TYPES.cosignature) {
    return { key, line, time: verifyCosignature(key, text, line.signature, verify) };
  }
  if (!verify(key.publicKey, utf8(text), line.signature)) {
    throw new TlogFault('tlog.signature', `the signature of ${keyWords(key)} is not one of this note`);
  }
  return { key, line, time: null };
}

/**
 * Verifies the signatures of known keys, in the order of the keys; lines of unknown keys are ignored, also when they
 * share a name or an id with a known key. Throws when a known key's signature fails or stands twice. The answer may be
 * empty: `verifyNote` wants one at least.
 */
export function verifySignatures(note: Note, keys: readonly VerifierKey[], verify: Ed25519Verify): VerifiedSignature[] {
  return keys.flatMap((key) => {
    const lines = note.signatures.filter((line) => isSameKey(line, key));
    if (lines.length > 1) {
      throw new TlogFault('tlog.signed-twice', `the note is signed ${lines.length} times by ${keyWords(key)}`);
    }
    return lines.map((line) => verifyLine(key, note.text, line, verify));
  });
}

/** The same, and throws when no known key signed. signed-note, Signatures. */
export function verifyNote(note: Note, keys: readonly VerifierKey[], verify: Ed25519Verify): VerifiedSignature[] {
  const verified = verifySignatures(note, keys, verify);
  if (verified.length > 0) return verified;
  const wanted = keys.map(keyWords).join(', ') || 'none';
  throw new TlogFault('tlog.unsigned', `the note has no signature of a known key (known: ${wanted})`);
}
