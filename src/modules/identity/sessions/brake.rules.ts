/** Failed sign-ins in a row under one username, whether or not there is such an account. */
export interface Brake {
  readonly failures: number;
  readonly lastFailureAt: number;
  readonly nextTryAt: number;
}

/** So many failures in a row cost nothing: people mistype. */
export const FREE_FAILURES = 3;
export const LOCK_AFTER = 10;
export const LOCK_MS = 15 * 60_000;
/** After a day without a failure the row begins anew. */
export const FORGOTTEN_AFTER_MS = 24 * 3600_000;

/** The wait that follows the n-th failure in a row, in ms: 0 up to three, then 1 s doubling, from ten on 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  if (failures >= LOCK_AFTER) return LOCK_MS;
  return 1000 * 2 ** (failures - FREE_FAILURES - 1);
}

/** Seconds until the next try, rounded up; 0 means now. */
export const secondsToWait = (brake: Brake | undefined, now: number): number =>
  brake === undefined || brake.nextTryAt <= now ? 0 : Math.ceil((brake.nextTryAt - now) / 1000);

/** Failures in a row that are not forgotten yet. */
export const failuresOf = (brake: Brake | undefined, now: number): number =>
  brake !== undefined && now - brake.lastFailureAt < FORGOTTEN_AFTER_MS ? brake.failures : 0;

export function afterFailure(brake: Brake | undefined, now: number): Brake {
  const failures = failuresOf(brake, now) + 1;
  return { failures, lastFailureAt: now, nextTryAt: now + waitAfter(failures) };
}
