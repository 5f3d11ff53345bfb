import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Db } from '../db/database';
import type { BlobStore } from '../blobs/blob-store';
import type { Log } from '../log';
import { Problem, type ProblemList } from '../problem';
import { dispatch } from './dispatch';
import { docsRoutes } from './docs';
import type { Endpoint } from './endpoint';
import { illFormedAt } from './ill-formed';
import { createMetrics, type Metrics } from './metrics';
import { checkProblems, openApi } from './openapi';
import { problemHandler } from './problem-reply';
import type { Face, RouteSpec } from './route';
import type { SignIn } from './sign-in';

const BODY_LIMIT = 1024 * 1024;

export interface AppDeps {
  db: Db;
  blobs: BlobStore;
  log: Log;
  signIn: SignIn;
  problems: ProblemList;
  endpoints: readonly Endpoint[];
  /** Routers of pages outside /api/v1. */
  pages?: readonly RequestHandler[];
  /** Where the printed address leads if no page stands there; the description of the interface if nothing is said. */
  home?: string;
  /** Answers browsers whose address leads nowhere. */
  lostPage?: RequestHandler;
  routes: readonly Face[];
  trustProxy: false | number | string;
  publicUrl: string;
  /** Other origins to which our pages may send forms. */
  formTargets?: readonly string[];
  maxUpload: number;
  /** 32 bytes; under it bodies of repeated requests are compared. */
  requestHashKey: Uint8Array;
  version: string;
  /** What is not ready, in words; empty when all is well. */
  readiness: () => Promise<{ ready: boolean; notes: readonly string[] }>;
  /** Figures that modules keep, by metric name, asked when they are read. */
  figures?: () => Promise<Readonly<Record<string, number>>>;
}

const servedBy = (spec: RouteSpec, faces: readonly Face[]): boolean => {
  const wanted = spec.faces ?? (spec.access === 'public' ? ['public', 'partner', 'bureau'] : ['partner', 'bureau']);
  return wanted.some((f) => faces.includes(f));
};

function stampRequest({ db, log }: AppDeps, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    const requestId = db.sources.ids.timed();
    res.locals.requestId = requestId;
    res.set('X-Request-Id', requestId);
    res.set('Cache-Control', 'no-store');
    res.on('close', () => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      // The pattern, not the address: addresses may one day hold what must not be logged.
      const pattern = (res.locals.pattern as string | undefined) ?? '(none)';
      metrics.observe(req.method, pattern, res.statusCode, ms / 1000);
      log.info(
        { requestId, method: req.method, route: pattern, status: res.statusCode, ms: Math.round(ms) },
        'request',
      );
    });
    next();
  };
}

/** Over plain http browsers heed none of these, and complain of the first two. */
const overTls = (publicUrl: string) =>
  publicUrl.startsWith('https:')
    ? {
        crossOriginOpenerPolicy: { policy: 'same-origin' as const },
        originAgentCluster: true,
        strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
      }
    : { crossOriginOpenerPolicy: false as const, originAgentCluster: false, strictTransportSecurity: false as const };

const securityHeaders = ({ publicUrl, formTargets = [] }: AppDeps): RequestHandler =>
  helmet({
    ...overTls(publicUrl),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'", ...formTargets],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });

function operations(deps: AppDeps, metrics: Metrics): express.Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  router.get('/readyz', async (_req, res) => {
    const { ready, notes } = await deps.readiness();
    res.status(ready ? 200 : 503).json({ ready, notes });
  });
  router.get('/metrics', async (req, res) => {
    // Only from this machine itself: counts per route tell more than the public need know.
    const from = req.socket.remoteAddress ?? '';
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(from) || req.get('x-forwarded-for')) {
      throw new Problem('request.no-route');
    }
    res.type(metrics.contentType).send(await metrics.text(await deps.figures?.()));
  });
  return router;
}

/** A lone half of a surrogate pair is no text: it has no UTF-8 form and could be neither stored nor signed. */
const refuseIllFormedText: RequestHandler = (req, _res, next) => {
  const found = illFormedAt(req.body);
  if (found === undefined) return next();
  throw new Problem('request.invalid', {}, [
    {
      in: 'body',
      pointer: found,
      detail: '含有不成对的代理字符，不是有效的文字。',
      detailEn: 'It holds half of a surrogate pair alone, which is no valid text.',
    },
  ]);
};

const requireJson: RequestHandler = (req, _res, next) => {
  const length = req.get('content-length');
  const hasBody = req.get('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
  if (hasBody && !req.is('application/json')) throw new Problem('request.media-type', { expected: 'application/json' });
  next();
};

function api(deps: AppDeps, endpoints: readonly Endpoint[]): express.Router {
  const router = express.Router({ caseSensitive: true });
  const json: RequestHandler[] = [requireJson, express.json({ limit: BODY_LIMIT, strict: true }), refuseIllFormedText];
  const methods = new Map<string, string[]>();
  for (const entry of endpoints) {
    const { spec } = entry;
    methods.set(spec.path, [...(methods.get(spec.path) ?? []), spec.method.toUpperCase()]);
    const stamp: RequestHandler = (_req, res, next) => {
      res.locals.pattern = spec.path;
      next();
    };
    const who = spec.access === 'public' ? [] : deps.signIn.handlers;
    router[spec.method](spec.path, stamp, ...who, ...(spec.upload ? [] : json), dispatch(deps, entry));
  }
  for (const [path, allowed] of methods) {
    router.all(path, (_req, res) => {
      res.set('Allow', allowed.join(', '));
      throw new Problem('request.method', { allowed: allowed.join(', ') });
    });
  }
  return router;
}

/** Search engines list no replies of the interface: some name persons. */
const unlisted: RequestHandler = (_req, res, next) => {
  res.set('X-Robots-Tag', 'noindex');
  next();
};

/** The Express application; listening is main's business. */
export function createApp(deps: AppDeps): Express {
  const metrics = createMetrics();
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', deps.trustProxy);
  app.set('query parser', 'simple');
  const endpoints = deps.endpoints.filter((e) => servedBy(e.spec, deps.routes));
  app.use(stampRequest(deps, metrics), securityHeaders(deps));
  app.use(operations(deps, metrics));
  const specs = endpoints.map((e) => e.spec);
  checkProblems(specs, deps.problems);
  // Its making takes longer than all else here, and few ask for it.
  let document: ReturnType<typeof openApi> | undefined;
  app.get(
    '/api/v1/openapi.json',
    (_req, res) => void res.json((document ??= openApi(specs, deps.problems, deps.version))),
  );
  app.use('/docs', docsRoutes());
  for (const page of deps.pages ?? []) app.use(page);
  app.get('/', (_req, res) => res.redirect(302, deps.home ?? '/docs/'));
  app.use('/api/v1', unlisted, api(deps, endpoints));
  if (deps.lostPage) app.use(deps.lostPage);
  app.use(() => {
    throw new Problem('request.no-route');
  });
  app.use(problemHandler(deps.problems, deps.log));
  return app;
}
