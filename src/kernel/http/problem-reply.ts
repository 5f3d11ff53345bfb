import type { ErrorRequestHandler, Request, Response } from 'express';
import { asCallerFault, unavailable } from '../db/transaction';
import type { StoredReply } from '../db/idempotency';
import type { Log } from '../log';
import { WorkerFault } from '../workers/pool';
import { fillDetail, paramsIn, Problem, type FieldFault, type ProblemList } from '../problem';
import { say, type Spoken } from '../pure/wording';

const inWords = (
  { title, detail }: { title: string; detail: string },
  problem: Problem,
  spoken: Spoken,
): Record<string, unknown> => {
  const params = paramsIn(problem.params, spoken);
  return { ...params, title, detail: fillDetail(detail, params) };
};

/**
 * The problem document (RFC 9457) and its status; parameters become extension members. It stands in Chinese, and under
 * `en` what reads otherwise in English: a repeat may ask for the other language. `told` makes it ready to be sent.
 */
export function problemBody(problems: ProblemList, problem: Problem, requestId: string): StoredReply {
  const kind = problems[problem.code];
  if (!kind) throw new Error(`problem code ${problem.code} stands in no contract`);
  const [module, name] = problem.code.split('.');
  const body = {
    ...inWords(kind, problem, 'zh'),
    type: `/problems/${module}/${name}`,
    status: kind.status,
    instance: `urn:uuid:${requestId}`,
    ...(problem.errors ? { errors: problem.errors } : {}),
    en: inWords(kind.en, problem, 'en'),
  };
  return { status: kind.status, body };
}

/** What the caller reads by Accept-Language (RFC 9110 12.5.4); Chinese, unless English is asked for before it. */
export const spokenBy = (req: Request): Spoken => (req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh');

interface Both {
  errors?: readonly FieldFault[];
  en?: Readonly<Record<string, unknown>>;
}

/** The document in one language, with the headers that say so (RFC 9457 3.1.3). */
function told(res: Response, body: unknown): unknown {
  const { en, ...chinese } = body as Both;
  const spoken = en ? spokenBy(res.req) : 'zh';
  res.vary('Accept-Language');
  res.set('Content-Language', spoken === 'en' ? 'en' : 'zh-CN');
  if (spoken === 'zh') return chinese;
  const errors = chinese.errors?.map((e) => ({ ...e, detail: e.detailEn ?? e.detail }));
  return { ...chinese, ...en, ...(errors ? { errors } : {}) };
}

/** Sends a refusal: a fresh one, or one that was kept for repeats. */
export function sendRefusal(res: Response, { status, body }: StoredReply): void {
  res.status(status);
  if (body === undefined) res.end();
  else res.type('application/problem+json').send(JSON.stringify(told(res, body)));
}

interface BodyParserError {
  type?: string;
  status?: number;
  /** Of zlib, when the bytes are not what Content-Encoding says. */
  code?: string;
  limit?: number;
}

/** Faults of Express's own body parsers, told in our words. */
function fromParser(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, status, code, limit } = error as BodyParserError;
  switch (type) {
    case 'entity.parse.failed':
      return new Problem('request.not-json');
    case 'entity.too.large':
      return new Problem('request.too-large', { limit });
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem('request.cut-off');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new Problem('request.media-type', { expected: 'application/json; charset=utf-8' });
    default:
      break;
  }
  if (error instanceof URIError) return new Problem('request.no-route');
  if (status === 400 && code !== undefined && /^(Z_|ERR__ERROR_)/.test(code)) {
    return new Problem('request.not-json', {
      reason: say(`Content-Encoding 与内容不符（${code}）`, `Content-Encoding does not fit the content (${code})`),
    });
  }
  return undefined;
}

/** A worker that overran its time or died did nothing; the caller may come again. What a task threw is our bug. */
const fromWorker = (error: unknown): Problem | undefined =>
  error instanceof WorkerFault && error.reason !== 'task-threw' ? unavailable() : undefined;

export function sendProblem(res: Response, problems: ProblemList, problem: Problem): void {
  const retryAfter = problem.params.retryAfter;
  if (typeof retryAfter === 'number') res.set('Retry-After', String(retryAfter));
  sendRefusal(res, problemBody(problems, problem, res.locals.requestId as string));
}

/** The last handler: problems are told as they are, unknown errors become a bare 500 and are logged in full. */
export function problemHandler(problems: ProblemList, log: Log): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error =
      thrown instanceof Problem ? thrown : (fromParser(thrown) ?? fromWorker(thrown) ?? asCallerFault(thrown));
    if (res.headersSent) {
      next(thrown);
      return;
    }
    // The rest of an upload that is refused is not read; the connection closes after the answer.
    const carriesBody =
      req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    if (carriesBody && !req.complete) res.set('Connection', 'close');
    if (error instanceof Problem && problems[error.code]) {
      if (error !== thrown) log.warn({ err: thrown, requestId: res.locals.requestId as string }, 'request refused');
      sendProblem(res, problems, error);
      return;
    }
    log.error({ err: thrown, requestId: res.locals.requestId as string }, 'request failed');
    sendProblem(res, problems, new Problem('service.failed'));
  };
}
