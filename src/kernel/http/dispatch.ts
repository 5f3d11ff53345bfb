import { createHmac } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { anonymous, type Actor, type Call, type IdempotencyClaim } from '../call';
import type { BlobStore } from '../blobs/blob-store';
import type { Db } from '../db/database';
import { beginIdempotent, type StoredReply } from '../db/idempotency';
import { canonicalize } from '../pure/jcs';
import { Problem, type ProblemList } from '../problem';
import { Download, parseRequest, Redirect, versionOf, type Endpoint } from './endpoint';
import { problemBody, sendRefusal } from './problem-reply';
import { isCommand, statusOf, successStatus, type RouteSpec } from './route';
import type { SignIn } from './sign-in';
import { discardUpload, receiveUpload, type Upload } from './upload';

export interface DispatchDeps {
  db: Db;
  blobs: BlobStore;
  signIn: SignIn;
  problems: ProblemList;
  maxUpload: number;
  /** Bodies may hold identity numbers: only a keyed hash of them is kept. */
  requestHashKey: Uint8Array;
}

const keyForm = /^[\x21-\x7e]{8,128}$/;

const requestIdOf = (res: Response): string => res.locals.requestId as string;

/** The reply as its schema allows it: fields that are not declared are left out, a missing one is our bug. */
function filterReply(spec: RouteSpec, result: unknown): unknown {
  if (!spec.reply) return undefined;
  const parsed = spec.reply.safeParse(result);
  if (!parsed.success)
    throw new Error(`reply of ${spec.method} ${spec.path} breaks its schema: ${parsed.error.message}`);
  return parsed.data;
}

/** `secrets` are dotted paths of the reply; a repeat gets the reply without them. */
function withoutSecrets(spec: RouteSpec, body: unknown): unknown {
  if (!spec.secrets || typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([k]) => !spec.secrets!.includes(k)));
}

function tokenMisplaced(req: Request): boolean {
  const inBody = typeof req.body === 'object' && req.body !== null && 'access_token' in req.body;
  return 'access_token' in req.query || inBody;
}

async function actorFor(deps: DispatchDeps, spec: RouteSpec, req: Request): Promise<Actor> {
  if (tokenMisplaced(req)) throw new Problem('request.token-misplaced');
  if (spec.access === 'public' || spec.access === 'sign-in') return anonymous;
  if (spec.access === 'entering') return deps.signIn.enteringOf(req);
  if (spec.access === 'account') return deps.signIn.accountOf(req);
  const actor = await deps.signIn.actorOf(req);
  if (spec.access !== 'signed-in') deps.signIn.permit(actor, spec.access.permission);
  return actor;
}

function hashOf(
  key: Uint8Array,
  spec: RouteSpec,
  parsed: { params: unknown; query: unknown },
  body: unknown,
  upload?: Upload,
): string {
  const content = upload ? { file: upload.sha256, name: upload.name, type: upload.mediaType } : (body ?? null);
  const text = canonicalize([spec.method, parsed.params ?? null, parsed.query ?? null, content]);
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Without a key nothing is kept, yet the reply is checked before the command commits. */
const uncached = (render: (outcome: { result: unknown } | { problem: unknown }) => StoredReply): IdempotencyClaim => ({
  hold: async () => undefined,
  complete: async (_tx, outcome) => void render(outcome),
});

function send(res: Response, spec: RouteSpec, reply: StoredReply): void {
  if (spec.etag && typeof reply.body === 'object' && reply.body !== null && 'version' in reply.body) {
    res.set('ETag', `"${String(reply.body.version)}"`);
  }
  if (reply.status >= 400) {
    sendRefusal(res, reply);
    return;
  }
  res.status(reply.status);
  if (reply.body === undefined) {
    res.end();
    return;
  }
  // Express takes a bare text for HTML.
  res.type('application/json').send(JSON.stringify(reply.body));
}

function sendDownload(res: Response, download: Download): void {
  const name = encodeURIComponent(download.fileName);
  res.set('Content-Type', download.mediaType);
  res.set('Content-Disposition', `${download.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`);
  res.set('X-Content-Type-Options', 'nosniff');
  // Uploaded bytes must never run with the rights of this origin.
  res.set('Content-Security-Policy', "default-src 'none'; sandbox");
  if (Buffer.isBuffer(download.content)) {
    res.end(download.content);
    return;
  }
  download.content.once('error', (error) => res.destroy(error)).pipe(res);
}

interface Prepared {
  call: Call;
  replay?: StoredReply;
  abandon: () => Promise<void>;
}

async function prepareCall(
  deps: DispatchDeps,
  spec: RouteSpec,
  req: Request,
  res: Response,
  actor: Actor,
  requestSha256: string,
): Promise<Prepared> {
  const requestId = requestIdOf(res);
  const nothing = async (): Promise<void> => undefined;
  if (!isCommand(spec)) return { call: { actor, requestId }, abandon: nothing };
  const render = (outcome: { result: unknown } | { problem: unknown }): StoredReply => {
    if ('problem' in outcome) return problemBody(deps.problems, outcome.problem as Problem, requestId);
    const body = filterReply(spec, outcome.result);
    return { status: statusOf(spec, body), body: withoutSecrets(spec, body) };
  };
  const key = spec.unrepeatable ? undefined : req.get('idempotency-key');
  if (key === undefined) return { call: { actor, requestId, idempotency: uncached(render) }, abandon: nothing };
  if (!keyForm.test(key)) throw new Problem('idempotency.key-malformed');
  const scope = actor.accountId ?? `public:${req.ip ?? ''}`;
  const begun = await beginIdempotent(deps.db, {
    scope: `${scope}/${actor.postId ?? ''}`,
    route: `${spec.method} ${spec.path}`,
    key,
    requestSha256,
    render,
  });
  if ('replay' in begun) return { call: { actor, requestId }, replay: begun.replay, abandon: nothing };
  return { call: { actor, requestId, idempotency: begun.claim }, abandon: begun.abandon };
}

/** sign-in → coarse permission → parse → idempotency → handler → check reply → send. It never turns back. */
export function dispatch(deps: DispatchDeps, { spec, handler }: Endpoint): RequestHandler {
  return async (req, res) => {
    const actor = await actorFor(deps, spec, req);
    if (actor.via === 'session' && spec.method !== 'get') deps.signIn.refuseForgery(req);
    const parsed = parseRequest(spec, { params: req.params, query: req.query, body: req.body as unknown });
    const version = spec.ifMatch ? versionOf(req) : 0;
    const upload = spec.upload ? await receiveUpload(req, deps.blobs, deps.maxUpload) : undefined;
    try {
      const sha =
        isCommand(spec) && !spec.unrepeatable
          ? hashOf(deps.requestHashKey, spec, parsed, req.body as unknown, upload)
          : '';
      const { call, replay, abandon } = await prepareCall(deps, spec, req, res, actor, sha);
      if (replay) {
        res.set('Idempotent-Replayed', 'true');
        send(res, spec, replay);
        return;
      }
      let result: unknown;
      try {
        result = await handler({ ...parsed, version, upload: upload! }, call, { req });
      } catch (error) {
        await abandon().catch(() => undefined);
        throw error;
      }
      if (result instanceof Download) sendDownload(res, result);
      else if (result instanceof Redirect) res.redirect(successStatus(spec), result.location);
      else {
        const body = filterReply(spec, result);
        send(res, spec, { status: statusOf(spec, body), body });
      }
    } finally {
      if (upload) await discardUpload(upload);
    }
  };
}
