import { In } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { versionsAt, type Moment } from '../../kernel/db/history';
import { shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type NameList } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { Clock } from '../../kernel/sources';
import { organisationSought, type Organisations } from '../organisations';
import type { ReportingMark } from './changes/changes.contract';
import type { InstitutionItem, InstitutionReply, LegalPersonEvidence } from './institutions.contract';
import { Institution, InstitutionVersion } from './institutions.store';

type Shown = NonNullable<InstitutionReply['record']>;

/** Entries from before certificates had a file say nothing of one. */
export const certificateShown = (e: LegalPersonEvidence | null): LegalPersonEvidence | null =>
  e && { ...e, fileId: e.fileId ?? null };

/** What reads show of an entry. */
export const shownVersion = (v: InstitutionVersion): Shown => ({
  ...shownEntry(v),
  legalPersonEvidence: certificateShown(v.legalPersonEvidence),
  experience: v.experience,
  office: v.office,
  managementRules: v.managementRules,
  training: v.training,
  stableWork: v.stableWork,
  manualDecision: v.manualDecision,
});

/** One institution as of the moment, with what its organisation was then. */
export async function readInstitution(
  on: Reads,
  clock: Clock,
  organisations: Organisations,
  row: Institution,
  moment: Moment,
  reporting: ReportingMark,
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
    manualDecision: now?.manualDecision ?? null,
    reporting,
    record: now ? shownVersion(now) : null,
  };
}

/** Names at the moment of the institutions with these ids. */
export async function namesOfInstitutions(
  on: Reads,
  organisations: Organisations,
  ids: readonly string[],
  moment: Moment,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m.findBy(Institution, { id: In([...ids]) });
  const names = await organisations.namesAt(
    on,
    rows.map((i) => i.organisationId),
    moment,
  );
  return new Map(rows.map((i) => [i.id, names.get(i.organisationId)!.name]));
}

/** Assessors are found by the names and the code of their bodies. */
export const institutionNames: NameList = {
  list: 'inst',
};

async function pageOfInstitutions(
  db: Db,
  only: string | undefined,
  request: PageRequest & { q?: string },
): Promise<Page<Institution>> {
  if (request.q === undefined) {
    const query = db.m.createQueryBuilder(Institution, 'i').where('1 = 1');
    if (only !== undefined) query.andWhere('i.id = :only', { only });
    return pageBy(query, { sort: 'i.id', id: 'i.id', keyOf: (i) => [i.id, i.id] }, request);
  }
  const page = await pageFound(db, institutionNames, { ...organisationSought(request.q), only }, request);
  const rows = page.items.length === 0 ? [] : await db.m.findBy(Institution, { id: In(page.items) });
  const found = new Map(rows.map((i) => [i.id, i]));
  return mapPage(page, (id) => found.get(id)!);
}

/** Institutions in the order of their registration; `only` narrows the list to one. */
export async function listInstitutions(
  db: Db,
  organisations: Organisations,
  only: string | undefined,
  request: PageRequest & { q?: string },
  marksOf: (institutionIds: readonly string[]) => Promise<Map<string, ReportingMark>>,
): Promise<Page<InstitutionItem>> {
  const page = await pageOfInstitutions(db, only, request);
  const organisationIds = page.items.map((i) => i.organisationId);
  const names = await organisations.namesAt(db, organisationIds, todayOf(db.sources.clock));
  const marks = await marksOf(page.items.map((i) => i.id));
  const items = page.items.map(({ id, organisationId }) => ({
    id,
    organisationId,
    ...names.get(organisationId)!,
    reporting: marks.get(id)!,
  }));
  return { ...page, items };
}
