import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Randomness } from '../sources';

/** Files by name, written once and never changed. */
export interface BlobStore {
  /** Stores and syncs the bytes under the key unless the key is there; false if it was. */
  putIfAbsent(key: string, source: string | Uint8Array): Promise<boolean>;
  /** Throws if absent. */
  get(key: string): Promise<Buffer>;
  stream(key: string): Readable;
  /** Bytes, or undefined if absent. */
  size(key: string): Promise<number | undefined>;
  /** Keys below a prefix that ends with a slash. */
  list(prefix: string): AsyncIterable<string>;
  /** A place on the store's own file system for a file that is still arriving. */
  temporaryFile(): string;
}

const safeKey = /^[0-9a-z][0-9a-z/._-]{0,200}$/;

async function syncDirectory(directory: string): Promise<void> {
  const handle = await fsp.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* walk(root: string, below: string): AsyncIterable<string> {
  const entries = await fsp.readdir(path.join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(root, key);
    else yield key;
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await fsp.open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A blob store in a directory; several processes need one shared mount. */
export function createDirectoryStore(root: string, randomness: Randomness): BlobStore {
  const arriving = path.join(root, '.arriving');
  fs.mkdirSync(arriving, { recursive: true, mode: 0o700 });
  const locate = (key: string): string => {
    if (!safeKey.test(key) || key.split('/').includes('..')) throw new Error('a blob key of an unknown form');
    return path.join(root, key);
  };
  const temporaryFile = (): string => path.join(arriving, randomness.bytes(16).toString('hex'));
  return {
    temporaryFile,
    async putIfAbsent(key, source) {
      const target = locate(key);
      await fsp.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const temporary = typeof source === 'string' ? source : temporaryFile();
      if (typeof source !== 'string') await writeSynced(temporary, source);
      try {
        // link fails when the target exists, rename would replace it.
        await fsp.link(temporary, target);
        await syncDirectory(path.dirname(target));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      } finally {
        await fsp.rm(temporary, { force: true });
      }
    },
    get: (key) => fsp.readFile(locate(key)),
    stream: (key) => fs.createReadStream(locate(key)),
    async size(key) {
      return (await fsp.stat(locate(key)).catch(() => undefined))?.size;
    },
    async *list(prefix) {
      for await (const key of walk(root, prefix.replace(/\/$/, ''))) if (!key.startsWith('.')) yield key;
    },
  };
}

const STORE_ID_KEY = 'store-id';

/**
 * The store and the database carry the same random id; a process that sees another store than the database knows
 * refuses to start, since rows would name files that are not there.
 */
export async function tieStore(
  store: BlobStore,
  idInDatabase: string | undefined,
  makeId: () => string,
): Promise<string> {
  const present = await store.get(STORE_ID_KEY).then(
    (b) => b.toString('utf8').trim(),
    () => undefined,
  );
  if (idInDatabase && present !== idInDatabase) {
    throw new Error(
      present
        ? 'the file store belongs to another database; check LUJIAN_BLOBS'
        : 'the file store of this database is not at LUJIAN_BLOBS; mount it, or point LUJIAN_BLOBS to it',
    );
  }
  if (idInDatabase) return idInDatabase;
  if (present) return present;
  const id = makeId();
  await store.putIfAbsent(STORE_ID_KEY, Buffer.from(id));
  return (await store.get(STORE_ID_KEY)).toString('utf8').trim();
}
