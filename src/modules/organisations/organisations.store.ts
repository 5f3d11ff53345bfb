import { Column, Entity, In, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Subject } from '../../kernel/db/guards';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import type { Listed } from '../../kernel/db/name-index';
import type { FindableTexts } from '../../kernel/pure/grams';
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
}

/** Where a body stands in the list of bodies, which is in the order of their codes. */
export const organisationPlace = (uscc: string): Listed => ({ list: 'org', place: uscc });

/** What a body is found by, from the entries now believed: every name. Its code is its place in the list. */
export const organisationTexts = (rows: readonly Pick<OrganisationVersion, 'nameKey'>[]): FindableTexts => ({
  names: rows.map((v) => v.nameKey),
  codes: [],
});

/** What a body is found by now, its code included, for lists that are not in the order of codes. */
export async function findableTexts(on: Reads, { id, uscc }: { id: string; uscc: string }): Promise<FindableTexts> {
  const rows = await on.m.findBy(OrganisationVersion, { organisationId: id, supersededAt: IsNull() });
  return { ...organisationTexts(rows), codes: [uscc] };
}

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
