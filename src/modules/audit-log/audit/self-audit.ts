import type { BlobStore } from '../../../kernel/blobs/blob-store';
import type { Reads } from '../../../kernel/db/database';
import { parseVkey } from '../../../kernel/pure/tlog/vkey';
import { emptyRoot } from '../../../kernel/pure/tlog/merkle';
import { sha256 } from '../../../kernel/tlog-crypto';
import { AuditEntry } from '../audit-log.store';
import { createLogFiles } from '../log-files';
import { keysOf, originsOf, positionOf, readHead } from '../log.store';
import { createFindings, type Findings, type FindingsReport } from './drift';
import { checkFiles, placeOf, type AuditedOrigin } from './files-check';
import { createLossTally } from './losses';
import { createRowCheck } from './rows-check';
import { hexOf, type SignedHead } from './tree-walk';

/** What a module wants compared beside the log's own rows: bars with decisions, stored files with their hashes. */
export type RowsAgainstLog = (on: Reads, findings: Findings) => Promise<void>;

/** A signed head of an origin, as an audit saw it. */
export interface SeenHead {
  generation: number;
  size: number;
  /** Hex. */
  root: string;
}

export interface SelfAuditInput {
  on: Reads;
  blobs: BlobStore;
  /** Verifier keys by origin, as the vault has them; without them those of the table are taken as they are. */
  vaultKeys?: Readonly<Record<string, readonly string[]>>;
  checks: readonly RowsAgainstLog[];
  /** What the last audit saw. */
  earlier?: SeenHead;
  /** How many drifts are listed; all are counted. */
  most: number;
}

export interface SelfAuditReport extends FindingsReport {
  seen: SeenHead;
}

/** Finds the logged order that destroyed an entry's facts; orders may come while the audit runs. */
async function orderFinder(on: Reads): Promise<(entryId: string) => Promise<string | undefined>> {
  let by = await erasures(on);
  return async (entryId) => {
    if (!by.has(entryId)) by = await erasures(on);
    return by.get(entryId);
  };
}

/** Which logged order destroyed an entry's facts, by the entry's id. */
async function erasures(on: Reads): Promise<Map<string, string>> {
  const by = new Map<string, string>();
  for (const { id, facts } of await on.m.find(AuditEntry, { where: { type: 'log.facts-erased' } })) {
    const order = facts?.find((f) => f.path === '/order')?.value;
    const at = await positionOf(on, id);
    for (const { path, value } of facts ?? [])
      if (path.startsWith('/entries/'))
        by.set(String(value), `${String(order)} (${at ? `position ${at.position}` : 'waiting'})`);
  }
  return by;
}

/** The keys of an origin; those of the vault where the caller knows them. */
async function auditedOrigin(
  { on, blobs, vaultKeys }: SelfAuditInput,
  generation: number,
  origin: string,
  findings: Findings,
): Promise<AuditedOrigin> {
  const rows = await keysOf(on, origin);
  const own = vaultKeys?.[origin];
  for (const { id, verifier } of own ? rows : []) {
    if (own!.includes(verifier)) continue;
    findings.add({
      kind: 'key-changed',
      where: `log_key ${id}`,
      expected: own!.join(' or ') || 'none',
      found: verifier,
    });
  }
  const keys = (own ?? rows.map((row) => row.verifier)).map((text) => parseVkey(text, sha256));
  return { generation, origin, keys, files: createLogFiles(blobs, generation) };
}

/** Head, highest position and count of one generation, as of one moment. */
async function headAndPositions(on: Reads, generation: number): Promise<{ size: number; count: number; end: number }> {
  const rows: Record<'size' | 'count' | 'end_at', number | string>[] = await on.m.query(
    `SELECT h.size AS size, (SELECT COUNT(*) FROM log_position p WHERE p.generation = ?) AS count,
       (SELECT COALESCE(MAX(p.position) + 1, 0) FROM log_position p WHERE p.generation = ?) AS end_at FROM log_head h`,
    [generation, generation],
  );
  const { size, count, end_at: end } = rows[0]!;
  return { size: Number(size), count: Number(count), end: Number(end) };
}

