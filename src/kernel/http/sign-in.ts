import type { Request, RequestHandler } from 'express';
import type { Actor } from '../call';

/** What the kernel wants of identity; `wire.ts` supplies it. */
export interface SignIn {
  /** Handlers that go before every route that is not public. */
  handlers: readonly RequestHandler[];
  /** Who asks, for which post; throws Problem `sign-in.required` and its kin. */
  actorOf(req: Request): Promise<Actor>;
  /** Whose session it is, whatever is still asked of them; throws Problem `sign-in.required` and its kin. */
  enteringOf(req: Request): Promise<Actor>;
  /** Whose session it is, without asking for a post; throws Problem `sign-in.required` and its kin. */
  accountOf(req: Request): Promise<Actor>;
  /** Throws Problem `sign-in.forbidden` unless the actor's role (and API key scope) holds the permission. */
  permit(actor: Actor, permission: string): void;
  /** Throws Problem `sign-in.forgery` if a cookie-borne change lacks its token. */
  refuseForgery(req: Request): void;
}
