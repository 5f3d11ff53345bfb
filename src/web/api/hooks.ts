import { useEffect, useRef } from 'react';
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { isTended } from '../app/browser';
import { actingPost, ask, type AnyRoute, type Asked, type ReplyOf } from './client';
import type { Refused, Unreached } from './fault';

export type AskFault = Refused | Unreached | Error;

/** What a reply is kept under: the route, what was asked, and for which post. */
export const keyOf = <S extends AnyRoute>(spec: S, asked: Asked<S> = {}): readonly unknown[] => [
  spec.path.split('/')[1],
  spec.path,
  asked.params ?? null,
  asked.query ?? null,
  actingPost() ?? null,
];

/** What a page asks by itself keeps the session alive; it must end under a page that nobody tends. */
const TENDED_MS = 10 * 60_000;

function useEvery(again: () => void, every: number | undefined): void {
  const latest = useRef(again);
  useEffect(() => void (latest.current = again));
  useEffect(() => {
    if (every === undefined) return;
    const timer = setInterval(() => {
      if (isTended(TENDED_MS)) latest.current();
    }, every);
    return () => clearInterval(timer);
  }, [every]);
}

/** Reads a route and keeps its reply for the screens that ask the same. */
export function useAsk<S extends AnyRoute>(
  spec: S,
  asked: Asked<S> = {},
  settings: { enabled?: boolean; every?: number } = {},
): UseQueryResult<ReplyOf<S>, AskFault> {
  const { enabled = true, every } = settings;
  const query = useQuery<ReplyOf<S>, AskFault>({
    queryKey: keyOf(spec, asked),
    queryFn: ({ signal }) => ask(spec, { ...asked, signal }),
    enabled,
  });
  useEvery(() => void query.refetch(), enabled ? every : undefined);
  return query;
}

/** What one row of a list route is. */
export type ItemOf<S extends AnyRoute> = ReplyOf<S> extends { items: readonly (infer T)[] } ? T : never;

interface Page<T> {
  items: readonly T[];
  next: string | null;
}

/** The most that one page of a list takes. */
const WHOLE_PAGE = 200;

/**
 * Reads a whole list, page by page along its cursors, for screens on which nothing may be missing. There is data only
 * when all of it was read.
 */
export function useAll<S extends AnyRoute>(
  spec: S,
  asked: Asked<S> = {},
  settings: { enabled?: boolean } = {},
): UseQueryResult<ItemOf<S>[], AskFault> {
  return useQuery<ItemOf<S>[], AskFault>({
    queryKey: [...keyOf(spec, asked), 'all'],
    enabled: settings.enabled ?? true,
    queryFn: async ({ signal }) => {
      const items: ItemOf<S>[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const query = {
          ...(asked.query as object | undefined),
          limit: WHOLE_PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        };
        const page = (await ask(spec, { ...asked, query, signal } as Asked<S>)) as Page<ItemOf<S>>;
        items.push(...page.items);
        cursor = page.next;
      }
      return items;
    },
  });
}

/** Changes something; afterwards whatever is on the screen is read anew. */
export function useAct<S extends AnyRoute>(spec: S) {
  const client = useQueryClient();
  return useMutation<ReplyOf<S>, AskFault, Asked<S>>({
    mutationFn: (asked) => ask(spec, asked),
    onSuccess: () => client.invalidateQueries(),
  });
}
