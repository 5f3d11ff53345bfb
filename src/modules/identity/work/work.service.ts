import { personsBehind, type Actor, type Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { faultOf } from '../../../kernel/db/errors';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
import { Problem, unwrap } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { reaches } from '../authorities/authorities.rules';
import type { Scope } from '../authorities/scope.service';
import { findAuthority, findPlaced } from '../authorities/authorities.store';
import type { Role } from '../permissions';
import { isManned, unmannedOf } from '../posts/posts.service';
import { findPost, findPosts, type Post } from '../posts/posts.store';
import type { Tell } from '../telling.port';
import type { WorkView } from './work.contract';
import {
  checkKinds,
  checksOf,
  fitsPlace,
  isCheck,
  judgeAssigning,
  linkTo,
  workKinds,
  type CheckKind,
  type WorkKind,
  type WorkPlace,
} from './work.rules';
import {
  changeWork,
  excludeFrom,
  findOpenWork,
  findWork,
  holdersIn,
  insertWork,
  openKeyOf,
  overviewPage,
  workPage,
  type WorkItem,
} from './work.store';

export interface WorkDeps {
  db: Db;
  command: Command;
  audit: Audit;
  scope: Scope;
  dues: Dues;
  tell: Tell;
}

/** By which day open work is owed, by its key; deadlines, which lie to the right, supply it. */
export type Dues = (
  on: Reads,
  items: readonly { kind: WorkKind; ref: string }[],
) => Promise<ReadonlyMap<string, LegalDate>>;

/** Where work is put: with the post that acts, or with a role of an authority or institution. */
export type WorkHolder =
  | { by: Actor }
  | { pool: { role: Role; authorityId: string | null } | { role: Role; institutionId: string } }
  | { place: WorkPlace };

/** What modules want of the work list; called in the transaction of the act itself. */
export interface Work {
  /** Opens the work, or moves what is open of it to this holder. */
  open(tx: Tx, item: { kind: WorkKind; ref: string; holder: WorkHolder; notBy?: readonly string[] }): Promise<void>;
  /**
   * Waits for a second person, who is none of `notBy`; what waits already keeps waiting, with these left out. Says
   * whether it is new.
   */
  openCheck(
    tx: Tx,
    item: { kind: CheckKind; ref: string; authorityId: string | null; notBy: readonly (string | null)[] },
  ): Promise<boolean>;
  /** It is done, or no longer to be done; nothing happens if none was open. */
  close(tx: Tx, kind: WorkKind, ref: string): Promise<void>;
  /** Gives open work to a post; throws Problem `request.not-found` if there is none. */
  assign(tx: Tx, kind: WorkKind, ref: string, postId: string): Promise<void>;
  /** Who holds the open work; undefined if there is none. */
  holderOf(on: Reads, kind: WorkKind, ref: string): Promise<WorkPlace | undefined>;
}

const placeAlone = ({ role, authorityId, institutionId, postId }: WorkPlace): WorkPlace => ({
  role,
  authorityId,
  institutionId,
  postId,
});

function placeOf(holder: WorkHolder): WorkPlace {
  if ('place' in holder) return placeAlone(holder.place);
  if ('pool' in holder) return { authorityId: null, institutionId: null, postId: null, ...holder.pool };
  const { role, authorityId = null, institutionId, postId } = holder.by;
  return { role: role as Role, authorityId, institutionId, postId };
}

/** Does the post see the authority that the work belongs to? */
export async function isInScopeOf(on: Reads, post: Post, authorityId: string | null): Promise<boolean> {
  const own = post.authorityId === null ? undefined : await findAuthority(on, post.authorityId);
  const placed = authorityId === null ? undefined : await findPlaced(on, authorityId);
  return own !== undefined && placed !== undefined && reaches({ authorityId: own.id, kind: own.kind }, placed);
}

/** May this post do this work at all? */
export const fitsWork = async (on: Reads, post: Post, item: WorkItem): Promise<boolean> =>
  fitsPlace(item, post, await isInScopeOf(on, post, item.authorityId));

/** By what a page of work is shown, asked once for all of it. */
interface Shown {
  /** Posts for which nobody works: what they hold is orphaned. */
  unmanned: ReadonlySet<string>;
  dues: Awaited<ReturnType<Dues>>;
}

function presentWork(item: WorkItem, { unmanned, dues }: Shown): WorkView {
  const { id, kind, ref, role, authorityId, institutionId, postId, version } = item;
  const orphaned = postId !== null && unmanned.has(postId);
  const openedAt = instantText(instant(item.openedAt));
  const dueOn = dues.get(openKeyOf(kind, ref)) ?? null;
  const place = { role, authorityId, institutionId, postId };
  const what = { kind, title: workKinds[kind], ref, link: linkTo(kind, ref), check: isCheck(kind) };
  return { id, ...what, ...place, openedAt, dueOn, orphaned, version };
}

/** Work that belongs to posts, filled by the modules in the transactions of their own acts. */
export function createWork({ db }: Pick<WorkDeps, 'db'>): Work {
  const { clock, ids } = db.sources;
  async function change(tx: Tx, item: WorkItem, patch: Partial<WorkItem>): Promise<void> {
    // Handed over at this very moment: the whole act runs again and meets the new holder.
    if (!(await changeWork(tx, item, patch))) throw new SubjectsChanged();
  }
  async function insert(tx: Tx, kind: WorkKind, ref: string, place: WorkPlace): Promise<string> {
    const item = { id: ids.timed(), kind, ref, openKey: openKeyOf(kind, ref), ...place };
    try {
      await insertWork(tx, { ...item, openedAt: clock.now(), closedAt: null, version: 1 });
    } catch (error) {
      if (faultOf(error) === 'duplicate') throw new SubjectsChanged();
      throw error;
    }
    return item.id;
  }
  return {
    async open(tx, { kind, ref, holder, notBy = [] }) {
      const place = placeOf(holder);
      const present = await findOpenWork(tx, kind, ref);
      if (present) await change(tx, present, place);
      await excludeFrom(tx, present?.id ?? (await insert(tx, kind, ref, place)), notBy);
    },
    async openCheck(tx, { kind, ref, authorityId, notBy }) {
      const present = await findOpenWork(tx, kind, ref);
      const place = { role: checkKinds[kind].role, authorityId, institutionId: null, postId: null };
      const id = present?.id ?? (await insert(tx, kind, ref, place));
      await excludeFrom(
        tx,
        id,
        notBy.filter((account) => account !== null),
      );
      return present === undefined;
    },
    async close(tx, kind, ref) {
      const item = await findOpenWork(tx, kind, ref);
      if (item) await change(tx, item, { openKey: null, closedAt: clock.now() });
    },
    async assign(tx, kind, ref, postId) {
      const item = await findOpenWork(tx, kind, ref);
      if (!item) throw new Problem('request.not-found', { id: ref, what: say('待办', 'work item') });
      await change(tx, item, { postId });
    },
    async holderOf(on, kind, ref) {
      const item = await findOpenWork(on, kind, ref);
      return item && placeAlone(item);
    },
  };
}

const holdersOf = (items: readonly WorkItem[]): string[] =>
  items.flatMap(({ postId }) => (postId === null ? [] : [postId]));

type Asked = PageRequest & { kind?: WorkKind };

/** The lists of work, and who gives it to whom. */
export function createWorkLists({ db, command, audit, scope, dues, tell }: WorkDeps) {
  const today = (): LegalDate => legalDateOf(db.sources.clock.now());
  const shownBy = async (on: Reads, items: readonly WorkItem[]): Promise<Shown> => ({
    unmanned: await unmannedOf(on, await findPosts(on, holdersOf(items)), today()),
    dues: await dues(on, items),
  });
  const show = async (page: Page<WorkItem>): Promise<Page<WorkView>> => {
    const by = await shownBy(db, page.items);
    return mapPage(page, (w) => presentWork(w, by));
  };

  async function mayLook(on: Reads, actor: Actor, item: WorkItem): Promise<boolean> {
    if (isCheck(item.kind) && item.authorityId === null) return true;
    if (item.institutionId !== null) return item.institutionId === actor.institutionId;
    return scope.includes(on, actor, item.authorityId);
  }

  return {
    async list({ actor }: Call, request: Asked & { held?: 'own' | 'pool' }): Promise<Page<WorkView>> {
      const { role, postId, institutionId, authorityId = null } = actor;
      const checks = checksOf(role, actor.deputy !== undefined);
      const seen = { persons: personsBehind(actor), checks, scope: (await scope.authoritiesOf(actor)) ?? [] };
      return show(await workPage(db, { role, postId, institutionId, authorityId, ...seen }, request));
    },
    async oversee({ actor }: Call, request: Asked & { postId?: string; orphaned?: 'true' }): Promise<Page<WorkView>> {
      const authorityIds = (await scope.authoritiesOf(actor)) ?? [];
      if (!request.orphaned) return show(await overviewPage(db, authorityIds, request));
      const holders = await findPosts(db, await holdersIn(db, authorityIds));
      const heldBy = [...(await unmannedOf(db, holders, today()))];
      return show(await overviewPage(db, authorityIds, { ...request, heldBy }));
    },
    assign: (call: Call, id: string, { postId }: { postId: string }): Promise<WorkView> =>
      command(call, { subjects: () => [{ kind: 'record', id }] }, async (tx) => {
        const item = await findWork(tx, id);
        if (!item || item.closedAt !== null || !(await mayLook(tx, call.actor, item))) {
          throw new Problem('request.not-found', { id, what: say('待办', 'work item') });
        }
        const post = await findPost(tx, postId);
        if (!post) throw new Problem('request.not-found', { id: postId, what: say('岗位', 'post') });
        const { role, postId: own } = call.actor;
        const wanted = {
          id: postId,
          isActive: await isManned(tx, post, today()),
          fits: await fitsWork(tx, post, item),
        };
        const { orphaned } = presentWork(item, await shownBy(tx, [item]));
        unwrap(judgeAssigning({ actor: { role, postId: own }, kind: item.kind, place: item, orphaned, wanted }));
        const before = item.postId;
        if (!(await changeWork(tx, item, { postId }))) throw new Problem('request.conflict');
        const payload = { work: id, kind: item.kind, ref: item.ref, before, post: postId };
        await audit.append(tx, call, { type: 'work.assigned', payload });
        const changed = { ...item, postId, version: item.version + 1 };
        const by = await shownBy(tx, [changed]);
        // Whoever gives it to himself knows.
        if (post.accountId !== call.actor.accountId) {
          const deadline = by.dues.get(openKeyOf(item.kind, item.ref)) ?? null;
          await tell(tx, { to: { postId }, kind: 'work.assigned', deadline, ref: `${item.kind}:${item.ref}` });
        }
        return presentWork(changed, by);
      }),
  };
}

export type WorkLists = ReturnType<typeof createWorkLists>;
