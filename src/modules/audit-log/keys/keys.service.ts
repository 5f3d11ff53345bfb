import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import type { Subject } from '../../../kernel/db/guards';
import { Problem, unwrap } from '../../../kernel/problem';
import { instant, instantText } from '../../../kernel/pure/time';
import { say } from '../../../kernel/pure/wording';
import type { Vault } from '../../../kernel/vault/vault';
import type { Audit } from '../audit-log.service';
import { newLogKey } from '../log-notary';
import { addKey, allKeys, keysOf, retireKey, type LogKey } from '../log.store';
import type { LogKeyView } from './keys.contract';
import { judgeNewKey, judgeRetirement } from './keys.rules';

export interface LogKeysDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
  origin: string;
}

const present = (key: LogKey): LogKeyView => ({
  id: key.id,
  origin: key.origin,
  verifier: key.verifier,
  signing: key.retiredAt === null,
  madeAt: instantText(instant(key.madeAt)),
  retiredAt: key.retiredAt === null ? null : instantText(instant(key.retiredAt)),
});

/** A stolen API key must not change what the log is signed with. */
function requireSession({ via }: Actor): void {
  if (via !== 'session') throw new Problem('sign-in.session-only');
}

/** The keys of the log, and how one takes over from another. */
export function createLogKeys({ db, command, audit, vault, origin }: LogKeysDeps) {
  const { clock } = db.sources;
  // Keys are few, and who adds two at a time must meet himself.
  const subjects = (): Subject[] => [{ kind: 'record', id: 'log-keys' }];
  return {
    list: async (): Promise<{ items: LogKeyView[] }> => ({ items: (await allKeys(db)).map(present) }),

    async add(call: Call, { reason }: { reason: string }): Promise<LogKeyView> {
      requireSession(call.actor);
      unwrap(judgeNewKey(await keysOf(db, origin)));
      // The vault has a transaction of its own: a private key whose row never came signs nothing.
      const key = await newLogKey(db, vault, origin);
      return command(call, { subjects }, async (tx) => {
        unwrap(judgeNewKey(await keysOf(tx, origin)));
        await addKey(tx, key);
        await audit.append(tx, call, {
          type: 'log.key-added',
          payload: { key: key.id, origin, verifier: key.verifier, reason },
        });
        return present(key);
      });
    },

    retire(
      call: Call,
      id: string,
      { reason, compromised }: { reason: string; compromised: boolean },
    ): Promise<LogKeyView> {
      requireSession(call.actor);
      return command(call, { subjects }, async (tx) => {
        const keys = await keysOf(tx, origin);
        const key = keys.find((one) => one.id === id);
        if (!key) throw new Problem('request.not-found', { id, what: say('日志密钥', 'key of the log') });
        const now = clock.now();
        unwrap(judgeRetirement(key, keys, { now, compromised }));
        await retireKey(tx, id, now);
        await audit.append(tx, call, {
          type: 'log.key-retired',
          payload: { key: id, origin, verifier: key.verifier, reason, compromised },
        });
        return present({ ...key, retiredAt: now });
      });
    },
  };
}

export type LogKeys = ReturnType<typeof createLogKeys>;
