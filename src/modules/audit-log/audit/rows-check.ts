import type { Reads } from '../../../kernel/db/database';
import { instant, instantText } from '../../../kernel/pure/time';
import { leafHash, sameBytes } from '../../../kernel/pure/tlog/merkle';
import { sha256 } from '../../../kernel/tlog-crypto';
import { factsInColumn } from '../audit-log.store';
import { factsCommitment, type SaltedFact } from '../core/leaf';
import type { Drift, Findings } from './drift';
import { lostBy, type LossTally } from './losses';
import { hexOf, type WalkedLeaves } from './tree-walk';

/** A position with all that its row says. */
export interface PlacedRow {
  position: number;
  entryId: string;
  /** Null when the entry's row is gone. */
  id: string | null;
  at: number;
  type: string;
  sealed: boolean;
  role: string;
  authority: string | null;
  leaf: string;
  facts: string | null;
}

type Raw = Record<'position' | 'at' | 'sealed', number | string> & {
  entry_id: string;
  id: string | null;
  type: string;
  role: string;
  authority: string | null;
  leaf: string;
  facts: string | null;
};

const COLUMNS = 'e.id, e.at, e.type, e.sealed, e.role, e.authority, e.leaf, e.facts';

/** Positions from `first` to before `end`, with their rows. */
export async function placedRows(on: Reads, generation: number, first: number, end: number): Promise<PlacedRow[]> {
  const rows: Raw[] = await on.m.query(
    `SELECT p.position, p.entry_id, ${COLUMNS} FROM log_position p LEFT JOIN audit_entry e ON e.id = p.entry_id
     WHERE p.generation = ? AND p.position >= ? AND p.position < ? ORDER BY p.position`,
    [generation, first, end],
  );
  return rows.map(({ entry_id: entryId, position, at, sealed, ...rest }) => ({
    ...rest,
    entryId,
    position: Number(position),
    at: Number(at),
    sealed: Number(sealed) === 1,
  }));
}

interface OpenLeaf {
  id?: string;
  at?: string;
  type: string;
  actor?: { role: string; authority: string | null };
  facts?: string;
}

