import type { Db, Reads } from '../../kernel/db/database';
import { versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { Instant } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import { organisationFoundBy, type Organisations } from '../organisations';
import type { InstitutionItem, InstitutionReply } from './institutions.contract';
import { Institution, InstitutionVersion } from './institutions.store';

type Shown = NonNullable<InstitutionReply['record']>;

const shown = (v: InstitutionVersion): Shown => ({
  ...shownEntry(v),
  legalPersonEvidence: v.legalPersonEvidence,
  experience: v.experience,
  office: v.office,
  managementRules: v.managementRules,
  training: v.training,
  stableWork: v.stableWork,
});

/** One institution as of the moment, with what its organisation was then. */
export async function readInstitution(
  on: Reads,
  clock: Clock,
  organisations: Organisations,
  row: Institution,
  moment: Moment,
): Promise<InstitutionReply> {
  const { uscc } = await organisations.load(on, row.organisationId);
  const body = await organisations.at(on, row.organisationId, moment);
  const [now] = await versionsAt(on, InstitutionVersion, { institutionId: row.id }, moment);
  return {
    id: row.id,
    organisationId: row.organisationId,
    uscc,
    version: row.version,
    ...shownMoment(clock, moment),
    name: body?.name ?? uscc,
    legalForm: body?.legalForm ?? null,
    publicInstitutionClass: body?.publicInstitutionClass ?? null,
    manualDecision: row.manualDecision,
    record: now ? shown(now) : null,
  };
}

/** Every entry known at the instant, oldest day first. */
export const institutionEntries = async (on: Reads, id: string, knownAt: Instant): Promise<Shown[]> =>
  (await versionsKnownAt(on, InstitutionVersion, { institutionId: id }, knownAt)).map(shown);

/** Institutions in the order of their registration; `only` narrows the list to one. */
export async function listInstitutions(
  db: Db,
  organisations: Organisations,
  only: string | undefined,
  request: PageRequest & { q?: string },
): Promise<Page<InstitutionItem>> {
  const query = db.m.createQueryBuilder(Institution, 'i').where('1 = 1');
  if (only !== undefined) query.andWhere('i.id = :only', { only });
  if (request.q !== undefined) query.andWhere(...organisationFoundBy('i.organisation_id', request.q));
  const page = await pageBy(query, { sort: 'i.id', id: 'i.id', keyOf: (i) => [i.id, i.id] }, request);
  const organisationIds = page.items.map((i) => i.organisationId);
  const names = await organisations.namesAt(db, organisationIds, todayOf(db.sources.clock));
  const items = page.items.map(({ id, organisationId }) => ({ id, organisationId, ...names.get(organisationId)! }));
  return { ...page, items };
}
