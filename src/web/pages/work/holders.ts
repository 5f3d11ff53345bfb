import { colleagueRoutes } from '../../../modules/identity/colleagues/colleagues.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';

export type Colleague = ReplyOf<typeof colleagueRoutes.listColleagues>['items'][number];

/** Who holds which post, those that are over included: what they left is to be handed over. */
export function useHolders(): ReadonlyMap<string, Colleague> {
  const { data } = useAsk(colleagueRoutes.listColleagues, { query: { limit: 200, ended: 'true' } });
  return new Map(data?.items.map((c) => [c.postId, c]));
}
