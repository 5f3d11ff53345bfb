import { afterFailure, secondsToWait, waitAfter, type Brake } from '../../src/modules/identity/sessions/brake.rules';

const row = (count: number, now = 0): Brake => {
  let brake: Brake | undefined;
  for (let n = 0; n < count; n += 1) brake = afterFailure(brake, now);
  return brake!;
};

describe('delays between failed sign-ins', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
    [5, 2],
    [6, 4],
    [7, 8],
    [8, 16],
    [9, 32],
    [10, 900],
    [11, 900],
    [40, 900],
  ])('after failure %i in a row: %i s', (failures, seconds) => {
    expect(waitAfter(failures)).toBe(seconds * 1000);
    expect(row(failures).failures).toBe(failures);
    expect(secondsToWait(row(failures), 0)).toBe(seconds);
  });

  test('the wait is over at its last millisecond, not before', () => {
    const brake = row(4);
    expect(secondsToWait(brake, 999)).toBe(1);
    expect(secondsToWait(brake, 1000)).toBe(0);
    const locked = row(10);
    expect(secondsToWait(locked, 899_999)).toBe(1);
    expect(secondsToWait(locked, 900_000)).toBe(0);
  });

  test('nobody has to wait without a failure', () => {
    expect(secondsToWait(undefined, 0)).toBe(0);
  });

  test('a day without a failure begins a new row', () => {
    const day = 24 * 3600_000;
    expect(afterFailure(row(9), day - 1).failures).toBe(10);
    expect(afterFailure(row(9), day).failures).toBe(1);
  });
});
