// How long a session lasts (ASVS 7.3): the sooner of the two ends it.

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3600_000;

export interface Lived {
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** Is the session still good? Ends 30 minutes after it was last seen and 12 hours after it was opened. */
export const isLive = (session: Lived, now: number): boolean =>
  now < session.lastSeenAt + IDLE_MS && now < session.createdAt + ABSOLUTE_MS;

/** When it ends if nothing more is done in it, and when at the latest; ms. */
export const endsOf = (session: Lived): { idleUntil: number; endsAt: number } => {
  const endsAt = session.createdAt + ABSOLUTE_MS;
  return { idleUntil: Math.min(session.lastSeenAt + IDLE_MS, endsAt), endsAt };
};
