import * as z from 'zod';

// Declarations of endpoints. Safe in a browser: contracts import this file, and the console imports contracts.

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Face = 'public' | 'partner' | 'bureau';

/**
 * Who may come in at all; finer rights are judged where the record is known. `sign-in`: nobody yet, the route opens a
 * session. `entering`: whoever holds a session, even one who has to change a password or turn on a second factor first.
 * `account`: whoever holds a session, with or without a post. `signed-in`: whoever acts for a post.
 */
export type Access = 'public' | 'sign-in' | 'entering' | 'account' | 'signed-in' | { readonly permission: string };

export interface RouteSpec<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** Below /api/v1, with `:name` for parameters. */
  path: string;
  /** What it is for, one line, Chinese first. */
  summary: string;
  tag: string;
  access: Access;
  /** Faces (LUJIAN_ROUTES) that serve it; default: partner and bureau, for public access all. */
  faces?: readonly Face[];
  params?: P;
  query?: Q;
  body?: B;
  reply?: R;
  /** Status of success; default 200, 201 for commands by POST, 204 without reply. */
  status?: number;
  /** Audit entry types that the command may leave; a route without them changes nothing. */
  events?: readonly string[];
  /** Problem codes beyond those of parsing and sign-in. */
  problems?: readonly string[];
  /** The request body is a file, streamed to disk. */
  upload?: boolean;
  /** The reply is bytes of these media types. */
  download?: readonly string[];
  /** The reply sends the browser on (303), see `Redirect`. */
  redirect?: boolean;
  /** Reply carries `version`: sent as ETag. */
  etag?: boolean;
  /** The request must name the version it read: If-Match. */
  ifMatch?: boolean;
  /** Reply fields that are secrets: a repeat of the request gets the reply without them. */
  secrets?: readonly string[];
  /** The body bears a password, of which not even a hash may stay: Idempotency-Key is not taken. */
  unrepeatable?: boolean;
}

/** A declared endpoint; the types flow to handler and console. */
export const route = <
  P extends z.ZodType = z.ZodObject<Record<never, never>>,
  Q extends z.ZodType = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodVoid,
>(
  spec: RouteSpec<P, Q, B, R>,
): RouteSpec<P, Q, B, R> => spec;

export const isCommand = (spec: RouteSpec): boolean => (spec.events?.length ?? 0) > 0;

export const successStatus = (spec: RouteSpec): number => {
  if (spec.status !== undefined) return spec.status;
  if (spec.redirect) return 303;
  if (!spec.reply && !spec.download) return 204;
  return isCommand(spec) && spec.method === 'post' ? 201 : 200;
};

/** What was on record already (`unchangedReply`) made nothing. */
export const statusOf = (spec: RouteSpec, body: unknown): number =>
  typeof body === 'object' && body !== null && (body as { unchanged?: unknown }).unchanged === true
    ? 200
    : successStatus(spec);

/** Query of every list: opaque cursor and size. */
export const pageQuery = {
  cursor: z.string().max(500).optional().describe('上一页或下一页的游标 cursor of a neighbour page'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数 1–200'),
};

/** Reply of every list. */
export const pageOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{
  items: z.ZodArray<T>;
  next: z.ZodNullable<z.ZodString>;
  previous: z.ZodNullable<z.ZodString>;
  count: z.ZodString;
}> =>
  z.object({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .describe('下一页游标；没有了为 null。一页可能不满甚至为空，不为 null 就可以继续向后查看'),
    previous: z.string().nullable(),
    count: z.string().describe('总数，超过 1000 时为 1000+；查找只看了一部分记录时为已找到的数加 +，如 12+'),
  });
