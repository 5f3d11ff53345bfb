import type { Clock } from '../../kernel/sources';

/** Others who write wait as long as a transaction does; who reads is served in between (kernel/db/sqlite). */
const MOST_MS = 200;
const EASY_MS = 100;
/** Fewer would not help: then the commits, and the pages touched by each, take more than the rows. */
const LEAST = 500;

/** Rows in one stride at most, unless a register says less: more would not share noticeably more pages. */
export const MOST_AT_ONCE = 2000;

/**
 * How many rows to write at once, learnt from how long the last ones took inside their transaction: waiting for the turn
 * and for the disk at COMMIT is the same for many rows as for few.
 */
export class Pace {
  private size: number;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    start = LEAST,
  ) {
    this.size = Math.min(most, start);
  }

  get rows(): number {
    return this.size;
  }

  async measure<T>(work: () => Promise<T>): Promise<T> {
    const began = this.clock.now();
    const result = await work();
    const took = this.clock.now() - began;
    if (took > MOST_MS) this.size = Math.min(this.most, Math.max(LEAST, Math.floor(this.size / 2)));
    else if (took < EASY_MS) this.size = Math.min(this.most, this.size + 250);
    return result;
  }
}
