import { IsNull } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import { replaceEntries, type Moment } from '../../kernel/db/history';
import type { Reads } from '../../kernel/db/database';
import { momentOf, shownMoment, spanOf, todayOf } from '../../kernel/db/moment';
import { changeRecord, expectVersion, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { say } from '../../kernel/pure/wording';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import type { Scope } from '../identity';
import type { ContactLine, ContactsReply, ProposalReply, ProposeContacts } from './contacts.contract';
import { judgeContacts, judgeOwnTime, moveProposal } from './contacts.rules';
import type { ProposalState } from './contacts.states';
import {
  contactsOf,
  listProposals,
  MineContact,
  MineContactProposal,
  operatorEntries,
  shownContacts,
  shownProposal,
  type ContactSight,
} from './contacts.store';
import type { ImportDeps } from './imports.service';
import { Mine, mineGuard } from './mines.store';

export interface ContactDeps extends ImportDeps {
  /** As what the actor sees contacts. */
  sightOf(on: Reads, actor: Actor): Promise<ContactSight>;
  scope: Pick<Scope, 'requireHouse'>;
  /** The mine as the actor may see it. Throws Problem `request.not-found`. */
  loadFor(on: Reads, actor: Actor, id: string): Promise<Mine>;
}

export interface MineContacts {
  readContacts(actor: Actor, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<ContactsReply>;
  putContacts(
    call: Call,
    id: string,
    version: number,
    list: { paper: string; items: readonly ContactLine[] },
  ): Promise<ContactsReply>;
  proposeContacts(call: Call, id: string, body: ProposeContacts): Promise<ProposalReply>;
  listProposals(
    actor: Actor,
    request: PageRequest & { state?: ProposalState; mineId?: string },
  ): Promise<Page<ProposalReply>>;
  acceptProposal(call: Call, id: string, version: number, body: { paper: string }): Promise<ProposalReply>;
  returnProposal(call: Call, id: string, version: number, body: { reason: string }): Promise<ProposalReply>;
  withdrawProposal(call: Call, id: string, version: number): Promise<ProposalReply>;
}

/** Contacts of mines, and what their operators propose. Names and phones stay in the register, never in the log. */
export function createMineContacts(deps: ContactDeps): MineContacts {
  const { db, command, audit, loadFor } = deps;
  const { clock, ids } = deps.sources;
  const stamp = () => ({ now: clock.now(), id: ids.timed });

  const reading = async (on: Reads, row: Mine, moment: Moment, sight: ContactSight): Promise<ContactsReply> => ({
    mineId: row.id,
    version: row.version,
    ...shownMoment(clock, moment),
    masked: !sight.plain,
    items: await shownContacts(on, row.id, moment, sight),
  });

  /** Contacts of others than the operator that proposes; they stay as they are. */
  const linesOfOthers = async (tx: Tx, mineId: string, operatorId: string) => {
    const all = await tx.m.findBy(MineContact, { mineId, supersededAt: IsNull() });
    const own = new Set((await contactsOf(tx, mineId, operatorId, all)).map((c) => c.id));
    const others = all.filter((c) => !own.has(c.id));
    return others.map(({ name, role, phone, validFrom, validTo, recordedBy, paper }) => ({
      fields: { mineId, name, role, phone },
      ...{ from: validFrom, to: validTo, by: recordedBy, paper },
    }));
  };

  /** The whole list, or all that is one operator's in it. */
  const record = async (
    tx: Tx,
    call: Call,
    mineId: string,
    list: { paper: string; items: readonly ContactLine[]; of?: string },
  ) => {
    unwrap(judgeContacts(list.items));
    const others = list.of === undefined ? [] : await linesOfOthers(tx, mineId, list.of);
    const lines = list.items.map(({ from, lastDay, name, role, phone }) => ({
      fields: { mineId, name, role, phone },
      ...spanOf({ from, lastDay }),
      by: call.actor.accountId,
      paper: list.paper,
    }));
    await replaceEntries(tx, MineContact, { mineId }, [...others, ...lines], stamp());
  };

  const loadProposal = async (on: Reads, actor: Actor, id: string): Promise<MineContactProposal> => {
    const what = say('联系人变更申请', 'request to change contacts');
    const p = await loadRecord(on, MineContactProposal, { id }, what);
    if (actor.role === 'mine' && p.organisationId !== actor.organisationId) {
      throw new Problem('request.not-found', { what, id });
    }
    // Names and telephones: to the offices of others a proposal does not exist.
    await deps.scope.requireHouse(on, { actor }, { what, id });
    return p;
  };

  const decide = async (
    call: Call,
    id: string,
    version: number,
    to: { state: ProposalState; event: string; reason: string | null },
    work?: (tx: Tx, p: MineContactProposal) => Promise<void>,
  ): Promise<ProposalReply> => {
    const { mineId } = await loadProposal(db, call.actor, id);
    return command(call, { subjects: () => [mineGuard(mineId)] }, async (tx) => {
      const p = await loadProposal(tx, call.actor, id);
      expectVersion(p, version);
      const state = unwrap(moveProposal(p.state, to.state));
      const decided = { decidedAt: clock.now(), decidedBy: call.actor.accountId, decisionReason: to.reason };
      await changeRecord(tx, MineContactProposal, p, { state, ...decided });
      await work?.(tx, p);
      const payload = { proposal: id, mineId, state, reason: to.reason, contacts: p.items.length };
      await audit.append(tx, call, { type: to.event, payload });
      return shownProposal(p);
    });
  };

  return {
    readContacts: async (actor, id, asked) => {
      const row = await loadFor(db, actor, id);
      return reading(db, row, momentOf(clock, asked), await deps.sightOf(db, actor));
    },
    putContacts: (call, id, version, list) =>
      command(call, { subjects: () => [mineGuard(id)] }, async (tx) => {
        const row = await loadFor(tx, call.actor, id);
        expectVersion(row, version);
        await changeRecord(tx, Mine, row, {});
        await record(tx, call, id, list);
        const payload = { mineId: id, paper: list.paper, contacts: list.items.length };
        await audit.append(tx, call, { type: 'mine.contacts-recorded', payload });
        return reading(tx, row, todayOf(clock), { plain: true, only: undefined });
      }),
    proposeContacts: (call, id, { reason, items }) =>
      command(call, {}, async (tx) => {
        await loadFor(tx, call.actor, id);
        unwrap(judgeContacts(items));
        unwrap(judgeOwnTime(items, call.actor.organisationId!, await operatorEntries(tx, id)));
        const p: MineContactProposal = {
          id: ids.timed(),
          mineId: id,
          organisationId: call.actor.organisationId!,
          state: 'proposed',
          items: [...items],
          reason,
          proposedAt: clock.now(),
          proposedBy: call.actor.accountId,
          decidedAt: null,
          decidedBy: null,
          decisionReason: null,
          version: 1,
        };
        await tx.m.insert(MineContactProposal, p);
        const payload = { proposal: p.id, mineId: id, contacts: items.length };
        await audit.append(tx, call, { type: 'mine.contacts-proposed', payload });
        return shownProposal(p);
      }),
    listProposals: async (actor, request) => {
      await deps.scope.requireHouse(db, { actor }, { permission: 'mine.proposals' });
      return listProposals(db, actor.role === 'mine' ? (actor.organisationId ?? '') : undefined, request);
    },
    acceptProposal: (call, id, version, { paper }) =>
      decide(call, id, version, { state: 'accepted', event: 'mine.contacts-accepted', reason: null }, async (tx, p) => {
        const row = await loadFor(tx, call.actor, p.mineId);
        await changeRecord(tx, Mine, row, {});
        await record(tx, call, p.mineId, { paper, items: p.items, of: p.organisationId });
      }),
    returnProposal: (call, id, version, { reason }) =>
      decide(call, id, version, { state: 'returned', event: 'mine.contacts-returned', reason }),
    withdrawProposal: (call, id, version) =>
      decide(call, id, version, { state: 'withdrawn', event: 'mine.contacts-withdrawn', reason: null }),
  };
}
