import * as z from 'zod';
import { SignClientError } from './errors';

export interface ConnectionOptions {
  /** Address of the service; https except on loopback. */
  baseUrl: string;
  /** Sent with every request: `bearer(key)`, or cookie and CSRF header from a jar. Asked anew each time. */
  headers: () => Record<string, string>;
  /** A fresh Idempotency-Key for each command. */
  newIdempotencyKey: () => string;
}

export interface ServiceConnection {
  /** Posts a command and reads its reply by the schema. */
  post<T>(path: string, body: unknown, reply: z.ZodType<T>): Promise<T>;
  /** Bytes behind a path that the service named. */
  download(path: string): Promise<Uint8Array>;
}

export const bearer =
  (apiKey: string): (() => Record<string, string>) =>
  () => ({ authorization: `Bearer ${apiKey}` });

const TIMEOUT_MS = 60_000;
const LOOPBACK = /^(localhost|127(?:\.\d+){3}|\[::1\])$/;

const problemSchema = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string() })).optional(),
});

/** Throws SignClientError `address-not-allowed` for an address that would carry the key in the clear. */
export function connect(options: ConnectionOptions): ServiceConnection {
  const base = URL.canParse(options.baseUrl) ? new URL(options.baseUrl) : undefined;
  const isSafe = base?.protocol === 'https:' || (base?.protocol === 'http:' && LOOPBACK.test(base.hostname));
  if (!base || !isSafe) {
    throw new SignClientError('address-not-allowed', `服务地址须为 https，或本机地址：${options.baseUrl}`);
  }
  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> => {
    const url = new URL(path, base);
    if (url.origin !== base.origin) {
      throw new SignClientError('address-not-allowed', `服务给出了另一台主机的地址，已停止：${url.origin}`);
    }
    const response = await reach(url, { ...init, headers: { ...options.headers(), ...init.headers } });
    if (!response.ok) throw new SignClientError('refused-by-service', await describeProblem(response));
    return response;
  };
  return {
    post: async (path, body, reply) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': options.newIdempotencyKey() };
      const response = await ask(path, { method: 'POST', body: JSON.stringify(body), headers });
      return readReply(response, path, reply);
    },
    download: async (path) => new Uint8Array(await (await ask(path, {})).arrayBuffer()),
  };
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    // A redirect could lead the key to another host.
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (fault) {
    const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : String(fault);
    throw new SignClientError('service-unreachable', `无法连接服务 ${url.origin}：${cause}`);
  }
}

async function describeProblem(response: Response): Promise<string> {
  const text = await response.text();
  const problem = problemSchema.safeParse(parseJson(text));
  if (!problem.success) return `服务拒绝了请求（HTTP ${response.status}）`;
  const { type, title, detail, errors } = problem.data;
  const faults = (errors ?? []).map((one) => `  ${one.pointer ?? ''} ${one.detail}`);
  return [
    `服务拒绝了请求（HTTP ${response.status} ${type ?? ''}）：${title ?? ''} ${detail ?? ''}`.trimEnd(),
    ...faults,
  ].join('\n');
}

async function readReply<T>(response: Response, path: string, schema: z.ZodType<T>): Promise<T> {
  const reply = schema.safeParse(parseJson(await response.text()));
  if (reply.success) return reply.data;
  throw new SignClientError('reply-not-understood', `${path} 的答复与约定不符：${z.prettifyError(reply.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
