import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Db } from '../../src/kernel/db/database';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import { Idempotency } from '../../src/kernel/db/kernel.store';
import { systemRandomness } from '../../src/kernel/sources';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { StoredFile } from '../../src/modules/documents/files.store';
import { Mine, MineVersion } from '../../src/modules/mines/mines.store';
import { Organisation, OrganisationVersion } from '../../src/modules/organisations/organisations.store';
import { kinds, type Write, type WriteKind } from './writes';

const MOST_AT_ONCE = 8;

async function readBack(baseUrl: string, apiKey: string, write: Write): Promise<string | undefined> {
  const at = `${baseUrl}/api/v1${write.path}/${write.id}${write.kind === 'file' ? '/content' : ''}`;
  const reply = await fetch(at, { headers: { authorization: `Bearer ${apiKey}` } });
  const bytes = Buffer.from(await reply.arrayBuffer());
  if (reply.status !== 200) return `${write.kind} ${write.mark} was acknowledged and now answers ${reply.status}`;
  const right =
    write.kind === 'file'
      ? createHash('sha256').update(bytes).digest('hex') === write.mark
      : bytes.toString('utf8').includes(`"${write.mark}"`);
  return right ? undefined : `${write.kind} ${write.mark} was acknowledged and now reads otherwise`;
}

/** Asks the service that came back for everything it had acknowledged. */
export async function missingOf(baseUrl: string, apiKey: string, writes: readonly Write[]): Promise<string[]> {
  const due = writes.filter((w) => w.id !== undefined);
  const found: string[] = [];
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let write = due[next++]; write; write = due[next++]) {
      const fault = await readBack(baseUrl, apiKey, write);
      if (fault) found.push(fault);
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, reader));
  return found;
}

interface Kept {
  id: string;
  mark: string;
}

/** Rows that the writes have made, by kind, each with what the write knows it by. */
async function keptRows(db: Db): Promise<Record<WriteKind, Kept[]>> {
  const versions = await db.m.find(MineVersion);
  const names = new Map(versions.map((v) => [v.mineId, v.name]));
  return {
    organisation: (await db.m.find(Organisation)).map(({ id, uscc }) => ({ id, mark: uscc })),
    mine: (await db.m.find(Mine)).map(({ id }) => ({ id, mark: names.get(id) ?? `mine ${id} without content` })),
    file: (await db.m.find(StoredFile)).map(({ id, sha256 }) => ({ id, mark: sha256 })),
  };
}

const eventOf: Record<WriteKind, { type: string; fact: string }> = {
  organisation: { type: 'organisation.registered', fact: '/organisationId' },
  mine: { type: 'mine.registered', fact: '/mineId' },
  file: { type: 'file.stored', fact: '/file' },
};

async function entryIds(db: Db, kind: WriteKind): Promise<string[]> {
  const { type, fact } = eventOf[kind];
  const entries = await db.m.findBy(AuditEntry, { type });
  return entries.map((e) => String(e.facts?.find((f) => f.path === fact)?.value));
}

/** Both lists hold the same, each thing once; says what is not so. */
function compareLists(what: string, found: readonly string[], due: readonly string[]): string[] {
  const count = (list: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
    return counts;
  };
  const [there, wanted] = [count(found), count(due)];
  return [...new Set([...found, ...due])]
    .filter((item) => there.get(item) !== 1 || wanted.get(item) !== 1)
    .map((item) => `${what}: ${item} is there ${there.get(item) ?? 0} times, wanted ${wanted.get(item) ?? 0} times`);
}

/** Every registered thing has its one entry in the history; nothing has an entry alone. */
async function halfWritten(db: Db, kept: Record<WriteKind, Kept[]>): Promise<string[]> {
  const idsOf = (rows: readonly Kept[]): string[] => rows.map((r) => r.id);
  const organisations = (await db.m.find(OrganisationVersion)).map((v) => v.organisationId);
  const mines = (await db.m.find(MineVersion)).map((v) => v.mineId);
  return [
    ...compareLists('history of organisations', organisations, idsOf(kept.organisation)),
    ...compareLists('history of mines', mines, idsOf(kept.mine)),
  ];
}

/** With the service stopped and every write settled: rows, ids, entries and keys agree, each exactly once. */
export async function checkDatabase(db: Db, writes: readonly Write[]): Promise<string[]> {
  const kept = await keptRows(db);
  const found = await halfWritten(db, kept);
  for (const kind of kinds) {
    const due = writes.filter((w) => w.kind === kind).map((w) => `${w.mark} as ${w.id ?? 'never'}`);
    const rows = kept[kind].map((row) => `${row.mark} as ${row.id}`);
    found.push(...compareLists(`rows of kind ${kind}`, rows, due));
    const ids = kept[kind].map((row) => row.id);
    found.push(...compareLists(`audit entries of kind ${kind}`, await entryIds(db, kind), ids));
  }
  const open = (await db.m.find(Idempotency)).filter((row) => row.status === null);
  return [...found, ...open.map((row) => `key of ${row.route} was never settled`)];
}

export interface BlobState {
  faults: string[];
  /** Whole files that no row names: left by a crash between storing and committing, harmless. */
  unnamed: number;
  /** Uploads that a crash cut off; no row can name them. */
  arriving: number;
}

/** Every stored file has its whole bytes. */
export async function checkBlobs(db: Db, directory: string): Promise<BlobState> {
  const root = path.join(directory, 'blobs');
  const store = createDirectoryStore(root, systemRandomness);
  const faults: string[] = [];
  const named = new Set((await db.m.find(StoredFile)).map((file) => `files/${file.sha256}`));
  for (const key of named) {
    const bytes = await store.get(key).catch(() => undefined);
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
    if (`files/${sha256}` !== key) faults.push(bytes ? `${key} holds other bytes` : `${key} has a row and no bytes`);
  }
  let unnamed = 0;
  for await (const key of store.list('files/')) if (!named.has(key)) unnamed += 1;
  return { faults, unnamed, arriving: fs.readdirSync(path.join(root, '.arriving')).length };
}
