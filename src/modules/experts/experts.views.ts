import { In } from 'typeorm';
import type { Actor } from '../../kernel/call';
import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { LATEST, shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type NameList } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import type { Instant } from '../../kernel/pure/time';
import { maskPhone } from '../../kernel/pure/mask';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { Clock } from '../../kernel/sources';
import { isOfficer } from '../identity';
import { countDoubtsAt } from './doubts.store';
import type { EmploymentReply } from './employments.contract';
import { employmentsKnownAt, shownEmployment } from './employments.views';
import type { ExpertItem, ExpertReply } from './experts.contract';
import { Expert, ExpertIdentity, ExpertVersion } from './experts.store';
import { disputedAt } from './objections.store';
import { entriesOf, namesToday } from './persons.views';
import { sightOf, type EnteredFor } from './sight.views';
import { personBehind, togetherAt, type Together } from './together';

/** Whose work needs the whole number: who keeps the register, asks the person, employs the person, or is the person. */
const mayCall = (role: string): boolean => isOfficer(role) || role === 'institution' || role === 'expert';

/** What reads show of an entry. */
export const shownVersion = (v: ExpertVersion, { role }: Pick<Actor, 'role'>): NonNullable<ExpertReply['record']> => ({
  ...shownEntry(v),
  name: v.name,
  phone: v.phone === null || mayCall(role) ? v.phone : maskPhone(v.phone),
  titleLevel: v.titleLevel,
  titleName: v.titleName,
  titleEvidence: v.titleEvidence,
  title: v.title,
  specialties: v.specialties,
  specialtyEvidence: v.specialtyEvidence,
  specialtyProofs: v.specialtyProofs ?? [],
  mineralAdminYears: v.mineralAdminYears,
  civilServant: v.civilServant === null ? null : Boolean(v.civilServant),
  assessmentExperience: v.assessmentExperience,
});

/** Whose records a reader may see: all, the staff of one institution, or only the person's own. */
export interface Reach {
  institutionId?: string;
  /** Every id of the reader himself. */
  expertIds?: readonly string[];
}

/** For whom a record is shown. */
export interface Viewer {
  reader: Pick<Actor, 'role'>;
  reach: Reach;
  enteredFor: EnteredFor;
  namesOf: NamesOf;
  /** Officers learn of doubts who somebody is; others do not. */
  officer: boolean;
}

