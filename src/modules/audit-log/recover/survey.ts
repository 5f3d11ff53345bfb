import type { BlobStore } from '../../../kernel/blobs/blob-store';
import type { Db } from '../../../kernel/db/database';
import { attempt } from '../../../kernel/pure/tlog/fault';
import { leafHash } from '../../../kernel/pure/tlog/merkle';
import { parseTilePath, TILE_WIDTH } from '../../../kernel/pure/tlog/tiles';
import { parseVkey } from '../../../kernel/pure/tlog/vkey';
import { sha256 } from '../../../kernel/tlog-crypto';
import type { Vault } from '../../../kernel/vault/vault';
import { createFindings, type Drift } from '../audit/drift';
import { checkFiles, readOwn, type AuditedOrigin } from '../audit/files-check';
import { lostBy } from '../audit/losses';
import { leafName, placedRows } from '../audit/rows-check';
import { hexOf, reachOf, type SignedHead, type WalkedLeaves } from '../audit/tree-walk';
import { createLogFiles, sizeOfName } from '../log-files';
import { vaultKeyRows } from '../log-notary';
import { keysOf, originOfHead, readHead, type LogHead } from '../log.store';

/** A position whose published entry the database does not have there. */
export interface WantedPosition {
  position: number;
  /** Leaf hash. */
  hash: Uint8Array;
  /** Type and id where they are open. */
  name: string;
}

/** Entries at positions that were never published; they wait anew where others take their places. */
export interface Unpublished {
  entries: string[];
  /** Entries whose rows are gone: nothing of them can be published any more. */
  vanished: { position: number; entryId: string }[];
  /** False where a position or a row is missing, so that the log could not go on from here. */
  isWhole: boolean;
}

export interface Survey {
  head: LogHead;
  origin: string;
  /** The largest checkpoint that the entries lead to; undefined while nothing was published. */
  published: { head: SignedHead; text: string } | undefined;
  /** Entries that wait, or stand elsewhere, and were published at these positions. */
  restored: { position: number; entryId: string }[];
  lost: WantedPosition[];
  /** Entries at positions under which something else was published. */
  strangers: { position: number; entryId: string }[];
  /** Checkpoints that this log signed and that its entries do not lead to. */
  forks: Drift[];
  /** Positions that were never published. */
  unpublished: Unpublished;
  /** Entries that neither stand in the log nor wait for it. */
  orphans: string[];
  /** Rows of keys that are not what the vault holds, with what it holds. */
  keys: { id: string; verifier: string }[];
  /** Files that no checkpoint stands for. */
  leftovers: string[];
  /** Tiles that are missing or wrong, with their right bytes. */
  tiles: { name: string; bytes: Uint8Array }[];
  /** What only a backup of the files brings back. */
  damaged: Drift[];
}

/** Whether anything speaks against going on under the same origin. */
export const isContradicted = ({ strangers, forks }: Survey): boolean => strangers.length + forks.length > 0;

const PAGE = 2_000;

/** Leaf hashes of entries that have no position in this origin, or none that was published, by hex. */
async function freeEntries(db: Db, head: LogHead, published: number): Promise<Map<string, string>> {
  const free = new Map<string, string>();
  for (let after = ''; ;) {
    const rows: { id: string; leaf: string }[] = await db.m.query(
      `SELECT e.id, e.leaf FROM audit_entry e LEFT JOIN log_position p ON p.entry_id = e.id
       WHERE e.id > ? AND (p.entry_id IS NULL OR (p.generation = ? AND p.position >= ?)) ORDER BY e.id LIMIT ${PAGE}`,
      [after, head.generation, published],
    );
    for (const { id, leaf } of rows) {
      free.set(hexOf(leafHash(Buffer.from(leaf, 'utf8'), sha256)), id);
      after = id;
    }
    if (rows.length < PAGE) return free;
  }
}

async function orphansOf(db: Db): Promise<string[]> {
  const rows: { id: string }[] = await db.m.query(
    `SELECT e.id AS id FROM audit_entry e LEFT JOIN log_position p ON p.entry_id = e.id
     LEFT JOIN log_pending w ON w.entry_id = e.id WHERE p.entry_id IS NULL AND w.entry_id IS NULL ORDER BY e.id`,
  );
  return rows.map((row) => row.id);
}

async function unpublishedOf(db: Db, head: LogHead, published: number): Promise<Unpublished> {
  const rows: { position: number | string; entry_id: string; id: string | null }[] = await db.m.query(
    `SELECT p.position, p.entry_id, e.id FROM log_position p LEFT JOIN audit_entry e ON e.id = p.entry_id
     WHERE p.generation = ? AND p.position >= ? ORDER BY p.position`,
    [head.generation, published],
  );
  const vanished = rows
    .filter(({ id }) => id === null)
    .map(({ position, entry_id: entryId }) => ({ position: Number(position), entryId }));
  const isClosed = rows.every(({ position }, i) => Number(position) === published + i);
  return {
    entries: rows.filter(({ id }) => id !== null).map(({ entry_id: entryId }) => entryId),
    vanished,
    isWhole: vanished.length === 0 && isClosed && published + rows.length === Math.max(head.size, published),
  };
}

