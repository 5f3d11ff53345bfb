import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { MoreThan } from 'typeorm';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { RowsAgainstLog } from '../audit-log';
import { fileKey, StoredFile } from './files.store';

const PAGE = 500;

async function hashOf(blobs: BlobStore, key: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(blobs.stream(key), hash);
  return hash.digest('hex');
}

/** For the self-audit: the bytes of every stored file are there, as long as its row says, and hash to what it says. */
export const filesAgainstHashes =
  (blobs: BlobStore): RowsAgainstLog =>
  async (on, findings) => {
    let after = '';
    for (;;) {
      const rows = await on.m.find(StoredFile, { where: { id: MoreThan(after) }, order: { id: 'ASC' }, take: PAGE });
      for (const { id, sha256, size } of rows) {
        after = id;
        const where = `stored file ${id}`;
        const there = await blobs.size(fileKey(sha256));
        if (there === undefined) {
          findings.add({ kind: 'file-missing', where, expected: `SHA-256 ${sha256}`, found: 'no bytes' });
          continue;
        }
        const found = await hashOf(blobs, fileKey(sha256));
        if (found === sha256 && there === size) continue;
        const expected = `SHA-256 ${sha256}, ${size} bytes`;
        findings.add({ kind: 'file-changed', where, expected, found: `SHA-256 ${found}, ${there} bytes` });
      }
      findings.count('files', rows.length);
      if (rows.length < PAGE) return;
    }
  };
