import path from 'node:path';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { DataSource } from 'typeorm';
import { WriterBusyError } from './errors';
import { refuseForeignWrite } from './scope';

/** How long a write may wait for the one writer before it is told to come again, in ms. */
const WRITER_WAIT_MS = 10_000;
const STATEMENTS_KEPT = 500;

type Connection = Database.Database;
type Statement = Database.Statement;

/** First come, first served; a waiter gives up after its time so that a leaked holder yields errors and no hang. */
export class Gate {
  private held = false;
  private readonly waiting: { start: () => void; timer: NodeJS.Timeout }[] = [];

  /** Resolves to the function that frees the gate; throws WriterBusyError after the wait. */
  async acquire(waitMs = WRITER_WAIT_MS): Promise<() => void> {
    if (this.held) await this.queue(waitMs);
    this.held = true;
    let freed = false;
    return () => {
      if (freed) return;
      freed = true;
      const next = this.waiting.shift();
      if (!next) {
        this.held = false;
        return;
      }
      clearTimeout(next.timer);
      next.start();
    };
  }

  private queue(waitMs: number): Promise<void> {
    return new Promise((start, fail) => {
      const entry = {
        start,
        timer: setTimeout(() => {
          this.waiting.splice(this.waiting.indexOf(entry), 1);
          fail(new WriterBusyError(waitMs));
        }, waitMs),
      };
      this.waiting.push(entry);
    });
  }
}

/** Prepared statements of one connection, oldest dropped first. Statements run synchronously, so runners may share them. */
class Statements {
  private readonly kept = new Map<string, Statement>();
  constructor(readonly connection: Connection) {}

  get(sql: string): Statement {
    let statement = this.kept.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.kept.set(sql, statement);
      if (this.kept.size > STATEMENTS_KEPT) this.kept.delete(this.kept.keys().next().value!);
    }
    return statement;
  }
}

interface Lanes {
  gate: Gate;
  writer: Statements;
  reader: Statements;
}

const mayRead = /^\s*(SELECT|WITH|EXPLAIN|VALUES|PRAGMA\s+\w+\s*(\(|;|$))/i;

/**
 * One runner per caller: transactions queue at the gate, single writes take it for one statement, and reads outside a
 * transaction use a read-only WAL connection that sees only committed rows. TypeORM's own runner is shared by all
 * callers, so that a neighbour's rollback takes acknowledged rows along.
 */
class GatedQueryRunner extends BetterSqlite3QueryRunner {
  private free: (() => void) | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly lanes: Lanes,
  ) {
    super(driver);
    // TypeORM calls its private getStmt for every statement: the one place where the connection can be chosen.
    Reflect.set(this, 'getStmt', async (sql: string) => this.statementFor(sql));
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction();
    refuseForeignWrite(this, 'BEGIN');
    this.free = await this.lanes.gate.acquire();
    try {
      await super.startTransaction();
    } catch (error) {
      this.letGo();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    const outermost = this.transactionDepth === 1;
    await super.commitTransaction();
    if (outermost) this.letGo();
  }

  override async rollbackTransaction(): Promise<void> {
    const outermost = this.transactionDepth === 1;
    try {
      await super.rollbackTransaction();
    } finally {
      if (outermost) this.letGo();
    }
  }

  override async release(): Promise<void> {
    if (this.free && this.lanes.writer.connection.inTransaction) this.lanes.writer.connection.exec('ROLLBACK');
    this.letGo();
    return super.release();
  }

  override async query(sql: string, parameters: unknown[] = [], structured = false): Promise<never> {
    // IMMEDIATE takes the write lock at once, so that no transaction learns at COMMIT that it read too early.
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    if (this.free || this.isRead(text)) return (await super.query(text, parameters as never, structured)) as never;
    refuseForeignWrite(this, text);
    const free = await this.lanes.gate.acquire();
    try {
      return (await super.query(text, parameters as never, structured)) as never;
    } finally {
      free();
    }
  }

  private statementFor(sql: string): Statement {
    return (!this.free && this.isRead(sql) ? this.lanes.reader : this.lanes.writer).get(sql);
  }

  private isRead(sql: string): boolean {
    return mayRead.test(sql) && this.lanes.reader.get(sql).readonly;
  }

  private letGo(): void {
    this.free?.();
    this.free = undefined;
  }
}

/** Gives every caller its own gated runner. Call once, after `dataSource.initialize()`. */
export function installSqliteLanes(dataSource: DataSource, file: string): { close: () => void } {
  const driver = dataSource.driver as BetterSqlite3Driver & { databaseConnection: Connection };
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  const lanes: Lanes = {
    gate: new Gate(),
    writer: new Statements(driver.databaseConnection),
    reader: new Statements(connection),
  };
  driver.createQueryRunner = () => new GatedQueryRunner(driver, lanes);
  return { close: () => connection.close() };
}

/**
 * Holds `lock.sqlite` with BEGIN EXCLUSIVE: one serving process per data directory, free again after any crash, since
 * the operating system drops the lock with the process. Throws if another process holds it.
 */
export function holdDataDirectory(directory: string): { release: () => void } {
  fs.mkdirSync(directory, { recursive: true });
  const lock = new Database(path.join(directory, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Error(
      `another process is serving the data directory ${directory}; stop it first, or give this one another --data`,
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}

