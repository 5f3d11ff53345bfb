import { idsFrom, pooled, systemRandomness, timeOfId } from '../../src/kernel/sources';
import { instant } from '../../src/kernel/pure/time';

/** Bytes that tell where they come from: the n-th byte ever filled is n, modulo 251. */
function counting() {
  let next = 0;
  const asked: number[] = [];
  const fill = (count: number): Buffer => {
    asked.push(count);
    return Buffer.from(Array.from({ length: count }, () => next++ % 251));
  };
  return { fill, asked };
}

describe('randomness from a pool', () => {
  it('hands out every byte once, in order, with one asking for many', () => {
    const { fill, asked } = counting();
    const { bytes } = pooled(fill);
    const taken = Buffer.concat(Array.from({ length: 512 }, () => bytes(16)));
    expect([...taken]).toEqual(Array.from({ length: 8192 }, (_, n) => n % 251));
    expect(asked).toEqual([8192]);
    expect(bytes(16)[0]).toBe(8192 % 251);
    expect(asked).toEqual([8192, 8192]);
  });

  it('throws away an end that is too short, rather than hand out less', () => {
    const { fill } = counting();
    const { bytes } = pooled(fill);
    for (let n = 0; n < 11; n += 1) bytes(700);
    expect(bytes(700)).toHaveLength(700);
  });

  it('keeps nothing of what it handed out, and what it hands out is the taker’s own', () => {
    let pool: Buffer | undefined;
    const { bytes } = pooled((count) => (pool = Buffer.alloc(count, 7)));
    const first = bytes(16);
    expect(pool!.subarray(0, 16).every((b) => b === 0)).toBe(true);
    first.fill(1);
    expect([...bytes(2)]).toEqual([7, 7]);
  });

  it('asks the system itself for much at once', () => {
    const { fill, asked } = counting();
    expect(pooled(fill).bytes(4096)).toHaveLength(4096);
    expect(asked).toEqual([4096]);
  });

  it('makes ids of version 7 that bear the moment', () => {
    const ids = idsFrom({ now: () => instant(0x0123456789ab) }, pooled(counting().fill));
    const made = Array.from({ length: 3000 }, () => ids.timed());
    expect(made[0]).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('makes ids in their order: in one moment, more than it holds, and while the clock goes back a little', () => {
    const times = [...Array<number>(9_000).fill(5_000_000), 5_000_001, 4_999_000, 4_999_001, 5_000_900];
    let n = 0;
    const ids = idsFrom({ now: () => instant(times[n++]!) }, systemRandomness);
    const made = times.map(() => ids.timed());
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
    expect(timeOfId(made[8_999]!)! - 5_000_000).toBeLessThan(6);
  });

  it('follows a clock that was set back by much', () => {
    let now = 5_000_000;
    const ids = idsFrom({ now: () => instant(now) }, systemRandomness);
    ids.timed();
    now -= 60_000;
    expect(timeOfId(ids.timed())).toBe(now);
  });
});
