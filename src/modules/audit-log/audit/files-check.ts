import { openCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { attempt } from '../../../kernel/pure/tlog/fault';
import { createFrontier, sameBytes } from '../../../kernel/pure/tlog/merkle';
import { parseTilePath } from '../../../kernel/pure/tlog/tiles';
import type { VerifierKey } from '../../../kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../../kernel/tlog-crypto';
import { sizeOfName, type LogFiles } from '../log-files';
import type { Findings } from './drift';
import { hexOf, reachOf, walkTree, type SignedHead, type WalkedLeaves, type WrongTile } from './tree-walk';

/** One origin of the log: its files and the keys that may sign for it. */
export interface AuditedOrigin {
  generation: number;
  origin: string;
  files: LogFiles;
  keys: readonly VerifierKey[];
}

/** How a message begins that is about an origin which was given up. */
export const placeOf = (generation: number, current: number): string =>
  generation === current ? '' : `origin ${generation}: `;

/** A stored checkpoint as the log's own of its size; undefined, with the reason, for any other. */
export async function readOwn(
  { files, keys, origin }: AuditedOrigin,
  size: number,
): Promise<{ head: SignedHead } | { fault: string }> {
  const text = await files.checkpoint(size);
  const opened = attempt(() => openCheckpoint(text ?? '', keys, ed25519Verify));
  if (!opened.ok) return { fault: opened.fault.message };
  const { origin: named, size: stated, root } = opened.value;
  if (named !== origin) return { fault: `it is one of ${named}` };
  return stated === size ? { head: { size, root } } : { fault: `it speaks of ${stated} entries` };
}

interface OwnCheckpoints {
  /** The largest one; undefined where none is the log's own. */
  largest: SignedHead | undefined;
  /** Sizes whose checkpoints were refused. */
  refused: ReadonlySet<number>;
}

/** Verifies every stored checkpoint by itself; what is none of this log is named. */
async function verifyCheckpoints(on: AuditedOrigin, findings: Findings, place: string): Promise<OwnCheckpoints> {
  const refused = new Set<number>();
  let largest: SignedHead | undefined;
  for await (const name of on.files.names('checkpoint/')) {
    const size = sizeOfName(name);
    if (size === undefined) {
      findings.add({ kind: 'file-strange', where: `${place}${name}`, expected: 'checkpoints', found: 'another name' });
      continue;
    }
    const read = await readOwn(on, size);
    findings.count('checkpoints', 1);
    if ('head' in read) largest = read.head;
    else {
      refused.add(size);
      const expected = `signed by ${on.origin}`;
      findings.add({ kind: 'checkpoint-refused', where: `${place}checkpoint of ${size}`, expected, found: read.fault });
    }
  }
  return { largest, refused };
}

/** Compares the roots of checkpoints, and of earlier audits, with the tree as it grows. */
function createRootCheck(on: AuditedOrigin, own: OwnCheckpoints, earlier: SignedHead | undefined, place: string) {
  const sizes = on.files.sizes()[Symbol.asyncIterator]();
  let next: number | undefined;
  let agreed = 0;
  const following = async (): Promise<number> => {
    do {
      const step: IteratorResult<number, unknown> = await sizes.next();
      next = step.done === true ? Infinity : step.value;
    } while (own.refused.has(next));
    return next;
  };
  const check = async (size: number, root: () => Uint8Array, findings: Findings): Promise<void> => {
    if (earlier?.size === size && !sameBytes(root(), earlier.root)) {
      const where = `${place}the first ${size} entries`;
      findings.add({ kind: 'history-changed', where, expected: hexOf(earlier.root), found: hexOf(root()) });
    }
    while ((next ?? (await following())) < size) await following();
    if (next !== size) return;
    const read = await readOwn(on, size);
    await following();
    if (!('head' in read)) return;
    if (sameBytes(read.head.root, root())) agreed = size;
    else {
      const where = `${place}checkpoint of ${size} (the last one that agrees: ${agreed})`;
      findings.add({ kind: 'checkpoint-other-root', where, expected: hexOf(root()), found: hexOf(read.head.root) });
    }
  };
  return { check, agreed: () => agreed };
}

/** Names what lies beyond the positions that the database knows, and what has no name of the log's. */
async function checkNames({ files }: AuditedOrigin, known: number, findings: Findings, place: string): Promise<void> {
  for await (const name of files.names('tile/')) {
    const parsed = attempt(() => parseTilePath(name));
    if (!parsed.ok) {
      findings.add({ kind: 'file-strange', where: `${place}${name}`, expected: 'tiles', found: 'another name' });
      continue;
    }
    const { index, width } = parsed.value;
    const reach = index * 256 + width;
    const most = reachOf(known, parsed.value.kind === 'tile' ? parsed.value.level : 'entries');
    if (reach <= most) continue;
    const expected = `${known} entries at most`;
    findings.add({ kind: 'file-ahead', where: `${place}${name}`, expected, found: `hash or entry ${reach - 1}` });
  }
}

export interface WalkedFiles {
  /** The signed head that the walk went up to. */
  head: SignedHead | undefined;
  /** The size of the largest checkpoint that the entries lead to. */
  agreed: number;
}

/**
 * The files of one origin against themselves, and every batch of leaves to whoever compares them with rows. `known` asks,
 * after the files were read, how many positions the database has by then; `earlier` is what an audit before saw.
 */
export async function checkFiles(
  on: AuditedOrigin,
  options: {
    findings: Findings;
    place: string;
    earlier: SignedHead | undefined;
    known: () => Promise<number>;
    leaves: (batch: WalkedLeaves) => Promise<void>;
    wrongTile?: WrongTile;
  },
): Promise<WalkedFiles> {
  const { findings, place, earlier } = options;
  const own = await verifyCheckpoints(on, findings, place);
  let agreed = 0;
  if (earlier && earlier.size > (own.largest?.size ?? 0)) {
    const found = `${own.largest?.size ?? 0}`;
    findings.add({ kind: 'history-changed', where: `${place}size`, expected: `${earlier.size} or more`, found });
  }
  if (own.largest) {
    const roots = createRootCheck(on, own, earlier, place);
    const frontier = createFrontier(sha256);
    for await (const batch of walkTree(on.files, own.largest, findings, place, options.wrongTile)) {
      for (const hash of batch.hashes) {
        frontier.append(hash);
        await roots.check(frontier.size(), frontier.root, findings);
      }
      await options.leaves(batch);
    }
    agreed = roots.agreed();
  }
  // Of a database that is behind its own checkpoints that is said once, and not of each of their files.
  await checkNames(on, Math.max(await options.known(), own.largest?.size ?? 0), findings, place);
  return { head: own.largest, agreed };
}
