import { AsyncLocalStorage } from 'node:async_hooks';
import { OutsideTransactionError } from './errors';

interface Scope {
  runner: object;
  ended: boolean;
}

// This storage carries no data to anyone: it only lets a forgotten handle fail at once. On SQLite a write past the
// open transaction would wait for itself; on the MySQL family it would silently leave the transaction.
const open = new AsyncLocalStorage<Scope>();
const ended = new WeakSet<object>();

/** Runs the callback so that writes through any other runner throw, and later ones through this runner too. */
export async function insideTransaction<T>(runner: object, work: () => Promise<T>): Promise<T> {
  const scope: Scope = { runner, ended: false };
  try {
    return await open.run(scope, work);
  } finally {
    scope.ended = true;
    ended.add(runner);
  }
}

/** True while the caller is inside a transaction's callback. */
export const isInsideTransaction = (): boolean => open.getStore()?.ended === false;

/** Throws if a transaction is open and this runner is not its own. */
export function refuseForeignWrite(runner: object, sql: string): void {
  const scope = open.getStore();
  if (scope && !scope.ended && scope.runner !== runner) throw new OutsideTransactionError(sql);
}

/**
 * Throws for a statement that nobody waited for and that comes after the transaction's end: it would be committed on
 * its own, even behind a rollback.
 */
export function refuseLateStatement(runner: object, sql: string): void {
  if (ended.has(runner) && !/^(COMMIT|ROLLBACK)$/.test(sql)) throw new OutsideTransactionError(sql, 'has ended');
}
