import { Column, Entity, In, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import type { Tx } from '../../kernel/db/transaction';
import { unwrap } from '../../kernel/problem';
import type { FindableTexts } from '../../kernel/pure/grams';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { IdentityKind } from './core/identity-number';
import type { EmploymentKind } from './employments.contract';
import { judgeVoid } from './employments.rules';
import { ExpertCorrection } from './corrections.store';
import { ExpertDoubt } from './doubts.store';
import type { Specialty, SpecialtyProof, TitleDetail, TitleLevel } from './fields.contract';
import { ExpertMerge } from './merging.store';
import { EmploymentObjection } from './objections.store';

@Entity('expert')
@Index('ux_expert_platform_number', ['platformNumber'], { unique: true })
export class Expert {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(11), name: 'platform_number' }) platformNumber: string;
  @Column({ ...col.at(), name: 'registered_at' }) registeredAt: number;
  @Column(col.int()) version: number;
}

/** One document of a person. The number is found by its keyed hash, kept sealed, shown by its mask. */
@Entity('expert_identity')
@Index('ux_expert_identity_hash', ['hash'], { unique: true })
@Index('ix_expert_identity_of', ['expertId'])
export class ExpertIdentity {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column(col.text(30)) kind: IdentityKind;
  @Column(col.text(64)) hash: string;
  @Column(col.text(300)) sealed: string;
  @Column(col.text(32)) mask: string;
  @Column({ ...col.flag(), name: 'document_seen' }) documentSeen: boolean;
  /** Null for documents that came with the registration. */
  @Column({ ...col.at(nullable), name: 'added_at' }) addedAt: number | null;
  @Column({ ...col.text(36, nullable), name: 'added_by' }) addedBy: string | null;
  @Column(col.text(200, nullable)) paper: string | null;
  @Column({ ...col.text(36, nullable), name: 'replaced_by' }) replacedBy: string | null;
  @Column({ ...col.at(nullable), name: 'withdrawn_at' }) withdrawnAt: number | null;
  @Column({ ...col.text(36, nullable), name: 'withdrawn_by' }) withdrawnBy: string | null;
  /** `replaced` and `lapsed` ones still find the person; one entered by mistake no longer does. */
  @Column({ ...col.text(16, nullable), name: 'withdrawn_for' }) withdrawnFor: 'replaced' | 'lapsed' | 'mistaken' | null;
  @Column({ ...col.text(500, nullable), name: 'withdrawn_reason' }) withdrawnReason: string | null;
  @Column({ ...col.text(200, nullable), name: 'withdrawn_paper' }) withdrawnPaper: string | null;
}

@Entity('expert_version')
@Index('ix_expert_version_of', ['expertId', 'validFrom'])
@Index('ix_expert_version_name', ['nameKey'])
export class ExpertVersion extends Version {
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column(col.text(100)) name: string;
  @Column({ ...col.text(300), name: 'name_key' }) nameKey: string;
  @Column(col.text(40, nullable)) phone: string | null;
  @Column({ ...col.text(20), name: 'title_level' }) titleLevel: TitleLevel;
  @Column({ ...col.text(100, nullable), name: 'title_name' }) titleName: string | null;
  @Column({ ...col.text(500, nullable), name: 'title_evidence' }) titleEvidence: string | null;
  @Column(col.json()) specialties: Specialty[];
  @Column({ ...col.text(1000, nullable), name: 'specialty_evidence' }) specialtyEvidence: string | null;
  @Column({ ...col.json(nullable), name: 'title_detail' }) title: TitleDetail | null;
  @Column({ ...col.json(nullable), name: 'specialty_proofs' }) specialtyProofs: SpecialtyProof[] | null;
  @Column({ ...col.int(nullable), name: 'mineral_admin_years' }) mineralAdminYears: number | null;
  @Column({ ...col.flag(nullable), name: 'civil_servant' }) civilServant: boolean | null;
  @Column({ ...col.text(1000, nullable), name: 'assessment_experience' }) assessmentExperience: string | null;
}

@Entity('employment')
@Index('ix_employment_expert', ['expertId'])
@Index('ix_employment_institution', ['institutionId'])
@Index('ix_employment_sheet', ['signedSheetSha256'])
export class Employment {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  /** It counts from this instant on; null until the person has confirmed it. */
  @Column({ ...col.at(nullable), name: 'confirmed_at' }) confirmedAt: number | null;
  /** The account that confirmed: the person's own, or the officer's who entered the signed sheet. */
  @Column({ ...col.text(36, nullable), name: 'confirmed_by' }) confirmedBy: string | null;
  @Column({ ...col.text(36, nullable), name: 'signed_sheet_file_id' }) signedSheetFileId: string | null;
  @Column({ ...col.text(200, nullable), name: 'signed_sheet_paper' }) signedSheetPaper: string | null;
  /** Hash of the sheet's bytes: the same sheet uploaded twice is still the same sheet. */
  @Column({ ...col.text(64, nullable), name: 'signed_sheet_sha256' }) signedSheetSha256: string | null;
  /** Who entered the sheet, and when; another one checks it. */
  @Column({ ...col.text(36, nullable), name: 'sheet_recorded_by' }) sheetRecordedBy: string | null;
  @Column({ ...col.at(nullable), name: 'sheet_recorded_at' }) sheetRecordedAt: number | null;
  @Column(col.int()) version: number;
}

