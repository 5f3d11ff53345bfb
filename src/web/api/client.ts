import type * as z from 'zod';
import type { RouteSpec } from '../../kernel/http/route';
import { newKey, saveFile, tab } from '../app/browser';
import { shownLanguage } from '../words/language';
import { refusalOf, type Refused, Unreached } from './fault';

// The one way to the service: requests by the contracts' own declarations.

export type AnyRoute = RouteSpec;

type PartOf<T> = NonNullable<T> extends z.ZodType ? z.input<NonNullable<T>> : never;

/** What a route takes; parts that it does not declare may be left out. */
export interface Asked<S extends AnyRoute> {
  params?: PartOf<S['params']>;
  query?: PartOf<S['query']>;
  body?: PartOf<S['body']>;
  /** The version that was read: If-Match. */
  version?: number;
  /** The file, for a route that takes one. */
  file?: File;
  /** The same for repeats of the same act. */
  key?: string;
  signal?: AbortSignal;
}

export type ReplyOf<S extends AnyRoute> =
  NonNullable<S['reply']> extends z.ZodType ? z.output<NonNullable<S['reply']>> : never;

const API = '/api/v1';
const POST_KEY = 'lujian.post';

const state: { csrf: string | undefined; onSignedOut: (fault: Refused) => void; onStale: () => void } = {
  csrf: undefined,
  onSignedOut: () => undefined,
  onStale: () => undefined,
};

/** The token that changes must bear, from the session. */
export const holdToken = (token: string | undefined): void => void (state.csrf = token);

/** Called when the session has ended under the user's hands. */
export const whenSignedOut = (act: (fault: Refused) => void): void => void (state.onSignedOut = act);

/** Called when the service knows another session or other posts than this page. */
export const whenStale = (act: () => void): void => void (state.onStale = act);

/** Refusals that say so. */
const STALE: readonly string[] = ['sign-in.forgery', 'sign-in.post-unusable'];

/** The post one acts for, in this tab. */
export const actingPost = (): string | undefined => tab.get(POST_KEY);
export const actFor = (post: string | undefined): void => tab.set(POST_KEY, post);

/** The address of a route with its parameters, for links to files too. */
export function addressOf<S extends AnyRoute>(spec: S, { params, query }: Asked<S> = {}): string {
  const given = (params ?? {}) as Record<string, string>;
  const path = spec.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(given[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean')
      search.set(name, String(value));
  }
  const text = search.toString();
  return `${API}${path}${text === '' ? '' : `?${text}`}`;
}

function headersOf(spec: AnyRoute, asked: Asked<AnyRoute>): Headers {
  const headers = new Headers({ accept: 'application/json', 'accept-language': shownLanguage() });
  const post = actingPost();
  if (post !== undefined) headers.set('Lujian-Post', post);
  if (spec.method === 'get') return headers;
  if (state.csrf !== undefined) headers.set('X-CSRF-Token', state.csrf);
  if (asked.version !== undefined) headers.set('If-Match', `"${asked.version}"`);
  if ((spec.events?.length ?? 0) > 0 && !spec.unrepeatable) headers.set('Idempotency-Key', asked.key ?? newKey());
  if (asked.file) {
    headers.set('X-File-Name', encodeURIComponent(asked.file.name));
    headers.set('Content-Type', asked.file.type || 'application/octet-stream');
  } else if (asked.body !== undefined) headers.set('Content-Type', 'application/json');
  return headers;
}

async function send(spec: AnyRoute, asked: Asked<AnyRoute>): Promise<Response> {
  const body = asked.file ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  let reply: Response;
  try {
    reply = await fetch(addressOf(spec, asked), {
      method: spec.method.toUpperCase(),
      headers: headersOf(spec, asked),
      body,
      credentials: 'same-origin',
      signal: asked.signal,
    });
  } catch (cause) {
    if (asked.signal?.aborted) throw cause;
    throw new Unreached(cause);
  }
  if (reply.ok) return reply;
  const refused = await refusalOf(reply);
  if (refused.code === 'sign-in.required' && spec.access !== 'sign-in') state.onSignedOut(refused);
  if (STALE.includes(refused.code)) state.onStale();
  throw refused;
}

/** Asks a route. Throws Refused with what the service said, Unreached when it did not answer. */
export async function ask<S extends AnyRoute>(spec: S, asked: Asked<S> = {}): Promise<ReplyOf<S>> {
  const reply = await send(spec, asked);
  if (reply.status === 204) return undefined as ReplyOf<S>;
  return (await reply.json()) as ReplyOf<S>;
}

const nameIn = (disposition: string | null): string | undefined => {
  const found = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
};

/** The bytes of a route that answers with a file. */
export async function fetchFile<S extends AnyRoute>(
  spec: S,
  asked: Asked<S> = {},
): Promise<{ blob: Blob; name: string }> {
  const reply = await send(spec, asked);
  return { blob: await reply.blob(), name: nameIn(reply.headers.get('content-disposition')) ?? 'lujian' };
}

/** Fetches a file and hands it to the user. */
export async function download<S extends AnyRoute>(spec: S, asked: Asked<S> = {}): Promise<void> {
  const { blob, name } = await fetchFile(spec, asked);
  saveFile(blob, name);
}
