import type { Ed25519Verify, Sha256 } from '../primitives';
import {
  checkpointOf,
  parseCheckpoint,
  verifyCheckpoint,
  type SignedCheckpoint,
  type VerifiedCheckpoint,
} from './checkpoint';
import { fromBase64, fromDecimal, toBase64 } from './encoding';
import { attempt, shown, TlogFault, type Attempt } from './fault';
import { assertSize } from './merkle';
import { noteText, verifySignatures } from './note';
import { hashLines, readHashLines, splitBeforeCheckpoint } from './proof-lines';
import { judgeQuorum, type Policy, type QuorumVerdict } from './policy';
import { verifyInclusion } from './proofs';
import type { VerifierKey } from './vkey';

// Proofs as files: c2sp.org/tlog-proof. All that an outsider needs beside the entry, the log's key and a policy.

export const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  index: number;
  /** The leaf's sibling first. */
  proof: readonly Uint8Array[];
  /** Not authenticated: nobody may trust it. `null` when there is none. */
  extra: Uint8Array | null;
  checkpoint: SignedCheckpoint;
}

const fail = (why: string): never => {
  throw new TlogFault('tlog.proof', `this is no proof of the log: ${why}`);
};

/** The file, `.tlog-proof`. tlog-proof, Format. */
export function proofText({ index, proof, extra, checkpoint }: TlogProof): string {
  assertSize(index, 'leaf index');
  const lines = hashLines(proof, fail);
  if (extra?.length === 0) return fail('its extra data are empty; leave them out');
  const head = [PROOF_HEADER, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...lines];
  return `${head.join('\n')}\n\n${noteText(checkpoint.note)}`;
}

/** Reads such a file, nothing verified yet. */
export function parseProof(input: Uint8Array | string): TlogProof {
  const parts = splitBeforeCheckpoint(input, 'the proof', fail);
  const [header = '', ...lines] = parts.lines;
  if (header !== PROOF_HEADER) return fail(`its first line is ${shown(header)} instead of ${PROOF_HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? readExtra(lines.shift()!) : null;
  const indexLine = lines.shift() ?? '';
  if (!indexLine.startsWith('index ')) return fail(`${shown(indexLine)} stands where the index should`);
  return {
    index: fromDecimal(indexLine.slice('index '.length), 'leaf index'),
    proof: readHashLines(lines, fail),
    extra,
    checkpoint: parseCheckpoint(parts.checkpoint),
  };
}

function readExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice('extra '.length), 'the extra data');
  return extra.length > 0 ? extra : fail('its extra data are empty; they are to be left out');
}

export interface ProofQuestion {
  /** Of the entry, computed from its bytes and never taken from the proof. */
  leafHash: Uint8Array;
  /** The log's keys; all logs of the policy when left out. */
  logKeys?: readonly VerifierKey[];
  policy: Policy;
}

export interface ProofVerdict {
  /** Everything below holds: the log signed, the entry is in it, and the quorum is met. */
  holds: boolean;
  /** The checkpoint with the keys that signed it. */
  checkpoint: Attempt<VerifiedCheckpoint>;
  /** Whether the entry is in the tree that the checkpoint names: worth nothing where the checkpoint does not hold. */
  inclusion: Attempt<{ index: number; size: number }>;
  /** Who cosigned and who is missing; a fault when a known witness's cosignature is wrong. */
  witnesses: Attempt<QuorumVerdict>;
}

/** Verifies each part of a proof by itself, so that the verdict tells what holds and what is missing. */
export function verifyProof(
  { index, proof, checkpoint }: TlogProof,
  { leafHash, logKeys, policy }: ProofQuestion,
  { sha256, verify }: { sha256: Sha256; verify: Ed25519Verify },
): ProofVerdict {
  const { size, root, note } = checkpointOf(checkpoint.note);
  const keys = logKeys ?? policy.logs.map(({ key }) => key);
  const signed = attempt(() => verifyCheckpoint(checkpoint, keys, verify));
  const inclusion = attempt(() => {
    verifyInclusion({ index, size, leafHash, root, proof }, sha256);
    return { index, size };
  });
  const witnesses = attempt(() => {
    const known = policy.witnesses.map(({ key }) => key);
    return judgeQuorum(policy, verifySignatures(note, known, verify));
  });
  const holds = signed.ok && inclusion.ok && witnesses.ok && witnesses.value.met;
  return { holds, checkpoint: signed, inclusion, witnesses };
}
