import type { SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import {
  consistencyTiles,
  makeConsistencyProof,
  rootOfTree,
  rootTiles,
  verifyConsistency,
} from '../../../kernel/pure/tlog/proofs';
import { createNodeReader, tilePath } from '../../../kernel/pure/tlog/tiles';
import { addCheckpointText } from '../../../kernel/pure/tlog/witness-wire';
import { sha256 } from '../../../kernel/tlog-crypto';
import type { LogFiles } from '../log-files';

async function growth(files: LogFiles, from: number, { size, root }: SignedCheckpoint): Promise<Uint8Array[]> {
  if (from === 0 || from === size) return [];
  const bytes = new Map<string, Uint8Array | undefined>();
  for (const tile of [...consistencyTiles(from, size), ...rootTiles(from, size)])
    if (!bytes.has(tilePath(tile))) bytes.set(tilePath(tile), await files.tile(tile));
  const readNode = createNodeReader(size, (tile) => bytes.get(tilePath(tile)), sha256);
  const proof = makeConsistencyProof(from, size, readNode, sha256);
  // A witness would take a damaged tile for a fork.
  const fromRoot = rootOfTree(from, readNode, sha256);
  verifyConsistency({ from, to: size, fromRoot, toRoot: root, proof }, sha256);
  return proof;
}

/**
 * The body that asks a witness for its cosignature, which has cosigned `from` entries last. Requires
 * 0 <= from <= the checkpoint's size, the largest one. Throws TlogFault where the files do not lead to the checkpoint.
 */
export const growthRequest = async (files: LogFiles, from: number, checkpoint: SignedCheckpoint): Promise<string> =>
  addCheckpointText({ oldSize: from, proof: await growth(files, from, checkpoint), checkpoint });
