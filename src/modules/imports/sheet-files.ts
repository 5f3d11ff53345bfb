import fsp from 'node:fs/promises';
import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Upload } from '../../kernel/http/upload';
import { Problem } from '../../kernel/problem';
import type { Vault } from '../../kernel/vault/vault';
import { say } from '../../kernel/pure/wording';

/** A list of the people of one institution is small; sealing takes the whole of it into memory. */
const LARGEST_SEALED = 20 * 1024 * 1024;

/** Uploaded sheets, kept while their import lasts. Those with identity numbers lie there under seal. */
export interface SheetFiles {
  keep(id: string, upload: Upload, sealed: boolean): Promise<void>;
  /** Runs with the sheet in a file of its own, which is gone afterwards. */
  within<T>(id: string, sealed: boolean, work: (file: string) => Promise<T>): Promise<T>;
  /** A place for a file of our own, on the same disk; what stays there after a crash is cleared within a day. */
  temporary(): string;
  drop(id: string): Promise<void>;
  /** Of whose imports sheets are kept. */
  kept(): AsyncIterable<string>;
}

const FOLDER = 'imports/';
const keyOf = (id: string): string => `${FOLDER}${id}`;

export function createSheetFiles(blobs: BlobStore, vault: Vault): SheetFiles {
  return {
    temporary: () => blobs.temporaryFile(),
    async keep(id, upload, sealed) {
      if (!sealed) {
        await blobs.putIfAbsent(keyOf(id), upload.temporary);
        return;
      }
      if (upload.size > LARGEST_SEALED) {
        throw new Problem('import.too-large', {
          detail: say(
            '人员登记表上限为 20 MiB；请分成几个文件。',
            'A staff form may have 20 MiB at most; divide it into several files.',
          ),
        });
      }
      const bytes = await fsp.readFile(upload.temporary);
      await blobs.putIfAbsent(keyOf(id), Buffer.from(vault.seal('import-file', id, bytes), 'utf8'));
    },
    async within(id, sealed, work) {
      const file = blobs.temporaryFile();
      try {
        if (sealed) {
          const text = (await blobs.get(keyOf(id))).toString('utf8');
          await fsp.writeFile(file, vault.open('import-file', id, text), { mode: 0o600, flag: 'wx' });
        } else await pipeline(blobs.stream(keyOf(id)), fs.createWriteStream(file, { mode: 0o600, flags: 'wx' }));
        return await work(file);
      } finally {
        await fsp.rm(file, { force: true });
      }
    },
    drop: (id) => blobs.remove(keyOf(id)),
    async *kept() {
      for await (const key of blobs.list(FOLDER)) yield key.slice(FOLDER.length);
    },
  };
}
