import { parseCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import { attempt } from '../../kernel/pure/tlog/fault';
import { noteText } from '../../kernel/pure/tlog/note';
import type { LogFiles } from './log-files';

/**
 * The stored checkpoint of that size as proofs and monitors get it: signed by the log, and after its signatures the
 * stored cosignatures of witnesses, if there are any. Undefined where none of that size was signed.
 */
export async function checkpointWithCosignatures(files: LogFiles, size: number): Promise<string | undefined> {
  const text = await files.checkpoint(size);
  const read = attempt(() => parseCheckpoint(text ?? ''));
  // The self-audit names a checkpoint that is none; here it is shown as it lies.
  if (text === undefined || !read.ok) return text;
  const { note } = read.value;
  const lines = await files.cosigned.of(read.value);
  return lines.length === 0 ? text : noteText({ text: note.text, signatures: [...note.signatures, ...lines] });
}

/**
 * The size whose checkpoint a proof of that entry should lead to: the newest one that has the quorum and holds the entry,
 * else the newest one, whose verdict then says that the quorum is missing. Requires position < largest.
 */
export async function sizeForProof(
  files: LogFiles,
  position: number,
  largest: number,
  quorumId: string | undefined,
): Promise<number> {
  const size = quorumId === undefined ? undefined : await files.cosigned.latestQuorum(quorumId);
  if (size === undefined || size <= position || size >= largest) return largest;
  const text = await files.checkpoint(size);
  const read = attempt(() => parseCheckpoint(text ?? ''));
  // What was noted of a checkpoint that recovery set aside says nothing of the one in its place.
  return read.ok && (await files.cosigned.hasQuorum(quorumId!, read.value)) ? size : largest;
}
