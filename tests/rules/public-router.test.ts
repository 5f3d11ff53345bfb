import express, { type Express } from 'express';
import request from 'supertest';
import { createPages, type PageFault, type PageSpec } from '../../src/kernel/http/pages';
import { createLog } from '../../src/kernel/log';
import { kernelProblems, Problem } from '../../src/kernel/problem';
import { parseInstant } from '../../src/kernel/pure/time';
import { page, type Setting } from '../../src/modules/public-registry/pages/layout';
import { textsOf } from '../../src/modules/public-registry/pages/texts';

const logged: string[] = [];

/** The router over these pages alone; a fault is told by its status. */
function served(pages: readonly PageSpec[]): Express {
  const app = express();
  app.use((_req, res, next) => {
    res.locals.requestId = 'request-1';
    next();
  });
  const faultPage = async ({ status, problem, requestId }: PageFault) => ({
    status,
    type: 'text/plain',
    body: `${status} ${problem?.code ?? 'unknown'} ${requestId}`,
  });
  const log = createLog('info', { write: (line) => void logged.push(line) });
  app.use(createPages({ pages, problems: kernelProblems, log, faultPage }));
  app.use((_req, res) => void res.status(404).send('elsewhere'));
  return app;
}

const failing = (path: string, error: unknown): PageSpec => ({ path, answer: () => Promise.reject(error) });

describe('a page that cannot be made', () => {
  const app = served([
    failing('/busy', new Problem('service.unavailable', { retryAfter: 7 })),
    failing('/broken', new Error('示例内部细节')),
  ]);

  test('because the service is busy says when to come again', async () => {
    const { status, headers, text } = await request(app).get('/busy');
    expect({ status, text, after: headers['retry-after'], keep: headers['cache-control'] }).toEqual({
      status: 503,
      text: '503 service.unavailable request-1',
      after: '7',
      keep: 'no-store',
    });
  });

  test('for a reason nobody foresaw shows nothing of it, and is written down in full', async () => {
    const { status, text } = await request(app).get('/broken');
    expect({ status, text }).toEqual({ status: 500, text: '500 unknown request-1' });
    const lines = logged.filter((l) => l.includes('page failed'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('示例内部细节');
  });
});

describe('a page', () => {
  const app = served([
    { path: '/long', answer: async () => ({ type: 'text/plain', body: '长'.repeat(1000) }) },
    { path: '/short', answer: async ({ query }) => ({ type: 'text/plain', body: query.q ?? 'nothing' }) },
    { path: '/old', answer: async () => ({ moveTo: '/short' }) },
  ]);

  test('is packed only where that makes it smaller', async () => {
    const packed = (path: string) => request(app).get(path).set('accept-encoding', 'gzip');
    expect((await packed('/long')).headers['content-encoding']).toBe('gzip');
    expect((await packed('/short')).headers['content-encoding']).toBeUndefined();
  });

  test('takes the last of what is given twice', async () => {
    expect((await request(app).get('/short?q=1&q=2')).text).toBe('2');
  });

  test('that has moved leads on', async () => {
    const { status, headers } = await request(app).get('/old').redirects(0);
    expect([status, headers.location]).toEqual([302, '/short']);
  });

  test('that is none of these is left to others', async () => {
    expect((await request(app).get('/LONG')).text).toBe('elsewhere');
  });
});

test('staff are shown the way to sign in only where they can', () => {
  const setting = (hasConsole: boolean): Setting => ({
    language: 'zh',
    t: textsOf.zh,
    now: parseInstant('2026-03-02T01:00:00.000Z'),
    authority: undefined,
    origin: 'https://example.org',
    hasConsole,
  });
  const bodyOf = (s: Setting): string => page(s, { title: '示例', path: '/', content: null }).body;
  expect(bodyOf(setting(true))).toContain('href="/console/"');
  expect(bodyOf(setting(false))).not.toContain('/console/');
  // Before the authority is named the service stands for itself.
  expect(bodyOf(setting(false))).toContain('<title>示例 | 绿鉴</title>');
});
