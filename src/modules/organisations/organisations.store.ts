import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Subject } from '../../kernel/db/guards';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import type { Listed } from '../../kernel/db/name-index';
import type { FindableTexts } from '../../kernel/pure/grams';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import type { LegalPersonality } from './core/personality';
import type { LegalForm, PublicInstitutionClass } from './organisations.contract';

@Entity('organisation')
@Index('ux_organisation_uscc', ['uscc'], { unique: true })
export class Organisation {
  @Column(col.key(36)) id: string;
  /** Lasting: names change, the code does not. */
  @Column(col.text(18)) uscc: string;
  @Column({ ...col.at(), name: 'registered_at' }) registeredAt: number;
  @Column(col.int()) version: number;
}

@Entity('organisation_version')
@Index('ix_organisation_version_of', ['organisationId', 'validFrom'])
@Index('ix_organisation_version_name', ['nameKey'])
export class OrganisationVersion extends Version {
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column(col.text(200)) name: string;
  @Column({ ...col.text(300), name: 'name_key' }) nameKey: string;
  @Column({ ...col.text(30), name: 'legal_form' }) legalForm: LegalForm;
  @Column({ ...col.text(3, nullable), name: 'public_institution_class' })
  publicInstitutionClass: PublicInstitutionClass | null;
  @Column({ ...col.text(100, nullable), name: 'legal_representative' }) legalRepresentative: string | null;
  @Column(col.text(300, nullable)) address: string | null;
  @Column(col.text(40, nullable)) phone: string | null;
  /** The 类型 line of the certificate. */
  @Column({ ...col.text(100, nullable), name: 'certificate_type' }) certificateType: string | null;
  @Column({ ...col.text(30, nullable), name: 'legal_personality' }) legalPersonality: LegalPersonality | null;
  @Column({ ...col.long(nullable), name: 'business_scope' }) businessScope: string | null;
  @Column({ ...col.text(6, nullable), name: 'registered_division' }) registeredDivision: string | null;
}

/** Where a body stands in the list of bodies, which is in the order of their codes. */
export const organisationPlace = (uscc: string): Listed => ({ list: 'org', place: uscc });

/** What a body is found by, from the entries now believed: every name. Its code is its place in the list. */
export const organisationTexts = (rows: readonly Pick<OrganisationVersion, 'nameKey'>[]): FindableTexts => ({
  names: rows.map((v) => v.nameKey),
  codes: [],
});

/**
 * The guard of a body itself: taken by whoever changes what it is or which mines it operates, and by whoever rests a
 * door on that (offers, payments).
 */
export const organisationGuard = (id: string): Subject => ({ kind: 'record', id: `organisation-${id}` });

export const findOrganisation = async (on: Reads, id: string): Promise<Organisation | undefined> =>
  (await on.m.findOneBy(Organisation, { id })) ?? undefined;

export const findByCode = async (on: Reads, uscc: string): Promise<Organisation | undefined> =>
  (await on.m.findOneBy(Organisation, { uscc })) ?? undefined;

export const findByCodes = (on: Reads, usccs: readonly string[]): Promise<Organisation[]> =>
  usccs.length === 0 ? Promise.resolve([]) : on.m.findBy(Organisation, { uscc: In([...usccs]) });

/** Throws Problem `request.not-found`. */
export async function loadBody(on: Reads, id: string): Promise<Organisation> {
  const row = await findOrganisation(on, id);
  if (!row) throw new Problem('request.not-found', { id, what: say('组织', 'organisation') });
  return row;
}
