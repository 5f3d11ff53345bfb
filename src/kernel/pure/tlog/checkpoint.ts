import type { Ed25519Verify } from '../primitives';
import { fromDecimal, hashFromBase64, toBase64 } from './encoding';
import { shown, TlogFault } from './fault';
import { assertHash, assertSize } from './merkle';
import { noteText, parseNote, signNote, verifyNote, type Note, type NoteSigner } from './note';
import { SIGNATURE_TYPES, type VerifierKey } from './vkey';

// Checkpoints of c2sp.org/tlog-checkpoint: a signed note of origin, size and root.

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  /** Further lines, which no monitor can check; signed here without any. */
  extensions: readonly string[];
}

const fail = (why: string): never => {
  throw new TlogFault('tlog.checkpoint', `this is no checkpoint: ${why}`);
};

/** The text that is signed, three lines and the extensions. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  assertSize(size);
  assertHash(root, 'the root hash');
  const lines = [origin, String(size), toBase64(root), ...extensions];
  if (lines.some((line) => line === '' || line.includes('\n'))) return fail('one of its lines is empty or two');
  return `${lines.join('\n')}\n`;
}

/** Reads the text of a checkpoint's note. tlog-checkpoint, Note text. */
export function parseCheckpointText(text: string): Checkpoint {
  if (!text.endsWith('\n')) return fail('its text does not end in a line feed');
  const [origin = '', size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (size === undefined || root === undefined) return fail('it has fewer than three lines');
  if (origin === '') return fail('its origin is empty');
  if (extensions.includes('')) return fail('one of its lines is empty');
  return { origin, size: fromDecimal(size, 'tree size'), root: hashFromBase64(root, 'the root hash'), extensions };
}

export interface SignedCheckpoint extends Checkpoint {
  note: Note;
}

/** Reads a signed checkpoint, nothing verified yet. */
export const parseCheckpoint = (input: Uint8Array | string): SignedCheckpoint => checkpointOf(parseNote(input));

/** The checkpoint that a note's text states. */
export const checkpointOf = (note: Note): SignedCheckpoint => ({ ...parseCheckpointText(note.text), note });

/** The whole signed checkpoint as a log serves it. The key's name should be the origin (tlog-checkpoint, Signatures). */
export function signCheckpoint(checkpoint: Checkpoint, ...signers: readonly NoteSigner[]): string {
  const text = checkpointText(checkpoint);
  return noteText({ text, signatures: signers.map((signer) => signNote(text, signer)) });
}

export interface VerifiedCheckpoint extends SignedCheckpoint {
  /** The keys of the log that signed, one at least; two in the time in which keys overlap. */
  signedBy: readonly VerifierKey[];
}

/**
 * A checkpoint signed by a key of the log. Its origin must be the name of the key that signed (tlog-policy, Defining a
 * log), so that one log's key never vouches for another log.
 */
export function verifyCheckpoint(
  { note }: SignedCheckpoint,
  logKeys: readonly VerifierKey[],
  verify: Ed25519Verify,
): VerifiedCheckpoint {
  // Read again from the text that is signed: figures put beside it by hand count for nothing.
  const signed = checkpointOf(note);
  const keys = logKeys.filter((key) => key.type === SIGNATURE_TYPES.note);
  const signedBy = verifyNote(note, keys, verify).map(({ key }) => key);
  const foreign = signedBy.find((key) => key.name !== signed.origin);
  if (foreign) {
    throw new TlogFault(
      'tlog.other-origin',
      `the checkpoint of ${shown(signed.origin)} is signed by the key of ${shown(foreign.name)}`,
    );
  }
  return { ...signed, signedBy };
}

/** Reads and verifies in one; see both. */
export const openCheckpoint = (
  input: Uint8Array | string,
  logKeys: readonly VerifierKey[],
  verify: Ed25519Verify,
): VerifiedCheckpoint => verifyCheckpoint(parseCheckpoint(input), logKeys, verify);
