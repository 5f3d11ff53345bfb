import { Column, Entity, In, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import type { Tx } from '../../kernel/db/transaction';
import type { FindableTexts } from '../../kernel/pure/grams';
import type { Instant } from '../../kernel/pure/time';
import type { IdentityKind } from './core/identity-number';
import type { EmploymentKind } from './employments.contract';
import type { Specialty, TitleLevel } from './fields.contract';

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
}

@Entity('expert_version')
@Index('ix_expert_version_of', ['expertId', 'validFrom'])
@Index('ix_expert_version_name', ['nameKey'])
export class ExpertVersion extends Version {
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column(col.text(100)) name: string;
  @Column({ ...col.text(300), name: 'name_key' }) nameKey: string;
  @Column({ ...col.text(20), name: 'title_level' }) titleLevel: TitleLevel;
  @Column({ ...col.text(100, nullable), name: 'title_name' }) titleName: string | null;
  @Column({ ...col.text(500, nullable), name: 'title_evidence' }) titleEvidence: string | null;
  @Column(col.json()) specialties: Specialty[];
  @Column({ ...col.text(1000, nullable), name: 'specialty_evidence' }) specialtyEvidence: string | null;
}

@Entity('employment')
@Index('ix_employment_expert', ['expertId'])
@Index('ix_employment_institution', ['institutionId'])
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
  @Column(col.int()) version: number;
}

/** Its valid days are the days of the employment. */
@Entity('employment_version')
@Index('ix_employment_version_of', ['employmentId'])
export class EmploymentVersion extends Version {
  @Column({ ...col.text(36), name: 'employment_id' }) employmentId: string;
  @Column(col.text(20)) kind: EmploymentKind;
  @Column({ ...col.text(500, nullable), name: 'insurance_evidence' }) insuranceEvidence: string | null;
}

/** What a person is found by, from the entries now believed: every name ever borne. */
export const expertTexts = (rows: readonly Pick<ExpertVersion, 'nameKey'>[]): FindableTexts => ({
  names: rows.map((v) => v.nameKey),
  codes: [],
});

export const expertEntities = [Expert, ExpertIdentity, ExpertVersion, Employment, EmploymentVersion];

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

/** The days that are now believed of an employment. */
export async function currentDays(on: Reads, employmentId: string): Promise<EmploymentVersion> {
  return on.m.findOneByOrFail(EmploymentVersion, { employmentId, supersededAt: IsNull() });
}

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
