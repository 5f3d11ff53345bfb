import { createHash } from 'node:crypto';
import type { Call, Deputy } from '../../kernel/call';
import type { Sources } from '../../kernel/sources';
import type { Tx } from '../../kernel/db/transaction';
import type { EventCatalogue } from './audit-log.contract';
import { FACTS_LIMIT, factsSize, insertEntry } from './audit-log.store';
import type { LogWatch } from './log-watch';
import { factsCommitment, factsOf, leafText, type SaltedFact } from './core/leaf';

export interface AuditEvent {
  type: string;
  /** Public subjects, `kind:public id`; allowed for public types only. */
  subjects?: readonly string[];
  /**
   * Ids, codes, days and figures; never identity numbers. Payloads of unbounded length give counts instead: the facts must fit
   * 65,535 bytes, which is about 600 short leaves.
   */
  payload: Readonly<Record<string, unknown>>;
}

export interface Audit {
  /** Records what happened inside the caller's transaction; throws if the type stands in no catalogue. */
  append(tx: Tx, call: Call, event: AuditEvent): Promise<{ entryId: string }>;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Who acted for whom (代办人、被代办人): ids and names, committed with the other facts. */
const actingFacts = (accountId: string | null, { deputyshipId, forAccountId, forName, name }: Deputy) => ({
  deputyship: deputyshipId,
  by: { account: accountId, name },
  for: { account: forAccountId, name: forName },
});

/** The recorder of acts. The tree over the entries is built later, apart from the insert. */
export function createAudit({ clock, ids, randomness }: Sources, catalogue: EventCatalogue, watch?: LogWatch): Audit {
  const salted = (payload: unknown): SaltedFact[] =>
    factsOf(payload).map((fact) => ({ ...fact, salt: randomness.bytes(32).toString('hex') }));
  return {
    async append(tx, call, event) {
      watch?.assertOpen();
      const kind = catalogue[event.type];
      if (!kind) throw new Error(`event type ${event.type} stands in no catalogue`);
      const sealed = kind.visibility === 'sealed';
      if (sealed && event.subjects)
        throw new Error(`event type ${event.type} is sealed: it names no subjects in the open`);
      if (sealed && 'entry' in event.payload)
        throw new Error(`event type ${event.type}: a sealed payload has no entry`);
      if ('acting' in event.payload) throw new Error(`event type ${event.type}: a payload names no deputy itself`);
      const { role, authority, accountId, postId, deputy } = call.actor;
      const open = { id: ids.timed(), at: clock.now(), type: event.type, actor: { role, authority } };
      // A sealed leaf shows nothing of itself, so what an open one shows is committed among its facts.
      const payload = { ...event.payload, ...(deputy ? { acting: actingFacts(accountId, deputy) } : {}) };
      const facts = salted(sealed ? { entry: open, ...payload } : payload);
      if (factsSize(facts) > FACTS_LIMIT)
        throw new Error(`the facts of ${event.type} are larger than ${FACTS_LIMIT} bytes`);
      const commitment = factsCommitment(facts, sha256);
      const leaf = leafText(sealed ? 'sealed' : { ...open, subjects: event.subjects ?? [] }, commitment);
      const { id, at, type } = open;
      const who = { accountId, postId, representedAccountId: deputy?.forAccountId ?? null, role, authority };
      const entry = { id, at, type, sealed, requestId: call.requestId, ...who, leaf, facts };
      await insertEntry(tx, entry, event.subjects ?? []);
      tx.audited += 1;
      watch?.nudge();
      return { entryId: open.id };
    },
  };
}
