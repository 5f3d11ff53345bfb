import request from 'supertest';
import { createAuthenticator, type Authenticator } from '../../src/cli/demo/second-factor';

export type Headers = Record<string, string | undefined>;
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A reply's body, looked into freely: the test says what it expects there. */
export type Json = Record<string, request.Response['body']>;

export interface UploadedFile {
  bytes: Uint8Array;
  mediaType: string;
  name: string;
}

/** One browser or program: keeps its cookie and CSRF token, sends an Idempotency-Key with every change. */
export interface Client {
  /** A header named `undefined` is not sent. */
  send(method: Method, address: string, body?: unknown, headers?: Headers): request.Test;
  get(address: string, headers?: Headers): request.Test;
  post(address: string, body?: unknown, headers?: Headers): request.Test;
  put(address: string, body?: unknown, headers?: Headers): request.Test;
  delete(address: string, headers?: Headers): request.Test;
  upload(address: string, file: UploadedFile, headers?: Headers): request.Test;
  /**
   * Opens a session and acts in it from here on; throws unless it works. Shows a code once a second factor is on, and
   * turns it on if a new office of somebody who has taken their seat asks for one.
   */
  signIn(username: string, password: string): Promise<void>;
  /**
   * The first sign-in as people come in: an own password, and a second factor if an office asks for one. Returns the
   * secrets that were handed out on the way.
   */
  takeSeat(seat: Seat): Promise<string[]>;
  /** What the person's device shows; undefined while there is none. */
  device(): Authenticator | undefined;
  /** Cookie and CSRF token, for clients of another make. */
  cookieHeaders(): Record<string, string>;
}

export interface Seat {
  username: string;
  oneTimePassword: string;
  password: string;
  now: () => number;
}

let keys = 0;
export const newKey = (): string => `test-key-${String((keys += 1)).padStart(8, '0')}`;

const given = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined));

export function createClient(url: string): Client {
  let session: Record<string, string> = {};
  let device: Authenticator | undefined;
  let clock: (() => number) | undefined;

  function start(method: Method, address: string, headers: Headers): request.Test {
    const key: Headers = method === 'get' ? {} : { 'idempotency-key': newKey() };
    return request(url)
      [method](`/api/v1${address}`)
      .set(given({ ...session, ...key, ...headers }));
  }

  function send(method: Method, address: string, body?: unknown, headers: Headers = {}): request.Test {
    const sending = start(method, address, headers);
    return body === undefined ? sending : sending.send(body as object);
  }

  function upload(address: string, { bytes, mediaType, name }: UploadedFile, headers: Headers = {}): request.Test {
    const about = { 'content-type': mediaType, 'x-file-name': encodeURIComponent(name), ...headers };
    return start('post', address, about).send(Buffer.from(bytes));
  }

  async function signIn(username: string, password: string): Promise<void> {
    session = {};
    const code = device ? { totp: device.code() } : {};
    const reply = await send('post', '/session', { username, password, ...code });
    if (reply.status !== 200) throw new Error(`signing in as ${username} answered ${reply.status}: ${reply.text}`);
    const cookies = (reply.headers['set-cookie'] ?? []) as unknown as string[];
    const cookie = cookies.find((c) => c.startsWith('lujian.sid='))!.split(';')[0]!;
    session = { cookie, 'x-csrf-token': reply.body.csrfToken as string };
    if (clock && reply.body.mustEnrolTotp && !reply.body.mustChangePassword) await enrol(clock);
  }

  async function takeSeat({ username, oneTimePassword, password, now }: Seat): Promise<string[]> {
    await signIn(username, oneTimePassword);
    await done(send('put', '/session/password', { oldPassword: oneTimePassword, newPassword: password }), 204);
    const { mustEnrolTotp } = await done(send('get', '/session'));
    clock = now;
    return mustEnrolTotp ? enrol(now) : [];
  }

  async function enrol(now: Seat['now']): Promise<string[]> {
    const { secret } = await done(send('post', '/session/totp'), 201);
    device = createAuthenticator(secret as string, now, -1);
    const { codes } = await done(send('put', '/session/totp', { code: device.code() }));
    return [secret as string, ...(codes as string[])];
  }

  return {
    send,
    get: (address, headers) => send('get', address, undefined, headers),
    post: (address, body, headers) => send('post', address, body, headers),
    put: (address, body, headers) => send('put', address, body, headers),
    delete: (address, headers) => send('delete', address, undefined, headers),
    upload,
    signIn,
    takeSeat,
    device: () => device,
    cookieHeaders: () => ({ ...session }),
  };
}

/** The body of a reply with this status; another status ends the test with the whole reply. */
export async function done(sent: request.Test, status = 200): Promise<request.Response['body']> {
  const reply = await sent;
  if (reply.status !== status) {
    throw new Error(
      `${reply.request.method} ${reply.request.url} answered ${reply.status}, not ${status}: ${reply.text}`,
    );
  }
  return reply.body;
}
