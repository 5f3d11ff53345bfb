import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import type { LegalPersonEvidence } from './institutions.contract';

@Entity('institution')
@Index('ux_institution_organisation', ['organisationId'], { unique: true })
export class Institution {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column({ ...col.at(), name: 'registered_at' }) registeredAt: number;
  @Column(col.int()) version: number;
}

@Entity('institution_version')
@Index('ix_institution_version_of', ['institutionId', 'validFrom'])
export class InstitutionVersion extends Version {
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column({ ...col.json(nullable), name: 'legal_person_evidence' }) legalPersonEvidence: LegalPersonEvidence | null;
  @Column(col.long(nullable)) experience: string | null;
  @Column(col.long(nullable)) office: string | null;
  @Column({ ...col.long(nullable), name: 'management_rules' }) managementRules: string | null;
  @Column(col.long(nullable)) training: string | null;
  @Column({ ...col.long(nullable), name: 'stable_work' }) stableWork: string | null;
  /** Why a body that the circular does not name is taken in. */
  @Column({ ...col.long(nullable), name: 'manual_decision' }) manualDecision: string | null;
}

export const findInstitution = async (on: Reads, id: string): Promise<Institution | undefined> =>
  (await on.m.findOneBy(Institution, { id })) ?? undefined;

/** So many are asked about at once. */
const AT_ONCE = 500;

/** Ids of the bodies behind these institutions. */
export async function bodiesOfInstitutions(on: Reads, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let n = 0; n < ids.length; n += AT_ONCE) {
    const rows = await on.m.findBy(Institution, { id: In(ids.slice(n, n + AT_ONCE)) });
    found.push(...rows.map((row) => row.organisationId));
  }
  return found;
}

export const findOfOrganisation = async (on: Reads, organisationId: string): Promise<Institution | undefined> =>
  (await on.m.findOneBy(Institution, { organisationId })) ?? undefined;
