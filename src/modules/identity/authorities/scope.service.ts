import type { Actor, Call } from '../../../kernel/call';
import type { Db, Reads } from '../../../kernel/db/database';
import { Problem } from '../../../kernel/problem';
import type { Wording } from '../../../kernel/pure/wording';
import { partyFieldOf } from '../posts/posts.rules';
import { roles, type Permission, type Role } from '../permissions';
import { reaches } from './authorities.rules';
import {
  findAuthority,
  findByCode,
  findOwnAuthority,
  findOwnId,
  findPlaced,
  findSubtree,
  lineageOf,
} from './authorities.store';

/** Of a request, only who sent it matters here. */
type Asking = Pick<Call, 'actor'>;

/** Which records of authorities an actor may see and act on. */
export interface Scope {
  /** Ids of the authorities in the actor's scope; undefined for whoever is not bound by one (parties, the service itself). */
  authoritiesOf(actor: Actor, on?: Reads): Promise<readonly string[] | undefined>;
  /** May the actor see records of this authority? A record without one is the installation's. */
  includes(on: Reads, actor: Actor, authorityId: string | null): Promise<boolean>;
  /** Throws Problem `request.not-found`: outside the scope a record does not exist. */
  require(on: Reads, call: Asking, authorityId: string | null, record: { what: Wording; id: string }): Promise<void>;
  /**
   * Does the actor work for the installation's own authority, one below it or one above it, of its kind? Records that
   * name no authority are theirs; whoever is not bound by an authority is not refused here.
   */
  isOfHouse(on: Reads, actor: Actor): Promise<boolean>;
  /** Throws for others: the record does not exist, or they may not do this. */
  requireHouse(on: Reads, call: Asking, of: { what: Wording; id: string } | { permission: Permission }): Promise<void>;
}

const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role);

/** Posts that work for a party answer for that party instead. */
const isBound = (actor: Actor): boolean => isRole(actor.role) && partyFieldOf(actor.role) === undefined;

export function createScope(db: Db): Scope {
  const includes: Scope['includes'] = async (on, actor, authorityId) => {
    if (!isBound(actor)) return true;
    const own = actor.authorityId ? await findAuthority(on, actor.authorityId) : undefined;
    const id = authorityId ?? (await findOwnId(on));
    const placed = id === undefined ? undefined : await findPlaced(on, id);
    return own !== undefined && placed !== undefined && reaches({ authorityId: own.id, kind: own.kind }, placed);
  };
  const isOfHouse: Scope['isOfHouse'] = async (on, actor) => {
    if (await includes(on, actor, null)) return true;
    const ownerId = await findOwnId(on);
    const owner = ownerId === undefined ? undefined : await findAuthority(on, ownerId);
    const post = actor.authorityId ? await findPlaced(on, actor.authorityId) : undefined;
    return owner !== undefined && post !== undefined && reaches({ authorityId: owner.id, kind: owner.kind }, post);
  };
  return {
    includes,
    isOfHouse,
    async requireHouse(on, call, of) {
      if (await isOfHouse(on, call.actor)) return;
      if ('permission' in of) throw new Problem('sign-in.forbidden', { ...of, role: call.actor.role });
      throw new Problem('request.not-found', of);
    },
    async authoritiesOf(actor, on = db) {
      if (!isBound(actor)) return undefined;
      const own = actor.authorityId ? await findAuthority(on, actor.authorityId) : undefined;
      return own ? findSubtree(on, own) : [];
    },
    async require(on, call, authorityId, record) {
      if (!(await includes(on, call.actor, authorityId))) throw new Problem('request.not-found', record);
    },
  };
}

/** Codes of those above the authorities of this code, nearest first, by the tree; none where it holds no such code. */
export async function codesAbove(on: Reads, code: string): Promise<string[]> {
  const twins = await findByCode(on, code);
  const first = twins.find((a) => a.kind === 'natural-resources') ?? twins[0];
  if (!first) return [];
  const lineage = await lineageOf(on, first.id);
  return codesOf(on, lineage);
}

/** Codes of the authorities, in the given order. */
export async function codesOf(on: Reads, ids: readonly string[]): Promise<string[]> {
  const found = await Promise.all(ids.map((id) => findAuthority(on, id)));
  return found.flatMap((a) => (a ? [a.code] : []));
}

/** Those of the authorities that are of the kind of the installation's owner: two kinds may share a division code. */
export async function ofOwnersKind(on: Reads, ids: readonly string[]): Promise<string[]> {
  const kind = (await findOwnAuthority(on))?.kind ?? 'natural-resources';
  const found = await Promise.all([...new Set(ids)].map((id) => findAuthority(on, id)));
  return found.flatMap((a) => (a?.kind === kind ? [a.id] : []));
}
