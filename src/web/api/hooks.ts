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

/** Changes something; afterwards whatever is on the screen is read anew. */
export function useAct<S extends AnyRoute>(spec: S) {
  const client = useQueryClient();
  return useMutation<ReplyOf<S>, AskFault, Asked<S>>({
    mutationFn: (asked) => ask(spec, asked),
    onSuccess: () => client.invalidateQueries(),
  });
}
