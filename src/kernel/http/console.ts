import fs from 'node:fs';
import path from 'node:path';
import express, { type Request, type RequestHandler, type Router } from 'express';
import type { Randomness } from '../sources';

/** Files of a build bear a hash of their content in their names: they never change. */
const FOREVER = 'public, max-age=31536000, immutable';

const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** The build leaves each text file compressed beside itself. */
const compressed =
  (folder: string): RequestHandler =>
  (req, res, next) => {
    const name = path.basename(req.path);
    if (!/\.(js|css|svg)$/.test(name)) return next();
    res.vary('Accept-Encoding');
    const wanted = ENCODINGS.find(
      ([e, end]) => req.acceptsEncodings(e) && fs.existsSync(path.join(folder, name + end)),
    );
    if (!wanted) return next();
    const [encoding, end] = wanted;
    res.set({ 'Content-Encoding': encoding, 'Cache-Control': FOREVER }).type(path.extname(name));
    res.sendFile(name + end, { root: folder, cacheControl: false });
  };

const policy = (nonce: string, formTargets: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const notBuilt: RequestHandler = (_req, res) => {
  res.status(503).type('text/plain').send('控制台尚未构建：请运行 npm run build。The console is not built.\n');
};

/** Whether a cookie came: without one the console need not ask who is signed in, and be refused. */
const sessionMark = (req: Request, cookie: string): string =>
  (req.get('cookie') ?? '').split(/; */).some((c) => c.startsWith(`${cookie}=`)) ? 'perhaps' : 'none';

/**
 * The console's files below /console/, from the folder that the build left. Every address without a file answers with
 * the page, whose script finds the screen; each response allows styles by a nonce of its own, and tells whether the
 * session's cookie came. `formTargets` are other origins to which it may send forms.
 */
export function consolePages(
  folder: string,
  sessionCookie: string,
  randomness: Randomness,
  formTargets: readonly string[] = [],
): Router {
  const router = express.Router();
  const page = path.join(folder, 'index.html');
  let html: string | undefined;
  router.use(
    '/console/assets',
    compressed(path.join(folder, 'assets')),
    express.static(path.join(folder, 'assets'), {
      index: false,
      redirect: false,
      setHeaders: (res) => res.setHeader('Cache-Control', FOREVER),
    }),
    // A page in place of a missing script would be read as one.
    (_req, res) => void res.status(404).type('text/plain').send('没有这个文件；请刷新页面。\n'),
  );
  router.get('/console', (_req, res, next) => {
    // Without the last stroke the page's own addresses would lead elsewhere.
    if (_req.path === '/console') return res.redirect(302, '/console/');
    next();
  });
  router.get('/console/{*screen}', (req, res, next) => {
    html ??= fs.existsSync(page) ? fs.readFileSync(page, 'utf8') : undefined;
    if (html === undefined) return void notBuilt(req, res, next);
    const nonce = randomness.bytes(16).toString('base64');
    res.set('Content-Security-Policy', policy(nonce, formTargets));
    res.type('html').send(html.replaceAll('__NONCE__', nonce).replace('__SESSION__', sessionMark(req, sessionCookie)));
  });
  return router;
}
