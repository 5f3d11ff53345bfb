import { Store, type SessionData } from 'express-session';
import type { Db } from '../../../kernel/db/database';
import { inTransaction } from '../../../kernel/db/transaction';
import { isLive } from './limits.rules';
import { endSession, findSession, touchSession, type WebSession } from './sessions.store';

declare module 'express-session' {
  interface SessionData {
    /** passport's own entry: whose session it is. */
    passport?: { user: string };
    /** By which door it was opened. */
    via?: 'password' | 'oidc' | null;
    /** How the second factor was shown. */
    secondFactor?: WebSession['secondFactor'];
  }
}

const TOUCH_MS = 60_000;

type Done<T> = (error: unknown, value?: T) => void;

const answer = <T>(work: Promise<T>, done?: Done<T>): void => {
  work.then(
    (value) => done?.(null, value),
    (error: unknown) => done?.(error),
  );
};

/**
 * express-session over our table. It never makes a session: the sign-in command does, in its own transaction, and
 * nothing in one changes afterwards but the time it was last seen.
 */
export class SessionStore extends Store {
  constructor(private readonly db: Db) {
    super();
  }

  override get(sid: string, done: Done<SessionData | null>): void {
    answer(this.find(sid), done);
  }

  override set(_sid: string, _session: SessionData, done?: Done<void>): void {
    done?.(null);
  }

  override destroy(sid: string, done?: Done<void>): void {
    answer(this.end(sid), done);
  }

  private async find(sid: string): Promise<SessionData | null> {
    const session = await findSession(this.db, sid);
    const now = this.db.sources.clock.now();
    if (!session || !isLive(session, now)) return null;
    if (now - session.lastSeenAt >= TOUCH_MS) await this.touchRow(session, now);
    const { accountId, via, secondFactor } = session;
    return { cookie: { originalMaxAge: null }, passport: { user: accountId }, via, secondFactor };
  }

  private touchRow(session: WebSession, now: number): Promise<void> {
    return inTransaction(this.db, (tx) => touchSession(tx, session, now));
  }

  private async end(sid: string): Promise<void> {
    // Nearly always the command has ended it already; then the writer is left alone.
    if (await findSession(this.db, sid)) await inTransaction(this.db, (tx) => endSession(tx, sid));
  }
}
