import type { Readable } from 'node:stream';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { Download } from '../../kernel/http/endpoint';
import type { Upload } from '../../kernel/http/upload';
import { Problem, unwrap } from '../../kernel/problem';
import { instantText } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { FileView, StoredReply } from './files.contract';
import { judgeFile, mayRead } from './files.rules';
import { StoredFile } from './files.store';

export interface DocumentDeps {
  db: Db;
  command: Command;
  audit: Audit;
  blobs: BlobStore;
  /** Does the file belong to something that waits for the institution's seal? Asked for seal keepers only. */
  sealing: (on: Reads, institutionId: string, fileId: string) => Promise<boolean>;
}

/** What other modules may know of a file. */
export type FileFacts = Pick<StoredFile, 'id' | 'sha256' | 'size' | 'mediaType' | 'accountId' | 'institutionId'>;

const keyOf = (sha256: string): string => `files/${sha256}`;
const WHAT = '文件';

/** Uploaded files: kept by hash, judged by content, read by whom they concern. */
export function createDocuments({ db, command, audit, blobs, sealing }: DocumentDeps) {
  const { clock, ids } = db.sources;

  /** Judges the bytes, keeps them synced, then names them in a row. */
  async function store(call: Call, upload: Upload): Promise<StoredReply> {
    const mediaType = unwrap(judgeFile(upload.mediaType, upload.size, upload.head));
    await blobs.putIfAbsent(keyOf(upload.sha256), upload.temporary);
    const { sha256, size, name } = upload;
    return command(call, {}, async (tx) => {
      const { accountId, institutionId, authority } = call.actor;
      const owner = { accountId, institutionId, authority };
      const file: StoredFile = { id: ids.timed(), sha256, size, mediaType, name, ...owner, storedAt: clock.now() };
      await tx.m.insert(StoredFile, file);
      await audit.append(tx, call, { type: 'file.stored', payload: { file: file.id, sha256, size, mediaType } });
      return { id: file.id, sha256, size, mediaType, name };
    });
  }

  async function loadReadable(call: Call, id: string): Promise<StoredFile> {
    const file = await loadRecord(db, StoredFile, { id }, WHAT);
    const { institutionId, role } = call.actor;
    const sees =
      role === 'seal-keeper'
        ? institutionId !== null && (await sealing(db, institutionId, id))
        : mayRead(call.actor, file);
    if (!sees) throw new Problem('request.not-found', { what: WHAT, id });
    return file;
  }

  async function show(call: Call, id: string): Promise<FileView> {
    const { sha256, size, mediaType, name, storedAt } = await loadReadable(call, id);
    return { id, sha256, size, mediaType, name, storedAt: instantText(storedAt) };
  }

  async function download(call: Call, id: string): Promise<Download> {
    const { sha256, mediaType, name } = await loadReadable(call, id);
    return new Download(blobs.stream(keyOf(sha256)), mediaType, name);
  }

  /** Throws Problem `request.not-found`; whose file it may be is the caller's question. */
  async function load(on: Reads, id: string): Promise<FileFacts> {
    const { sha256, size, mediaType, accountId, institutionId } = await loadRecord(on, StoredFile, { id }, WHAT);
    return { id, sha256, size, mediaType, accountId, institutionId };
  }

  /** The bytes, for use inside the service. */
  async function content(id: string): Promise<Readable> {
    const { sha256 } = await load(db, id);
    return blobs.stream(keyOf(sha256));
  }

  return { store, show, download, load, content };
}

export type Documents = ReturnType<typeof createDocuments>;
