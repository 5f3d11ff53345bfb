import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Randomness } from '../sources';

/** Files by name, written once and never changed. */
export interface BlobStore {
  /**
   * Stores and syncs the bytes under the key unless the key is there; false if it was. A source named by its path is
   * used up, whatever comes of it. Throws for a key of another form.
   */
  putIfAbsent(key: string, source: string | Uint8Array): Promise<boolean>;
  /** Throws if absent. */
  get(key: string): Promise<Buffer>;
  stream(key: string): Readable;
  /** Bytes, or undefined if absent. */
  size(key: string): Promise<number | undefined>;
  /** Keys below a prefix that ends with a slash; all keys for an empty prefix. */
  list(prefix: string): AsyncIterable<string>;
  /** The greatest key below a prefix that ends with a slash; undefined where there is none. */
  last(prefix: string): Promise<string | undefined>;
  /** Removes what is kept for a while only; fine if it is gone already. */
  remove(key: string): Promise<void>;
  /** A place on the store's own file system for a file that is still arriving. */
  temporaryFile(): string;
  /** Removes what began to arrive before the instant (ms) and never came whole; returns how many files. */
  dropArrivingBefore(instantMs: number): Promise<number>;
}

const safeKey = /^[0-9a-z][0-9a-z/._-]{0,200}$/;
// Each key has one spelling, and no part of it is hidden or leads upwards.
const isKey = (text: string): boolean =>
  safeKey.test(text) && !text.split('/').some((p) => p === '' || p.startsWith('.'));

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function syncDirectory(directory: string): Promise<void> {
  const handle = await fsp.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the directory; what was made new is synced into its parents, or it would be gone after a power loss. */
async function makeDirectory(directory: string): Promise<void> {
  const first = await fsp.mkdir(directory, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = directory; made.length >= first.length; made = path.dirname(made)) {
    await syncDirectory(path.dirname(made));
  }
}

async function* walk(root: string, below: string): AsyncIterable<string> {
  const entries = await fsp.readdir(path.join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(root, key);
    else yield key;
  }
}

/** Goes down on the greatest side; a folder may be empty, where a file was about to come. */
async function greatest(root: string, below: string): Promise<string | undefined> {
  const entries = await fsp.readdir(path.join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? 1 : -1))) {
    const key = `${below}/${entry.name}`;
    const found = entry.isDirectory() ? await greatest(root, key) : key;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The prefix without its slash. */
function belowOf(prefix: string): string {
  const below = prefix.slice(0, -1);
  if (prefix !== '' && !(prefix.endsWith('/') && isKey(below))) throw new Error('a blob prefix of an unknown form');
  return below;
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
    if (!isKey(key)) throw new Error('a blob key of an unknown form');
    return path.join(root, key);
  };
  const temporaryFile = (): string => path.join(arriving, randomness.bytes(16).toString('hex'));
  return {
    temporaryFile,
    async putIfAbsent(key, source) {
      const temporary = typeof source === 'string' ? source : temporaryFile();
      try {
        const target = locate(key);
        if (typeof source !== 'string') await writeSynced(temporary, source);
        await makeDirectory(path.dirname(target));
        // link fails when the target exists, rename would replace it.
        const isNew = await fsp.link(temporary, target).then(
          () => true,
          (error: NodeJS.ErrnoException) => {
            if (error.code === 'EEXIST') return false;
            throw error;
          },
        );
        // Also when it was there: whoever put it may not have come to syncing it.
        await syncDirectory(path.dirname(target));
        return isNew;
      } finally {
        await fsp.rm(temporary, { force: true });
      }
    },
    get: (key) => fsp.readFile(locate(key)),
    stream: (key) => fs.createReadStream(locate(key)),
    async size(key) {
      try {
        return (await fsp.stat(locate(key))).size;
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    remove: (key) => fsp.rm(locate(key), { force: true }),
    async dropArrivingBefore(instantMs) {
      let dropped = 0;
      for (const name of await fsp.readdir(arriving)) {
        const file = path.join(arriving, name);
        const stat = await fsp.stat(file).catch(() => undefined);
        if (!stat || stat.mtimeMs >= instantMs) continue;
        await fsp.rm(file, { force: true });
        dropped += 1;
      }
      return dropped;
    },
    async *list(prefix) {
      for await (const key of walk(root, belowOf(prefix))) if (!key.startsWith('.')) yield key;
    },
    last: async (prefix) => greatest(root, belowOf(prefix)),
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
  const read = async (): Promise<string> => (await store.get(STORE_ID_KEY)).toString('utf8').trim();
  const present = (await store.size(STORE_ID_KEY)) === undefined ? undefined : await read();
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
  return read();
}