/** Positions whose published entries the database does not have there, and who stands there instead. */
function createPositionWalk(db: Db, generation: number) {
  const wanted: WantedPosition[] = [];
  const displaced: { position: number; entryId: string; hash: string }[] = [];
  return {
    wanted,
    displaced,
    async leaves({ first, hashes, entries }: WalkedLeaves): Promise<void> {
      const rows = new Map(
        (await placedRows(db, generation, first, first + hashes.length)).map((r) => [r.position, r]),
      );
      hashes.forEach((hash, i) => {
        const position = first + i;
        const row = rows.get(position);
        if (row && row.id === null && lostBy(row.entryId)) return;
        const own = row && row.id !== null ? hexOf(leafHash(Buffer.from(row.leaf, 'utf8'), sha256)) : undefined;
        if (own === hexOf(hash)) return;
        const entry = entries[i];
        const name = entry ? leafName(Buffer.from(entry).toString('utf8')) : 'an entry whose bytes are damaged';
        wanted.push({ position, hash: hash.slice(), name });
        if (row && own !== undefined) displaced.push({ position, entryId: row.entryId, hash: own });
      });
    },
  };
}

/** Files beyond the published size, and checkpoints that are none of this log. */
async function leftoversOf(on: AuditedOrigin, published: number): Promise<string[]> {
  const names: string[] = [];
  for await (const name of on.files.names('tile/')) {
    const parsed = attempt(() => parseTilePath(name));
    if (!parsed.ok) continue;
    const { index, width, kind } = parsed.value;
    const most = reachOf(published, kind === 'tile' ? parsed.value.level : 'entries');
    if (index * TILE_WIDTH + width > most) names.push(name);
  }
  for await (const name of on.files.names('checkpoint/')) {
    const size = sizeOfName(name);
    if (size === undefined || 'fault' in (await readOwn(on, size))) names.push(name);
  }
  return names;
}

/** The origin that is being written, with its keys as the vault has them. */
async function currentOrigin(db: Db, blobs: BlobStore, vault: Vault) {
  const head = await readHead(db);
  const origin = await originOfHead(db);
  const own = await vaultKeyRows(db, vault, origin);
  const rows = await keysOf(db, origin);
  const keys = own.filter(({ id, verifier }) => rows.some((row) => row.id === id && row.verifier !== verifier));
  const on: AuditedOrigin = {
    generation: head.generation,
    origin,
    files: createLogFiles(blobs, head.generation),
    keys: own.map(({ verifier }) => parseVkey(verifier, sha256)),
  };
  return { head, origin, keys, on };
}

/** Looks at files and database of the log, and changes nothing. Nothing else may write meanwhile. */
export async function surveyLog(db: Db, blobs: BlobStore, vault: Vault): Promise<Survey> {
  const { head, origin, keys, on } = await currentOrigin(db, blobs, vault);
  const findings = createFindings(10_000);
  const walk = createPositionWalk(db, head.generation);
  const tiles: Survey['tiles'] = [];
  const { agreed } = await checkFiles(on, {
    findings,
    place: '',
    earlier: undefined,
    known: () => Promise.resolve(Infinity),
    leaves: walk.leaves,
    wrongTile: (name, bytes) => tiles.push({ name, bytes }),
  });
  const { drifts } = findings.report();
  const read = agreed === 0 ? undefined : await readOwn(on, agreed);
  const text = await on.files.checkpoint(agreed);
  const published = read && 'head' in read && text !== undefined ? { head: read.head, text } : undefined;
  const wanted = walk.wanted.filter(({ position }) => position < agreed);
  const displaced = walk.displaced.filter(({ position }) => position < agreed);
  const free = wanted.length === 0 ? new Map<string, string>() : await freeEntries(db, head, agreed);
  for (const { hash, entryId } of displaced) free.set(hash, entryId);
  const restored = wanted.flatMap(({ position, hash }) => {
    const entryId = free.get(hexOf(hash));
    return entryId === undefined ? [] : [{ position, entryId }];
  });
  const back = new Set(restored.map(({ position }) => position));
  const placed = new Set(restored.map(({ entryId }) => entryId));
  return {
    head,
    origin,
    published,
    restored,
    lost: wanted.filter(({ position }) => !back.has(position)),
    strangers: displaced.flatMap(({ position, entryId }) => (placed.has(entryId) ? [] : [{ position, entryId }])),
    forks: drifts.filter((d) => d.kind === 'checkpoint-other-root'),
    unpublished: await unpublishedOf(db, head, agreed),
    orphans: await orphansOf(db),
    keys,
    leftovers: await leftoversOf(on, agreed),
    tiles: tiles.filter(({ name }) => {
      const parsed = attempt(() => parseTilePath(name));
      return parsed.ok && parsed.value.index * TILE_WIDTH + parsed.value.width <= levelReach(parsed.value, agreed);
    }),
    damaged: drifts.filter((d) => d.kind === 'bundle-missing' || d.kind === 'bundle-changed'),
  };
}

const levelReach = (file: { kind: 'tile' | 'bundle'; level?: number }, size: number): number =>
  reachOf(size, file.kind === 'tile' ? (file.level ?? 0) : 'entries');
