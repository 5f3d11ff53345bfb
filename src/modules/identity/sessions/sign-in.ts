import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Actor, Call } from '../../../kernel/call';
import type { Db } from '../../../kernel/db/database';
import type { SignIn } from '../../../kernel/http/sign-in';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import { Problem } from '../../../kernel/problem';
import { holder } from '../accounts/accounts.service';
import { findAccount, type Account } from '../accounts/accounts.store';
import type { ApiKeys, KeyHolder } from '../api-keys/api-keys.service';
import { representationsOf, type Representation } from '../deputies/deputies.service';
import { isInOwnName, mayRole } from '../permissions';
import { activePosts, presentOwn } from '../posts/posts.service';
import { heldOf, type Post } from '../posts/posts.store';
import { demandedSince, hasSecondFactor } from '../sign-in-policy/sign-in-policy.rules';
import { findSignInPolicy } from '../sign-in-policy/sign-in-policy.store';
import { csrfTokenOf, type NewSession } from './opening';
import type { Sessions } from './sessions.service';
import { SessionStore } from './session-store';
import type { SessionView } from './sessions.contract';
import { agentOf, networkOf } from './traces.rules';

export const SESSION_COOKIE = 'lujian.sid';

export interface SignInDeps {
  db: Db;
  sessions: Sessions;
  apiKeys: ApiKeys;
  /** Signs the cookie. */
  cookieKey: Uint8Array;
  csrfKey: Uint8Array;
  publicUrl: string;
}

export interface Doorkeeper {
  signIn: SignIn;
  /** Signs in and binds the new session to the browser. */
  open(req: Request, call: Call, totp: string | undefined): Promise<SessionView>;
  /** A session that may be opened for the browser that sent the request. */
  newSession(req: Request): NewSession;
  /** Binds a session, opened under the id that `newSession` gave, to the browser. */
  bind(req: Request, user: SessionView, sid: string): Promise<void>;
  /** Throws Problem `sign-in.forgery` if another site's page sent the request. */
  refuseForeignPage(req: Request): void;
  /** Forgets the session that the request came with, and its cookie. */
  close(req: Request): Promise<void>;
}

/** The deputy acts in the represented post, under the own name. */
const actingFor = (account: Account, { deputyship, post, holderName }: Representation): Actor => ({
  ...actorFor(account, post, 'session'),
  deputy: {
    deputyshipId: deputyship.id,
    forAccountId: deputyship.holderAccountId,
    forName: holderName,
    name: account.name,
  },
});

const actorFor = (account: Account, post: Post, via: 'session' | 'api-key', scopes?: readonly string[]): Actor => ({
  accountId: account.id,
  postId: post.id,
  role: post.role,
  authority: post.authorityCode,
  authorityId: post.authorityId,
  institutionId: post.institutionId,
  organisationId: post.organisationId,
  expertId: post.expertId,
  via,
  ...(scopes ? { scopes } : {}),
});

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return x.length === y.length && timingSafeEqual(x, y);
};

const requirePassword = (account: Account): void => {
  if (account.mustChangePassword) throw new Problem('sign-in.password-change-required');
};

/** One office that asks for a second factor is enough: the account opens that office too. */
const secondFactorGuard =
  (db: Db) =>
  async (account: Account, posts: readonly Post[], shown?: string | null): Promise<void> => {
    if (hasSecondFactor(account, shown)) return;
    const policy = await findSignInPolicy(db);
    const today = legalDateOf(db.sources.clock.now());
    const asking = posts.find((p) => {
      const since = demandedSince([heldOf(p)], policy);
      return since !== null && since <= today;
    });
    if (asking) throw new Problem('sign-in.second-factor-required', { role: asking.role });
  };

/** The post named by the header; without it the only one of today. */
function choosePost(req: Request, posts: readonly Post[], today: LegalDate): Post {
  const wanted = req.get('lujian-post');
  if (wanted !== undefined) {
    const post = posts.find((p) => p.id === wanted);
    if (!post) throw new Problem('sign-in.post-unusable', { post: wanted.slice(0, 64) });
    return post;
  }
  const [only, ...more] = posts;
  if (!only) throw new Problem('sign-in.no-post');
  if (more.length > 0) throw new Problem('sign-in.choose-post', { posts: posts.map((p) => presentOwn(p, today)) });
  return only;
}

