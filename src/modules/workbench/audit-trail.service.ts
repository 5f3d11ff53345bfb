import type { Actor, Call } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { canonicalize } from '../../kernel/pure/jcs';
import { addDays, instant, instantText, startOfDay, type LegalDate } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import { entriesPage, findEntry, subjectsOf, type EntryHead, type EventCatalogue } from '../audit-log';
import { accountsById, accountsCalled, codesOf, mayActor, type Scope } from '../identity';
import type { EntryDetail, EntryView } from './audit-trail.contract';
import { openerOf, roleWords } from './audit-trail.rules';

export interface TrailDeps {
  db: Db;
  scope: Pick<Scope, 'includes' | 'authoritiesOf'>;
  catalogue: EventCatalogue;
}

export interface TrailAsked extends PageRequest {
  type?: string;
  subject?: string;
  account?: string;
  role?: string;
  from?: LegalDate;
  to?: LegalDate;
}

const refuseQuery = (pointer: string, detail: string, detailEn: string): never => {
  throw new Problem('request.unprocessable', {}, [{ in: 'query', pointer, detail, detailEn }]);
};

/** The log as auditors read it: who did what when; of the payloads as much as their permissions show elsewhere. */
export function createAuditTrail({ db, scope, catalogue }: TrailDeps) {
  /** Codes of the authorities whose acts the reader may see; undefined for all, where the reader is above the owner. */
  async function reachOf(actor: Actor): Promise<readonly string[] | undefined> {
    if (await scope.includes(db, actor, null)) return undefined;
    return codesOf(db, (await scope.authoritiesOf(actor)) ?? []);
  }

  async function shown(rows: readonly EntryHead[]): Promise<EntryView[]> {
    const accounts = await accountsById(
      db,
      rows.flatMap((e) => [e.accountId, e.representedAccountId].filter((id) => id !== null)),
    );
    const subjects = await subjectsOf(
      db,
      rows.map((e) => e.id),
    );
    const of = (id: string | null) => (id === null ? null : (accounts.get(id) ?? null));
    return rows.map((e) => ({
      id: e.id,
      at: instantText(instant(e.at)),
      type: e.type,
      title: catalogue[e.type]?.title ?? e.type,
      sealed: e.sealed,
      role: e.role,
      authority: e.authority,
      account: of(e.accountId),
      represented: of(e.representedAccountId),
      subjects: subjects.get(e.id) ?? [],
      requestId: e.requestId,
    }));
  }

  /** Throws Problem `request.unprocessable` for a type or role that there is not, and for days in the wrong order. */
  function check({ type, role, from, to }: Omit<TrailAsked, 'limit'>): void {
    const [list, roles] = ['/api/v1/audit-event-types', Object.keys(roleWords)];
    if (type !== undefined && !Object.hasOwn(catalogue, type))
      refuseQuery('/type', `没有“${type}”这一记录类型；可填的见 ${list}。`, `There is no type ${type}; see ${list}.`);
    if (role !== undefined && !Object.hasOwn(roleWords, role))
      refuseQuery(
        '/role',
        `没有“${role}”这一岗位；可填：${roles.join('、')}。`,
        `There is no role ${role}; known are ${roles.join(', ')}.`,
      );
    if (from !== undefined && to !== undefined && to < from)
      refuseQuery('/to', '截止日早于起始日，请改填。', 'The last day is before the first; change one of them.');
  }

  async function list(actor: Actor, asked: TrailAsked): Promise<Page<EntryView>> {
    check(asked);
    const { type, role, account, from, to } = asked;
    const page = await entriesPage(db, {
      ...{ cursor: asked.cursor, limit: asked.limit, subject: asked.subject, type, role },
      accountIds: account === undefined ? undefined : await accountsCalled(db, account),
      from: from && startOfDay(from),
      until: to && startOfDay(addDays(to, 1)),
      authorities: await reachOf(actor),
    });
    return { ...page, items: await shown(page.items) };
  }

  async function read({ actor }: Pick<Call, 'actor'>, id: string): Promise<EntryDetail> {
    const entry = await findEntry(db, id);
    const reach = await reachOf(actor);
    if (!entry || (reach !== undefined && !reach.includes(entry.authority ?? '')))
      throw new Problem('request.not-found', { what: say('日志记录', 'log entry'), id });
    const [head] = await shown([entry]);
    const opener = openerOf(entry.type);
    const mayOpen = opener !== null && mayActor(actor, opener);
    const withheld = !mayOpen ? (opener === null ? 'nobody' : 'permission') : entry.facts === null ? 'erased' : null;
    // What an open leaf shows of itself a sealed one keeps among its facts; here it stands above them.
    const facts = entry.facts?.filter((f) => !f.path.startsWith('/entry/'));
    return {
      ...head!,
      postId: entry.postId,
      facts: withheld === null ? facts!.map(({ path, value }) => ({ path, value: canonicalize(value) })) : null,
      withheld,
      needs: withheld === 'permission' ? opener : null,
      leaf: entry.leaf,
    };
  }

  const types = () => ({
    items: Object.entries(catalogue)
      .map(([type, { title, visibility }]) => ({ type, title, sealed: visibility === 'sealed' }))
      .sort((a, b) => (a.type < b.type ? -1 : 1)),
  });

  return { check, list, read, types };
}

export type AuditTrail = ReturnType<typeof createAuditTrail>;
