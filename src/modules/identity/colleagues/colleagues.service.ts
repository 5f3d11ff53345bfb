import type { Actor, Call } from '../../../kernel/call';
import type { Db } from '../../../kernel/db/database';
import { mapPage, type Page } from '../../../kernel/http/page';
import { Problem } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf } from '../../../kernel/pure/time';
import type { Scope } from '../authorities/scope.service';
import { partyFieldOf } from '../posts/posts.rules';
import { namesOfHolders, unmannedOf } from '../posts/posts.service';
import type { Role } from '../permissions';
import type { Colleague, PartyKind, PartyView } from './colleagues.contract';
import { colleaguesPage, type ColleaguesRequest, type House } from './colleagues.store';

/** How those are found whom posts act for; supplied by the modules that keep these registers. */
export interface PartyBook {
  find(kind: PartyKind, text: string | undefined): Promise<PartyView[]>;
  /** Undefined if there is none. */
  read(kind: PartyKind, id: string): Promise<PartyView | undefined>;
}

export interface ColleaguesDeps {
  db: Db;
  scope: Scope;
  partyBook: PartyBook;
}

/** Whose people the caller works with: those of the own body, or of the authorities in scope. */
async function houseOf(scope: Scope, actor: Actor): Promise<House> {
  const field = partyFieldOf(actor.role as Role);
  if (field === undefined) return { authorityIds: (await scope.authoritiesOf(actor)) ?? [] };
  // An expert stands for nobody else and has no colleagues.
  return field === 'expertId' ? { authorityIds: [] } : { field, id: actor[field] ?? '' };
}

/** Whom one works with, and whom posts act for: to choose from, where an act asks for a post. */
export const createColleagues = ({ db, scope, partyBook }: ColleaguesDeps) => ({
  async list({ actor }: Call, request: ColleaguesRequest): Promise<Page<Colleague>> {
    const today = legalDateOf(db.sources.clock.now());
    const page = await colleaguesPage(db, await houseOf(scope, actor), request, today);
    const names = await namesOfHolders(db, page.items);
    const idle = await unmannedOf(db, page.items, today);
    return mapPage(page, ({ id, accountId, role, authorityId, office }) => {
      const name = names.get(accountId)!;
      return { postId: id, accountId, name, role, authorityId, office, present: !idle.has(id) };
    });
  },
  find: async (kind: PartyKind, text: string | undefined) => ({ items: await partyBook.find(kind, text) }),
  async read(kind: PartyKind, id: string): Promise<PartyView> {
    const found = await partyBook.read(kind, id);
    if (!found) throw new Problem('request.not-found', { id, what: say('岗位所属', 'affiliation of the post') });
    return found;
  },
});

export type Colleagues = ReturnType<typeof createColleagues>;
