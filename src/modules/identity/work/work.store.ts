import { Brackets, Column, Entity, In, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { Role } from '../permissions';
import { checkKinds, type CheckKind, type WorkKind, type WorkPlace } from './work.rules';

/** One thing that somebody has to do: it belongs to a post, or to a role until somebody takes it. */
@Entity('work_item')
@Index('ux_work_item_open', ['openKey'], { unique: true })
@Index('ix_work_item_kind', ['kind', 'closedAt'])
@Index('ix_work_item_post', ['postId', 'closedAt'])
@Index('ix_work_item_authority', ['authorityId', 'role', 'closedAt'])
@Index('ix_work_item_institution', ['institutionId', 'role', 'closedAt'])
export class WorkItem implements WorkPlace {
  @Column(col.key(36)) id: string;
  @Column(col.text(24)) kind: WorkKind;
  @Column(col.text(36)) ref: string;
  /** `kind/ref` while it is open, null afterwards: one thing is open once. */
  @Column({ ...col.text(64, nullable), name: 'open_key' }) openKey: string | null;
  @Column(col.text(32)) role: Role;
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column({ ...col.text(36, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column({ ...col.text(36, nullable), name: 'post_id' }) postId: string | null;
  @Column({ ...col.at(), name: 'opened_at' }) openedAt: number;
  @Column({ ...col.at(nullable), name: 'closed_at' }) closedAt: number | null;
  @Column(col.int()) version: number;
}

/** Who had a hand in the matter and may not be the second person. */
@Entity('work_exclusion')
export class WorkExclusion {
  @Column({ ...col.key(36), name: 'work_id' }) workId: string;
  @Column({ ...col.key(36), name: 'account_id' }) accountId: string;
}

export const openKeyOf = (kind: WorkKind, ref: string): string => `${kind}/${ref}`;

export const findOpenWork = async (from: Reads, kind: WorkKind, ref: string): Promise<WorkItem | undefined> =>
  (await from.m.findOneBy(WorkItem, { openKey: openKeyOf(kind, ref) })) ?? undefined;

export const findWork = async (from: Reads, id: string): Promise<WorkItem | undefined> =>
  (await from.m.findOneBy(WorkItem, { id })) ?? undefined;

export const insertWork = async (tx: Tx, item: WorkItem): Promise<void> => {
  await tx.m.insert(WorkItem, item);
};

/** Who may not do this work, from now on. */
export async function excludeFrom(tx: Tx, workId: string, accounts: readonly string[]): Promise<void> {
  await tx.m.delete(WorkExclusion, { workId });
  const unique = [...new Set(accounts)];
  if (unique.length > 0) {
    await tx.m.insert(
      WorkExclusion,
      unique.map((accountId) => ({ workId, accountId })),
    );
  }
}

/** False if somebody else changed it since it was read. */
export async function changeWork(tx: Tx, seen: WorkItem, change: Partial<WorkItem>): Promise<boolean> {
  const where = { id: seen.id, version: seen.version };
  const { affected } = await tx.m.update(WorkItem, where, { ...change, version: seen.version + 1 });
  return affected === 1;
}

/** Open items that the post holds, oldest first; at most `limit`. */
export const heldBy = (from: Reads, postId: string, limit: number): Promise<WorkItem[]> =>
  from.m.find(WorkItem, { where: { postId, closedAt: IsNull() }, order: { openedAt: 'ASC', id: 'ASC' }, take: limit });

const PART = 200;

/** These items, whatever has become of them. */
export async function workByIds(from: Reads, ids: readonly string[]): Promise<Map<string, WorkItem>> {
  const found = new Map<string, WorkItem>();
  for (let at = 0; at < ids.length; at += PART) {
    const rows = await from.m.findBy(WorkItem, { id: In(ids.slice(at, at + PART)) });
    rows.forEach((row) => found.set(row.id, row));
  }
  return found;
}

/** Moves what is still open and still the giver's; returns how many moved. A statement takes at most 200 rows. */
export async function moveWork(tx: Tx, ids: readonly string[], giver: string, receiver: string): Promise<number> {
  let moved = 0;
  for (let at = 0; at < ids.length; at += PART) {
    const { affected } = await tx.m
      .createQueryBuilder()
      .update(WorkItem)
      .set({ postId: receiver, version: () => 'version + 1' })
      .where({ id: In(ids.slice(at, at + PART)), postId: giver, closedAt: IsNull() })
      .execute();
    moved += affected ?? 0;
  }
  return moved;
}

export interface PoolOf {
  postId: string | null;
  role: string;
  authorityId: string | null;
  institutionId: string | null;
  /** Everybody behind the actor. */
  persons: readonly string[];
  /** What the actor may check, and of which authorities; what names none is for all. */
  checks: readonly CheckKind[];
  scope: readonly string[];
}

const open = (db: Db, kind?: WorkKind) => {
  const query = db.m.createQueryBuilder(WorkItem, 'w').where('w.closedAt IS NULL');
  return kind === undefined ? query : query.andWhere('w.kind = :kind', { kind });
};
const order = {
  sort: 'w.openedAt',
  id: 'w.id',
  keyOf: (w: WorkItem): [number, string] => [w.openedAt, w.id],
};

const OWN = 'w.postId = :postId';
const POOL =
  'w.postId IS NULL AND w.role = :role AND ((w.authorityId IS NOT NULL AND w.authorityId = :authorityId) OR ' +
  '(w.institutionId IS NOT NULL AND w.institutionId = :institutionId))';

const NOT_EXCLUDED =
  'NOT EXISTS (SELECT 1 FROM work_exclusion x WHERE x.work_id = w.id AND x.account_id IN (:...persons))';

/** What the post holds, what lies in its pool, and what waits for a second person that the actor may be. */
export function workPage(
  db: Db,
  { persons, checks, scope, ...of }: PoolOf,
  request: PageRequest & { kind?: WorkKind; held?: 'own' | 'pool' },
): Promise<Page<WorkItem>> {
  const free = new Brackets((q) => {
    q.where(`(${POOL})`, { ...of });
    if (checks.length === 0) return;
    const within = scope.length === 0 ? '' : ' OR w.authorityId IN (:...scope)';
    q.orWhere(`(w.kind IN (:...checks) AND (w.authorityId IS NULL${within}))`, { checks, scope });
  });
  const lying = new Brackets((q) => {
    q.where(free);
    if (persons.length > 0) q.andWhere(NOT_EXCLUDED, { persons });
  });
  const query = open(db, request.kind);
  const { held } = request;
  if (held === 'own') query.andWhere(OWN, { postId: of.postId });
  else if (held === 'pool') query.andWhere(lying);
  else query.andWhere(new Brackets((q) => q.where(OWN, { postId: of.postId }).orWhere(lying)));
  return pageBy(query, order, request);
}

const FOR_ANY = '(w.kind IN (:...checks) AND w.authorityId IS NULL)';

/** Open work of these authorities, and what waits for a second person and names none: everybody's to oversee. */
const overseen = (db: Db, authorityIds: readonly string[], kind?: WorkKind) =>
  open(db, kind).andWhere(
    new Brackets((q) =>
      q.where({ authorityId: In([...authorityIds]) }).orWhere(FOR_ANY, { checks: Object.keys(checkKinds) }),
    ),
  );

/** The posts with which work of these authorities lies. */
export async function holdersIn(db: Db, authorityIds: readonly string[]): Promise<string[]> {
  const query = overseen(db, authorityIds).andWhere('w.postId IS NOT NULL').select('DISTINCT w.postId', 'postId');
  return (await query.getRawMany<{ postId: string }>()).map((row) => row.postId);
}

/** Work of these authorities; with `heldBy` what lies with these posts. */
export function overviewPage(
  db: Db,
  authorityIds: readonly string[],
  request: PageRequest & { kind?: WorkKind; postId?: string; heldBy?: readonly string[] },
): Promise<Page<WorkItem>> {
  const query = overseen(db, authorityIds, request.kind);
  if (request.postId !== undefined) query.andWhere(OWN, { postId: request.postId });
  if (request.heldBy !== undefined) query.andWhere({ postId: In([...request.heldBy]) });
  return pageBy(query, order, request);
}
