import { createHash } from 'node:crypto';
import fsp from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { BlobStore } from '../blobs/blob-store';
import { Problem } from '../problem';

/** A file that arrived whole and lies, synced, at a temporary place of the blob store. */
export interface Upload {
  temporary: string;
  sha256: string;
  size: number;
  mediaType: string;
  /** As the client calls it; shown, never used as a path. */
  name: string;
  head: Buffer;
}

const HEAD = 4096;
const REST_BYTES = 64 * 1024 * 1024;
const REST_MS = 5_000;

/**
 * Reads on without keeping, within bounds: a sender whose connection closes while it still writes sees a broken pipe
 * and never the refusal.
 */
function discardRest(req: IncomingMessage): Promise<void> {
  return new Promise((done) => {
    let size = 0;
    const stop = (): void => {
      clearTimeout(timer);
      req.off('data', count).off('end', stop).off('close', stop).pause();
      done();
    };
    const count = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > REST_BYTES) stop();
    };
    const timer = setTimeout(stop, REST_MS);
    if (req.readableEnded || req.destroyed) stop();
    else req.on('data', count).on('end', stop).on('close', stop).resume();
  });
}

async function refuseTooLarge(req: IncomingMessage, limit: number): Promise<never> {
  await discardRest(req);
  throw new Problem('request.too-large', { limit });
}

/** Node hands over the bytes of a header as latin1; simple clients send the name's UTF-8 as it is. Throws on other bytes. */
const asUtf8 = (text: string): string =>
  /[\u0080-\u00ff]/.test(text) ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1')) : text;

function declaredName(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header[0] : header;
  if (!text) return 'unnamed';
  try {
    const name = decodeURIComponent(asUtf8(text)).normalize('NFC');
    // Control and direction-changing characters make a name look like another.
    const clean = name
      .replace(/[\p{Cc}\p{Cf}/\\]/gu, '')
      .slice(-200)
      .replace(/^[\udc00-\udfff]/, '')
      .trim();
    return clean || 'unnamed';
  } catch {
    const fault = { in: 'header', pointer: '/x-file-name', detail: '文件名须为 UTF-8，或其百分号编码。' } as const;
    throw new Problem('request.invalid', {}, [fault]);
  }
}

/**
 * Streams the request body to the blob store's own disk while hashing it. Throws `request.too-large` for more than
 * `limit` bytes, declared or sent, and `request.cut-off` when the sender stops early; nothing stays behind then.
 */
export async function receiveUpload(req: IncomingMessage, store: BlobStore, limit: number): Promise<Upload> {
  const declared = req.headers['content-length'] === undefined ? undefined : Number(req.headers['content-length']);
  if (declared !== undefined && declared > limit) await refuseTooLarge(req, limit);
  const name = declaredName(req.headers['x-file-name']);
  const temporary = store.temporaryFile();
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let size = 0;
  const handle = await fsp.open(temporary, 'wx', 0o600);
  try {
    // The iterator must leave the socket open, or the refusal would never reach the sender.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      if (size - chunk.length < HEAD) head.push(chunk);
      hash.update(chunk);
      // write() may take only a part of the bytes, writeFile() goes on until all are there.
      await handle.writeFile(chunk);
    }
    if (size > limit) await refuseTooLarge(req, limit);
    if (!req.complete || (declared !== undefined && declared !== size)) throw new Problem('request.cut-off');
    await handle.sync();
  } catch (error) {
    await fsp.rm(temporary, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') throw new Problem('request.cut-off');
    throw error;
  } finally {
    await handle.close();
  }
  const mediaType = (req.headers['content-type'] ?? 'application/octet-stream').split(';')[0]!.trim().toLowerCase();
  return { temporary, sha256: hash.digest('hex'), size, mediaType, name, head: Buffer.concat(head).subarray(0, HEAD) };
}

export const discardUpload = (upload: Upload): Promise<void> => fsp.rm(upload.temporary, { force: true });