/** What these views ask of the register of institutions: names of today, by id. */
export type NamesOf = (on: Reads, institutionIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** All employments of the person, under whichever of his registrations they were entered. */
export async function employmentsShown(
  on: Reads,
  person: Together,
  survivor: Pick<Expert, 'id' | 'platformNumber'>,
  { reach, namesOf }: Pick<Viewer, 'reach' | 'namesOf'>,
  knownAt: Instant,
): Promise<EmploymentReply[]> {
  const whose = { expertIds: person.ids, institutionId: reach.institutionId };
  const entries = await employmentsKnownAt(on, whose, knownAt);
  const disputed = await disputedAt(on, [...new Set(entries.map((e) => e.employment.id))], knownAt);
  const names = await namesOf(on, [...new Set(entries.map((e) => e.employment.institutionId))]);
  return entries.map((entry) => {
    const as = {
      expertId: survivor.id,
      platformNumber: survivor.platformNumber,
      institutionName: names.get(entry.employment.institutionId)!,
      disputed: disputed.has(entry.employment.id),
    };
    return shownEmployment(entry, as, knownAt);
  });
}

/** The registrations of one person, the surviving one first. */
export async function registrationsOf(on: Reads, person: Together): Promise<[Expert, ...Expert[]]> {
  const rows = await on.m.findBy(Expert, { id: In([...person.ids]) });
  return person.ids.map((id) => rows.find((r) => r.id === id)!) as [Expert, ...Expert[]];
}

const refOf = ({ id, platformNumber }: Expert): { id: string; platformNumber: string } => ({ id, platformNumber });

/**
 * One person as of the moment, whichever of his registrations is asked for: a merged one answers with its own number,
 * says into which it was merged, and shows the whole person.
 */
export async function readExpert(
  on: Reads,
  clock: Clock,
  row: Expert,
  viewer: Viewer,
  moment: Moment,
): Promise<ExpertReply> {
  const person = await personBehind(on, row.id, moment.knownAt);
  const [survivor, ...others] = await registrationsOf(on, person);
  const now = (await entriesOf(on, [person], moment)).get(survivor.id);
  const { institutionId } = viewer.reach;
  const sight = await sightOf(on, { ...viewer, institutionId }, now ? [now] : [], person.ids);
  const isSeen = now !== undefined && sight.sees(now);
  const isLimited = now !== undefined && !isSeen;
  const identities = isSeen || sight.employs(survivor.id) ? await documentsAt(on, [survivor, ...others], moment) : [];
  return {
    id: row.id,
    platformNumber: row.platformNumber,
    mergedInto: survivor.id === row.id ? null : refOf(survivor),
    mergedFrom: survivor.id === row.id ? others.map(refOf) : [],
    version: row.version,
    ...shownMoment(clock, moment),
    identities,
    openDoubts: viewer.officer ? await countDoubtsAt(on, person.ids, moment.knownAt) : null,
    // Former names are no more an institution's business than the rest.
    name: (isLimited ? (await namesToday(on, clock, [survivor.id])).get(survivor.id) : now?.name) ?? null,
    limited: isLimited,
    record: isSeen ? shownVersion(now, viewer.reader) : null,
    employments: await employmentsShown(on, person, survivor, viewer, moment.knownAt),
  };
}

/** The documents on file at the instant, masked, and what had become of each by then. */
async function documentsAt(
  on: Reads,
  registrations: readonly Expert[],
  { knownAt }: Moment,
): Promise<ExpertReply['identities']> {
  const rows = await on.m.find(ExpertIdentity, {
    where: { expertId: In(registrations.map((r) => r.id)) },
    order: { kind: 'ASC', id: 'ASC' },
  });
  // Those that came with a registration are as old as it is.
  const since = new Map(registrations.map((r) => [r.id, r.registeredAt]));
  return rows
    .filter((i) => (i.addedAt ?? since.get(i.expertId)!) <= knownAt)
    .map(({ id, kind, mask, documentSeen, withdrawnFor, withdrawnAt }) => ({
      ...{ id, kind, mask, documentSeen },
      withdrawnFor: withdrawnAt !== null && withdrawnAt <= knownAt ? withdrawnFor : null,
    }));
}

const holdsName = (place: string, when: string): string => `(SELECT COUNT(*) FROM expert_version fv
  WHERE fv.expert_id = ${place} AND fv.superseded_at IS NULL AND ${when} AND INSTR(fv.name_key, :nameKey) > 0) > 0`;
const EVER = '1 = 1';
// An institution sees the name of today; former ones are not its to find people by.
const TODAY = 'fv.valid_from <= :today AND (fv.valid_to IS NULL OR fv.valid_to > :today)';

const persons: NameList = { list: 'expert' };

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
  const { expertIds: own, institutionId: employer } = reach;
  const reachesAll = own === undefined && employer === undefined;
  if (reachesAll && request.name !== undefined) return pageByName(db, request.name, request);
  const query = db.m.createQueryBuilder(Expert, 'x').where('1 = 1');
  if (own !== undefined) query.andWhere('x.id IN (:...own)', { own });
  if (employer !== undefined) {
    const held = 'fw.employment_id = fe.id AND fw.superseded_at IS NULL AND fw.void_reason IS NULL';
    const staff = `SELECT fe.expert_id FROM employment fe JOIN employment_version fw ON ${held} WHERE fe.institution_id = :employer`;
    query.andWhere(`x.id IN (${staff})`, { employer });
  }
  if (request.name !== undefined) {
    const today = todayOf(db.sources.clock).asOf;
    const when = employer === undefined ? EVER : TODAY;
    query.andWhere(holdsName('x.id', when), { nameKey: nameKey(request.name), today });
  }
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
  { reach, enteredFor }: Pick<Viewer, 'reach' | 'enteredFor'>,
  request: PageRequest & { number?: string; name?: string },
): Promise<Page<ExpertItem>> {
  const page = await pageOfExperts(db, reach, request);
  if (page.items.length === 0) return { ...page, items: [] };
  const ids = page.items.map((x) => x.id);
  const versions = await db.m
    .createQueryBuilder(ExpertVersion, 'v')
    .where({ expertId: In(ids) })
    .andWhere(...atMoment('v', todayOf(db.sources.clock)))
    .getMany();
  const present = new Map(versions.map((v) => [v.expertId, v]));
  const sight = await sightOf(db, { enteredFor, institutionId: reach.institutionId }, versions);
  const mergedInto = await survivorNumbers(db, ids);
  const items = page.items.map((x) => {
    const v = present.get(x.id);
    const { id, platformNumber } = x;
    return {
      id,
      platformNumber,
      name: v?.name ?? null,
      titleLevel: v && sight.sees(v) ? v.titleLevel : null,
      mergedInto: mergedInto.get(id) ?? null,
    };
  });
  return { ...page, items };
}

/** Public numbers of the registrations into which these were merged, by the merged id; others are left out. */
export async function survivorNumbers(on: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  const persons = await togetherAt(on, ids, LATEST);
  const merged = ids.filter((id) => persons.get(id)!.survivor !== id);
  if (merged.length === 0) return new Map();
  const survivors = await on.m.findBy(Expert, { id: In(merged.map((id) => persons.get(id)!.survivor)) });
  const numbers = new Map(survivors.map((x) => [x.id, x.platformNumber]));
  return new Map(merged.map((id) => [id, numbers.get(persons.get(id)!.survivor)!]));
}
