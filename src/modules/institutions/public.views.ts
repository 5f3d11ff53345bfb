import { In } from 'typeorm';
import type { Db } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import { pageFound } from '../../kernel/db/name-index';
import { mapPage, type Page, type PageRequest } from '../../kernel/http/page';
import { namesBorneBy, openFactsOf, organisationSought, type BorneName, type OpenFacts } from '../organisations';
import { institutionNames } from './institutions.views';
import { Institution } from './institutions.store';

/** An assessor as everybody may know it. */
export interface OpenInstitution extends OpenFacts {
  id: string;
  organisationId: string;
}

/** The register of assessors for those who are not signed in. */
export function createPublicInstitutions(db: Db) {
  /** What these were at the moment, by id. */
  async function at(ids: readonly string[], moment: Moment): Promise<Map<string, OpenInstitution>> {
    if (ids.length === 0) return new Map();
    const rows = await db.m.findBy(Institution, { id: In([...ids]) });
    const bodies = rows.map((i) => i.organisationId);
    const facts = await openFactsOf(db, bodies, moment);
    return new Map(rows.map(({ id, organisationId }) => [id, { id, organisationId, ...facts.get(organisationId)! }]));
  }

  /** Found by part of any name ever borne or by the beginning of a present or former code; in the order of registration. */
  async function search(request: PageRequest & { q: string }, moment: Moment): Promise<Page<OpenInstitution>> {
    const page = await pageFound(db, institutionNames, organisationSought(request.q), request);
    const found = await at(page.items, moment);
    return mapPage(page, (id) => found.get(id)!);
  }

  /** The assessors among these bodies. */
  async function ofOrganisations(organisationIds: readonly string[], moment: Moment): Promise<OpenInstitution[]> {
    if (organisationIds.length === 0) return [];
    const rows = await db.m.findBy(Institution, { organisationId: In([...organisationIds]) });
    return [
      ...(
        await at(
          rows.map((i) => i.id),
          moment,
        )
      ).values(),
    ];
  }

  const namesOf = (i: OpenInstitution, moment: Moment): Promise<BorneName[]> =>
    namesBorneBy(db, i.organisationId, moment);

  return { at, search, ofOrganisations, namesOf };
}

export type PublicInstitutions = ReturnType<typeof createPublicInstitutions>;
