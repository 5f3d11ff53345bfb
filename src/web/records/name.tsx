import { useQueries } from '@tanstack/react-query';
import { pickers } from '../forms/pickers';
import { Named } from './named';

/** What a record is called, without the code beside it; with the way there unless it stands in a link already. */
export const Name = (props: { of: string; id: string | null | undefined; plain?: boolean }) => (
  <Named short {...props} />
);

/** The names of several records, by id; those that are not known yet are missing. */
export function useNames(of: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const asked = [...new Set(ids)];
  const found = useQueries({
    queries: asked.map((id) => ({
      queryKey: ['picked', of, id],
      queryFn: () => pickers[of]!.name(id),
      staleTime: Infinity,
      retry: false,
    })),
  });
  return new Map(asked.flatMap((id, n) => (found[n]?.data ? [[id, found[n].data.split(' · ')[0]!] as const] : [])));
}
