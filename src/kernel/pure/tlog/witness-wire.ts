import type { Ed25519Verify, Sha256 } from '../primitives';
import {
  checkpointOf,
  parseCheckpoint,
  verifyCheckpoint,
  type SignedCheckpoint,
  type VerifiedCheckpoint,
} from './checkpoint';
import { fromDecimal, textOf } from './encoding';
import { attempt, shown, TlogFault } from './fault';
import { assertSize, emptyRoot } from './merkle';
import { NOTE_LIMIT, noteText, parseSignatureLines, verifySignatures, type VerifiedSignature } from './note';
import { verifyConsistency } from './proofs';
import { hashLines, readHashLines, splitBeforeCheckpoint } from './proof-lines';
import type { VerifierKey } from './vkey';

// The add-checkpoint call of c2sp.org/tlog-witness, for the log that asks and for the witness that answers.

/** What a witness answers with. tlog-witness, add-checkpoint. */
export const WITNESS_STATUS = {
  cosigned: 200,
  malformed: 400,
  unsigned: 403,
  unknownLog: 404,
  conflict: 409,
  inconsistent: 422,
} as const;

export type WitnessRefusal = Exclude<keyof typeof WITNESS_STATUS, 'cosigned'>;

/** Content type of a 409 that tells the size of the latest checkpoint. */
export const SIZE_TYPE = 'text/x.tlog.size';

export interface AddCheckpoint {
  /** The size that the witness cosigned last, 0 for none. */
  oldSize: number;
  /** From the old size to the checkpoint's; empty from 0. */
  proof: readonly Uint8Array[];
  checkpoint: SignedCheckpoint;
}

const fail = (why: string): never => {
  throw new TlogFault('tlog.witness-request', `this is no request for a cosignature: ${why}`);
};

