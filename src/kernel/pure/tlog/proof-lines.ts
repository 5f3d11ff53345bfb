import { hashFromBase64, textOf, toBase64 } from './encoding';
import { assertHash } from './merkle';
import { NOTE_LIMIT } from './note';

// What proof files and requests to witnesses share: lines of hashes, an empty line, a checkpoint.

/** As high as a tree can be whose size is a safe integer, and as many lines as a witness takes. */
export const PROOF_HASHES = 63;

/** Throws the fault of the format that asks. */
export type Fail = (why: string) => never;

function assertCount(hashes: readonly unknown[], fail: Fail): void {
  if (hashes.length > PROOF_HASHES) fail(`it has more than ${PROOF_HASHES} hashes`);
}

/** One line for each hash of a proof. */
export function hashLines(proof: readonly Uint8Array[], fail: Fail): string[] {
  assertCount(proof, fail);
  proof.forEach((hash, i) => assertHash(hash, `hash ${i} of the proof`));
  return proof.map(toBase64);
}

export function readHashLines(lines: readonly string[], fail: Fail): Uint8Array[] {
  assertCount(lines, fail);
  return lines.map((line, i) => hashFromBase64(line, `hash ${i} of the proof`));
}

/** The lines before the first empty line, and the checkpoint after it, which has an empty line of its own. */
export function splitBeforeCheckpoint(
  input: Uint8Array | string,
  what: string,
  fail: Fail,
): { lines: string[]; checkpoint: string } {
  if (input.length > 2 * NOTE_LIMIT) fail(`it is longer than ${2 * NOTE_LIMIT} bytes`);
  const whole = textOf(input, what);
  const end = whole.indexOf('\n\n');
  if (end < 0) fail('no empty line stands between the hashes and the checkpoint');
  return { lines: whole.slice(0, end).split('\n'), checkpoint: whole.slice(end + 2) };
}
