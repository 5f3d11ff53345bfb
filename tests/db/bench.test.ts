import { measureEngine } from '../bench/measuring';
import { readNames } from '../bench/names';
import { questions } from '../bench/questions';
import { sharedData } from '../support/shared-data';

// Not how long anything takes: only that the benchmark seeds what the service reads, and asks what it answers.

test('the benchmark of the registers runs, with every question answered at every size', async () => {
  const said: string[] = [];
  const lines = await measureEngine({
    names: readNames(sharedData('names')),
    sizes: [40, 60],
    rounds: 2,
    warmUp: 0,
    server: process.env.LUJIAN_TEST_DATABASE_URL,
    say: (text) => void said.push(text),
  });
  expect(said).toHaveLength(2);
  expect(lines.map((l) => l.question)).toEqual(Object.keys(questions));
  for (const { p50, p95, ratio } of lines) {
    expect(p50.every((ms, n) => ms > 0 && ms <= p95[n]!)).toBe(true);
    expect(Math.min(ratio.p50, ratio.p95)).toBeGreaterThan(0);
  }
}, 120_000);
