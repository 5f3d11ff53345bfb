import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { shownEntry } from '../../kernel/db/moment';
import { instantText, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { Vault } from '../../kernel/vault/vault';
import type { EmploymentKind, EmploymentReply } from './employments.contract';
import { missingEvidence, type EvidenceNeed } from './evidence.rules';
import { Employment, EmploymentVersion, Expert, type ExpertVersion } from './experts.store';
import type { Specialty, TitleLevel } from './fields.contract';
import { disputedAt } from './objections.store';
import { birthDaysOf, entriesOf, factsOfVersion } from './persons.views';
import type { SpecialtyEvidence } from './titles.rules';
import { togetherAt } from './together';

/** The days of an employment, with the employment. */
export type EmploymentEntry = EmploymentVersion & { employment: Employment };

export interface EmploymentFacts {
  employmentId: string;
  /** The person, under the id that stands for all his registrations. */
  expertId: string;
  institutionId: string;
  kind: EmploymentKind;
  /** Confirmed by the person at the instant asked about; others do not count. */
  confirmed: boolean;
  /** The person objects and the check is open: it does not count meanwhile. */
  disputed: boolean;
  /** Papers that this kind of employment needs and that are not on file. */
  evidenceMissing: EvidenceNeed[];
}

export interface StaffMember extends EmploymentFacts {
  platformNumber: string;
  /** Null when no entry on the person holds at the moment. */
  name: string | null;
  titleLevel: TitleLevel;
  titleName: string | null;
  /** Null when nothing on file shows the title. */
  titleEvidence: string | null;
  specialties: Specialty[];
  /** What shows each specialty on the day; one that is missing here does not count. */
  specialtyEvidence: SpecialtyEvidence;
  mineralAdminYears: number | null;
  civilServant: boolean | null;
  assessmentExperience: string | null;
  /** Worked out from the sealed identity number; null where no document bears one. For rules only, never shown. */
  birthDay: LegalDate | null;
}

/** An employment counts once the person has confirmed it and as long as no objection to it is open (domain.md 9). */
export const counts = (e: Pick<EmploymentFacts, 'confirmed' | 'disputed'>): boolean => e.confirmed && !e.disputed;

interface Whose {
  id?: string;
  /** Every id of the person. */
  expertIds?: readonly string[];
  institutionId?: string;
}

function entries(on: Reads, { id, expertIds, institutionId }: Whose) {
  const query = on.m
    .createQueryBuilder(EmploymentVersion, 'v')
    .innerJoinAndMapOne('v.employment', Employment, 'e', 'e.id = v.employmentId')
    .orderBy('v.validFrom')
    .addOrderBy('v.id');
  if (id !== undefined) query.andWhere('e.id = :id', { id });
  if (expertIds !== undefined) query.andWhere('e.expertId IN (:...expertIds)', { expertIds });
  if (institutionId !== undefined) query.andWhere('e.institutionId = :institutionId', { institutionId });
  return query;
}

/** Employments whose days hold at the moment; struck days hold nothing. */
export async function employmentsAt(on: Reads, whose: Whose, moment: Moment): Promise<EmploymentEntry[]> {
  return (await entries(on, whose)
    .andWhere(...atMoment('v', moment))
    .andWhere('v.voidReason IS NULL')
    .getMany()) as EmploymentEntry[];
}

/** Employments of any day, with the days known at the instant, struck ones too. */
export async function employmentsKnownAt(on: Reads, whose: Whose, knownAt: Instant): Promise<EmploymentEntry[]> {
  const known = 'v.recordedAt <= :knownAt AND (v.supersededAt IS NULL OR v.supersededAt > :knownAt)';
  return (await entries(on, whose).andWhere(known, { knownAt }).getMany()) as EmploymentEntry[];
}

/** Every entry ever recorded, superseded ones too, oldest day first. */
export const allEmploymentEntries = async (on: Reads, whose: Whose): Promise<EmploymentEntry[]> =>
  (await entries(on, whose).getMany()) as EmploymentEntry[];

const isConfirmed = (e: Employment, knownAt: Instant): boolean => e.confirmedAt !== null && e.confirmedAt <= knownAt;

/** Facts of employments, each under the person's surviving id, in two queries. */
export async function factsOfEmployments(
  on: Reads,
  held: readonly EmploymentEntry[],
  knownAt: Instant,
): Promise<EmploymentFacts[]> {
  if (held.length === 0) return [];
  const persons = await togetherAt(on, [...new Set(held.map((h) => h.employment.expertId))], knownAt);
  const ids = held.map((h) => h.employment.id);
  const disputed = await disputedAt(on, ids, knownAt);
  return held.map((entry) => ({
    employmentId: entry.employment.id,
    expertId: persons.get(entry.employment.expertId)!.survivor,
    institutionId: entry.employment.institutionId,
    kind: entry.kind,
    confirmed: isConfirmed(entry.employment, knownAt),
    disputed: disputed.has(entry.employment.id),
    evidenceMissing: missingEvidence(entry),
  }));
}

const confirmationOf = (e: Employment): EmploymentReply['confirmation'] => ({
  by: e.signedSheetFileId === null ? 'person' : 'signed-sheet',
  sheetEnteredBy: e.sheetRecordedBy,
  checkedBy: e.confirmedBy,
});

/** The signed sheet that is on file, for whoever checks it. */
function sheetOf(e: Employment, knownAt: Instant): EmploymentReply['sheet'] {
  const { signedSheetFileId: fileId, signedSheetPaper: paper, sheetRecordedAt: at } = e;
  if (fileId === null || paper === null || at === null || at > knownAt) return null;
  return { fileId, paper, enteredBy: e.sheetRecordedBy, enteredAt: instantText(at as Instant) };
}

export function shownEmployment(
  entry: EmploymentEntry,
  as: { expertId: string; platformNumber: string; institutionName: string; disputed: boolean },
  knownAt: Instant,
): EmploymentReply {
  const { employment: e } = entry;
  const confirmed = isConfirmed(e, knownAt);
  return {
    id: e.id,
    version: e.version,
    expertId: as.expertId,
    platformNumber: as.platformNumber,
    institutionId: e.institutionId,
    institutionName: as.institutionName,
    kind: entry.kind,
    ...shownEntry(entry),
    insuranceEvidence: entry.insuranceEvidence,
    establishmentEvidence: entry.establishmentEvidence,
    retirementEvidence: entry.retirementEvidence,
    evidenceFileIds: entry.evidenceFileIds ?? [],
    evidenceMissing: missingEvidence(entry),
    voided: entry.voidReason,
    disputed: as.disputed,
    sheetRecorded: e.sheetRecordedAt !== null && e.sheetRecordedAt <= knownAt,
    sheet: sheetOf(e, knownAt),
    confirmed,
    confirmedAt: confirmed ? instantText(e.confirmedAt as Instant) : null,
    confirmation: confirmed ? confirmationOf(e) : null,
  };
}

/** Everybody whose employment at the institution holds at the moment, confirmed or not, in six queries. */
export const staffAt = async (...asked: Parameters<typeof staffWithEntries>): Promise<StaffMember[]> =>
  (await staffWithEntries(...asked)).map(({ member }) => member);

/** The same, each with the entry that says so of the person. */
export async function staffWithEntries(
  on: Reads,
  vault: Pick<Vault, 'open'>,
  institutionId: string,
  moment: Moment,
): Promise<{ member: StaffMember; entry: ExpertVersion | undefined }[]> {
  const held = await factsOfEmployments(on, await employmentsAt(on, { institutionId }, moment), moment.knownAt);
  if (held.length === 0) return [];
  const ids = [...new Set(held.map((h) => h.expertId))];
  const persons = [...(await togetherAt(on, ids, moment.knownAt)).values()].filter((p) => ids.includes(p.survivor));
  const known = await entriesOf(on, persons, moment);
  const born = await birthDaysOf(on, vault, persons);
  const numbers = new Map((await on.m.findBy(Expert, { id: In(ids) })).map((p) => [p.id, p.platformNumber]));
  return held.map((facts) => {
    const entry = known.get(facts.expertId);
    const was = entry && factsOfVersion(entry, moment.asOf);
    const member = {
      ...facts,
      platformNumber: numbers.get(facts.expertId)!,
      name: was?.name ?? null,
      titleLevel: was?.titleLevel ?? 'none',
      titleName: was?.titleName ?? null,
      titleEvidence: was?.titleEvidence ?? null,
      specialties: was?.specialties ?? [],
      specialtyEvidence: was?.specialtyEvidence ?? {},
      mineralAdminYears: was?.mineralAdminYears ?? null,
      civilServant: was?.civilServant ?? null,
      assessmentExperience: was?.assessmentExperience ?? null,
      birthDay: born.get(facts.expertId) ?? null,
    };
    return { member, entry };
  });
}
