import type { BlobStore } from '../../../kernel/blobs/blob-store';
import type { SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { textOf } from '../../../kernel/pure/tlog/encoding';
import { attempt } from '../../../kernel/pure/tlog/fault';
import { parseSignatureLines, signatureLine, type NoteSignature } from '../../../kernel/pure/tlog/note';
import { sha256 } from '../../../kernel/tlog-crypto';
import { logFolder, sizePath } from '../log-places';

// What witnesses said of checkpoints lies beside them in the blob store, so that whoever reads the log needs no database
// for it. A file is bound to the text that was cosigned: a checkpoint that came in the place of another has none.

/** Enough to tell texts apart, and short in a path. */
const TEXT_HASH = 16;

const hashOf = ({ note }: SignedCheckpoint): string =>
  Buffer.from(sha256(Buffer.from(note.text, 'utf8')))
    .toString('hex')
    .slice(0, TEXT_HASH);

const hexId = (keyId: number): string => keyId.toString(16).padStart(8, '0');

export interface CosignedFiles {
  /** Stores a verified cosignature, synced; the first one of a key stays. */
  put(checkpoint: SignedCheckpoint, line: NoteSignature): Promise<void>;
  /** The stored cosignatures of a checkpoint. */
  of(checkpoint: SignedCheckpoint): Promise<NoteSignature[]>;
  /** The largest size that a key has cosigned; 0 for none. Reads every name: for tools. */
  latestOf(keyId: number): Promise<number>;
  /** Notes that the checkpoint has a quorum under that policy. */
  markQuorum(policyId: string, checkpoint: SignedCheckpoint): Promise<void>;
  /** The largest size that was so noted; undefined for none. */
  latestQuorum(policyId: string): Promise<number | undefined>;
  /** Whether this very checkpoint was so noted. */
  hasQuorum(policyId: string, checkpoint: SignedCheckpoint): Promise<boolean>;
}

const PLACE = /\/((?:\d{3}\/){4}\d{3})\/[0-9a-f]{16}(?:\/[0-9a-f]{8})?$/;

/** The size that the name of such a file tells. */
function sizeOf(key: string): number {
  const spelt = PLACE.exec(key)?.[1];
  if (spelt === undefined) throw new Error(`${key} is no file about a cosigned checkpoint; nothing else may lie there`);
  return Number(spelt.replaceAll('/', ''));
}

/** A damaged file counts as none: it can be asked for again, and must not take the checkpoint with it. */
function readLines(bytes: Uint8Array): NoteSignature[] {
  const read = attempt(() => parseSignatureLines(textOf(bytes, 'a stored cosignature')));
  return read.ok ? read.value : [];
}

export function createCosignedFiles(blobs: BlobStore, generation: number): CosignedFiles {
  const root = logFolder(generation);
  const placeOf = (checkpoint: SignedCheckpoint): string => `${sizePath(checkpoint.size)}/${hashOf(checkpoint)}`;
  const folderOf = (checkpoint: SignedCheckpoint): string => `${root}/cosignatures/${placeOf(checkpoint)}/`;
  const quorumOf = (policyId: string): string => `${root}/quorum/${policyId}/`;
  return {
    async put(checkpoint, line) {
      const text = signatureLine(line);
      await blobs.putIfAbsent(`${folderOf(checkpoint)}${hexId(line.keyId)}`, Buffer.from(text, 'utf8'));
    },
    async of(checkpoint) {
      const lines: NoteSignature[] = [];
      for await (const key of blobs.list(folderOf(checkpoint))) lines.push(...readLines(await blobs.get(key)));
      return lines;
    },
    async latestOf(keyId) {
      let latest = 0;
      for await (const key of blobs.list(`${root}/cosignatures/`))
        if (key.endsWith(`/${hexId(keyId)}`)) latest = Math.max(latest, sizeOf(key));
      return latest;
    },
    async markQuorum(policyId, checkpoint) {
      await blobs.putIfAbsent(`${quorumOf(policyId)}${placeOf(checkpoint)}`, new Uint8Array(0));
    },
    async latestQuorum(policyId) {
      const key = await blobs.last(quorumOf(policyId));
      return key === undefined ? undefined : sizeOf(key);
    },
    hasQuorum: async (policyId, checkpoint) =>
      (await blobs.size(`${quorumOf(policyId)}${placeOf(checkpoint)}`)) !== undefined,
  };
}
