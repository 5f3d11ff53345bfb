/** After so many tries a message is a dead letter, which a system administrator may send again. */
export const MOST_ATTEMPTS = 8;

const FIRST_MS = 30_000;
const LONGEST_MS = 6 * 3600_000;

/** Pause before the next try: doubled each time, from half a minute to six hours. */
export const backOff = (attempts: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
