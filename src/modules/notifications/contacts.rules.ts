import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';

export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
const PAUSE_MS = 60_000;
export const HOUR_MS = 3600_000;
const AN_HOUR_MOST = 5;

/** The address as it is kept, or undefined: one mail address, or a mobile number of the mainland. */
export function normaliseAddress(channel: 'email' | 'sms', typed: string): string | undefined {
  if (channel === 'email') {
    // No line break, no second address, no display name can get into a header.
    const ok = /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/.test(
      typed,
    );
    const dots = /^\.|\.@|\.\./.test(typed);
    return ok && !dots ? typed : undefined;
  }
  const digits = typed.replace(/[\s-]/g, '').replace(/^(\+86|0086)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined;
}

export interface CodeFacts {
  codeUntil: number | null;
  codeTries: number;
  hasCode: boolean;
}

/** May a code be tried at all? */
export const judgeCode = (c: CodeFacts, now: number): Outcome<true> =>
  c.hasCode && c.codeUntil !== null && now <= c.codeUntil && c.codeTries < CODE_TRIES
    ? accept(true)
    : refuse('contact.code-spent');

/** A code a minute and five an hour: neither a mailbox nor the gateway's bill is to be flooded. */
export function judgeSending(lastAt: number | null, lastHour: number, now: number): Outcome<true> {
  const wait = lastAt === null ? 0 : lastAt + PAUSE_MS - now;
  if (wait > 0) return refuse('contact.too-often', { retryAfter: Math.ceil(wait / 1000) });
  return lastHour >= AN_HOUR_MOST ? refuse('contact.too-often', { retryAfter: HOUR_MS / 1000 }) : accept(true);
}
