import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useQuery, useQueryClient, type Query } from '@tanstack/react-query';
import { App } from 'antd';
import type * as z from 'zod';
import { permissions, type Permission, type Role } from '../../modules/identity/permissions';
import { type session as sessionSchema, sessionRoutes } from '../../modules/identity/sessions/sessions.contract';
import { actFor, actingPost, ask, holdToken, whenSignedOut, whenStale } from '../api/client';
import { Refused } from '../api/fault';
import { useWords } from '../words/language';
import { cameWithoutSession } from './browser';
import { endSession, goOn, type Left } from './leave';

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

const signedOutBy = (error: unknown): boolean => error instanceof Refused && error.code === 'sign-in.required';

/** Long enough to be read. */
const WARNING_S = 10;

const isOther = (q: Query): boolean => q.queryKey[0] !== 'session';

/** Reads the session anew. What was read for another person goes; what was read for this one is read again. */
function useRenewal() {
  const client = useQueryClient();
  return async (): Promise<Session> => {
    const before = client.getQueryData<Session>(['session']);
    const fresh = await ask(sessionRoutes.readSession);
    holdToken(fresh.csrfToken);
    actFor(choose(fresh.posts)?.id);
    client.setQueryData<Session>(['session'], fresh);
    if (before !== undefined && before.account.id !== fresh.account.id)
      await client.resetQueries({ predicate: isOther });
    return fresh;
  };
}

/**
 * Another tab of this browser may have signed in anew or as somebody else, and a post may end while one acts for it: the
 * service refuses then, and the page learns who one is before the next try.
 */
function useStaleness(known: Session | undefined, renew: () => Promise<Session>): void {
  const { t } = useWords();
  const { message } = App.useApp();
  useEffect(() => {
    let isAsking = false;
    const learn = async (): Promise<void> => {
      if (isAsking || known === undefined) return;
      isAsking = true;
      const post = choose(known.posts)?.id;
      const fresh = await renew().finally(() => (isAsking = false));
      const isSame = fresh.account.id === known.account.id;
      if (!isSame) message.warning(t('session.other', { name: fresh.account.name }), WARNING_S);
      else if (post !== choose(fresh.posts)?.id) message.warning(t('session.postEnded'), WARNING_S);
    };
    // Whoever is signed out by now is told by the next request.
    return whenStale(() => void learn().catch(() => undefined));
  }, [known, renew, message, t]);
}

function useSignOut(renew: () => Promise<Session>): () => Promise<void> {
  const client = useQueryClient();
  const { t } = useWords();
  const { message } = App.useApp();
  const close = async (): Promise<Left> => {
    try {
      return await endSession();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'sign-in.forgery') throw error;
      // Opened anew in another tab: its token is needed.
      await renew();
      return endSession();
    }
  };
  return async () => {
    let left: Left | undefined;
    try {
      left = await close();
    } catch (error) {
      // Whoever walks away must know that the session is still open.
      if (!signedOutBy(error)) return void message.error(t('account.signOut.failed'), WARNING_S);
    }
    actFor(undefined);
    client.clear();
    if (left?.atProvider === 'open') return goOn(left);
    // The session at the unified sign-in is the person's own to end, where it could not be done from here.
    const isOpenThere = left?.atProvider === 'not-offered' || left?.atProvider === 'unreachable';
    window.location.assign(isOpenThere ? '/console/?still=open' : '/console/');
  };
}

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
  const renew = useRenewal();
  const known = query.data;
  useStaleness(known, renew);
  const signOut = useSignOut(renew);
  const entered = async (): Promise<void> => {
    await renew();
    setEnded(false);
    await client.invalidateQueries({ predicate: isOther });
  };
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
      void client.invalidateQueries({ predicate: isOther });
    },
    refresh: entered,
    signOut,
  };
  return (
    <Context value={standing}>
      {children}
      {ended ? again(entered) : null}
    </Context>
  );
}
