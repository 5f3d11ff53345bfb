import { createHash, type Hash } from 'node:crypto';
import fsp from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type * as z from 'zod';
import {
  backupHead,
  backupManifest,
  BLOB_FOLDER,
  HEAD_MEMBER,
  MANIFEST_MEMBER,
  partOf,
  type BackupHead,
  type BackupManifest,
  type Cell,
  type TableShape,
} from './format';
import { BackupFault } from './fault';
import { readTar, type TarMember } from './tar';

/** A part is some mebibytes of rows and one more row; what unpacks to more was not made by this program. */
const LARGEST_PART = 64 * 1024 ** 2;
const LARGEST_PAPER = 16 * 1024 ** 2;

const unpack = promisify(gunzip);

/** What is done with a backup's content as it comes; checks alone give none. */
export interface BackupUse {
  head?(head: BackupHead): Promise<void>;
  rows?(table: TableShape, rows: Cell[][]): Promise<void>;
  blob?(key: string, member: TarMember): Promise<void>;
}

const damaged = (what: string): BackupFault => new BackupFault(`备份文件已损坏 the backup is damaged: ${what}`);

async function paper<T>(member: TarMember, schema: z.ZodType<T>): Promise<T> {
  const text = (await member.bytes(LARGEST_PAPER)).toString('utf8');
  const parsed = schema.safeParse(valueOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BackupFault(
    `不能读取此备份 this program cannot read the backup: ${member.name}, ${issue!.path.join('.')}: ${issue!.message}`,
  );
}

const fits = (kind: 'text' | 'number', cell: unknown): boolean =>
  cell === null || (kind === 'text' ? typeof cell === 'string' : Number.isSafeInteger(cell));

/** Undefined for what is no JSON. */
function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readRows(text: string, { name, columns }: TableShape, member: string): Cell[][] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw damaged(`${member} ends in the middle of a row`);
  return lines.map((line, i) => {
    const row = valueOf(line);
    const whole = Array.isArray(row) && row.length === columns.length;
    if (!whole || !columns.every(({ kind }, c) => fits(kind, row[c])))
      throw damaged(`row ${i + 1} of ${member} is no row of ${name}`);
    return row as Cell[];
  });
}

interface Seen {
  rows: number;
  parts: number;
  lines: Hash;
}

/** Counts and hashes of what came, to be held against the manifest. */
function createTally() {
  const tables = new Map<string, Seen>();
  const files = { count: 0, bytes: 0 };
  const members = { count: 0, hash: createHash('sha256') };
  return {
    files,
    of(table: string): Seen {
      const seen = tables.get(table) ?? { rows: 0, parts: 0, lines: createHash('sha256') };
      tables.set(table, seen);
      return seen;
    },
    note({ name, sha256 }: TarMember): void {
      members.count += 1;
      members.hash.update(`${sha256}  ${name}\n`);
    },
    /** Throws BackupFault, naming what does not fit. */
    compare(head: BackupHead, manifest: BackupManifest): void {
      for (const { name } of head.tables) {
        const told = manifest.tables[name];
        const seen = this.of(name);
        if (!told) throw damaged(`the manifest does not count the table ${name}`);
        if (seen.rows !== told.rows || seen.parts !== told.parts)
          throw damaged(
            `${seen.rows} rows of ${name} in ${seen.parts} parts, instead of ${told.rows} in ${told.parts}`,
          );
        if (seen.lines.digest('hex') !== told.sha256) throw damaged(`the rows of ${name} are others than were written`);
      }
      if (files.count !== manifest.files.count || files.bytes !== manifest.files.bytes)
        throw damaged(
          `${files.count} files of ${files.bytes} bytes, instead of ${manifest.files.count} of ${manifest.files.bytes}`,
        );
      if (members.count !== manifest.members.count || members.hash.digest('hex') !== manifest.members.sha256)
        throw damaged('its members are others than the manifest counts');
    },
  };
}

async function takePart(member: TarMember, tally: ReturnType<typeof createTally>, head: BackupHead, use: BackupUse) {
  const { table, part } = partOf(member.name)!;
  const shape = head.tables.find((t) => t.name === table);
  const seen = tally.of(table);
  if (!shape) throw damaged(`${member.name} is of a table that ${HEAD_MEMBER} does not name`);
  if (part !== seen.parts + 1) throw damaged(`${member.name} comes where part ${seen.parts + 1} should`);
  const packed = await member.bytes(LARGEST_PART);
  const text = await unpack(packed, { maxOutputLength: LARGEST_PART }).catch((cause: unknown) =>
    Promise.reject(
      new BackupFault(`备份文件已损坏 the backup is damaged: ${member.name} cannot be unpacked`, { cause }),
    ),
  );
  const rows = readRows(text.toString('utf8'), shape, member.name);
  seen.parts += 1;
  seen.rows += rows.length;
  seen.lines.update(text);
  await use.rows?.(shape, rows);
}

/**
 * Reads a backup from beginning to end and holds every member against its hash, and all of them against the manifest.
 * Throws BackupFault that names the first thing that does not fit; what `use` was given before it is not to be kept.
 */
export async function readBackup(
  file: string,
  use: BackupUse = {},
): Promise<{ head: BackupHead; manifest: BackupManifest }> {
  const handle = await fsp.open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new BackupFault(`不能打开备份文件 the backup ${file} cannot be opened (${cause.code})`, { cause });
  });
  try {
    let head: BackupHead | undefined;
    let manifest: BackupManifest | undefined;
    const tally = createTally();
    for await (const member of readTar(handle)) {
      if (manifest) throw damaged(`${member.name} comes after the manifest`);
      if (!head) {
        if (member.name !== HEAD_MEMBER) throw new BackupFault('这不是绿鉴备份文件 this is no backup of Lujian');
        head = await paper(member, backupHead);
        await use.head?.(head);
      } else if (member.name === MANIFEST_MEMBER) {
        manifest = await paper(member, backupManifest);
        continue;
      } else if (partOf(member.name)) await takePart(member, tally, head, use);
      else if (member.name.startsWith(BLOB_FOLDER)) {
        tally.files.count += 1;
        tally.files.bytes += member.size;
        await use.blob?.(member.name.slice(BLOB_FOLDER.length), member);
      } else throw damaged(`${member.name} is no member of a backup`);
      tally.note(member);
    }
    if (!head || !manifest)
      throw new BackupFault('备份文件不完整 the backup has no manifest: it was not written to its end');
    tally.compare(head, manifest);
    return { head, manifest };
  } finally {
    await handle.close();
  }
}
