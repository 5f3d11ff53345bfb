import { instant, type Instant } from '../../src/kernel/pure/time';
import type { Clock } from '../../src/kernel/sources';

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /** Moves the clock on (or back, when negative). */
  advance(ms: number): void;
}

/** Starts on 2026-11-23 at 08:00 in Asia/Shanghai unless told otherwise. */
export function handClock(start: number = Date.UTC(2026, 10, 23)): HandClock {
  let at: Instant = instant(start);
  return {
    now: () => at,
    advance: (ms) => {
      at = instant(at + ms);
    },
  };
}
