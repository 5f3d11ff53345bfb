import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { DataSource } from 'typeorm';
import { WriterBusyError } from './errors';
import { refuseForeignWrite, refuseLateStatement } from './scope';

const STATEMENTS_KEPT = 500;
/** Of an import each inserts a hundred rows: together some milliseconds. */
const STATEMENTS_A_BREATH = 25;

type Connection = Database.Database;
type Statement = Database.Statement;

/** First come, first served; a waiter gives up after its time so that a leaked holder yields errors and no hang. */
export class Gate {
  private held = false;
  private readonly waiting: { start: () => void; timer: NodeJS.Timeout }[] = [];
  constructor(private readonly waitMs: number) {}

  /** Resolves to the function that frees the gate; throws WriterBusyError after the wait. */
  async acquire(): Promise<() => void> {
    if (this.held) await this.queue(this.waitMs);
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
  private begun = false;
  private sinceBreath = 0;

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
      this.begun = true;
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
    this.letGo();
    await super.release();
    this.isReleased = true;
  }

  override async query(sql: string, parameters: unknown[] = [], structured = false): Promise<never> {
    // IMMEDIATE takes the write lock at once, so that no transaction learns at COMMIT that it read too early.
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    refuseLateStatement(this, text);
    if (this.free) {
      await this.letOthersIn();
      // The transaction may have ended meanwhile: its last statements must not find the way outside it.
      refuseLateStatement(this, text);
    }
    if (this.free || this.isRead(text)) return (await super.query(text, parameters as never, structured)) as never;
    refuseForeignWrite(this, text);
    const free = await this.lanes.gate.acquire();
    try {
      return (await super.query(text, parameters as never, structured)) as never;
    } finally {
      free();
    }
  }

  /** Statements run on the one thread: those who read would wait for the end of a transaction of a million rows. */
  private async letOthersIn(): Promise<void> {
    this.sinceBreath += 1;
    if (this.sinceBreath < STATEMENTS_A_BREATH) return;
    this.sinceBreath = 0;
    await breathe();
  }

  private statementFor(sql: string): Statement {
    // A full disk makes SQLite roll back by itself; what follows would be committed statement by statement.
    if (this.begun && sql !== 'ROLLBACK' && !this.lanes.writer.connection.inTransaction) {
      throw new Error('SQLite has rolled this transaction back');
    }
    return (!this.free && this.isRead(sql) ? this.lanes.reader : this.lanes.writer).get(sql);
  }

  private isRead(sql: string): boolean {
    if (!mayRead.test(sql)) return false;
    try {
      return this.lanes.reader.get(sql).readonly;
    } catch {
      // Faulty SQL: prepared once more in TypeORM's own care, which names the statement in its error.
      return true;
    }
  }

  private letGo(): void {
    if (!this.free) return;
    try {
      // After a failed COMMIT or ROLLBACK the next holder must not find a transaction open.
      if (this.lanes.writer.connection.inTransaction) this.lanes.writer.connection.exec('ROLLBACK');
    } finally {
      this.free();
      this.free = undefined;
      this.begun = false;
    }
  }
}

/** Gives every caller its own gated runner; writes wait at most `waitMs`. Call once, after `dataSource.initialize()`. */
export function installSqliteLanes(dataSource: DataSource, file: string, waitMs: number): { close: () => void } {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  const lanes: Lanes = {
    gate: new Gate(waitMs),
    writer: new Statements(driver.databaseConnection as Connection),
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
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error;
    throw new Error(
      `another process is serving the data directory ${directory}; stop it first, or give this one another --data`,
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}
