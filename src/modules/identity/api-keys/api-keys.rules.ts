import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { addYears, type LegalDate } from '../../../kernel/pure/time';
import { sayNames } from '../../../kernel/pure/wording';
import { mayRole } from '../permissions';

/** A key lasts at least today and at most a year; its last day counts in full. */
export function judgeExpiry(expiresOn: LegalDate, today: LegalDate): Outcome<true> {
  const last = addYears(today, 1);
  return expiresOn < today || expiresOn > last ? refuse('api-key.expiry', { first: today, last }) : accept(true);
}

/** A key never has more rights than the post it stands for. */
export function judgeScopes(role: string, scopes: readonly string[] | undefined): Outcome<true> {
  const beyond = (scopes ?? []).filter((scope) => !mayRole(role, scope));
  return beyond.length > 0 ? refuse('api-key.scope-not-held', { role, scopes: sayNames(beyond) }) : accept(true);
}

const form = /^ljk_[A-Za-z0-9_-]{43}$/;

export const apiKeyText = (bytes: Uint8Array): string => `ljk_${Buffer.from(bytes).toString('base64url')}`;

/** The 32 bytes of a key, or undefined for anything that we never gave out. */
export function apiKeyBytes(text: string): Buffer | undefined {
  if (!form.test(text)) return undefined;
  const bytes = Buffer.from(text.slice(4), 'base64url');
  // Several texts decode to the same bytes; only one of them was given out.
  return apiKeyText(bytes) === text ? bytes : undefined;
}
