import type { CookieOptions, Request } from 'express';
import type { Call } from '../../../kernel/call';
import { Redirect } from '../../../kernel/http/endpoint';
import { ATTEMPT_MS, type Oidc } from '../oidc/oidc.service';
import type { Confirmation } from './confirming';
import type { SignOutView } from '../oidc/oidc.contract';
import type { SessionView } from './sessions.contract';
import type { Doorkeeper } from './sign-in';

const COOKIE = 'lujian.oidc';

/**
 * The browser's part of the unified sign-in. The session's own cookie is strict and does not come along when the provider
 * sends the browser back; a cookie of its own, lax and short-lived, ties the way back to the browser that set out.
 */
export function createOidcDoor(oidc: Oidc, door: Doorkeeper, publicUrl: string) {
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/api/v1/session/oidc',
  };
  const bindingOf = (req: Request): string | undefined =>
    (req.get('cookie') ?? '')
      .split(';')
      .map((part) => part.trim())
      .find((part) => part.startsWith(`${COOKIE}=`))
      ?.slice(COOKIE.length + 1);
  const keep = (req: Request, binding: string): void => {
    req.res?.cookie(COOKIE, binding, { ...options, maxAge: ATTEMPT_MS });
  };
  const forget = (req: Request): void => {
    req.res?.clearCookie(COOKIE, options);
  };
  const set = async (req: Request, begun: Promise<{ url: string; binding: string }>): Promise<{ url: string }> => {
    const { url, binding } = await begun;
    keep(req, binding);
    return { url };
  };
  return {
    async start(req: Request): Promise<{ url: string }> {
      door.refuseForeignPage(req);
      return set(req, oidc.start());
    },
    startLink: (req: Request, call: Call, confirmation: Confirmation) => set(req, oidc.startLink(call, confirmation)),
    async finish(req: Request, call: Call, state: string | undefined): Promise<Redirect> {
      const query = req.originalUrl.split('?').slice(1).join('?');
      const came = { query, state, binding: bindingOf(req) };
      forget(req);
      const returned = await oidc.finish(call, came, door.newSession(req));
      if ('awaiting' in returned) {
        keep(req, returned.binding);
        return new Redirect(`${publicUrl}/?second-factor=oidc`);
      }
      if ('linked' in returned) return new Redirect(`${publicUrl}/?linked=oidc`);
      await door.bind(req, returned.signedIn, returned.sid);
      return new Redirect(`${publicUrl}/`);
    },
    async signOut(req: Request, call: Call): Promise<SignOutView> {
      const { view, binding } = await oidc.signOut(call, req.sessionID).finally(() => door.close(req));
      if (binding !== undefined) keep(req, binding);
      return view;
    },
    async signedOut(req: Request, state: string | undefined): Promise<Redirect> {
      const binding = bindingOf(req);
      forget(req);
      await oidc.signedOut(state, binding);
      return new Redirect(`${publicUrl}/?signed-out=oidc`);
    },
    async secondFactor(req: Request, call: Call, code: string): Promise<SessionView> {
      door.refuseForeignPage(req);
      const session = door.newSession(req);
      const view = await oidc.secondFactor(call, code, bindingOf(req), session);
      forget(req);
      await door.bind(req, view, session.sid);
      return view;
    },
  };
}

export type OidcDoor = ReturnType<typeof createOidcDoor>;
