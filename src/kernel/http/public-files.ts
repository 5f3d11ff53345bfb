import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express, { type Request, type RequestHandler, type Response } from 'express';

// Files that programs fetch: no database, no session, the same for everybody.

export interface PublicFile {
  body: Uint8Array;
  type: string;
  /** Forever: this address never gives other bytes. A moment: the next bytes may come within seconds. */
  keep: 'forever' | 'a moment';
  /** Whether it is worth packing for those who take it packed. */
  pack?: boolean;
}

/** A path that names no file and never will: whoever comes after may answer it. */
export const NO_FILE_PATH = Symbol('no path of a file');

/** The file of a path below the base, without a leading stroke; undefined where there is none of that name. */
export type FindFile = (path: string) => Promise<PublicFile | typeof NO_FILE_PATH | undefined>;

const keeping = { forever: 'public, max-age=31536000, immutable', 'a moment': 'public, max-age=2' } as const;

const packed = promisify(gzip);

const knows = (req: Request, etag: string): boolean =>
  (req.get('if-none-match') ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

async function send(req: Request, res: Response, file: PublicFile): Promise<void> {
  const etag = `"${createHash('sha256').update(file.body).digest('base64url').slice(0, 22)}"`;
  res.set({ 'Cache-Control': keeping[file.keep], ETag: file.pack ? `W/${etag}` : etag });
  if (file.pack) res.vary('Accept-Encoding');
  if (knows(req, etag)) return void res.status(304).end();
  let body = Buffer.from(file.body);
  if (file.pack && req.acceptsEncodings('gzip', 'identity') === 'gzip') {
    body = await packed(body);
    res.set('Content-Encoding', 'gzip');
  }
  res.set({ 'Content-Type': file.type, 'Content-Length': String(body.length) }).end(body);
}

/** Answers GET and HEAD below the base. Any page of any origin may read what everybody may read. */
export function publicFiles(base: string, find: FindFile): RequestHandler {
  const router = express.Router({ caseSensitive: true });
  router.use(base, async (req, res, next) => {
    const file = await find(req.path.slice(1));
    if (file === NO_FILE_PATH) return next();
    res.locals.pattern = `${base}/*`;
    res.set({ 'Access-Control-Allow-Origin': '*', 'X-Robots-Tag': 'noindex' });
    const sorry = (status: number, text: string): void =>
      void res.status(status).set('Cache-Control', 'no-store').type('text/plain; charset=utf-8').send(`${text}\n`);
    if (!['GET', 'HEAD'].includes(req.method)) {
      res.set('Allow', 'GET, HEAD');
      return sorry(405, '此处只能读取。Only GET and HEAD are answered here.');
    }
    if (!file) return sorry(404, '没有这个文件。There is no such file.');
    await send(req, res, file);
  });
  return router;
}
