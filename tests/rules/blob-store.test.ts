import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createDirectoryStore, tieStore, type BlobStore } from '../../src/kernel/blobs/blob-store';
import { systemRandomness } from '../../src/kernel/sources';

let root: string;
let store: BlobStore;
beforeEach(() => {
  root = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-blobs-')), 'store');
  store = createDirectoryStore(root, systemRandomness);
});
afterEach(() => {
  fs.rmSync(path.dirname(root), { recursive: true, force: true });
});

const arriving = (): string[] => fs.readdirSync(path.join(root, '.arriving'));
const text = async (key: string): Promise<string> => (await store.get(key)).toString('utf8');
const all = async (prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
};

test('what is there is never changed: the second put says no and leaves the first bytes', async () => {
  expect(await store.putIfAbsent('ab/cd', Buffer.from('first'))).toBe(true);
  expect(await store.putIfAbsent('ab/cd', Buffer.from('second'))).toBe(false);
  expect(await text('ab/cd')).toBe('first');
  expect(await store.size('ab/cd')).toBe(5);
  expect(arriving()).toEqual([]);
});

test('of many puts at once exactly one is kept, whole', async () => {
  const bodies = Array.from({ length: 12 }, (_, n) => Buffer.alloc(50_000, n));
  const ends = await Promise.all(bodies.map((body) => store.putIfAbsent('same/key', body)));
  expect(ends.filter(Boolean)).toHaveLength(1);
  expect((await store.get('same/key')).equals(bodies[ends.indexOf(true)]!)).toBe(true);
  expect(arriving()).toEqual([]);
});

test('a file that arrived is moved in and its temporary place is free again', async () => {
  for (const expected of [true, false]) {
    const temporary = store.temporaryFile();
    fs.writeFileSync(temporary, 'bytes');
    expect(await store.putIfAbsent('from/file', temporary)).toBe(expected);
    expect(fs.existsSync(temporary)).toBe(false);
  }
});

test('files are readable by the service alone', async () => {
  await store.putIfAbsent('a/b/c', Buffer.from('x'));
  expect(fs.statSync(path.join(root, 'a/b/c')).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.join(root, 'a/b')).mode & 0o777).toBe(0o700);
});

const badKeys = [
  '',
  '..',
  '../x',
  'a/../../x',
  '/etc/passwd',
  'a/',
  'a//b',
  'a/./b',
  'a/.hidden',
  '.arriving/x',
  'A',
  'a b',
  'a\0b',
  'a\n',
  'é',
  `a${'b'.repeat(201)}`,
];

test.each(badKeys)(
  'the key %j is refused everywhere, and what should have gone there is not left lying',
  async (key) => {
    const fault = /blob key of an unknown form/;
    const temporary = store.temporaryFile();
    fs.writeFileSync(temporary, 'bytes');
    await expect(store.putIfAbsent(key, temporary)).rejects.toThrow(fault);
    await expect(store.putIfAbsent(key, Buffer.from('x'))).rejects.toThrow(fault);
    await expect((async () => store.get(key))()).rejects.toThrow(fault);
    await expect(store.size(key)).rejects.toThrow(fault);
    expect(() => store.stream(key)).toThrow(fault);
    expect(arriving()).toEqual([]);
    expect(fs.readdirSync(path.dirname(root))).toEqual(['store']);
  },
);

test('a put that fails leaves nothing', async () => {
  await store.putIfAbsent('file', Buffer.from('x'));
  // A file stands where a directory is wanted.
  await expect(store.putIfAbsent('file/below', Buffer.from('y'))).rejects.toThrow();
  await expect(store.putIfAbsent('other', store.temporaryFile())).rejects.toThrow(/ENOENT/);
  expect(arriving()).toEqual([]);
  expect(await all('')).toEqual(['file']);
});

test('a write that breaks off leaves nothing', async () => {
  // Taken for bytes until the write itself: the file is open by then.
  const broken = 42 as unknown as Uint8Array;
  await expect(store.putIfAbsent('a', broken)).rejects.toThrow();
  expect(arriving()).toEqual([]);
  expect(await all('')).toEqual([]);
});

test('absent is undefined as a size and a fault as content; another fault is never taken for absent', async () => {
  expect(await store.size('not/there')).toBeUndefined();
  await expect(store.get('not/there')).rejects.toThrow(/ENOENT/);
  await store.putIfAbsent('file', Buffer.from('x'));
  await expect(store.size('file/below')).rejects.toThrow(/ENOTDIR/);
  await expect(all('file/')).rejects.toThrow(/ENOTDIR/);
});

test('the list goes in order below a prefix and never shows what is still arriving', async () => {
  for (const key of ['b/2', 'a/1', 'b/10', 'a/c/d', 'z']) await store.putIfAbsent(key, Buffer.from(key));
  fs.writeFileSync(store.temporaryFile(), 'arriving');
  expect(await all('')).toEqual(['a/1', 'a/c/d', 'b/10', 'b/2', 'z']);
  expect(await all('a/')).toEqual(['a/1', 'a/c/d']);
  expect(await all('none/')).toEqual([]);
  for (const prefix of ['../', '/', '.arriving/', 'a'])
    await expect(all(prefix)).rejects.toThrow(/prefix of an unknown form/);
});

test('a stream gives the bytes', async () => {
  const bytes = systemRandomness.bytes(200_000);
  await store.putIfAbsent('big', bytes);
  const parts: Buffer[] = [];
  for await (const part of store.stream('big')) parts.push(part as Buffer);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

describe('the tie between file store and database', () => {
  test('is made at the first start and holds afterwards', async () => {
    expect(await tieStore(store, undefined, () => 'id-1')).toBe('id-1');
    expect(await text('store-id')).toBe('id-1');
    expect(await tieStore(store, 'id-1', () => 'id-2')).toBe('id-1');
  });

  test('goes on with the id of a first start that ended before the database knew it', async () => {
    await tieStore(store, undefined, () => 'id-1');
    expect(await tieStore(store, undefined, () => 'id-2')).toBe('id-1');
  });

  test('gives several first starts at once the same id', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map((n) => tieStore(store, undefined, () => `id-${n}`)));
    expect(new Set(ids).size).toBe(1);
  });

  test('refuses the store of another database, and one that is not mounted', async () => {
    await expect(tieStore(store, 'id-1', () => 'x')).rejects.toThrow(/is not at LUJIAN_BLOBS; mount it/);
    await tieStore(store, undefined, () => 'id-2');
    await expect(tieStore(store, 'id-1', () => 'x')).rejects.toThrow(/belongs to another database/);
    expect(await text('store-id')).toBe('id-2');
  });
});

test('what a crash cut off is dropped after its time, what still arrives stays, stored files stay', async () => {
  await store.putIfAbsent('ab/cd', Buffer.from('stored'));
  const [old, young] = [store.temporaryFile(), store.temporaryFile()];
  for (const file of [old, young]) fs.writeFileSync(file, 'half');
  const limit = 1_700_000_000_000;
  fs.utimesSync(old, limit / 1000 - 1, limit / 1000 - 1);
  fs.utimesSync(young, limit / 1000, limit / 1000);
  expect(await store.dropArrivingBefore(limit)).toBe(1);
  expect(arriving()).toEqual([path.basename(young)]);
  expect(await text('ab/cd')).toBe('stored');
});
