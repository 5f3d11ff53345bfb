import { TOTP } from 'otpauth';

const STEP_MS = 30_000;

/** An authenticator: codes of one secret, each used once. */
export interface Authenticator {
  readonly secret: string;
  /** The next code that has not been used. Throws when the service would take none before time has passed. */
  code(): string;
}

/**
 * Reads codes as a person does, but never one twice: within half a minute the next step's code is taken, which the
 * service accepts too. `ahead` is the step of the first code as against the present one.
 */
export function createAuthenticator(secret: string, now: () => number, ahead = 0): Authenticator {
  const totp = new TOTP({ secret });
  let last = -Infinity;
  return {
    secret,
    code() {
      const present = Math.floor(now() / STEP_MS);
      const step = Math.max(last + 1, present + (last === -Infinity ? ahead : 0));
      if (step > present + 1) throw new Error('the codes of this half minute are used up; let time pass');
      last = step;
      return totp.generate({ timestamp: step * STEP_MS });
    },
  };
}
