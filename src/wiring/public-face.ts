import type { RequestHandler } from 'express';
import type { Config } from '../config';
import type { Db } from '../kernel/db/database';
import type { Endpoint } from '../kernel/http/endpoint';
import { createPages, lostPage } from '../kernel/http/pages';
import type { Log } from '../kernel/log';
import type { ProblemList } from '../kernel/problem';
import { latestOf, openEntries } from '../modules/audit-log';
import { createPublicPool } from '../modules/commissions';
import { createPublicInstitutions } from '../modules/institutions';
import { createPublicFace, publicEndpoints } from '../modules/public-registry';
import { createPublicBars } from '../modules/sanctions';
import type { Line } from './line';
import type { Registers } from './registers';

/** What everybody may see: open data at every face, the pages where the public one is served. */
export function buildPublicFace(
  db: Db,
  config: Pick<Config, 'publicUrl' | 'routes'>,
  { organisations, identity }: Pick<Registers, 'organisations' | 'identity'>,
  { screening, views }: Pick<Line, 'screening' | 'views'>,
  { log, problems }: { log: Log; problems: ProblemList },
): { endpoints: Endpoint[]; pages: RequestHandler[]; lostPage?: RequestHandler } {
  const sources = {
    db,
    bars: createPublicBars(db),
    pool: createPublicPool(db),
    institutions: createPublicInstitutions(db),
    ...{ organisations, screening },
    latest: latestOf,
    logged: openEntries,
    ownAuthority: identity.ownAuthority,
    authorityOf: identity.authorityOf,
  };
  const hasConsole = config.routes.some((face) => face !== 'public');
  const { registry, pages, faultPage } = createPublicFace(sources, views, { origin: config.publicUrl, hasConsole });
  const endpoints = publicEndpoints(registry);
  if (!config.routes.includes('public')) return { endpoints, pages: [] };
  return {
    endpoints,
    pages: [createPages({ pages, problems, log, faultPage })],
    lostPage: lostPage(faultPage),
  };
}
