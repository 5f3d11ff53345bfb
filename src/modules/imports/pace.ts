import type { Clock } from '../../kernel/sources';

/** A transaction that writes for longer keeps others waiting (SQLite has one writer and one thread). */
const MOST_MS = 20;
const EASY_MS = 8;
/** Fewer would not help: then the commits take more than the rows. */
const LEAST = 200;

/**
 * How many rows to write at once, learnt from how long the last ones took inside their transaction: waiting for the turn
 * and for the disk at COMMIT is the same for many rows as for few.
 */
export class Pace {
  private size: number;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    start = 200,
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
    if (took > MOST_MS) this.size = Math.max(LEAST, Math.floor(this.size / 2));
    else if (took < EASY_MS) this.size = Math.min(this.most, this.size + 50);
    return result;
  }
}
