import { refuse, accept, type Outcome } from '../../../kernel/pure/outcome';
import { addDays, instant, legalDateOf, type Instant } from '../../../kernel/pure/time';
import { OVERLAP_DAYS } from './keys.contract';

export interface KeyTimes {
  id: string;
  madeAt: number;
  retiredAt: number | null;
}

/** May another key begin to sign? Two at a time are enough to take over, and are as many as one can follow. */
export const judgeNewKey = (keys: readonly KeyTimes[]): Outcome<void> =>
  keys.filter((key) => key.retiredAt === null).length > 1 ? refuse('log.keys-overlap') : accept(undefined);

/**
 * May the key stop signing? Only when a younger one has signed beside it for the days of the overlap; a key that others
 * may know stops at once, as long as another signs.
 */
export function judgeRetirement(
  key: KeyTimes,
  keys: readonly KeyTimes[],
  { now, compromised }: { now: Instant; compromised: boolean },
): Outcome<void> {
  if (key.retiredAt !== null) return refuse('log.key-retired', { on: legalDateOf(instant(key.retiredAt)) });
  const others = keys.filter((other) => other.id !== key.id && other.retiredAt === null);
  if (others.length === 0) return refuse('log.only-key');
  if (compromised) return accept(undefined);
  const since = Math.max(key.madeAt, Math.min(...others.map((other) => other.madeAt)));
  const from = addDays(legalDateOf(instant(since)), OVERLAP_DAYS);
  return legalDateOf(now) < from ? refuse('log.overlap-runs', { days: OVERLAP_DAYS, from }) : accept(undefined);
}
