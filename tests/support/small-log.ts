import { parseCheckpoint, signCheckpoint, type SignedCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { cosignNote, noteText, type NoteSigner } from '../../src/kernel/pure/tlog/note';
import { naiveTree, someLeaves } from './naive-tree';

/** A log of many entries in memory, whose tree is the naive one, with checkpoints at any size. */
export function smallLog(signer: NoteSigner, count: number) {
  const leaves = someLeaves(count);
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