/** express-session sends a secure cookie only over what it takes for TLS; ours ends at the proxy of the public URL. */
const asPublished: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'secure', { value: true, configurable: true });
  next();
};

function sessionHandler(deps: SignInDeps, secure: boolean, prepared: WeakMap<object, string>): RequestHandler {
  return session({
    name: SESSION_COOKIE,
    secret: Buffer.from(deps.cookieKey).toString('hex'),
    store: new SessionStore(deps.db),
    cookie: { httpOnly: true, sameSite: 'strict', secure, path: '/' },
    genid: (req) => prepared.get(req) ?? newSessionId(deps.db),
    resave: false,
    saveUninitialized: false,
    unset: 'destroy',
  });
}

const newSessionId = (db: Db): string => db.sources.randomness.bytes(32).toString('base64url');

interface Attempt {
  call: Call;
  totp: string | undefined;
  session: NewSession;
}

function preparePassport(deps: SignInDeps, attempts: WeakMap<object, Attempt>): passport.Authenticator {
  const keeper = new passport.Passport();
  keeper.serializeUser((user, done) => done(null, (user as SessionView).account.id));
  keeper.deserializeUser((id: string, done: (error: unknown, user?: Account | false) => void) => {
    findAccount(deps.db, id).then((account) => done(null, account && !account.disabled ? account : false), done);
  });
  const local = new LocalStrategy({ passReqToCallback: true }, (req, username, password, done) => {
    const attempt = attempts.get(req)!;
    deps.sessions
      .open(attempt.call, { username, password, totp: attempt.totp, ...attempt.session })
      .then((opened) => done(null, opened), done);
  });
  keeper.use(local);
  keeper.use(
    new BearerStrategy((token, done) => {
      deps.apiKeys.find(token).then((found) => done(null, found ?? false), done);
    }),
  );
  return keeper;
}

/** A key is looked for in the header only; what stands in query or body is refused before anybody is asked. */
function bearerHandler(keeper: passport.Authenticator, keyed: WeakMap<object, KeyHolder | 'refused'>): RequestHandler {
  return (req, res, next) => {
    const carried = /^bearer\b/i.test(req.get('authorization') ?? '') && !('access_token' in req.query);
    if (!carried) {
      next();
      return;
    }
    const decided = (error: unknown, found?: KeyHolder | false): void => {
      if (!error) keyed.set(req, found || 'refused');
      if (!found) res.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      next(error ?? undefined);
    };
    (keeper.authenticate('bearer', { session: false }, decided) as RequestHandler)(req, res, next);
  };
}

const accountBehind = (req: Request): Account => {
  if (!req.user) throw new Problem('sign-in.required');
  return req.user as Account;
};

/** Whoever came by the unified sign-in has used no password, so none has to be changed first. */
const requireChanged = (req: Request, account: Account): void => {
  if (req.session.via !== 'oidc') requirePassword(account);
};

