import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { permissions, type Permission, type Role } from '../../modules/identity/permissions';
import { type session as sessionSchema, sessionRoutes } from '../../modules/identity/sessions/sessions.contract';
import { actFor, actingPost, ask, holdToken, whenSignedOut } from '../api/client';
import { Refused } from '../api/fault';
import { cameWithoutSession } from './browser';

export type Session = z.output<typeof sessionSchema>;
export type Post = Session['posts'][number];

export interface Standing {
  session: Session;
  /** The post one acts for in this tab; undefined if one has none today. */
  post: Post | undefined;
  choosePost(id: string): void;
  /** Read anew after the password, the second factor or the posts changed. */
  refresh(): Promise<void>;
  signOut(): Promise<void>;
}

const Context = createContext<Standing | undefined>(undefined);

/** Who is signed in and for which post; only below SessionGate. */
export function useStanding(): Standing {
  const standing = useContext(Context);
  if (!standing) throw new Error('outside of the session');
  return standing;
}

/** Whether the acting post's role may use something at all; whose record it may be is judged by the service. */
export function useMay(): (...wanted: readonly Permission[]) => boolean {
  const { post } = useStanding();
  return (...wanted) =>
    wanted.some((p) => post !== undefined && (permissions[p] as readonly Role[]).includes(post.role));
}

/** The post chosen in this tab if one still has it, else the first of the own posts. */
function choose(posts: readonly Post[]): Post | undefined {
  const chosen = posts.find((p) => p.id === actingPost());
  return chosen ?? posts.find((p) => p.deputyship === null) ?? posts[0];
}

export interface GateParts {
  /** Nobody is signed in. */
  entrance(entered: () => Promise<void>): ReactNode;
  /** The session ended while work was on the screen; shown over it. */
  again(entered: () => Promise<void>): ReactNode;
  waiting: ReactNode;
  /** The service did not answer. */
  fault(error: Error, retry: () => void): ReactNode;
  children: ReactNode;
}

const signedOutBy = (error: Error | null): boolean => error instanceof Refused && error.code === 'sign-in.required';

/** Lets in who has a session. What was on the screen stays there when it ends, so that no draft is lost. */
export function SessionGate({ entrance, again, waiting, fault, children }: GateParts) {
  const client = useQueryClient();
  // Nobody to ask about: who signs in is read then.
  const [ended, setEnded] = useState(cameWithoutSession);
  const [, setChoice] = useState(0);
  const query = useQuery<Session>({
    queryKey: ['session'],
    queryFn: () => ask(sessionRoutes.readSession),
    retry: false,
    staleTime: Infinity,
    enabled: !ended,
  });
  useEffect(() => whenSignedOut(() => setEnded(true)), []);
  const entered = async (): Promise<void> => {
    setEnded(false);
    const fresh = await client.fetchQuery<Session>({
      queryKey: ['session'],
      queryFn: () => ask(sessionRoutes.readSession),
      staleTime: 0,
    });
    holdToken(fresh.csrfToken);
    await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
  };
  const known = query.data;
  if (!known) {
    if (query.isPending && !ended) return waiting;
    if (ended || signedOutBy(query.error)) return entrance(entered);
    return fault(query.error!, () => void query.refetch());
  }
  holdToken(known.csrfToken);
  const post = choose(known.posts);
  actFor(post?.id);
  const standing: Standing = {
    session: known,
    post,
    choosePost: (id) => {
      actFor(id);
      setChoice((n) => n + 1);
      void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
    },
    refresh: entered,
    signOut: async () => {
      await ask(sessionRoutes.closeSession).catch(() => undefined);
      actFor(undefined);
      client.clear();
      window.location.assign('/console/');
    },
  };
  return (
    <Context value={standing}>
      {children}
      {ended ? again(entered) : null}
    </Context>
  );
}
