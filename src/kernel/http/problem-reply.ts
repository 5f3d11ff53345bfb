import type { ErrorRequestHandler, Response } from 'express';
import { asCallerFault, unavailable } from '../db/transaction';
import type { StoredReply } from '../db/idempotency';
import type { Log } from '../log';
import { WorkerFault } from '../workers/pool';
import { fillDetail, Problem, type ProblemList } from '../problem';

/** The problem document (RFC 9457) and its status; parameters become extension members. */
export function problemBody(problems: ProblemList, problem: Problem, requestId: string): StoredReply {
  const kind = problems[problem.code];
  if (!kind) throw new Error(`problem code ${problem.code} stands in no contract`);
  const [module, name] = problem.code.split('.');
  const body = {
    ...problem.params,
    type: `/problems/${module}/${name}`,
    title: kind.title,
    status: kind.status,
    detail: fillDetail(kind.detail, problem.params),
    instance: `urn:uuid:${requestId}`,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
  return { status: kind.status, body };
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
    return new Problem('request.not-json', { reason: `Content-Encoding 与内容不符（${code}）` });
  }
  return undefined;
}

/** A worker that overran its time or died did nothing; the caller may come again. What a task threw is our bug. */
const fromWorker = (error: unknown): Problem | undefined =>
  error instanceof WorkerFault && error.reason !== 'task-threw' ? unavailable() : undefined;

export function sendProblem(res: Response, problems: ProblemList, problem: Problem): void {
  const { status, body } = problemBody(problems, problem, res.locals.requestId as string);
  const retryAfter = problem.params.retryAfter;
  if (typeof retryAfter === 'number') res.set('Retry-After', String(retryAfter));
  res.status(status).type('application/problem+json').send(JSON.stringify(body));
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
