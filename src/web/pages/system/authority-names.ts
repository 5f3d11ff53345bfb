import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { useAsk } from '../../api/hooks';

/** Names of the authorities by id, for lists that bear ids. */
export function useAuthorityNames(): (id: string | null) => string | undefined {
  const { data } = useAsk(authorityRoutes.listAuthorities, { query: { limit: 200 } });
  const names = new Map(data?.items.map((a) => [a.id, a.name]));
  return (id) => (id === null ? undefined : names.get(id));
}
