import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type * as z from 'zod';
import type { Call } from '../call';
import { faultsOf, unknownField } from '../field-faults';
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

type Part = FieldFault['in'];

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
      found.push(...keys.map((key) => ({ fault: unknownField(part, undefined, [], key), meaning: false })));
      return undefined;
    }
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    found.push(...faultsOf(part, schema, result.error.issues));
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

/** The version in If-Match; throws Problem when it is missing or not one that we gave. */
export function versionOf(req: Request): number {
  const given = req.get('if-match') ?? '';
  if (given === '') throw new Problem('request.precondition-required');
  const match = /^"?(\d{1,15})"?$/.exec(given);
  if (!match) throw new Problem('request.if-match-unfit');
  return Number(match[1]);
}