/** An open leaf, or undefined for bytes that are none (such as the head of a former origin). */
export function openLeaf(text: string): OpenLeaf | undefined {
  try {
    const leaf: unknown = JSON.parse(text);
    return typeof leaf === 'object' && leaf !== null && 'facts' in leaf && 'type' in leaf
      ? (leaf as OpenLeaf)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is published at a position, for messages: its type and id where they are open. */
export const leafName = (text: string): string => {
  const leaf = openLeaf(text);
  if (!leaf) return 'the head of the former origin';
  return leaf.id === undefined ? 'a sealed entry' : `${leaf.type} ${leaf.id}`;
};

const factAt = (facts: readonly SaltedFact[], path: string): unknown => facts.find((f) => f.path === path)?.value;

/** Columns of the row that its leaf, or for a sealed one its facts, name otherwise. */
function otherColumns(row: PlacedRow, leaf: OpenLeaf, facts: readonly SaltedFact[] | undefined): string[] {
  const own: Record<string, unknown> = { id: row.id, type: row.type, role: row.role, authority: row.authority };
  if (leaf.type !== 'sealed') {
    const { actor } = leaf;
    const said = { id: leaf.id, type: leaf.type, role: actor?.role, authority: actor?.authority, at: leaf.at };
    const all = { ...own, at: instantText(instant(row.at)), sealed: row.sealed };
    return Object.entries({ ...said, sealed: false }).flatMap(([name, value]) =>
      value === all[name as keyof typeof all] ? [] : [name],
    );
  }
  const sealed = row.sealed ? [] : ['sealed'];
  if (!facts) return sealed;
  const said: Record<string, unknown> = {
    id: factAt(facts, '/entry/id'),
    type: factAt(facts, '/entry/type'),
    role: factAt(facts, '/entry/actor/role'),
    authority: factAt(facts, '/entry/actor/authority'),
    at: factAt(facts, '/entry/at'),
  };
  const all: Record<string, unknown> = { ...own, at: row.at };
  return [...sealed, ...Object.keys(said).filter((name) => said[name] !== all[name])];
}

function readFacts(text: string): SaltedFact[] | string {
  try {
    return factsInColumn(text);
  } catch (error) {
    return (error as Error).message;
  }
}

function commitmentOf(facts: readonly SaltedFact[]): string {
  try {
    return factsCommitment(facts, sha256);
  } catch (error) {
    return (error as Error).message;
  }
}

export interface RowCheck {
  /** Rows of the positions that these leaves stand at. */
  compare(batch: WalkedLeaves): Promise<void>;
  /** Positions that are not published yet: their rows have to be there. */
  unpublished(first: number, end: number): Promise<void>;
  /** Names what was changed; as swapped what holds another position's bytes. */
  end(): void;
}

export interface RowCheckOptions {
  generation: number;
  place: string;
  findings: Findings;
  /** The logged order under which an entry's facts were destroyed; undefined where there is none. */
  orderFor: (entryId: string) => Promise<string | undefined>;
  losses: LossTally;
}

/** Mismatches kept to find swapped entries among them. */
const KEPT = 1_000;

interface Mismatch {
  drift: Drift;
  position: number;
  published: string;
  own: string;
}

/** The rows of one origin against what is published at their positions. */
export function createRowCheck(
  on: Reads,
  { generation, place, findings, orderFor, losses }: RowCheckOptions,
): RowCheck {
  const mismatches: Mismatch[] = [];
  /** Rows without facts, until their orders are looked up. */
  const bare: PlacedRow[] = [];
  const at = (position: number, entryId?: string): string =>
    `${place}position ${position}${entryId === undefined ? '' : ` (entry ${entryId})`}`;

  function checkFacts(row: PlacedRow, leaf: OpenLeaf): SaltedFact[] | undefined {
    if (row.facts === null) {
      bare.push(row);
      return undefined;
    }
    const facts = readFacts(row.facts);
    const found = typeof facts === 'string' ? facts : commitmentOf(facts);
    if (found === leaf.facts) return facts as SaltedFact[];
    const where = at(row.position, row.entryId);
    findings.add({ kind: 'facts-changed', where, expected: leaf.facts ?? 'a commitment', found });
    return undefined;
  }

  async function checkBare(): Promise<void> {
    for (const { position, entryId } of bare.splice(0)) {
      const order = await orderFor(entryId);
      const where = at(position, entryId);
      if (order !== undefined) findings.explain('erased', `${where}: erased by order ${order}`);
      else findings.add({ kind: 'facts-missing', where, expected: 'facts, or a logged order', found: 'neither' });
    }
  }

  function checkContent(row: PlacedRow): void {
    const leaf = openLeaf(row.leaf);
    if (!leaf) return;
    const others = otherColumns(row, leaf, checkFacts(row, leaf));
    if (others.length === 0) return;
    const where = `${at(row.position, row.entryId)}: ${others.join(', ')}`;
    findings.add({ kind: 'columns-changed', where, expected: 'as in the leaf', found: 'otherwise' });
  }

  function checkRow(row: PlacedRow, hash: Uint8Array | undefined, entry: Uint8Array | undefined): void {
    const published = entry && Buffer.from(entry).toString('utf8');
    if (row.id === null) {
      const loss = lostBy(row.entryId);
      if (loss && hash) losses.take(loss.recovery, row.position, hash, place);
      else {
        const expected = published === undefined ? `entry ${row.entryId}` : leafName(published);
        findings.add({ kind: 'row-missing', where: at(row.position, row.entryId), expected, found: 'no row' });
      }
      return;
    }
    const own = leafHash(Buffer.from(row.leaf, 'utf8'), sha256);
    if (hash && !sameBytes(own, hash)) {
      const expected = published === undefined ? hexOf(hash) : `${leafName(published)} (${hexOf(hash)})`;
      const found = `${leafName(row.leaf)} (${hexOf(own)})`;
      const where = at(row.position, row.entryId);
      const drift: Drift = { kind: 'row-changed', where, expected, found };
      if (mismatches.length < KEPT)
        mismatches.push({ drift, position: row.position, published: hexOf(hash), own: hexOf(own) });
      else findings.add(drift);
      return;
    }
    checkContent(row);
  }

  async function over(first: number, end: number, leaves?: WalkedLeaves): Promise<void> {
    const rows = new Map((await placedRows(on, generation, first, end)).map((row) => [row.position, row]));
    findings.count('rows', rows.size);
    for (let position = first; position < end; position += 1) {
      const row = rows.get(position);
      const i = position - first;
      if (row) checkRow(row, leaves?.hashes[i], leaves?.entries[i]);
      else {
        const entry = leaves?.entries[i];
        const expected = entry ? leafName(Buffer.from(entry).toString('utf8')) : 'an entry';
        findings.add({ kind: 'position-missing', where: at(position), expected, found: 'no position' });
      }
    }
    await checkBare();
  }

  return {
    compare: (batch) => over(batch.first, batch.first + batch.hashes.length, batch),
    async unpublished(first, end) {
      for (let from = first; from < end; from += 256) await over(from, Math.min(end, from + 256));
    },
    end() {
      const places = new Map(mismatches.map((m) => [m.published, m.position]));
      for (const { drift, own } of mismatches) {
        const other = places.get(own);
        if (other === undefined) findings.add(drift);
        else findings.add({ ...drift, kind: 'rows-swapped', found: `what is published at position ${other}` });
      }
    },
  };
}
