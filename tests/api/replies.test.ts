import http from 'node:http';
import os from 'node:os';
import request from 'supertest';
import { problemCatalogue } from '../../src/catalogues';
import { isCommand, successStatus, type RouteSpec } from '../../src/kernel/http/route';
import { done } from '../support/client';
import { wholeService, type Whole } from '../support/whole-service';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

let whole: Whole;
let text: string;
let openapi: Document;

beforeAll(async () => {
  whole = await wholeService();
  const reply = await request(whole.url).get('/api/v1/openapi.json');
  text = reply.text;
  openapi = JSON.parse(text) as Document;
}, 60_000);
afterAll(() => whole.close());

const specs = (): RouteSpec[] => whole.service.endpoints.map((e) => e.spec);
const nameOf = (s: RouteSpec): string => `${s.method} ${s.path}`;
const operationOf = (s: RouteSpec): Operation =>
  openapi.paths[`/api/v1${s.path.replace(/:(\w+)/g, '{$1}')}`]![s.method]!;

/** Every object inside, itself too. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

const resolve = (root: unknown, ref: string): unknown =>
  ref
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], root);

describe('the OpenAPI document', () => {
  test('is version 3.1 and describes every endpoint, and no other', () => {
    expect(openapi.openapi).toBe('3.1.0');
    const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.sort()).toEqual(specs().map(nameOf).sort());
  });

  test('has no reference that leads nowhere', () => {
    const refs = [...objectsIn(openapi)].map((o) => o['$ref']).filter((r) => r !== undefined);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((r) => typeof r !== 'string' || !r.startsWith('#/') || !resolve(openapi, r))).toEqual([]);
  });

  test('names each operation once, in Chinese first, under one chapter', () => {
    const operations = specs().map(operationOf);
    const ids = operations.map((o) => o.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(operations.filter((o) => !/^\p{Script=Han}/u.test(o.summary)).map((o) => o.summary)).toEqual([]);
    expect(operations.filter((o) => o.tags.length !== 1)).toEqual([]);
  });

  test('lists the status of success and of each problem that the endpoint may give, by its code', () => {
    const faults: string[] = [];
    for (const s of specs()) {
      const { responses } = operationOf(s);
      if (!responses[String(successStatus(s))]) faults.push(`${nameOf(s)}: no ${successStatus(s)}`);
      for (const code of ['request.invalid', 'service.unavailable', ...(s.problems ?? [])]) {
        const { status, title } = problemCatalogue[code]!;
        const said = responses[String(status)];
        if (!said?.description.includes(`${code}: ${title}`)) faults.push(`${nameOf(s)}: ${code} not under ${status}`);
        if (!said?.content?.['application/problem+json']) faults.push(`${nameOf(s)}: ${status} is no problem document`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('tells of headers, bodies and who may come in, as each endpoint is declared', () => {
    const faults: string[] = [];
    for (const s of specs()) {
      const o = operationOf(s);
      const headers = o.parameters.filter((p) => p.in === 'header').map((p) => p.name);
      const inPath = o.parameters.filter((p) => p.in === 'path').map((p) => p.name);
      const expectSame = (what: string, a: unknown, b: unknown): void => {
        if (JSON.stringify(a) !== JSON.stringify(b)) faults.push(`${nameOf(s)}: ${what}`);
      };
      expectSame('parameters of the path', inPath.sort(), (s.path.match(/:\w+/g) ?? []).map((p) => p.slice(1)).sort());
      expectSame('Idempotency-Key', headers.includes('Idempotency-Key'), isCommand(s) && !s.unrepeatable);
      expectSame('If-Match', headers.includes('If-Match'), s.ifMatch === true);
      expectSame('body', o.requestBody !== undefined, s.body !== undefined || s.upload === true);
      expectSame('security', o.security?.length === 0, s.access === 'public' || s.access === 'sign-in');
    }
    expect(faults).toEqual([]);
  });

  test('shows no problem code that stands in no contract, and every code has a status of its class', () => {
    for (const { status, title, detail } of Object.values(problemCatalogue)) {
      expect(status === 503 || status === 500 || (status >= 400 && status < 500)).toBe(true);
      expect(title.length * detail.length).toBeGreaterThan(0);
    }
    expect(
      specs()
        .flatMap((s) => s.problems ?? [])
        .filter((code) => !problemCatalogue[code]),
    ).toEqual([]);
  });
});

describe('/docs', () => {
  const localOnly = (content: string): string[] =>
    [...content.matchAll(/(?:src|href|url|import|fetch)\s*[=(]?\s*["'(]+([^"')\s]+)/g)].map((m) => m[1]!);

  test('loads only what lies beside it', async () => {
    const page = await request(whole.url).get('/docs/');
    expect(page.status).toBe(200);
    const assets = localOnly(page.text);
    expect(assets).toEqual(expect.arrayContaining(['/docs/docs.css', '/docs/docs.js', '/api/v1/openapi.json']));
    for (const asset of assets) {
      expect(asset).toMatch(/^\/(?!\/)/);
      const reply = await request(whole.url).get(asset);
      expect({ asset, status: reply.status }).toEqual({ asset, status: 200 });
      if (!asset.endsWith('.json')) expect(reply.text).not.toMatch(/https?:\/\/|@import|\/\/[a-z0-9-]+\./i);
    }
    // Nothing inline either: the policy would not run it.
    expect(page.text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|<style|style=/);
  });
});

const withoutWays = ['未配置邮件（LUJIAN_SMTP_URL），通知只到收件箱', '未配置短信（LUJIAN_SMS_URL），不发送短信'];

describe('operations', () => {
  test('/healthz says that the process lives, /readyz that it may be given work', async () => {
    expect((await request(whole.url).get('/healthz')).body).toEqual({ ok: true });
    const ready = await request(whole.url).get('/readyz');
    expect({ status: ready.status, body: ready.body as unknown }).toEqual({
      status: 200,
      // No way out of the house is set in this lane; that is said, not hidden.
      body: { ready: true, notes: withoutWays },
    });
  });

  test('/metrics is told to this machine only, and to nobody behind a proxy', async () => {
    await done(whole.anyone.get('/public/blacklist'));
    const own = await request(whole.url).get('/metrics');
    expect(own.status).toBe(200);
    expect(own.headers['content-type']).toMatch(/^text\/plain/);
    expect(own.text).toMatch(
      /lujian_http_requests_total\{method="GET",route="\/public\/blacklist",status="200"\} [1-9]/,
    );
    for (const forwarded of ['127.0.0.1', '203.0.113.9', '::1']) {
      const reply = await request(whole.url).get('/metrics').set('x-forwarded-for', forwarded);
      expect({ forwarded, status: reply.status }).toEqual({ forwarded, status: 404 });
      expect(reply.text).not.toContain('lujian_http');
    }
  });

  test('/metrics is not told to another address of this machine', async () => {
    const addresses = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
    const outward = addresses.find((a) => a.family === 'IPv4' && !a.internal)?.address;
    // A machine without a network has no other address than loopback: 127.0.0.2 is one that is not listed.
    const from = outward ?? '127.0.0.2';
    const server = http.createServer(whole.service.app);
    await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready));
    const { port } = server.address() as { port: number };
    const status = await new Promise<number>((answered, failed) => {
      http
        .get({ host: outward ?? '127.0.0.1', port, path: '/metrics', localAddress: from }, (res) => {
          res.resume();
          answered(res.statusCode!);
        })
        .on('error', failed);
    });
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(status).toBe(404);
  });
});

describe('every reply', () => {
  const kinds = (): [string, Promise<request.Response>][] => [
    ['a page', Promise.resolve(request(whole.url).get('/docs/'))],
    ['a list', Promise.resolve(whole.anyone.get('/public/blacklist'))],
    ['a download', Promise.resolve(whole.anyone.get('/public/blacklist.csv'))],
    ['a refusal', Promise.resolve(whole.anyone.get('/lots'))],
    ['no address', Promise.resolve(request(whole.url).get('/nowhere'))],
    ['health', Promise.resolve(request(whole.url).get('/healthz'))],
  ];

  test('is closed off further where the public address is https, and says nothing of that to browsers on plain http', async () => {
    const names = ['cross-origin-opener-policy', 'origin-agent-cluster', 'strict-transport-security'] as const;
    const plain = await request(whole.url).get('/healthz');
    for (const name of names) expect(plain.headers).not.toHaveProperty(name);
    const secure = await wholeService({ settings: { LUJIAN_PUBLIC_URL: 'https://lujian.example' } });
    try {
      const { headers } = await request(secure.url).get('/healthz');
      expect(names.map((name) => headers[name] as string)).toEqual(['same-origin', '?1', 'max-age=31536000']);
    } finally {
      await secure.close();
    }
  });

  test('bears the headers that keep a browser safe, and a request id', async () => {
    const ids = new Set<string>();
    for (const [kind, sent] of kinds()) {
      const { headers } = (await sent) as unknown as { headers: Record<string, string> };
      expect({ kind, ...headers }).toMatchObject({
        kind,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      ids.add(headers['x-request-id']!);
    }
    expect(ids.size).toBe(kinds().length);
  });

  test('that refuses is a problem document whose instance is the request', async () => {
    for (const reply of [await whole.anyone.get('/lots'), await whole.anyone.get('/nowhere')]) {
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(reply.body).toMatchObject({ status: reply.status, instance: `urn:uuid:${reply.headers['x-request-id']}` });
    }
    expect(text).not.toContain(whole.directory);
  });

  test('at the printed address is the public look-up, which shows the way to the description', async () => {
    const reply = await request(whole.url).get('/');
    expect([reply.status, reply.type]).toEqual([200, 'text/html']);
    expect(reply.text).toContain('<a href="/docs/">');
    expect((await request(whole.url).get('/docs/')).status).toBe(200);
  });

  test('of a stopping process says so at /readyz, so that no new work is sent', async () => {
    whole.service.beginStop();
    const reply = await request(whole.url).get('/readyz');
    expect(reply.status).toBe(503);
    expect(reply.body).toEqual({ ready: false, notes: [...withoutWays, '正在停止'] });
    expect((await request(whole.url).get('/healthz')).status).toBe(200);
  });
});
