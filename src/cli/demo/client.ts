export interface DemoReply {
  status: number;
  body: unknown;
  headers: Headers;
  bytes: Buffer;
}

export interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** A file instead of JSON. */
  file?: { bytes: Uint8Array; mediaType: string; name: string };
  headers?: Record<string, string>;
}

/** One person at one browser: keeps its cookie, sends its CSRF token and an Idempotency-Key with every change. */
export interface DemoActor {
  readonly name: string;
  send(request: Sent): Promise<DemoReply>;
  signIn(username: string, password: string, totp?: string): Promise<DemoReply>;
  cookieHeaders(): Record<string, string>;
}

const cookieOf = (headers: Headers): string | undefined =>
  headers
    .getSetCookie()
    .map((c) => c.split(';')[0]!)
    .find((c) => c.startsWith('lujian.sid='));

export function createActor(name: string, baseUrl: string, newKey: () => string): DemoActor {
  let cookie: string | undefined;
  let csrf: string | undefined;

  const cookieHeaders = (): Record<string, string> => ({
    ...(cookie ? { cookie } : {}),
    ...(csrf ? { 'x-csrf-token': csrf } : {}),
  });

  async function send({ method, path, body, file, headers = {} }: Sent): Promise<DemoReply> {
    const content: Record<string, string> = file
      ? { 'content-type': file.mediaType, 'x-file-name': encodeURIComponent(file.name) }
      : body === undefined
        ? {}
        : { 'content-type': 'application/json' };
    const change: Record<string, string> = method === 'GET' ? {} : { 'idempotency-key': newKey() };
    const payload = file ? Buffer.from(file.bytes) : body === undefined ? undefined : JSON.stringify(body);
    const reply = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { ...cookieHeaders(), ...content, ...change, ...headers },
      body: payload,
      redirect: 'error',
    });
    cookie = cookieOf(reply.headers) ?? cookie;
    const bytes = Buffer.from(await reply.arrayBuffer());
    const isJson = /json/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      body: isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : undefined,
      headers: reply.headers,
      bytes,
    };
  }

  async function signIn(username: string, password: string, totp?: string): Promise<DemoReply> {
    cookie = undefined;
    csrf = undefined;
    const reply = await send({ method: 'POST', path: '/session', body: { username, password, totp } });
    csrf = (reply.body as { csrfToken?: string } | undefined)?.csrfToken;
    return reply;
  }

  return { name, send, signIn, cookieHeaders };
}
