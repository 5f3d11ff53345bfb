import { QueryFailedError } from 'typeorm';

export type DbFault =
  | 'retry' // deadlock, certification failure: the whole use case runs again
  | 'gone' // the server went away, is full, read-only, or did not free a lock in time
  | 'duplicate'
  | 'reference'
  | 'check'
  | 'other';

// By number, never by name: mysql2 names MariaDB's 4025 (CHECK) after another error.
const byNumber: Record<number, DbFault> = {
  1062: 'duplicate',
  1451: 'reference',
  1452: 'reference',
  4025: 'check',
  3819: 'check',
  1213: 'retry',
  1020: 'retry',
  1205: 'gone', // waited as long as anybody may: the caller comes again
  1021: 'gone',
  1114: 'gone',
  1180: 'gone',
  1203: 'gone',
  1226: 'gone',
  1290: 'gone',
  1792: 'gone',
  1836: 'gone',
  1040: 'gone',
  1047: 'gone',
  1053: 'gone',
  1077: 'gone',
  1078: 'gone',
  1079: 'gone',
  1080: 'gone',
  1152: 'gone',
  1158: 'gone',
  1159: 'gone',
  1160: 'gone',
  1161: 'gone',
  1317: 'gone',
  1927: 'gone',
  2002: 'gone',
  2003: 'gone',
  2006: 'gone',
  2013: 'gone',
};

const byCode: Record<string, DbFault> = {
  SQLITE_CONSTRAINT_UNIQUE: 'duplicate',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'duplicate',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'reference',
  SQLITE_CONSTRAINT_TRIGGER: 'reference',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_BUSY: 'retry',
  SQLITE_BUSY_SNAPSHOT: 'retry',
  SQLITE_LOCKED: 'retry',
  SQLITE_FULL: 'gone',
  SQLITE_IOERR: 'gone',
  PROTOCOL_CONNECTION_LOST: 'gone',
  PROTOCOL_SEQUENCE_TIMEOUT: 'gone',
  ECONNREFUSED: 'gone',
  ECONNRESET: 'gone',
  EPIPE: 'gone',
  ETIMEDOUT: 'gone',
  EHOSTUNREACH: 'gone',
  ENETUNREACH: 'gone',
  ENOTFOUND: 'gone',
  EAI_AGAIN: 'gone',
  ENOENT: 'gone',
  POOL_CLOSED: 'gone',
};

/** The writer queue of SQLite did not free in time; the caller may come again. */
export class WriterBusyError extends Error {
  constructor(waitedMs: number) {
    super(`the writer queue was not free within ${waitedMs} ms`);
    this.name = 'WriterBusyError';
  }
}

/** No connection of the pool became free in time; the caller may come again. */
export class ConnectionsBusyError extends Error {
  constructor(waitedMs: number) {
    super(`no database connection was free within ${waitedMs} ms`);
    this.name = 'ConnectionsBusyError';
  }
}

/** A statement went past the open transaction's own handle, or came after its end: always a bug of the caller. */
export class OutsideTransactionError extends Error {
  constructor(sql: string, fault: 'is open' | 'has ended' = 'is open') {
    const why =
      fault === 'is open' ? 'inside a transaction only its own handle may write' : 'this transaction has ended';
    super(`${why}; tried: ${sql.slice(0, 80)}`);
    this.name = 'OutsideTransactionError';
  }
}

interface DriverError {
  code?: unknown;
  errno?: unknown;
  syscall?: unknown;
  message?: unknown;
}

/** What kind of fault a thrown value is, judged by number first. */
export function faultOf(error: unknown): DbFault {
  if (error instanceof WriterBusyError || error instanceof ConnectionsBusyError) return 'gone';
  if (typeof error !== 'object' || error === null) return 'other';
  const inner = (error instanceof QueryFailedError ? error.driverError : error) as DriverError;
  if (typeof inner.errno === 'number' && byNumber[inner.errno]) return byNumber[inner.errno]!;
  if (typeof inner.code === 'string') {
    const fault = byCode[inner.code];
    // ENOENT is a fault of the database only when a socket could not be opened.
    if (fault && (inner.code !== 'ENOENT' || inner.syscall === 'connect')) return fault;
    if (inner.code.startsWith('SQLITE_IOERR')) return 'gone';
  }
  const message = typeof inner.message === 'string' ? inner.message : '';
  if (/closed state|Connection lost|Pool is closed|fatal error has already|Packets out of order/i.test(message)) {
    return 'gone';
  }
  return 'other';
}
