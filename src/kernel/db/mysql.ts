import type { PoolConnection } from 'mysql2';
import type { DataSource, QueryRunner } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { ConnectionsBusyError, faultOf } from './errors';
import { refuseForeignWrite, refuseLateStatement } from './scope';

const reads = /^\s*(SELECT|SHOW|EXPLAIN)\b/i;

/**
 * Watches a runner of the MySQL family. Statements go one by one, and none follows a fault that ended the transaction:
 * after a deadlock the server has rolled back, and would commit what comes later without what went before.
 */
function watchRunner<R extends QueryRunner>(runner: R): R {
  const query = runner.query.bind(runner);
  const start = runner.startTransaction.bind(runner);
  const release = runner.release.bind(runner);
  let last: Promise<unknown> = Promise.resolve();
  let fatal: Error | undefined;
  runner.query = (async (sql: string, ...rest: []) => {
    if (!reads.test(sql)) refuseForeignWrite(runner, sql);
    refuseLateStatement(runner, sql);
    const turn = last.then(() => {
      if (fatal !== undefined && sql !== 'ROLLBACK') throw fatal;
      return query(sql, ...rest) as Promise<unknown>;
    });
    last = turn.catch((error: unknown) => {
      if (runner.isTransactionActive && ['retry', 'gone'].includes(faultOf(error))) fatal = error as Error;
    });
    return turn;
  }) as typeof runner.query;
  runner.startTransaction = async (...args) => {
    refuseForeignWrite(runner, 'START TRANSACTION');
    return start(...args);
  };
  runner.release = async () => {
    // Whoever gets the connection next must not find a transaction open.
    if (runner.isTransactionActive) {
      const connection = (await runner.connect().catch(() => undefined)) as PoolConnection | undefined;
      connection?.destroy();
    }
    return release();
  };
  return runner;
}

/** The value, or ConnectionsBusyError after the wait; a connection that comes too late goes back. */
function within(waitMs: number, coming: Promise<PoolConnection>): Promise<PoolConnection> {
  return new Promise((ok, fail) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      fail(new ConnectionsBusyError(waitMs));
    }, waitMs);
    coming.then(
      (connection) => {
        clearTimeout(timer);
        if (late) connection.release();
        else ok(connection);
      },
      (error: unknown) => {
        clearTimeout(timer);
        fail(error);
      },
    );
  });
}

/**
 * Gives every caller a watched runner, and an end to waiting: for a pooled connection and for row locks at most
 * `waitMs`. Call once, after `dataSource.initialize()`.
 */
export function installMysqlWatch(dataSource: DataSource, waitMs: number): void {
  const driver = dataSource.driver as MysqlDriver;
  const obtain = driver.obtainMasterConnection.bind(driver) as () => Promise<PoolConnection>;
  const create = driver.createQueryRunner.bind(driver);
  const prepared = new WeakSet<PoolConnection>();
  const lockWait = `SET SESSION innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(waitMs / 1000))}`;
  driver.obtainMasterConnection = async () => {
    const connection = await within(waitMs, obtain());
    if (prepared.has(connection)) return connection;
    // The pool listens for the first error only; a second one would end the process.
    connection.on('error', () => undefined);
    try {
      await connection.promise().query(lockWait);
    } catch (error) {
      connection.destroy();
      throw error;
    }
    prepared.add(connection);
    return connection;
  };
  driver.createQueryRunner = (mode: 'master' | 'slave') => watchRunner(create(mode));
}
