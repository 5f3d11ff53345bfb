import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

export const OIDC_CLIENT = { clientId: 'lujian-test', clientSecret: 'a secret between the two of them' };

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/** A provider that runs in a process of its own. */
export interface TestProvider {
  issuer: string;
  /** Settings with which a service is connected to it. */
  settings: Record<string, string>;
  /**
   * Starts the process for the given way back; with `port` on that port, as another one that has taken its place. Only
   * with `signedOutUri` does it offer to sign out.
   */
  start(redirectUri: string, signedOutUri?: string): Promise<void>;
  stop(): Promise<void>;
}

export async function testProvider(port?: number): Promise<TestProvider & { port: number }> {
  const own = port ?? (await freePort());
  const issuer = `http://127.0.0.1:${own}`;
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((done) => running.once('close', done));
    running.kill('SIGKILL');
    await ended;
  };
  const start = (redirectUri: string, signedOutUri?: string): Promise<void> =>
    new Promise((done, fail) => {
      const order = JSON.stringify({ port: own, redirectUri, signedOutUri, kid: 'signing', ...OIDC_CLIENT });
      child = spawn(process.execPath, [path.join(__dirname, 'oidc-provider.mjs'), order], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let complaint = '';
      child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
      child.stdout!.setEncoding('utf8').on('data', (text: string) => text.includes('ready') && done());
      child.once('close', (code) => fail(new Error(`the provider ended with ${code}: ${complaint}`)));
    });
  const settings = {
    LUJIAN_OIDC_ISSUER: issuer,
    LUJIAN_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
    LUJIAN_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
    LUJIAN_OIDC_NAME: '示例省统一身份认证',
  };
  return { issuer, settings, start, stop, port: own };
}

/** A browser as far as cookies and redirects go; a cookie goes to the host and port that set it. */
export class Wanderer {
  private readonly jars = new Map<string, Map<string, string>>();

  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const reply = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const gone = attributes.some((a) => /^\s*expires=Thu, 01 Jan 1970/i.test(a) || /^\s*max-age=0$/i.test(a));
      if (gone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return reply;
  }

  json(address: string, method: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.fetch(address, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent });
  }

  cookie(origin: string, name: string): string | undefined {
    return this.jars.get(origin)?.get(name);
  }

  take(origin: string, name: string, value: string): void {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    jar.set(name, value);
    this.jars.set(origin, jar);
  }

  /** From the provider's address through its sign-in to the address at which it sends the browser back; not opened. */
  async through(url: string, query: string): Promise<string> {
    let address = url;
    for (let hop = 0; hop < 8; hop += 1) {
      const reply = await this.fetch(address);
      const to = reply.headers.get('location');
      if (!to) throw new Error(`the provider answered ${reply.status} at ${address}: ${await reply.text()}`);
      const next = new URL(to, address);
      if (next.pathname === '/api/v1/session/oidc/callback') return next.href;
      address = next.pathname.startsWith('/interaction/') ? `${next.href}?${query}` : next.href;
    }
    throw new Error('the provider sends the browser round in circles');
  }

  /** Sends a form as a page does. */
  submit(address: string, fields: Record<string, string>): Promise<Response> {
    return this.fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Through the provider's question whether to sign out, answered with yes, to where it sends the browser back. */
  async signOutThrough(form: { url: string; fields: Record<string, string> }): Promise<string> {
    const asked = await this.submit(form.url, form.fields);
    const page = await asked.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1];
    if (!action || !xsrf) throw new Error(`the provider answered ${asked.status}: ${page}`);
    const left = await this.submit(new URL(action, form.url).href, { xsrf, logout: 'yes' });
    return left.headers.get('location') ?? '';
  }
}
