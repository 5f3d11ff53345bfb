import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { useAsk } from '../../api/hooks';

/** What the authority of a division code is called; of several, the one for natural resources, whose register this is. */
export function useAuthorityName(code: string | undefined): string | undefined {
  const query = useAsk(authorityRoutes.listAuthorities, { query: { code } }, { enabled: code !== undefined });
  const found = query.data?.items ?? [];
  return (found.find((a) => a.kind === 'natural-resources') ?? found[0])?.name;
}

export const AuthorityName = ({ code }: { code: string }) => <>{useAuthorityName(code) ?? code}</>;
