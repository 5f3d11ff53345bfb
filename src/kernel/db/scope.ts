import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';
import { OutsideTransactionError } from './errors';

// This storage carries no data to anyone: it only lets a forgotten handle fail at once. On SQLite a write past the
// open transaction would wait for itself; on the MySQL family it would silently leave the transaction.
const open = new AsyncLocalStorage<{ runner: object }>();

/** Runs the callback so that writes through any other runner throw. */
export const insideTransaction = <T>(runner: object, work: () => Promise<T>): Promise<T> => open.run({ runner }, work);

/** True while the caller is inside a transaction's callback. */
export const isInsideTransaction = (): boolean => open.getStore() !== undefined;

/** Leaves the scope: for what must run apart from the open transaction's fate. */
export const outsideTransaction = <T>(work: () => Promise<T>): Promise<T> => open.exit(work);

/** Throws if a transaction is open and this runner is not its own. */
export function refuseForeignWrite(runner: object, sql: string): void {
  const store = open.getStore();
  if (store && store.runner !== runner) throw new OutsideTransactionError(sql);
}

/** The same watch for runners of the MySQL family. */
export function watchRunner<R extends QueryRunner>(runner: R): R {
  const query = runner.query.bind(runner);
  const start = runner.startTransaction.bind(runner);
  runner.query = ((sql: string, ...rest: []) => {
    if (!/^\s*(SELECT|SHOW|EXPLAIN)\b/i.test(sql)) refuseForeignWrite(runner, sql);
    return query(sql, ...rest);
  }) as typeof runner.query;
  runner.startTransaction = (...args) => {
    refuseForeignWrite(runner, 'START TRANSACTION');
    return start(...args);
  };
  return runner;
}
