import type { Actor, Call } from '../../../kernel/call';
import type { Reads } from '../../../kernel/db/database';
import type { Subject } from '../../../kernel/db/guards';
import { versionsKnownAt } from '../../../kernel/db/history';
import { momentOf, shownEntry, shownMoment } from '../../../kernel/db/moment';
import { changeRecord, expectVersion, loadRecord } from '../../../kernel/db/records';
import type { Tx } from '../../../kernel/db/transaction';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
import { Problem, unwrap } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf, type Instant, type LegalDate } from '../../../kernel/pure/time';
import { mayRole } from '../permissions';
import { countPostsBeyond } from '../posts/posts.store';
import type {
  AuthorityAmendment,
  AuthorityEnding,
  AuthorityHistory,
  AuthorityView,
  NewAuthority,
} from './authorities.contract';
import { judgeAuthorityEnd, judgeParent, judgeTwin, type ParentFacts } from './authorities.rules';
import { writeVersion, type AuthoritiesDeps } from './authorities.service';
import {
  authoritiesPage,
  Authority,
  AuthorityVersion,
  factsOf,
  findAuthority,
  findChildren,
  findOwnId,
  findTwins,
  insertAuthority,
  lineageOf,
} from './authorities.store';

/** Whoever moves a branch of the tree meets here: two moves at once could close a circle. */
export const treeGuard: Subject = { kind: 'record', id: 'authority-tree' };

const WHAT = say('主管机关', 'authority');

const present = (a: Authority, ownId: string | undefined, actor: Actor, today: LegalDate): AuthorityView => {
  const isThere = a.toDay === null || a.toDay >= today;
  const may: AuthorityView['may'] = [];
  if (isThere && mayRole(actor.role, 'authority.amend')) may.push('amend');
  if (isThere && a.id !== ownId && mayRole(actor.role, 'authority.end')) may.push('end');
  const { id, code, kind, name, parentId, parentBasis, version } = a;
  return {
    id,
    code,
    kind,
    name,
    parentId,
    parentBasis,
    from: a.fromDay,
    to: a.toDay,
    isOwner: id === ownId,
    version,
    may,
  };
};

async function parentFacts(tx: Tx, id: string | null): Promise<ParentFacts | null> {
  if (id === null) return null;
  const parent = await findAuthority(tx, id);
  if (!parent) throw new Problem('request.not-found', { id, what: say('上级机关', 'superior authority') });
  return { ...factsOf(parent), lineage: await lineageOf(tx, id) };
}

/** The tree of authorities: registered, renamed and moved with their history, ended. */
export function createTree(deps: AuthoritiesDeps) {
  const { db, command, audit } = deps;
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());
  const show = async (on: Reads, a: Authority, actor: Actor): Promise<AuthorityView> =>
    present(a, await findOwnId(on), actor, today());
  const guarded = { subjects: () => [treeGuard] };

  return {
    register: (call: Call, body: NewAuthority): Promise<AuthorityView> =>
      command(call, guarded, async (tx) => {
        const { code, kind, name, parentId, parentBasis, from, paper } = body;
        unwrap(judgeTwin(body, (await findTwins(tx, code, kind)).map(factsOf)));
        const id = ids.timed();
        unwrap(judgeParent({ id, code, from }, await parentFacts(tx, parentId), parentBasis));
        const body_ = { id, code, kind, name, parentId, parentBasis, fromDay: from, toDay: null, version: 1 };
        await insertAuthority(tx, body_);
        await writeVersion(deps, tx, body_, { from, paper, by: call.actor.accountId });
        const payload = { authority: id, code, kind, name, parent: parentId, parentBasis, from, paper };
        await audit.append(tx, call, { type: 'authority.registered', subjects: [`authority:${code}`], payload });
        return show(tx, body_, call.actor);
      }),

    amend: (call: Call, id: string, body: AuthorityAmendment, version: number): Promise<AuthorityView> =>
      command(call, guarded, async (tx) => {
        const a = await loadRecord(tx, Authority, { id }, WHAT);
        expectVersion(a, version);
        const { name, parentId, parentBasis, from, paper } = body;
        if (from > today()) throw new Problem('authority.day-in-future', { from, today: today() });
        if (from < a.fromDay) throw new Problem('authority.period', { from: a.fromDay, lastDay: from });
        if (a.toDay !== null && a.toDay < from) throw new Problem('authority.already-ended', { to: a.toDay });
        unwrap(judgeParent({ id, code: a.code, from }, await parentFacts(tx, parentId), parentBasis));
        const before = { name: a.name, parent: a.parentId };
        const amended = await changeRecord(tx, Authority, a, { name, parentId, parentBasis });
        await writeVersion(deps, tx, amended, { from, paper, by: call.actor.accountId });
        const payload = { authority: id, before, name, parent: parentId, parentBasis, from, paper };
        await audit.append(tx, call, { type: 'authority.amended', subjects: [`authority:${a.code}`], payload });
        return show(tx, amended, call.actor);
      }),

    end: (call: Call, id: string, { lastDay, paper }: AuthorityEnding): Promise<AuthorityView> =>
      command(call, guarded, async (tx) => {
        const a = await loadRecord(tx, Authority, { id }, WHAT);
        const children = (await findChildren(tx, [id])).map((c) => ({ code: c.code, to: c.toDay }));
        const left = { children, posts: await countPostsBeyond(tx, id, lastDay) };
        unwrap(judgeAuthorityEnd({ ...factsOf(a), isOwner: id === (await findOwnId(tx)) }, lastDay, left));
        const ended = await changeRecord(tx, Authority, a, { toDay: lastDay });
        const payload = { authority: id, lastDay, paper };
        await audit.append(tx, call, { type: 'authority.ended', subjects: [`authority:${a.code}`], payload });
        return show(tx, ended, call.actor);
      }),

    async list(
      call: Call,
      request: PageRequest & { code?: string; kind?: string; parentId?: string },
    ): Promise<Page<AuthorityView>> {
      const ownId = await findOwnId(db);
      return mapPage(await authoritiesPage(db, request), (a) => present(a, ownId, call.actor, today()));
    },

    async show(call: Call, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<AuthorityHistory> {
      const a = await loadRecord(db, Authority, { id }, WHAT);
      const moment = momentOf(clock, asked);
      const entries = await versionsKnownAt(db, AuthorityVersion, { authorityId: id }, moment.knownAt);
      const held = entries.filter((v) => v.validFrom <= moment.asOf && (v.validTo === null || v.validTo > moment.asOf));
      const then = held[0] ?? a;
      const { name, parentId, parentBasis } = then;
      return {
        ...shownMoment(clock, moment),
        ...(await show(db, a, call.actor)),
        name,
        parentId,
        parentBasis,
        entries: entries.map((v) => ({
          ...shownEntry(v),
          name: v.name,
          parentId: v.parentId,
          parentBasis: v.parentBasis,
        })),
      };
    },
  };
}

export type Tree = ReturnType<typeof createTree>;