function judges(deps: SignInDeps, keyed: WeakMap<object, KeyHolder | 'refused'>): SignIn {
  const origin = new URL(deps.publicUrl).origin;
  const today = (): LegalDate => legalDateOf(deps.db.sources.clock.now());
  const requireSecondFactor = secondFactorGuard(deps.db);
  const keyActor = async (req: Request, found: KeyHolder): Promise<Actor> => {
    requirePassword(found.account);
    const posts = await activePosts(deps.db, found.account.id, today());
    await requireSecondFactor(found.account, posts);
    const active = posts.filter((p) => p.id === found.post.id);
    return actorFor(found.account, choosePost(req, active, today()), 'api-key', found.scopes);
  };
  const sessionOf = (req: Request): Account => {
    const found = keyed.get(req);
    if (found) throw new Problem(found === 'refused' ? 'sign-in.required' : 'sign-in.session-only');
    return accountBehind(req);
  };
  return {
    handlers: [],
    async actorOf(req) {
      const found = keyed.get(req);
      if (found === 'refused') throw new Problem('sign-in.required');
      if (found) return keyActor(req, found);
      const account = accountBehind(req);
      requireChanged(req, account);
      const posts = await activePosts(deps.db, account.id, today());
      const wanted = req.get('lujian-post');
      const isOwn = wanted === undefined || posts.some((p) => p.id === wanted);
      const represented = isOwn ? [] : await representationsOf(deps.db, account.id, today());
      const chosen = represented.find((r) => r.deputyship.id === wanted);
      await requireSecondFactor(account, [...posts, ...(chosen ? [chosen.post] : [])], req.session.secondFactor);
      return chosen ? actingFor(account, chosen) : actorFor(account, choosePost(req, posts, today()), 'session');
    },
    async enteringOf(req) {
      return holder(sessionOf(req).id);
    },
    async accountOf(req) {
      const account = sessionOf(req);
      requireChanged(req, account);
      const posts = await activePosts(deps.db, account.id, today());
      await requireSecondFactor(account, posts, req.session.secondFactor);
      return holder(account.id);
    },
    permit({ role, scopes, deputy }, permission) {
      if (deputy && isInOwnName(permission)) throw new Problem('sign-in.own-name', { permission });
      if (mayRole(role, permission) && (scopes === undefined || scopes.includes(permission))) return;
      throw new Problem('sign-in.forbidden', { permission, role });
    },
    refuseForgery(req) {
      const from = req.get('origin');
      const token = req.get('x-csrf-token') ?? '';
      const right = same(token, csrfTokenOf(deps.csrfKey, req.sessionID));
      if (!right || (from !== undefined && from !== origin)) throw new Problem('sign-in.forgery', { origin });
    },
  };
}

/** Nobody holds a token yet, so a browser must say that the page is ours; programs send neither header. */
function refuseForeignPage(req: Request, publicUrl: string): void {
  const { origin } = new URL(publicUrl);
  const from = req.get('origin');
  const site = req.get('sec-fetch-site');
  const foreign =
    (from !== undefined && from !== origin) || (site !== undefined && !['same-origin', 'none'].includes(site));
  if (foreign) throw new Problem('sign-in.forgery', { origin });
}

/** Sessions by cookie, keys by header: who asks, for which post, and whether a change really comes from our page. */
export function createDoorkeeper(deps: SignInDeps): Doorkeeper {
  const secure = deps.publicUrl.startsWith('https:');
  const prepared = new WeakMap<object, string>();
  const attempts = new WeakMap<object, Attempt>();
  const keyed = new WeakMap<object, KeyHolder | 'refused'>();
  const keeper = preparePassport(deps, attempts);
  const handlers = [
    ...(secure ? [asPublished] : []),
    sessionHandler(deps, secure, prepared),
    keeper.session() as RequestHandler,
    bearerHandler(keeper, keyed),
  ];
  const verify = (req: Request): Promise<SessionView> =>
    new Promise((done, fail) => {
      const decided = (error: Error | null | undefined, user?: SessionView | false): void => {
        if (error) fail(error);
        else if (!user) fail(new Problem('sign-in.refused'));
        else done(user);
      };
      const handle = keeper.authenticate('local', { session: false }, decided) as RequestHandler;
      void handle(req, req.res as Response, fail);
    });
  const newSession = (req: Request): NewSession => ({
    sid: newSessionId(deps.db),
    previousSid: req.sessionID,
    address: networkOf(req.ip),
    agent: agentOf(req.get('user-agent')),
  });
  const bind = async (req: Request, user: SessionView, sid: string): Promise<void> => {
    // passport gives the session a new id: the one under which the command has stored it.
    prepared.set(req, sid);
    await new Promise<void>((done, fail) => req.logIn(user, (error) => (error ? fail(error as Error) : done())));
  };
  return {
    signIn: { ...judges(deps, keyed), handlers },
    newSession,
    bind,
    refuseForeignPage: (req) => refuseForeignPage(req, deps.publicUrl),
    async open(req, call, totp) {
      refuseForeignPage(req, deps.publicUrl);
      const session = newSession(req);
      attempts.set(req, { call, totp, session });
      const user = await verify(req);
      await bind(req, user, session.sid);
      return user;
    },
    async close(req) {
      await new Promise<void>((done, fail) => req.session.destroy((error) => (error ? fail(error as Error) : done())));
      req.res?.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'strict', secure, path: '/' });
    },
  };
}
