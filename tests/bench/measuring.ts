import type { House } from './house';
import { openHouse } from './house';
import type { Names } from './names';
import { chanceFrom, questions } from './questions';

export interface Line {
  question: string;
  /** By size, in milliseconds. */
  p50: number[];
  p95: number[];
  /** The largest size over the smallest. */
  ratio: { p50: number; p95: number };
}

export interface Measuring {
  names: Names;
  sizes: readonly number[];
  rounds: number;
  warmUp: number;
  /** mysql://… without a database; undefined means SQLite. */
  server: string | undefined;
  say(text: string): void;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;

/**
 * Asks every question of every size in turn, so that whatever else the machine does falls on all of them alike; the
 * order of the sizes changes from round to round. Of each size the same is asked: the same chance draws for all.
 */
async function measure(houses: readonly House[], { rounds, warmUp }: Measuring): Promise<Map<string, number[][]>> {
  const times = new Map(Object.keys(questions).map((name) => [name, houses.map((): number[] => [])]));
  const chances = houses.map(() => chanceFrom(1_000));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, make] of Object.entries(questions)) {
      for (let n = 0; n < houses.length; n += 1) {
        const which = (n + round + warmUp) % houses.length;
        const house = houses[which]!;
        const took = await house.ask(make(house.seeded, chances[which]!));
        if (round >= 0) times.get(name)![which]!.push(took);
      }
    }
  }
  return times;
}

function lineOf(question: string, times: readonly number[][]): Line {
  const sorted = times.map((list) => [...list].sort((a, b) => a - b));
  const p95 = sorted.map((list) => quantile(list, 0.95));
  const p50 = sorted.map((list) => quantile(list, 0.5));
  return { question, p50, p95, ratio: { p50: p50.at(-1)! / p50[0]!, p95: p95.at(-1)! / p95[0]! } };
}

/** Seeds one database for each size on one engine, measures, and removes them. */
export async function measureEngine(wanted: Measuring): Promise<Line[]> {
  const houses: House[] = [];
  try {
    for (const size of wanted.sizes) {
      const began = performance.now();
      houses.push(await openHouse(wanted.names, size, wanted.server));
      wanted.say(`seeded ${size} bodies and ${size} persons in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
    const times = await measure(houses, wanted);
    return [...times].map(([question, list]) => lineOf(question, list));
  } finally {
    for (const house of houses) await house.close();
  }
}
