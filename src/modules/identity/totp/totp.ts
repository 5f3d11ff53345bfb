import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';

export interface TotpForm {
  algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  digits: number;
}

/** What every authenticator app understands. */
const common: TotpForm = { algorithm: 'SHA1', digits: 6 };
const STEP_MS = 30_000;
const WINDOW = 1;

/** RFC 4226 5.1 wants 160 bits. */
export const TOTP_SECRET_BYTES = 20;

export const stepAt = (now: number): number => Math.floor(now / STEP_MS);

const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: Uint8Array.from(bytes).buffer });

/** The code of one time step (RFC 6238). */
export const totpCode = (secret: Uint8Array, step: number, form: TotpForm = common): string =>
  HOTP.generate({ secret: secretOf(secret), counter: step, ...form });

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));

/**
 * The time step whose code this is, one step early or late included, or undefined. Steps up to `lastStep` were used
 * already and count no more (RFC 6238 5.2: a code works once).
 */
export function matchingStep(secret: Uint8Array, code: string, now: number, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const at = stepAt(now);
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, n) => at - WINDOW + n);
  return steps.filter((step) => same(totpCode(secret, step), code)).find((step) => step > lastStep);
}

/** Base32 for typing, and the otpauth address that apps read from a picture. */
export function totpCard(secret: Uint8Array, username: string): { secret: string; uri: string } {
  const key = secretOf(secret);
  const uri = new TOTP({
    issuer: 'Lujian',
    label: username,
    secret: key,
    ...common,
    period: STEP_MS / 1000,
  }).toString();
  return { secret: key.base32, uri };
}
