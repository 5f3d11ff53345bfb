import type { FieldFault } from '../../kernel/problem';

/** What the service said when it refused (RFC 9457). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** `module.name`, as in the contracts. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldFault[],
    readonly requestId: string | undefined,
    /** What the problem says beside: the rules that are not met, for one. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.name = 'Refused';
  }
}

/** The service did not answer at all. */
export class Unreached extends Error {
  constructor(override readonly cause: unknown) {
    super('unreached');
    this.name = 'Unreached';
  }
}

interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldFault[];
  instance?: string;
}

const codeOf = (type: string | undefined): string => (type ?? '').replace(/^.*\/problems\//, '').replace('/', '.');

/** Reads a refusal; a proxy's own page in place of one becomes a plain refusal with its status. */
export async function refusalOf(reply: Response): Promise<Refused> {
  const body = (await reply.json().catch(() => ({}))) as ProblemBody;
  return new Refused(
    reply.status,
    codeOf(body.type) || `http.${reply.status}`,
    body.title ?? `HTTP ${reply.status}`,
    body.detail ?? '',
    body.errors ?? [],
    body.instance,
    body as Readonly<Record<string, unknown>>,
  );
}
