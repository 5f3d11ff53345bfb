import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type * as z from 'zod';
import type { Call } from '../call';
import { Problem, type FieldFault } from '../problem';
import type { RouteSpec } from './route';
import type { Upload } from './upload';

/** Bytes as a reply. */
export class Download {
  constructor(
    readonly content: Readable | Buffer,
    readonly mediaType: string,
    readonly fileName: string,
    /** Shown in the browser instead of saved; only for types that cannot run there. */
    readonly inline = false,
  ) {}
}

/** The browser is sent on, by 303: to a page of this service, or to one that a route exists to lead to. */
export class Redirect {
  constructor(readonly location: string) {}
}

export interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  /** The version named by If-Match, where the route asks for it. */
  version: number;
  /** The file, where the route takes one. */
  upload: Upload;
}

/** What sign-in itself needs of a request and no other handler may touch. */
export interface Extras {
  req: Request;
}

export type Handler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = (
  input: Input<P, Q, B>,
  call: Call,
  extras: Extras,
) => Promise<z.input<R> | Download | Redirect>;

export interface Endpoint {
  spec: RouteSpec;
  handler: Handler<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
}

/**
 * Ties a declaration to its handler. A command's handler returns what the service returned, unchanged: that value is
 * kept, inside the command's transaction, as the reply to repeats.
 */
export const endpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  spec: RouteSpec<P, Q, B, R>,
  handler: Handler<P, Q, B, R>,
): Endpoint => ({ spec, handler });

const escapePointer = (part: PropertyKey): string => String(part).replace(/~/g, '~0').replace(/\//g, '~1');

type Part = FieldFault['in'];

/** Says in Chinese what is wrong with one field; a schema's own message goes first. */
function say(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `没有这些字段：${issue.keys.join('、')}。`;
    case 'invalid_type':
      return issue.input === undefined ? '必填。' : `类型应为 ${issue.expected}。`;
    case 'too_small':
      return `过小或过短，下限 ${String(issue.minimum)}。`;
    case 'too_big':
      return `过大或过长，上限 ${String(issue.maximum)}。`;
    case 'invalid_value':
      return `只能取：${issue.values.map(String).join('、')}。`;
    default:
      return issue.message;
  }
}

function faultsOf(part: Part, error: z.core.$ZodError): { fault: FieldFault; meaning: boolean }[] {
  return error.issues.flatMap((issue) => {
    const meaning = issue.code === 'custom';
    const at = (path: PropertyKey[]): string => path.map((p) => `/${escapePointer(p)}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        fault: { in: part, pointer: at([...issue.path, key]), detail: '没有这个字段。' },
        meaning,
      }));
    }
    return [{ fault: { in: part, pointer: at(issue.path), detail: say(issue) }, meaning }];
  });
}

/**
 * Parses every part of the request and lists all faults at once. What does not parse is 400; what parses but means
 * something impossible (a wrong check character) is 422.
 */
export function parseRequest(
  spec: RouteSpec,
  raw: { params: unknown; query: unknown; body: unknown },
): { params: unknown; query: unknown; body: unknown } {
  const found: { fault: FieldFault; meaning: boolean }[] = [];
  const parse = (part: Part, schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) {
      const keys = part === 'query' && value !== null && typeof value === 'object' ? Object.keys(value) : [];
      keys.forEach((k) =>
        found.push({ fault: { in: part, pointer: `/${escapePointer(k)}`, detail: '没有这个参数。' }, meaning: false }),
      );
      return undefined;
    }
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    found.push(...faultsOf(part, result.error));
    return undefined;
  };
  const parsed = {
    params: parse('path', spec.params, raw.params),
    query: parse('query', spec.query, raw.query),
    body: spec.upload ? undefined : parse('body', spec.body, raw.body),
  };
  if (found.length > 0) {
    const code = found.every((f) => f.meaning) ? 'request.unprocessable' : 'request.invalid';
    throw new Problem(
      code,
      {},
      found.map((f) => f.fault),
    );
  }
  return parsed;
}

/** The version in If-Match; throws 428 when it is missing or not one that we gave. */
export function versionOf(req: Request): number {
  const match = /^"?(\d{1,15})"?$/.exec(req.get('if-match') ?? '');
  if (!match) throw new Problem('request.precondition-required');
  return Number(match[1]);
}
