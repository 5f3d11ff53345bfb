import * as z from 'zod';

// What a backup holds, in this order: backup.json; tables/<table>/<part>.ndjson.gz, each line one row as an array in the
// order of the table's columns; blobs/<key>; manifest.json. Texts are JSON strings, numbers JSON integers, flags 0 or 1.

export const FORMAT = 'lujian-backup/1';
export const HEAD_MEMBER = 'backup.json';
export const MANIFEST_MEMBER = 'manifest.json';
export const BLOB_FOLDER = 'blobs/';

/** One value of a row as both engines have it: text, integer, or nothing. */
export type Cell = string | number | null;

const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

const columnShape = z.strictObject({ name: identifier, kind: z.enum(['text', 'number']) });
const tableShape = z.strictObject({
  name: identifier,
  columns: z.array(columnShape).min(1),
  /** Columns of the primary key: rows come in their order. */
  key: z.array(identifier).min(1),
});
export type TableShape = z.infer<typeof tableShape>;

const logHead = z.strictObject({ generation: count, size: count });

/** First member: what one has to know before anything is read. */
export const backupHead = z.strictObject({
  format: z.literal(FORMAT),
  program: z.string(),
  engine: z.enum(['sqlite', 'mysql']),
  server: z.string(),
  /** When reading began; the rows are of this moment. */
  at: z.iso.datetime(),
  storeId: z.string(),
  /** Names of the migrations that the database had. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(tableShape).min(1),
  /** Tables that are left out, with the reason. */
  left: z.array(z.strictObject({ table: identifier, why: z.string() })),
  log: logHead,
  masterKey: z.literal('not in this file'),
});
export type BackupHead = z.infer<typeof backupHead>;

/** Last member: what must have come. */
export const backupManifest = z.strictObject({
  format: z.literal(FORMAT),
  endedAt: z.iso.datetime(),
  /** By table: rows, parts, and the SHA-256 over the lines of all parts. */
  tables: z.record(identifier, z.strictObject({ rows: count, parts: count, sha256 })),
  files: z.strictObject({ count, bytes: count }),
  /** The largest checkpoint whose entries are all in the rows. */
  log: logHead.extend({ checkpoint: z.strictObject({ size: count, text: z.string() }).nullable() }),
  /** Members before this one, and the SHA-256 over a line `<sha256>  <name>` for each. */
  members: z.strictObject({ count, sha256 }),
});
export type BackupManifest = z.infer<typeof backupManifest>;

export const partName = (table: string, part: number): string =>
  `tables/${table}/${String(part).padStart(6, '0')}.ndjson.gz`;

/** Table and number of a part by its name; undefined for a member of another kind. */
export function partOf(name: string): { table: string; part: number } | undefined {
  const match = /^tables\/([a-z][a-z0-9_]{0,62})\/(\d{6,})\.ndjson\.gz$/.exec(name);
  return match ? { table: match[1]!, part: Number(match[2]) } : undefined;
}

/** A column whose value names a file of the blob store that must be there. */
export interface NamedBlob {
  readonly table: string;
  readonly column: string;
  key(value: string): string;
}
