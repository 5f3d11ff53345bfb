import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { shownEntry } from '../../kernel/db/moment';
import { instantText, type Instant } from '../../kernel/pure/time';
import type { EmploymentKind, EmploymentReply } from './employments.contract';
import { Employment, EmploymentVersion, Expert, ExpertVersion } from './experts.store';
import type { Specialty, TitleLevel } from './fields.contract';

/** The days of an employment, with the employment. */
export type EmploymentEntry = EmploymentVersion & { employment: Employment };

export interface EmploymentFacts {
  employmentId: string;
  expertId: string;
  institutionId: string;
  kind: EmploymentKind;
  /** Confirmed by the person at the instant asked about; others do not count. */
  confirmed: boolean;
}

export interface StaffMember extends EmploymentFacts {
  platformNumber: string;
  /** Null when no entry on the person holds at the moment. */
  name: string | null;
  titleLevel: TitleLevel;
  specialties: Specialty[];
}

type Whose = Partial<Pick<Employment, 'id' | 'expertId' | 'institutionId'>>;

function entries(on: Reads, whose: Whose) {
  const query = on.m
    .createQueryBuilder(EmploymentVersion, 'v')
    .innerJoinAndMapOne('v.employment', Employment, 'e', 'e.id = v.employmentId')
    .orderBy('v.validFrom')
    .addOrderBy('v.id');
  for (const [key, value] of Object.entries(whose)) {
    if (value !== undefined) query.andWhere(`e.${key} = :${key}`, { [key]: value });
  }
  return query;
}

/** Employments whose days hold at the moment. */
export async function employmentsAt(on: Reads, whose: Whose, moment: Moment): Promise<EmploymentEntry[]> {
  return (await entries(on, whose)
    .andWhere(...atMoment('v', moment))
    .getMany()) as EmploymentEntry[];
}

/** Employments of any day, with the days known at the instant. */
export async function employmentsKnownAt(on: Reads, whose: Whose, knownAt: Instant): Promise<EmploymentEntry[]> {
  const known = 'v.recordedAt <= :knownAt AND (v.supersededAt IS NULL OR v.supersededAt > :knownAt)';
  return (await entries(on, whose).andWhere(known, { knownAt }).getMany()) as EmploymentEntry[];
}

const isConfirmed = (e: Employment, knownAt: Instant): boolean => e.confirmedAt !== null && e.confirmedAt <= knownAt;

export const factsOfEmployment = ({ employment, kind }: EmploymentEntry, knownAt: Instant): EmploymentFacts => ({
  employmentId: employment.id,
  expertId: employment.expertId,
  institutionId: employment.institutionId,
  kind,
  confirmed: isConfirmed(employment, knownAt),
});

export function shownEmployment(
  entry: EmploymentEntry,
  as: { platformNumber: string; institutionName: string },
  knownAt: Instant,
): EmploymentReply {
  const { employment: e } = entry;
  const confirmed = isConfirmed(e, knownAt);
  return {
    id: e.id,
    version: e.version,
    expertId: e.expertId,
    platformNumber: as.platformNumber,
    institutionId: e.institutionId,
    institutionName: as.institutionName,
    kind: entry.kind,
    ...shownEntry(entry),
    insuranceEvidence: entry.insuranceEvidence,
    confirmed,
    confirmedAt: confirmed ? instantText(e.confirmedAt as Instant) : null,
  };
}

/** Everybody whose employment at the institution holds at the moment, confirmed or not, in three queries. */
export async function staffAt(on: Reads, institutionId: string, moment: Moment): Promise<StaffMember[]> {
  const held = await employmentsAt(on, { institutionId }, moment);
  if (held.length === 0) return [];
  const ids = held.map((h) => h.employment.expertId);
  const persons = new Map((await on.m.findBy(Expert, { id: In(ids) })).map((p) => [p.id, p]));
  const versions = await on.m
    .createQueryBuilder(ExpertVersion, 'v')
    .where({ expertId: In(ids) })
    .andWhere(...atMoment('v', moment))
    .getMany();
  const known = new Map(versions.map((v) => [v.expertId, v]));
  return held.map((entry) => {
    const facts = factsOfEmployment(entry, moment.knownAt);
    const version = known.get(facts.expertId);
    return {
      ...facts,
      platformNumber: persons.get(facts.expertId)!.platformNumber,
      name: version?.name ?? null,
      titleLevel: version?.titleLevel ?? 'none',
      specialties: version?.specialties ?? [],
    };
  });
}
