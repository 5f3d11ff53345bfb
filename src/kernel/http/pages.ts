import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { asCallerFault } from '../db/transaction';
import type { Log } from '../log';
import { Problem, type ProblemList } from '../problem';

// Pages for people, outside /api/v1: made whole on the server, nothing of them runs in the browser.

/** A request for a page. What is given twice counts as given last. */
export interface PageAsked {
  /** As it stands in the address, without the query. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
}

/** How long anybody may keep it: what names itself by its content for a year, pages a minute, faults not at all. */
export type Keeping = 'year' | 'minute' | 'no';

export interface PageReply {
  status?: number;
  type: string;
  body: string;
  keep?: Keeping;
  /** Not to be found through search engines. */
  unlisted?: boolean;
}

/** The same thing stands at another address of this service. */
export interface PageMove {
  moveTo: string;
}

export interface PageSpec {
  /** Express pattern. */
  path: string;
  answer(asked: PageAsked): Promise<PageReply | PageMove>;
}

/** What became of a request that got no page. */
export interface PageFault {
  status: number;
  path: string;
  problem?: Problem;
  requestId: string;
}

export interface PagesDeps {
  pages: readonly PageSpec[];
  problems: ProblemList;
  log: Log;
  /** The page that tells of a fault, in the look of the others. */
  faultPage(fault: PageFault): Promise<PageReply>;
}

const keeping: Readonly<Record<Keeping, string>> = {
  year: 'public, max-age=31536000, immutable',
  minute: 'public, max-age=60',
  no: 'no-store',
};

/** Smaller replies grow by it. */
const WORTH_PACKING = 512;

const pack = promisify(gzip);

const textOf = (value: unknown): string => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : '';
};

const askedOf = (req: Request): PageAsked => ({
  path: req.path,
  params: Object.fromEntries(Object.entries(req.params).map(([k, v]) => [k, textOf(v)])),
  query: Object.fromEntries(Object.entries(req.query).map(([k, v]) => [k, textOf(v)])),
});

/** By the weak comparison (RFC 9110 13.1.2): a proxy may have dropped the mark of a weak one. */
const isKnown = (req: Request, etag: string): boolean =>
  (req.get('if-none-match') ?? '')
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one.replace(/^W\//, '') === etag.replace(/^W\//, ''));

async function sendPage(req: Request, res: Response, reply: PageReply): Promise<void> {
  const { status = 200, type, body, keep = status === 200 ? 'minute' : 'no', unlisted } = reply;
  res.set('Cache-Control', keeping[keep]);
  if (unlisted) res.set('X-Robots-Tag', 'noindex');
  res.vary('Accept-Encoding');
  if (status === 200) {
    // Weak: the packed and the plain form are the same page.
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    res.set('ETag', etag);
    if (isKnown(req, etag)) {
      res.status(304).end();
      return;
    }
  }
  let bytes: Buffer = Buffer.from(body, 'utf8');
  if (bytes.length >= WORTH_PACKING && req.acceptsEncodings('gzip', 'identity') === 'gzip') {
    bytes = await pack(bytes);
    res.set('Content-Encoding', 'gzip');
  }
  res.status(status).set('Content-Type', type).set('Content-Length', String(bytes.length)).end(bytes);
}

const allowed = ['GET', 'HEAD'];

/** Problems keep their status; what nobody foresaw is 500 and stands in the log in full. */
function faultHandler({ problems, log, faultPage }: PagesDeps): ErrorRequestHandler {
  return async (thrown: unknown, req, res, next) => {
    if (res.headersSent) return next(thrown);
    const error = thrown instanceof URIError ? new Problem('request.no-route') : asCallerFault(thrown);
    const problem = error instanceof Problem && problems[error.code] ? error : undefined;
    const requestId = res.locals.requestId as string;
    if (!problem) log.error({ err: thrown, requestId }, 'page failed');
    else if (problem !== thrown) log.warn({ err: thrown, requestId }, 'page refused');
    const status = problem ? problems[problem.code]!.status : 500;
    const retryAfter = problem?.params.retryAfter;
    if (typeof retryAfter === 'number') res.set('Retry-After', String(retryAfter));
    await sendPage(req, res, await faultPage({ status, path: req.path, problem, requestId }));
  };
}

/** A router over the pages; they answer GET and HEAD. */
export function createPages(deps: PagesDeps): RequestHandler {
  const router = express.Router({ caseSensitive: true });
  for (const { path, answer } of deps.pages) {
    const route = router.route(path);
    route.all((req, res, next) => {
      res.locals.pattern = path;
      if (allowed.includes(req.method)) return next();
      res.set('Allow', allowed.join(', '));
      throw new Problem('request.method', { allowed: allowed.join(', ') });
    });
    route.get(async (req, res) => {
      const reply = await answer(askedOf(req));
      if ('moveTo' in reply) res.set('Cache-Control', keeping.minute).redirect(302, reply.moveTo);
      else await sendPage(req, res, reply);
    });
  }
  router.use(faultHandler(deps));
  return router;
}

/** For addresses that lead nowhere: whoever came with a browser is shown a page, programs get their problem document. */
export const lostPage =
  (faultPage: PagesDeps['faultPage']): RequestHandler =>
  async (req, res, next) => {
    const reads = allowed.includes(req.method) && !req.path.startsWith('/api/');
    if (!reads || !(req.get('accept') ?? '').includes('text/html')) return next();
    const requestId = res.locals.requestId as string;
    await sendPage(req, res, await faultPage({ status: 404, path: req.path, requestId }));
  };
