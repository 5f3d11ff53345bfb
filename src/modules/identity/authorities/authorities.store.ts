import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { Version } from '../../../kernel/db/history';
import { Installation } from '../../../kernel/db/kernel.store';
import type { Tx } from '../../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import { legalDate, type LegalDate } from '../../../kernel/pure/time';
import type { AuthorityFacts, AuthorityKind, Placed } from './authorities.rules';

/** No authority of the People's Republic is older; the first day of one of which no other is known. */
export const SINCE_ALWAYS: LegalDate = legalDate('1949-10-01');

/** A competent authority: what it is (division code and kind), with name and parent as they are now. */
@Entity('authority_body')
@Index('ix_authority_body_code', ['code', 'kind'])
export class Authority {
  @Column(col.key(36)) id: string;
  /** Division code. */
  @Column(col.text(6)) code: string;
  @Column(col.text(32)) kind: AuthorityKind;
  @Column(col.text(100)) name: string;
  @Index('ix_authority_body_parent')
  @Column({ ...col.text(36, nullable), name: 'parent_id' })
  parentId: string | null;
  /** The paper that puts it under a parent of another division. */
  @Column({ ...col.text(200, nullable), name: 'parent_basis' }) parentBasis: string | null;
  @Column({ ...col.day(), name: 'from_day' }) fromDay: LegalDate;
  /** The last day, included; null is open. */
  @Column({ ...col.day(nullable), name: 'to_day' }) toDay: LegalDate | null;
  @Column(col.int()) version: number;
}

/** Name and parent, from day to day. */
@Entity('authority_version')
export class AuthorityVersion extends Version {
  @Index('ix_authority_version_authority')
  @Column({ ...col.text(36), name: 'authority_id' })
  authorityId: string;
  @Column(col.text(100)) name: string;
  @Column({ ...col.text(36, nullable), name: 'parent_id' }) parentId: string | null;
  @Column({ ...col.text(200, nullable), name: 'parent_basis' }) parentBasis: string | null;
}

const NAME = 'authority';

export const factsOf = (a: Authority): AuthorityFacts => ({
  id: a.id,
  code: a.code,
  kind: a.kind,
  from: a.fromDay,
  to: a.toDay,
});

export const findAuthority = async (from: Reads, id: string): Promise<Authority | undefined> =>
  (await from.m.findOneBy(Authority, { id })) ?? undefined;

export async function findOwnId(from: Reads): Promise<string | undefined> {
  return (await from.m.findOneBy(Installation, { name: NAME }))?.value;
}

/** The authority that owns the installation, if it was named. */
export async function findOwnAuthority(from: Reads): Promise<Authority | undefined> {
  const id = await findOwnId(from);
  return id === undefined ? undefined : from.m.findOneByOrFail(Authority, { id });
}

/** The primary key of the installation's value lets one of two simultaneous settings win. */
export const insertOwner = async (tx: Tx, authority: Authority): Promise<void> => {
  await tx.m.insert(Installation, { name: NAME, value: authority.id });
  await tx.m.insert(Authority, authority);
};

export const insertAuthority = async (tx: Tx, authority: Authority): Promise<void> => {
  await tx.m.insert(Authority, authority);
};

export const findTwins = (from: Reads, code: string, kind: AuthorityKind): Promise<Authority[]> =>
  from.m.findBy(Authority, { code, kind });

export const findByCode = (from: Reads, code: string): Promise<Authority[]> => from.m.findBy(Authority, { code });

export const findChildren = (from: Reads, parentIds: readonly string[]): Promise<Authority[]> =>
  parentIds.length === 0 ? Promise.resolve([]) : from.m.findBy(Authority, { parentId: In([...parentIds]) });

/** The authority's own id, then those above it; more than a dozen levels would be a fault. */
export async function lineageOf(from: Reads, id: string): Promise<string[]> {
  const lineage: string[] = [];
  for (let next: string | null = id; next !== null && !lineage.includes(next);) {
    lineage.push(next);
    next = (await findAuthority(from, next))?.parentId ?? null;
  }
  return lineage;
}

export async function findPlaced(from: Reads, id: string): Promise<Placed | undefined> {
  const authority = await findAuthority(from, id);
  return authority && { kind: authority.kind, lineage: await lineageOf(from, id) };
}

/** Ids of the authority and of all below it that are of its kind. */
export async function findSubtree(from: Reads, top: Authority): Promise<string[]> {
  const seen = new Map([[top.id, top]]);
  for (let level = [top.id]; level.length > 0;) {
    const children = (await findChildren(from, level)).filter((c) => !seen.has(c.id));
    children.forEach((c) => seen.set(c.id, c));
    level = children.map((c) => c.id);
  }
  return [...seen.values()].filter((a) => a.kind === top.kind).map((a) => a.id);
}

export function authoritiesPage(
  db: Db,
  request: PageRequest & { code?: string; kind?: string; parentId?: string },
): Promise<Page<Authority>> {
  const query = db.m.createQueryBuilder(Authority, 'a');
  if (request.code !== undefined) query.andWhere('a.code = :code', { code: request.code });
  if (request.kind !== undefined) query.andWhere('a.kind = :kind', { kind: request.kind });
  if (request.parentId !== undefined) query.andWhere('a.parentId = :parentId', { parentId: request.parentId });
  return pageBy(query, { sort: 'a.code', id: 'a.id', keyOf: (a) => [a.code, a.id] }, request);
}
