import { Download, endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { publicRoutes as r } from './public-registry.contract';
import type { PublicRegistry } from './public-registry.service';

export { blacklistColumns, blacklistReply, publicRoutes } from './public-registry.contract';
export { createPublicRegistry, type PublicRegistry } from './public-registry.service';
export { csvCell, csvText } from './csv';

export const publicEndpoints = (s: PublicRegistry): Endpoint[] => [
  endpoint(r.blacklist, ({ query }) => s.page(query)),
  endpoint(r.blacklistJson, ({ query }) => s.whole(query)),
  endpoint(
    r.blacklistCsv,
    async ({ query }) => new Download(await s.csv(query), 'text/csv; charset=utf-8', 'blacklist.csv'),
  ),
];
