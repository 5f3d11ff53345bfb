import { judgeQuorum, type Policy, type QuorumPart, type QuorumVerdict } from '../../../kernel/pure/tlog/policy';
import type { SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { verifySignatures, type VerifiedSignature } from '../../../kernel/pure/tlog/note';
import { vkeyText } from '../../../kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../../kernel/tlog-crypto';
import type { CosignedFiles } from './cosigned-files';

/** The witnesses that the service trusts, under a name that changes with what they must do. */
export interface TrustedWitnesses {
  policy: Policy;
  /** Sixteen hex digits. */
  id: string;
}

const partText = (part: QuorumPart): unknown =>
  part.kind === 'witness' ? vkeyText(part.key) : [part.threshold, ...part.members.map(partText)];

/** Two policies that ask the same of the same keys have one id, whatever their names and comments. */
export function trusted(policy: Policy): TrustedWitnesses {
  const text = JSON.stringify(policy.quorum && partText(policy.quorum));
  return {
    policy,
    id: Buffer.from(sha256(Buffer.from(text, 'utf8')))
      .toString('hex')
      .slice(0, 16),
  };
}

/** The stored cosignatures of a checkpoint by trusted witnesses, verified. */
export async function cosignaturesOf(
  files: CosignedFiles,
  checkpoint: SignedCheckpoint,
  { policy }: TrustedWitnesses,
): Promise<VerifiedSignature[]> {
  const note = { text: checkpoint.note.text, signatures: await files.of(checkpoint) };
  const keys = policy.witnesses.map(({ key }) => key);
  return verifySignatures(note, keys, ed25519Verify);
}

/** Stores verified cosignatures, and notes the checkpoint when they are enough now. Answers what is there and missing. */
export async function keepCosignatures(
  files: CosignedFiles,
  checkpoint: SignedCheckpoint,
  witnesses: TrustedWitnesses,
  signatures: readonly VerifiedSignature[],
): Promise<QuorumVerdict> {
  for (const { line } of signatures) await files.put(checkpoint, line);
  const verdict = judgeQuorum(witnesses.policy, await cosignaturesOf(files, checkpoint, witnesses));
  if (verdict.met) await files.markQuorum(witnesses.id, checkpoint);
  return verdict;
}
