import { Download, endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { createChanges } from './changes.service';
import { createLookUp } from './look-up.service';
import { createPublicPages, type PagesSetting } from './pages';
import { publicRoutes as r } from './public-registry.contract';
import { createPublicRegistry, type PublicDeps, type PublicRegistry } from './public-registry.service';
import type { PublicSources } from './registers.port';

export { blacklistColumns, blacklistReply, institutionColumns, publicRoutes } from './public-registry.contract';
export type { PublicRegistry } from './public-registry.service';
export type { PublicSources } from './registers.port';
export { csvCell, csvText } from './csv';

const CSV = 'text/csv; charset=utf-8';

export const publicEndpoints = (s: PublicRegistry): Endpoint[] => [
  endpoint(r.blacklist, ({ query }) => s.page(query)),
  endpoint(r.blacklistJson, ({ query }) => s.whole(query)),
  endpoint(r.blacklistCsv, async ({ query }) => new Download(await s.csv(query), CSV, 'blacklist.csv')),
  endpoint(r.blacklistXlsx, ({ query }) => s.xlsx(query)),
  endpoint(r.institutions, ({ query }) => s.institutionsPage(query)),
  endpoint(r.institutionsJson, ({ query }) => s.institutionsJson(query)),
  endpoint(
    r.institutionsCsv,
    async ({ query }) => new Download(await s.institutionsCsv(query), CSV, 'institutions.csv'),
  ),
  endpoint(r.institutionsXlsx, ({ query }) => s.institutionsXlsx(query)),
];

/** Look-up, open data and pages over what the registers hold. */
export function createPublicFace(sources: PublicSources, views: PublicDeps['views'], setting: PagesSetting) {
  const lookUp = createLookUp(sources);
  const { clock } = sources.db.sources;
  const unit = async (): Promise<string | undefined> => (await sources.ownAuthority(sources.db))?.name;
  return {
    registry: createPublicRegistry({ clock, views, lookUp, unit }),
    ...createPublicPages(sources, { lookUp, changes: createChanges(sources) }, setting),
  };
}

export type PublicFace = ReturnType<typeof createPublicFace>;
