import type * as z from 'zod';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Db } from '../../kernel/db/database';
import { Problem } from '../../kernel/problem';
import { parseCheckpoint, type SignedCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import { toBase64 } from '../../kernel/pure/tlog/encoding';
import { TlogFault } from '../../kernel/pure/tlog/fault';
import { sayFault } from '../../kernel/pure/tlog/fault-words';
import { leafHash } from '../../kernel/pure/tlog/merkle';
import {
  consistencyTiles,
  inclusionTiles,
  makeConsistencyProof,
  makeInclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../kernel/pure/tlog/proofs';
import {
  createNodeReader,
  tilePath,
  tileOfTree,
  TILE_WIDTH,
  type NodeReader,
  type Tile,
} from '../../kernel/pure/tlog/tiles';
import { proofText } from '../../kernel/pure/tlog/tlog-proof';
import { say } from '../../kernel/pure/wording';
import { sha256 } from '../../kernel/tlog-crypto';
import { checkpointWithCosignatures, sizeForProof } from './log-cosigned';
import { createLogFiles, type LogFiles } from './log-files';
import type { consistencyReply } from './log.contract';
import { isWaiting, positionOf } from './log.store';

// Proofs made of published files alone: the tiles on the way to the root, one bundle, one checkpoint. Of the database
// only the index from entry to position is asked.

/** An entry waits this long at most while nothing is wrong. */
const AGAIN_IN_S = 1;

const WHAT = say('存证', 'log entry');

export type Consistency = z.input<typeof consistencyReply>;

/** An entry as the log holds it. */
export interface Logged {
  generation: number;
  position: number;
  /** The exact bytes. */
  leaf: Uint8Array;
  /** A `tlog-proof` file up to the newest checkpoint that witnesses have vouched for, else to the largest. */
  proof: string;
}

export interface ProofWish {
  /** Puts the leaf into the proof's `extra` line, so that one file is enough. */
  withLeaf?: boolean;
}

export interface LogProofs {
  /** Throws Problem `request.not-found`, `log.not-integrated`, `log.files-damaged`. */
  ofEntry(entryId: string, wish?: ProofWish): Promise<Logged>;
  /** The same by position, of the log that is being written unless another is named. */
  ofPosition(position: number, wish?: ProofWish & { generation?: number }): Promise<Logged>;
  /** To the largest checkpoint by default. Throws Problem `log.sizes-unfit`, `log.files-damaged`. */
  consistency(asked: { from: number; to?: number; generation?: number }): Promise<Consistency>;
}

export interface LogProofDeps {
  db: Db;
  blobs: BlobStore;
  /** Which log is being written. */
  generation(): number;
  /** Under which name the quorum of the trusted witnesses is noted; undefined when nobody witnesses. */
  quorumId?: string;
}

/** What the published files hold decides; where they contradict each other no proof goes out. */
async function whole<T>(making: () => Promise<T>): Promise<T> {
  try {
    return await making();
  } catch (error) {
    if (error instanceof TlogFault) throw new Problem('log.files-damaged', { reason: sayFault(error) });
    throw error;
  }
}

async function readerOf(files: LogFiles, size: number, tiles: readonly Tile[]): Promise<NodeReader> {
  const read = await Promise.all(tiles.map(async (tile) => [tilePath(tile), await files.tile(tile)] as const));
  const bytes = new Map(read);
  return createNodeReader(size, (tile) => bytes.get(tilePath(tile)), sha256);
}

async function leafAt(files: LogFiles, position: number, size: number): Promise<Uint8Array> {
  const { index, width } = tileOfTree(0, Math.floor(position / TILE_WIDTH), size);
  const entries = await files.bundle({ index, width });
  const leaf = entries?.[position % TILE_WIDTH];
  if (leaf) return leaf;
  throw new TlogFault('tlog.bundle', `the bundle with entry ${position} is missing`);
}

async function signedAt(files: LogFiles, size: number): Promise<SignedCheckpoint> {
  const text = await checkpointWithCosignatures(files, size);
  if (text === undefined) throw new TlogFault('tlog.checkpoint', `the checkpoint of ${size} entries is missing`);
  return parseCheckpoint(text);
}

async function prove(
  files: LogFiles,
  position: number,
  size: number,
  withLeaf: boolean,
): Promise<Omit<Logged, 'generation'>> {
  const [checkpoint, leaf, readNode] = await Promise.all([
    signedAt(files, size),
    leafAt(files, position, size),
    readerOf(files, size, inclusionTiles(position, size)),
  ]);
  const proof = makeInclusionProof(position, size, readNode, sha256);
  // A proof that does not hold would be taken for a lie of the bureau's.
  verifyInclusion({ index: position, size, leafHash: leafHash(leaf, sha256), root: checkpoint.root, proof }, sha256);
  const extra = withLeaf ? leaf : null;
  return { position, leaf, proof: proofText({ index: position, proof, extra, checkpoint }) };
}

/** Makes proofs for everybody, of entries and of growth. */
export function createLogProofs({ db, blobs, generation: current, quorumId }: LogProofDeps): LogProofs {
  async function at(generation: number, position: number, { withLeaf = false }: ProofWish): Promise<Logged> {
    const files = createLogFiles(blobs, generation);
    const size = (await files.largest()) ?? 0;
    if (position >= size) throw new Problem('log.not-integrated', { size, retryAfter: AGAIN_IN_S });
    const upTo = await sizeForProof(files, position, size, quorumId);
    return { generation, ...(await whole(() => prove(files, position, upTo, withLeaf))) };
  }
  return {
    async ofEntry(entryId, wish = {}) {
      const found = await positionOf(db, entryId);
      if (found) return at(found.generation, found.position, wish);
      if (!(await isWaiting(db, entryId))) throw new Problem('request.not-found', { what: WHAT, id: entryId });
      const size = (await createLogFiles(blobs, current()).largest()) ?? 0;
      throw new Problem('log.not-integrated', { size, retryAfter: AGAIN_IN_S });
    },
    ofPosition: (position, { generation = current(), ...wish } = {}) => at(generation, position, wish),
    async consistency({ from, to: wanted, generation = current() }) {
      const files = createLogFiles(blobs, generation);
      const size = (await files.largest()) ?? 0;
      const to = wanted ?? size;
      if (from > to || to > size) throw new Problem('log.sizes-unfit', { size, from, to });
      return whole(async () => {
        // Only published sizes have partial tiles of their own.
        const readNode = await readerOf(files, size, consistencyTiles(from, to, size));
        const proof = makeConsistencyProof(from, to, readNode, sha256);
        const [fromCheckpoint, toCheckpoint] = [
          await checkpointWithCosignatures(files, from),
          await checkpointWithCosignatures(files, to),
        ];
        if (fromCheckpoint !== undefined && toCheckpoint !== undefined) {
          const [fromRoot, toRoot] = [parseCheckpoint(fromCheckpoint).root, parseCheckpoint(toCheckpoint).root];
          verifyConsistency({ from, to, fromRoot, toRoot, proof }, sha256);
        }
        return {
          spec: 'lujian-consistency/1' as const,
          ...{ from, to, hashes: proof.map(toBase64) },
          fromCheckpoint: fromCheckpoint ?? null,
          toCheckpoint: toCheckpoint ?? null,
        };
      });
    },
  };
}
