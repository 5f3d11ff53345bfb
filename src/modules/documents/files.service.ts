import type { Readable } from 'node:stream';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Actor, Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Download } from '../../kernel/http/endpoint';
import type { Upload } from '../../kernel/http/upload';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { instantText } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { FileView, StoredReply } from './files.contract';
import { judgeFile, mayReadOwn, officeOf } from './files.rules';
import { attachFile, attachmentsOf, fileKey, StoredFile } from './files.store';
import type { FileHolder, FileReaders } from './holders';

export interface DocumentDeps {
  db: Db;
  command: Command;
  audit: Audit;
  blobs: BlobStore;
  /** Who may read the records on which files hang; asked when a request comes. */
  readers: () => FileReaders;
}

/** What other modules may know of a file. */
export type FileFacts = Pick<StoredFile, 'id' | 'sha256' | 'size' | 'mediaType' | 'accountId' | 'institutionId'>;

const factsOf = ({ id, sha256, size, mediaType, accountId, institutionId }: StoredFile): FileFacts => ({
  id,
  sha256,
  size,
  mediaType,
  accountId,
  institutionId,
});

const WHAT = say('文件', 'file');

/** Uploaded files: kept by hash, judged by content, read by whoever may read the record on which they hang. */
export function createDocuments({ db, command, audit, blobs, readers }: DocumentDeps) {
  const { clock, ids } = db.sources;

  /** Judges the bytes, keeps them synced, then names them in a row. */
  async function store(call: Call, upload: Upload): Promise<StoredReply> {
    const mediaType = unwrap(judgeFile(upload.mediaType, upload.size, upload.head));
    await blobs.putIfAbsent(fileKey(upload.sha256), upload.temporary);
    const { sha256, size, name } = upload;
    return command(call, {}, async (tx) => {
      const { accountId, institutionId, authority } = call.actor;
      const owner = { accountId, institutionId, authority, authorityId: officeOf(call.actor) };
      const file: StoredFile = { id: ids.timed(), sha256, size, mediaType, name, ...owner, storedAt: clock.now() };
      await tx.m.insert(StoredFile, file);
      await audit.append(tx, call, { type: 'file.stored', payload: { file: file.id, sha256, size, mediaType } });
      return { id: file.id, sha256, size, mediaType, name };
    });
  }

  async function mayRead(on: Reads, actor: Actor, file: StoredFile): Promise<boolean> {
    const attached = await attachmentsOf(on, file.id);
    if (mayReadOwn(actor, file, attached.length > 0)) return true;
    for (const { kind, ref } of attached) if (await readers()[kind](on, actor, ref, file.id)) return true;
    return false;
  }

  /** To others the file does not exist. */
  async function loadReadable(on: Reads, call: Call, id: string): Promise<StoredFile> {
    const file = await loadRecord(on, StoredFile, { id }, WHAT);
    if (!(await mayRead(on, call.actor, file))) throw new Problem('request.not-found', { what: WHAT, id });
    return file;
  }

  async function show(call: Call, id: string): Promise<FileView> {
    const { sha256, size, mediaType, name, storedAt } = await loadReadable(db, call, id);
    return { id, sha256, size, mediaType, name, storedAt: instantText(storedAt) };
  }

  async function download(call: Call, id: string): Promise<Download> {
    const { sha256, mediaType, name } = await loadReadable(db, call, id);
    return new Download(blobs.stream(fileKey(sha256)), mediaType, name);
  }

  /** Throws Problem `request.not-found`; whose file it may be is the caller's question. */
  const load = async (on: Reads, id: string): Promise<FileFacts> =>
    factsOf(await loadRecord(on, StoredFile, { id }, WHAT));

  /**
   * Names the file in a record, whose readers are the file's from then on. Nobody names what he may not read, or he
   * would read it by naming it: Problem `request.not-found`. A record may name again what hangs on it.
   */
  async function attach(tx: Tx, call: Call, id: string, { kind, ref }: FileHolder): Promise<FileFacts> {
    const hangs = (await attachmentsOf(tx, id)).some((a) => a.kind === kind && a.ref === ref);
    if (hangs) return load(tx, id);
    const file = await loadReadable(tx, call, id);
    await attachFile(tx, { fileId: id, kind, ref });
    return factsOf(file);
  }

  /** The bytes, for use inside the service. */
  async function content(id: string): Promise<Readable> {
    const { sha256 } = await load(db, id);
    return blobs.stream(fileKey(sha256));
  }

  return { store, show, download, load, attach, content };
}

export type Documents = ReturnType<typeof createDocuments>;