/** Its valid days are the days of the employment. */
@Entity('employment_version')
@Index('ix_employment_version_of', ['employmentId'])
export class EmploymentVersion extends Version {
  @Column({ ...col.text(36), name: 'employment_id' }) employmentId: string;
  @Column(col.text(20)) kind: EmploymentKind;
  @Column({ ...col.text(500, nullable), name: 'insurance_evidence' }) insuranceEvidence: string | null;
  @Column({ ...col.text(500, nullable), name: 'establishment_evidence' }) establishmentEvidence: string | null;
  @Column({ ...col.text(500, nullable), name: 'retirement_evidence' }) retirementEvidence: string | null;
  @Column({ ...col.json(nullable), name: 'evidence_file_ids' }) evidenceFileIds: string[] | null;
  /** Why these days were struck out by a correction; null while they hold. Struck days are told and do not count. */
  @Column({ ...col.text(500, nullable), name: 'void_reason' }) voidReason: string | null;
}

/** What a person is found by, from the entries now believed: every name ever borne. */
export const expertTexts = (rows: readonly Pick<ExpertVersion, 'nameKey'>[]): FindableTexts => ({
  names: rows.map((v) => v.nameKey),
  codes: [],
});

export const expertEntities = [
  Expert,
  ExpertIdentity,
  ExpertVersion,
  ExpertMerge,
  ExpertDoubt,
  Employment,
  EmploymentVersion,
  EmploymentObjection,
  ExpertCorrection,
];

export const findExpert = async (on: Reads, id: string): Promise<Expert | undefined> =>
  (await on.m.findOneBy(Expert, { id })) ?? undefined;

export const findByPlatformNumber = async (on: Reads, platformNumber: string): Promise<Expert | undefined> =>
  (await on.m.findOneBy(Expert, { platformNumber })) ?? undefined;

export async function findByHashes(on: Reads, hashes: readonly string[]): Promise<Expert | undefined> {
  const identity = await on.m.findOneBy(ExpertIdentity, { hash: In([...hashes]) });
  return identity ? findExpert(on, identity.expertId) : undefined;
}

export const findEmployment = async (on: Reads, id: string): Promise<Employment | undefined> =>
  (await on.m.findOneBy(Employment, { id })) ?? undefined;

/** The days that are now believed of an employment; undefined once all of them are struck out. */
export async function currentDays(on: Reads, employmentId: string): Promise<EmploymentVersion | undefined> {
  const held = { employmentId, supersededAt: IsNull(), voidReason: IsNull() };
  return (await on.m.findOneBy(EmploymentVersion, held)) ?? undefined;
}

/** Every entry ever made of the employment, superseded ones too. */
export const entriesEver = (on: Reads, employmentId: string): Promise<EmploymentVersion[]> =>
  on.m.find(EmploymentVersion, { where: { employmentId }, order: { recordedAt: 'ASC', id: 'ASC' } });

/** An end shortens the span: what was believed before stays readable under its own instants. */
export async function replaceDays(
  tx: Tx,
  present: EmploymentVersion,
  change: Pick<EmploymentVersion, 'validTo' | 'paper' | 'recordedBy'>,
  at: { now: Instant; id: string },
): Promise<EmploymentVersion> {
  await tx.m.update(EmploymentVersion, { id: present.id }, { supersededAt: at.now });
  const next = { ...present, ...change, id: at.id, recordedAt: at.now, supersededAt: null };
  await tx.m.insert(EmploymentVersion, next);
  return next;
}

/**
 * Strikes out the days from `from` on (all of them for null) by a correction: what was believed stays readable under
 * its own instants, the struck days stay visible with the reason. Throws Problem `employment.void-outside`.
 */
export async function strikeOut(
  tx: Tx,
  present: EmploymentVersion,
  from: LegalDate | null,
  by: Pick<EmploymentVersion, 'recordedBy' | 'paper'> & { voidReason: string },
  at: { now: Instant; id: () => string },
): Promise<{ from: LegalDate }> {
  const { kept, struck } = unwrap(judgeVoid({ from: present.validFrom, to: present.validTo }, from));
  await tx.m.update(EmploymentVersion, { id: present.id }, { supersededAt: at.now });
  const common = { ...present, recordedAt: at.now, supersededAt: null };
  if (kept) await tx.m.insert(EmploymentVersion, { ...common, id: at.id(), validTo: kept.to });
  await tx.m.insert(EmploymentVersion, { ...common, ...by, id: at.id(), validFrom: struck.from, validTo: struck.to });
  return { from: struck.from };
}
