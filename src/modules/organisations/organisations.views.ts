import { In } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { lastDayOf, shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type NameList, type Sought } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import { instantText, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import type { OrganisationItem, OrganisationReply } from './organisations.contract';
import type { SuccessionLinks } from './lists.contract';
import { formerNames, namesBorne, registeredProvince } from './organisations.rules';
import { findByCodes, Organisation, OrganisationVersion } from './organisations.store';

/** What reads show of an entry. */
export const shownVersion = (v: OrganisationVersion): NonNullable<OrganisationReply['record']> => ({
  ...shownEntry(v),
  name: v.name,
  legalForm: v.legalForm,
  publicInstitutionClass: v.publicInstitutionClass,
  legalRepresentative: v.legalRepresentative,
  address: v.address,
  phone: v.phone,
  certificateType: v.certificateType,
  legalPersonality: v.legalPersonality,
  businessScope: v.businessScope,
  registeredDivision: v.registeredDivision,
});

/** One organisation as of the moment. */
export async function readOrganisation(
  on: Reads,
  clock: Clock,
  row: Organisation,
  moment: Moment,
  links: SuccessionLinks,
): Promise<OrganisationReply> {
  const [now] = await versionsAt(on, OrganisationVersion, { organisationId: row.id }, moment);
  const all = await versionsKnownAt(on, OrganisationVersion, { organisationId: row.id }, moment.knownAt);
  return {
    id: row.id,
    uscc: row.uscc,
    registeredAt: instantText(row.registeredAt as Instant),
    version: row.version,
    ...shownMoment(clock, moment),
    record: now ? shownVersion(now) : null,
    formerNames: formerNames(all, moment.asOf).map((n) => ({ name: n.name, from: n.validFrom, lastDay: lastDayOf(n) })),
    ...links,
    registeredProvince: registeredProvince(row.uscc, now?.registeredDivision ?? null),
  };
}

/** What a text typed into a search of bodies may mean: part of any name ever borne, or the beginning of the code. */
export const soughtOf = (text: string): Sought => ({ name: nameKey(text), code: nameKey(text).toUpperCase() });

/** The list is in the order of codes, so that their beginnings need no index of their own. */
const bodies: NameList = {
  list: 'org',
  codePlace: { table: 'organisation', column: 'uscc' },
};

async function pageOfOrganisations(db: Db, request: PageRequest & { q?: string }): Promise<Page<Organisation>> {
  if (request.q === undefined) {
    const all = db.m.createQueryBuilder(Organisation, 'o');
    return pageBy(all, { sort: 'o.uscc', id: 'o.uscc', keyOf: (o) => [o.uscc, o.uscc] }, request);
  }
  const page = await pageFound(db, bodies, soughtOf(request.q), request);
  const found = new Map((await findByCodes(db, page.items)).map((o) => [o.uscc, o]));
  return mapPage(page, (uscc) => found.get(uscc)!);
}

/** Organisations in the order of their codes. */
export async function listOrganisations(
  db: Db,
  request: PageRequest & { q?: string },
): Promise<Page<OrganisationItem>> {
  const page = await pageOfOrganisations(db, request);
  const ids = page.items.map((o) => o.id);
  const present = await headsOf(db, ids, todayOf(db.sources.clock));
  const items = page.items.map((o) => {
    const v = present.get(o.id);
    return { id: o.id, uscc: o.uscc, name: v?.name ?? null, legalForm: v?.legalForm ?? null };
  });
  return { ...page, items };
}

/** Code, and name at the moment (the code where no entry holds), of the organisations with these ids. */
export async function namesOf(
  on: Reads,
  ids: readonly string[],
  moment: Moment,
): Promise<Map<string, { uscc: string; name: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m.findBy(Organisation, { id: In([...ids]) });
  const versions = await headsOf(on, ids, moment);
  return new Map(rows.map((o) => [o.id, { uscc: o.uscc, name: versions.get(o.id)?.name ?? o.uscc }]));
}

type Head = Pick<OrganisationVersion, 'organisationId' | 'name' | 'legalForm'>;

/** What lists show of the entries that hold at the moment, without what only a reading of the body needs. */
async function headsOf(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, Head>> {
  if (ids.length === 0) return new Map();
  const heads = await on.m
    .createQueryBuilder(OrganisationVersion, 'v')
    .select('v.organisationId', 'organisationId')
    .addSelect('v.name', 'name')
    .addSelect('v.legalForm', 'legalForm')
    .where({ organisationId: In([...ids]) })
    .andWhere(...atMoment('v', moment))
    .getRawMany<Head>();
  return new Map(heads.map((head) => [head.organisationId, head]));
}

/** The entries that hold at the moment, by organisation. */
export async function versionsOf(
  on: Reads,
  ids: readonly string[],
  moment: Moment,
): Promise<Map<string, OrganisationVersion>> {
  if (ids.length === 0) return new Map();
  const [condition, parameters] = atMoment('v', moment);
  const versions = await on.m
    .createQueryBuilder(OrganisationVersion, 'v')
    .where({ organisationId: In([...ids]) })
    .andWhere(condition, parameters)
    .getMany();
  return new Map(versions.map((v) => [v.organisationId, v]));
}

/** The entry of one organisation that holds at the moment. */
export const versionOn = async (on: Reads, id: string, moment: Moment): Promise<OrganisationVersion | undefined> =>
  (await versionsOf(on, [id], moment)).get(id);

/** What of a body everybody may know on a day: no telephone, and no person's name. */
export interface OpenFacts {
  uscc: string;
  name: string;
  legalForm: OrganisationVersion['legalForm'] | null;
  publicInstitutionClass: OrganisationVersion['publicInstitutionClass'];
  address: string | null;
}

/** The same of at most a few hundred, by id. */
export async function openFactsOf(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, OpenFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m.findBy(Organisation, { id: In([...ids]) });
  const versions = await versionsOf(on, ids, moment);
  return new Map(
    rows.map(({ id, uscc }) => {
      const v = versions.get(id);
      const { name = uscc, legalForm = null, publicInstitutionClass = null, address = null } = v ?? {};
      return [id, { uscc, name, legalForm, publicInstitutionClass, address }];
    }),
  );
}

/** A name of a body, with its first day and its last one; null while it is borne. */
export interface BorneName {
  name: string;
  from: LegalDate;
  lastDay: LegalDate | null;
}

/** Every name that the body bore up to the day, oldest first; one that goes on beyond the day has no last one. */
export async function namesBorneBy(on: Reads, id: string, { asOf, knownAt }: Moment): Promise<BorneName[]> {
  const all = await versionsKnownAt(on, OrganisationVersion, { organisationId: id }, knownAt);
  return namesBorne(all, asOf).map((n) => ({
    name: n.name,
    from: n.validFrom,
    lastDay: n.validTo !== null && n.validTo <= asOf ? lastDayOf(n) : null,
  }));
}
