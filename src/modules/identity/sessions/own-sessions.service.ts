import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText } from '../../../kernel/pure/time';
import { Problem } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { ABSOLUTE_MS, endsOf, IDLE_MS } from './limits.rules';
import type { OwnSessions } from './sessions.contract';
import { endSessionRow, endSessions, hashedSessionId, liveSessions } from './sessions.store';

interface OwnSessionsDeps {
  db: Db;
  command: Command;
  audit: Audit;
}

const textOf = (at: number): string => instantText(instant(at));

/** What a person sees and ends of the own sessions, wherever they run. */
export function ownSessionsOf({ db, command, audit }: OwnSessionsDeps) {
  return {
    async list(accountId: string, sid: string): Promise<OwnSessions> {
      const now = db.sources.clock.now();
      const since = { seenAfter: now - IDLE_MS, openedAfter: now - ABSOLUTE_MS };
      const present = hashedSessionId(sid);
      const items = (await liveSessions(db, accountId, since)).map((s) => {
        const { idleUntil, endsAt } = endsOf(s);
        return {
          id: s.id,
          present: s.id === present,
          via: s.via,
          address: s.address,
          agent: s.agent,
          openedAt: textOf(s.createdAt),
          lastSeenAt: textOf(s.lastSeenAt),
          idleUntil: textOf(idleUntil),
          endsAt: textOf(endsAt),
        };
      });
      return { items };
    },
    endOthers: (call: Call, sid: string): Promise<{ ended: number }> =>
      command(call, {}, async (tx) => {
        const ended = await endSessions(tx, call.actor.accountId!, sid);
        const payload = { account: call.actor.accountId, ended };
        await audit.append(tx, call, { type: 'session.others-ended', payload });
        return { ended };
      }),
    endOne: (call: Call, id: string, sid: string): Promise<void> =>
      command(call, {}, async (tx) => {
        if (id === hashedSessionId(sid)) throw new Problem('session.is-present');
        if (!(await endSessionRow(tx, call.actor.accountId!, id))) {
          throw new Problem('request.not-found', { id: id.slice(0, 8), what: say('会话', 'session') });
        }
        await audit.append(tx, call, { type: 'session.other-ended', payload: { account: call.actor.accountId } });
      }),
  };
}