const PAGE = 2_000;

/** Rows that neither stand in the log nor wait for it, and such as wait without being there. */
async function checkUnplaced(on: Reads, findings: Findings): Promise<void> {
  let after = '';
  for (;;) {
    const rows: { id: string; placed: unknown; waits: unknown }[] = await on.m.query(
      `SELECT e.id AS id, p.entry_id AS placed, w.entry_id AS waits FROM audit_entry e
       LEFT JOIN log_position p ON p.entry_id = e.id LEFT JOIN log_pending w ON w.entry_id = e.id
       WHERE e.id > ? ORDER BY e.id LIMIT ${PAGE}`,
      [after],
    );
    for (const { id, placed, waits } of rows) {
      if ((placed === null) === (waits === null)) {
        const found = placed === null ? 'neither' : 'both';
        findings.add({ kind: 'row-unplaced', where: `entry ${id}`, expected: 'a position, or waiting for one', found });
      }
      after = id;
    }
    if (rows.length < PAGE) break;
  }
  const gone: { entry_id: string }[] = await on.m.query(
    `SELECT w.entry_id FROM log_pending w LEFT JOIN audit_entry e ON e.id = w.entry_id WHERE e.id IS NULL`,
  );
  for (const { entry_id: id } of gone)
    findings.add({ kind: 'row-missing', where: `waiting entry ${id}`, expected: `entry ${id}`, found: 'no row' });
}

async function checkOrigin(
  input: SelfAuditInput,
  on: AuditedOrigin,
  current: number,
  shared: {
    findings: Findings;
    orderFor: (entryId: string) => Promise<string | undefined>;
    losses: ReturnType<typeof createLossTally>;
  },
): Promise<SignedHead | undefined> {
  const { generation } = on;
  const { findings } = shared;
  const place = placeOf(generation, current);
  const rows = createRowCheck(input.on, { ...shared, generation, place });
  const { earlier } = input;
  const { head } = await checkFiles(on, {
    findings,
    place,
    earlier:
      earlier?.generation === generation ? { size: earlier.size, root: Buffer.from(earlier.root, 'hex') } : undefined,
    known: async () => (await headAndPositions(input.on, generation))[generation === current ? 'size' : 'end'],
    leaves: rows.compare,
  });
  const known = await headAndPositions(input.on, generation);
  const size = generation === current ? known.size : known.end;
  const published = head?.size ?? 0;
  if (size < published)
    findings.add({ kind: 'head-behind', where: `${place}head`, expected: `${published} or more`, found: `${size}` });
  await rows.unpublished(published, size);
  rows.end();
  if (known.count !== size || known.end !== size) {
    const found = `${known.count} positions up to ${known.end - 1}`;
    findings.add({ kind: 'head-other', where: `${place}log_head`, expected: `positions 0 to ${size - 1}`, found });
  }
  return head;
}

/**
 * The self-audit: tree against entries, entries against rows, and what modules compare beside (architecture 5.1). Reads
 * only; the log may grow meanwhile. Memory does not grow with the log.
 */
export async function selfAudit(input: SelfAuditInput): Promise<SelfAuditReport> {
  const findings = createFindings(input.most);
  const { generation: current } = await readHead(input.on);
  const shared = { findings, orderFor: await orderFinder(input.on), losses: createLossTally() };
  let head: SignedHead | undefined;
  for (const { generation, origin } of await originsOf(input.on)) {
    const on = await auditedOrigin(input, generation, origin, findings);
    head = await checkOrigin(input, on, current, shared);
  }
  await shared.losses.end(input.on, findings);
  await checkUnplaced(input.on, findings);
  for (const check of input.checks) await check(input.on, findings);
  const seen = { generation: current, size: head?.size ?? 0, root: hexOf(head?.root ?? emptyRoot(sha256)) };
  return { ...findings.report(), seen };
}
