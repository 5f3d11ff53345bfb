import fs from 'node:fs';
import fsp from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createBackupFile } from '../../src/kernel/backup/writing';
import { readBackup } from '../../src/kernel/backup/reading';
import { readTar } from '../../src/kernel/backup/tar';
import type { BackupHead } from '../../src/kernel/backup/format';
import { backupWorld, emptyPlace, restoreInto, type BackupWorld, type Place } from '../support/backup-world';

// What a backup or a restore will not do, and that it says why, by name, before anything is changed.

const server = process.env.LUJIAN_TEST_DATABASE_URL;

let world: BackupWorld;
let folder: string;
let good: string;
let head: BackupHead;
let places: Place[] = [];
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-backup-'));
  world = await backupWorld();
  good = out('good.tar');
  head = (await world.backUp(good)).head;
}, 120_000);
afterEach(async () => {
  for (const place of places) await place.drop();
  places = [];
});
afterAll(async () => {
  await world.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const out = (name: string): string => path.join(folder, name);

async function place(extras: Parameters<typeof emptyPlace>[0] = {}): Promise<Place> {
  const made = await emptyPlace(extras);
  places.push(made);
  return made;
}

/** A copy with other bytes. */
function changed(name: string, change: (bytes: Buffer) => Buffer): string {
  const file = out(name);
  fs.writeFileSync(file, change(fs.readFileSync(good)));
  return file;
}

/** Where the member's bytes begin: its name stands twice before them, in the pax header and in its own. */
function bytesOf(bytes: Buffer, name: string): number {
  const pax = bytes.indexOf(`path=${name}\n`);
  return bytes.indexOf(name.slice(0, 100), pax + 6 + name.length) + 512;
}

const flipAt = (at: number) => (bytes: Buffer) => {
  bytes[at]! ^= 1;
  return bytes;
};

async function names(): Promise<string[]> {
  const handle = await fsp.open(good, 'r');
  try {
    const all: string[] = [];
    for await (const member of readTar(handle)) all.push(member.name);
    return all;
  } finally {
    await handle.close();
  }
}

test('each member with a flipped byte is named', async () => {
  const all = await names();
  expect(all[0]).toBe('backup.json');
  expect(all.at(-1)).toBe('manifest.json');
  expect(all.some((name) => name.startsWith('tables/audit_entry/'))).toBe(true);
  expect(all.some((name) => name.startsWith('blobs/log/0/checkpoint/'))).toBe(true);
  const whole = fs.readFileSync(good);
  for (const name of all) {
    const at = bytesOf(whole, name);
    const file = changed('flipped.tar', flipAt(at + 3));
    await expect(readBackup(file)).rejects.toThrow(name);
  }
}, 120_000);

const damages: [string, (bytes: Buffer) => Buffer, RegExp][] = [
  ['cut short in a member', (b) => b.subarray(0, b.length - 3_000), /ends in the middle of|no manifest/],
  ['cut before its manifest', (b) => b.subarray(0, b.lastIndexOf('PaxHeader')), /ends in the middle of/],
  [
    'ended before its manifest',
    (b) => Buffer.concat([b.subarray(0, b.lastIndexOf('PaxHeader')), Buffer.alloc(1024)]),
    /no manifest/,
  ],
  ['gone on after its end', (b) => Buffer.concat([b, Buffer.from('more')]), /follows its end mark/],
  [
    'with a header of zeros',
    (b) => b.fill(0, b.lastIndexOf('PaxHeader'), b.lastIndexOf('PaxHeader') + 20),
    /damaged after/,
  ],
  ['of another kind', () => Buffer.from('PK\u0003\u0004 a zip perhaps'), /ends in the middle of|no header/],
  ['empty', () => Buffer.alloc(0), /ends in the middle of/],
];

test.each(damages)('a file %s is refused', async (_what, change, says) => {
  await expect(readBackup(changed('damaged.tar', change))).rejects.toThrow(says);
});

test('a member taken out with its header is missed', async () => {
  const whole = fs.readFileSync(good);
  const names_ = await names();
  const pairs: [string, RegExp][] = [
    [names_.find((n) => n.startsWith('blobs/files/'))!, /files of \d+ bytes, instead of/],
    [names_.find((n) => n.startsWith('tables/audit_entry/'))!, /0 rows of audit_entry/],
  ];
  for (const [name, says] of pairs) {
    const start = whole.lastIndexOf('PaxHeader', whole.indexOf(`path=${name}\n`));
    const end = whole.indexOf('PaxHeader', bytesOf(whole, name));
    const file = changed('shorter.tar', (b) => Buffer.concat([b.subarray(0, start), b.subarray(end)]));
    await expect(readBackup(file)).rejects.toThrow(says);
  }
});

test('a damaged file leaves the target as it was', async () => {
  const target = await place({ server });
  const whole = fs.readFileSync(good);
  const file = changed('flipped.tar', flipAt(bytesOf(whole, 'manifest.json') + 3));
  await expect(restoreInto(target, file)).rejects.toThrow('manifest.json');
  expect(fs.readdirSync(target.directory)).toEqual([]);
  // And so it can be restored into.
  await restoreInto(target, good);
}, 120_000);

test('a wrong master key, and none, are refused before anything is written', async () => {
  const other = await place({ server, masterKey: 'another master key, also of some length' });
  await expect(restoreInto(other, good)).rejects.toThrow('is not that of the backup');
  expect(fs.readdirSync(other.directory)).toEqual([]);
  const { masterKey: _none, ...config } = (await place()).config;
  await expect(restoreInto({ ...other, config }, good)).rejects.toThrow('LUJIAN_MASTER_KEY');
});

test('a target that holds something is refused, and stays as it is', async () => {
  const target = await place({ server });
  await restoreInto(target, good);
  await expect(restoreInto(target, good)).rejects.toThrow('is not empty');
  await expect(restoreInto(target, good, true)).rejects.toThrow('is not empty');
  const folderOfOthers = await place({ server });
  fs.mkdirSync(folderOfOthers.config.blobDirectory);
  fs.writeFileSync(path.join(folderOfOthers.config.blobDirectory, 'mine'), 'x');
  await expect(restoreInto(folderOfOthers, good)).rejects.toThrow(/file store .* is not empty \(mine\)/);
  fs.writeFileSync(path.join(folderOfOthers.config.blobDirectory, 'store-id'), 'of another');
  await expect(restoreInto(folderOfOthers, good)).rejects.toThrow('of another database');
}, 120_000);

test('a backup of a newer program is refused', async () => {
  const writer = await createBackupFile(out('newer.tar'), () => 0);
  await writer.head({ ...head, tables: head.tables.slice(0, 1), migrations: ['AddMoonMines2895620000121'] });
  await writer.table(head.tables[0]!.name, (async function* () {})());
  await writer.finish({ endedAt: head.at, log: { ...head.log, checkpoint: null } });
  await expect(restoreInto(await place(), out('newer.tar'))).rejects.toThrow(/newer program.*AddMoonMines/);
});

test('nothing is overwritten, and a file half written stays for whoever looks', async () => {
  await expect(world.backUp(good)).rejects.toThrow('is not overwritten');
  fs.writeFileSync(out('b.tar.part'), 'of another run');
  await expect(world.backUp(out('b.tar'))).rejects.toThrow('remove it');
  expect(fs.readFileSync(out('b.tar.part'), 'utf8')).toBe('of another run');
  expect(fs.existsSync(out('b.tar'))).toBe(false);
});

test('a missing file is named with the row that names it, and no backup is left', async () => {
  const file = path.join(world.blobFolder, world.file);
  const bytes = fs.readFileSync(file);
  fs.rmSync(file);
  await expect(world.backUp(out('c.tar'))).rejects.toThrow(`${world.file} is missing, which stored_file file-1 names`);
  fs.writeFileSync(file, bytes);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith('c.'))).toEqual([]);
});