/** The body of a request. */
export function addCheckpointText({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  assertSize(oldSize, 'old size');
  return `${[`old ${oldSize}`, ...hashLines(proof, fail)].join('\n')}\n\n${noteText(checkpoint.note)}`;
}

/** Reads the body of a request, nothing verified yet; a fault is answered with 400. */
export function parseAddCheckpoint(input: Uint8Array | string): AddCheckpoint {
  const parts = splitBeforeCheckpoint(input, 'the request', fail);
  const [first = '', ...lines] = parts.lines;
  if (!first.startsWith('old ')) return fail(`${shown(first)} stands where the old size should`);
  return {
    oldSize: fromDecimal(first.slice('old '.length), 'old size'),
    proof: readHashLines(lines, fail),
    checkpoint: parseCheckpoint(parts.checkpoint),
  };
}

/** The head that a witness cosigned last for one log. */
export interface WitnessedHead {
  size: number;
  root: Uint8Array;
}

export type WitnessDecision =
  | { kind: 'cosign'; checkpoint: VerifiedCheckpoint }
  | {
      kind: 'refuse';
      reason: WitnessRefusal;
      status: number;
      fault: TlogFault;
      /** To be told as `sizeText` under `SIZE_TYPE`, when the old size was not the latest. */
      latestSize: number | null;
    };

const refusal = (reason: WitnessRefusal, fault: TlogFault, latestSize: number | null = null): WitnessDecision => ({
  kind: 'refuse',
  reason,
  status: WITNESS_STATUS[reason],
  fault,
  latestSize,
});

/**
 * What a witness does with a request, given the keys of the logs it knows and the head it cosigned last for the
 * checkpoint's origin (`null` for none). Reading that head, deciding and storing the new one must be one atomic step,
 * stored before it answers: two requests at once would otherwise take it back to a smaller size.
 */
export function judgeAddCheckpoint(
  { oldSize, proof, checkpoint: stated }: AddCheckpoint,
  known: { logKeys: readonly VerifierKey[]; latest: WitnessedHead | null },
  { sha256, verify }: { sha256: Sha256; verify: Ed25519Verify },
): WitnessDecision {
  const checkpoint = checkpointOf(stated.note);
  const keys = known.logKeys.filter((key) => key.name === checkpoint.origin);
  if (keys.length === 0) {
    return refusal(
      'unknownLog',
      new TlogFault('tlog.other-origin', `no log ${shown(checkpoint.origin)} is known here`),
    );
  }
  const signed = attempt(() => verifyCheckpoint(checkpoint, keys, verify));
  if (!signed.ok) return refusal('unsigned', signed.fault);
  const { size, root } = checkpoint;
  const fault = (why: string): TlogFault => new TlogFault('tlog.range', why, { oldSize, size });
  if (oldSize > size) {
    return refusal('malformed', fault(`the old size ${oldSize} is larger than the checkpoint's ${size}`));
  }
  const latest = known.latest ?? { size: 0, root: emptyRoot(sha256) };
  if (oldSize !== latest.size) {
    return refusal('conflict', fault(`the latest size seen is ${latest.size}, not ${oldSize}`), latest.size);
  }
  const claim = { from: oldSize, to: size, fromRoot: latest.root, toRoot: root, proof };
  const consistent = attempt(() => verifyConsistency(claim, sha256));
  if (consistent.ok) return { kind: 'cosign', checkpoint: signed.value };
  const isFork = oldSize === size && consistent.fault.code === 'tlog.other-root';
  return refusal(isFork ? 'conflict' : 'inconsistent', consistent.fault);
}

/** The body of a 409 that tells the latest size. */
export function sizeText(size: number): string {
  assertSize(size);
  return `${size}\n`;
}

export interface WitnessReply {
  status: number;
  contentType: string | null;
  body: Uint8Array | string;
}

export type WitnessAnswer =
  /** By known keys of the witness, verified; one at least. */
  | { kind: 'cosigned'; signatures: readonly VerifiedSignature[] }
  /** The witness stands at another size: ask again from there. The same size as was asked from means a fork. */
  | { kind: 'other-size'; size: number }
  | { kind: 'refused'; reason: WitnessRefusal | 'unexpected'; status: number };

const badReply = (why: string): never => {
  throw new TlogFault('tlog.witness-reply', `the witness's reply cannot be used: ${why}`);
};

/**
 * Reads what a witness replied about a checkpoint. Lines of unknown keys are ignored. Throws for a reply that claims to
 * have cosigned without a right cosignature by a known key, or that tells no readable size.
 */
export function readWitnessReply(
  { status, contentType, body }: WitnessReply,
  checkpoint: SignedCheckpoint,
  witnessKeys: readonly VerifierKey[],
  verify: Ed25519Verify,
): WitnessAnswer {
  if (body.length > NOTE_LIMIT) return badReply(`it is longer than ${NOTE_LIMIT} bytes`);
  if (status === WITNESS_STATUS.cosigned) {
    const note = { text: checkpoint.note.text, signatures: parseSignatureLines(textOf(body, 'the reply')) };
    const signatures = verifySignatures(note, witnessKeys, verify);
    return signatures.length > 0 ? { kind: 'cosigned', signatures } : badReply('no known witness cosigned');
  }
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (status === WITNESS_STATUS.conflict && mediaType === SIZE_TYPE) {
    const text = textOf(body, 'the size');
    if (!text.endsWith('\n')) return badReply('the size does not end in a line feed');
    return { kind: 'other-size', size: fromDecimal(text.slice(0, -1), 'the size') };
  }
  const reasons: Partial<Record<number, WitnessRefusal>> = {
    [WITNESS_STATUS.malformed]: 'malformed',
    [WITNESS_STATUS.unsigned]: 'unsigned',
    [WITNESS_STATUS.unknownLog]: 'unknownLog',
    [WITNESS_STATUS.conflict]: 'conflict',
    [WITNESS_STATUS.inconsistent]: 'inconsistent',
  };
  return { kind: 'refused', reason: reasons[status] ?? 'unexpected', status };
}
