import { In } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type NameList } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import type { Instant } from '../../kernel/pure/time';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { Clock } from '../../kernel/sources';
import type { EmploymentReply } from './employments.contract';
import { employmentsKnownAt, shownEmployment } from './employments.views';
import type { ExpertHistory, ExpertItem, ExpertReply } from './experts.contract';
import { Expert, ExpertIdentity, ExpertVersion } from './experts.store';

const shown = (v: ExpertVersion): NonNullable<ExpertReply['record']> => ({
  ...shownEntry(v),
  name: v.name,
  titleLevel: v.titleLevel,
  titleName: v.titleName,
  titleEvidence: v.titleEvidence,
  specialties: v.specialties,
  specialtyEvidence: v.specialtyEvidence,
});

/** Whose records a reader may see: all, the staff of one institution, or only the person's own. */
export interface Reach {
  institutionId?: string;
  expertId?: string;
}

/** For whom a record is shown. */
export interface Viewer {
  reach: Reach;
  nameOf: NameOf;
}

/** What these views ask of the register of institutions. */
export type NameOf = (on: Reads, institutionId: string) => Promise<string>;

async function employmentsOf(
  on: Reads,
  { id, platformNumber }: Expert,
  { reach, nameOf }: Viewer,
  knownAt: Instant,
): Promise<EmploymentReply[]> {
  const entries = await employmentsKnownAt(on, { expertId: id, institutionId: reach.institutionId }, knownAt);
  const shownOnes: EmploymentReply[] = [];
  for (const entry of entries) {
    const institutionName = await nameOf(on, entry.employment.institutionId);
    shownOnes.push(shownEmployment(entry, { platformNumber, institutionName }, knownAt));
  }
  return shownOnes;
}

/** One person as of the moment. */
export async function readExpert(
  on: Reads,
  clock: Clock,
  row: Expert,
  viewer: Viewer,
  moment: Moment,
): Promise<ExpertReply> {
  const [now] = await versionsAt(on, ExpertVersion, { expertId: row.id }, moment);
  const identities = await on.m.find(ExpertIdentity, { where: { expertId: row.id }, order: { kind: 'ASC' } });
  return {
    id: row.id,
    platformNumber: row.platformNumber,
    version: row.version,
    ...shownMoment(clock, moment),
    identities: identities.map(({ kind, mask, documentSeen }) => ({ kind, mask, documentSeen })),
    record: now ? shown(now) : null,
    employments: await employmentsOf(on, row, viewer, moment.knownAt),
  };
}

/** Every entry known at the instant, oldest day first. */
export async function expertHistoryOf(
  on: Reads,
  row: Expert,
  viewer: Viewer,
  knownAt: Instant,
): Promise<ExpertHistory> {
  const entries = await versionsKnownAt(on, ExpertVersion, { expertId: row.id }, knownAt);
  return {
    id: row.id,
    platformNumber: row.platformNumber,
    entries: entries.map(shown),
    employments: await employmentsOf(on, row, viewer, knownAt),
  };
}

const holdsName = (place: string): string => `(SELECT COUNT(*) FROM expert_version fv
  WHERE fv.expert_id = ${place} AND fv.superseded_at IS NULL AND INSTR(fv.name_key, :nameKey) > 0) > 0`;

const persons: NameList = { list: 'expert', holds: holdsName };

/** All persons found by name: the postings lead. */
async function pageByName(db: Db, name: string, request: PageRequest): Promise<Page<Expert>> {
  const page = await pageFound(db, persons, { name: nameKey(name) }, request);
  const rows = page.items.length === 0 ? [] : await db.m.findBy(Expert, { id: In(page.items) });
  const found = new Map(rows.map((x) => [x.id, x]));
  return mapPage(page, (id) => found.get(id)!);
}

/** Of a few persons every name is looked at; of all, an index leads: postings for names, the number for its beginning. */
async function pageOfExperts(
  db: Db,
  reach: Reach,
  request: PageRequest & { number?: string; name?: string },
): Promise<Page<Expert>> {
  const { expertId: own, institutionId: employer } = reach;
  const reachesAll = own === undefined && employer === undefined;
  if (reachesAll && request.name !== undefined) return pageByName(db, request.name, request);
  const query = db.m.createQueryBuilder(Expert, 'x').where('1 = 1');
  if (own !== undefined) query.andWhere('x.id = :own', { own });
  if (employer !== undefined) {
    const staff = 'SELECT fe.expert_id FROM employment fe WHERE fe.institution_id = :employer';
    query.andWhere(`x.id IN (${staff})`, { employer });
  }
  if (request.name !== undefined) query.andWhere(holdsName('x.id'), { nameKey: nameKey(request.name) });
  if (request.number === undefined)
    return pageBy(query, { sort: 'x.id', id: 'x.id', keyOf: (x) => [x.id, x.id] }, request);
  const from = normaliseTypedCode(request.number);
  query.andWhere('x.platformNumber >= :from AND x.platformNumber < :behind', { from, behind: `${from}\u007f` });
  // In the order of the numbers, since their index is what finds them.
  const keyOf = (x: Expert): [string, string] => [x.platformNumber, x.platformNumber];
  return pageBy(query, { sort: 'x.platformNumber', id: 'x.platformNumber', keyOf }, request);
}

/** Persons in the order of their registration, found by the beginning of the number or part of any name ever borne. */
export async function listExperts(
  db: Db,
  reach: Reach,
  request: PageRequest & { number?: string; name?: string },
): Promise<Page<ExpertItem>> {
  const page = await pageOfExperts(db, reach, request);
  if (page.items.length === 0) return { ...page, items: [] };
  const versions = await db.m
    .createQueryBuilder(ExpertVersion, 'v')
    .where({ expertId: In(page.items.map((x) => x.id)) })
    .andWhere(...atMoment('v', todayOf(db.sources.clock)))
    .getMany();
  const present = new Map(versions.map((v) => [v.expertId, v]));
  const items = page.items.map((x) => {
    const v = present.get(x.id);
    return { id: x.id, platformNumber: x.platformNumber, name: v?.name ?? null, titleLevel: v?.titleLevel ?? null };
  });
  return { ...page, items };
}
