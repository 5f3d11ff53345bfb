import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Fields that are never written, wherever they stand: secrets, identity numbers, informants. */
export const neverLogged = [
  'password',
  'newPassword',
  'oneTimePassword',
  'totp',
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  'identity',
  'identityNumber',
  'number',
  'phone',
  'informant',
  'masterKey',
];

const paths = neverLogged.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

interface Thrown {
  name?: unknown;
  message?: unknown;
  stack?: unknown;
  code?: unknown;
  errno?: unknown;
  type?: unknown;
  cause?: unknown;
  driverError?: unknown;
}

const CAUSES_SHOWN = 4;

/**
 * What the log keeps of an error: no more than these fields. Body parsers hang the body on their errors, the database
 * its parameters and its statement with values; a parser's own message quotes the text it could not read.
 */
export function shownError(error: unknown, depth = 0): unknown {
  if (typeof error !== 'object' || error === null) return typeof error;
  const { name, message, stack, code, errno, type, cause, driverError } = error as Thrown;
  const quotes = type === 'entity.parse.failed' || error instanceof SyntaxError;
  const inner = cause ?? driverError;
  // A database quotes the values it stumbled over.
  const ofDatabase =
    errno !== undefined || driverError !== undefined || (typeof code === 'string' && /^(SQLITE|ER)_/.test(code));
  const told = typeof message === 'string' ? message.slice(0, 500) : undefined;
  const frames = typeof stack === 'string' ? stack.split('\n').filter((l) => /^\s+at /.test(l)) : [];
  return {
    name,
    ...(quotes ? {} : { message: ofDatabase ? told?.replace(/'[^']*'/g, "'…'") : told }),
    code,
    errno,
    type,
    stack: frames.join('\n'),
    ...(inner !== undefined && depth < CAUSES_SHOWN ? { cause: shownError(inner, depth + 1) } : {}),
  };
}

/** One structured logger: `error` means that someone must act now, otherwise `warn`. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => shownError(error) },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ fd: 2, sync: true }));
}

const LINE_LENGTH = 300;

/** An error in one line, with no more than the log shows of it: name, code and message. */
export function errorLine(error: unknown): string {
  const shown = shownError(error);
  if (typeof shown !== 'object' || shown === null) return String(shown);
  const { name, code, message } = shown as Record<'name' | 'code' | 'message', unknown>;
  const parts = [name, code, message].filter((part) => typeof part === 'string' && part !== '') as string[];
  return parts.join(' ').replace(/\s+/g, ' ').slice(0, LINE_LENGTH);
}
