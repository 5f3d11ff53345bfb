import { parseCheckpoint, signCheckpoint, type SignedCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { cosignNote, noteText, type NoteSigner } from '../../src/kernel/pure/tlog/note';
import { naiveTree, someLeaves } from './naive-tree';

export type SmallLog = ReturnType<typeof smallLog>;

/**
 * A log of many entries in memory, whose tree is the naive one, with checkpoints at any size; from `forkedAt` on its
 * history is another one. `chosen` are leaf hashes that stand at certain places.
 */
export function smallLog(
  signer: NoteSigner,
  count: number,
  forkedAt = count,
  chosen: Readonly<Record<number, Uint8Array>> = {},
) {
  const leaves = someLeaves(count).map((leaf, i) => chosen[i] ?? (i < forkedAt ? leaf : Uint8Array.of(...leaf, 1)));
  const tree = naiveTree(leaves);
  const checkpoint = (size: number, ...witnesses: { witness: NoteSigner; time: number }[]): SignedCheckpoint => {
    const { note } = parseCheckpoint(
      signCheckpoint({ origin: signer.key.name, size, root: tree.root(size), extensions: [] }, signer),
    );
    const cosignatures = witnesses.map(({ witness, time }) => cosignNote(note.text, witness, time));
    return parseCheckpoint(noteText({ ...note, signatures: [...note.signatures, ...cosignatures] }));
  };
  return { leaves, tree, checkpoint };
}
