import type { House } from './house';
import { openHouse } from './house';
import type { Names } from './names';
import { chanceFrom, questions, type Chance } from './questions';

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

/** A round's asks in an order of its own; chance that can be had again. */
function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const drawn = [...list];
  for (let n = drawn.length - 1; n > 0; n -= 1) {
    const other = Math.floor(chance() * (n + 1));
    [drawn[n], drawn[other]] = [drawn[other]!, drawn[n]!];
  }
  return drawn;
}

/**
 * Asks every question of every size, each round in another order, so that whatever else the machine and the process do
 * (a pause for memory above all) falls on all of them alike. Of each size the same is asked: the same chance draws for
 * all.
 */
async function measure(houses: readonly House[], { rounds, warmUp }: Measuring): Promise<Map<string, number[][]>> {
  const names = Object.keys(questions);
  const times = new Map(names.map((name) => [name, houses.map((): number[] => [])]));
  const chances = new Map(names.map((name, n) => [name, houses.map(() => chanceFrom(1_000 + n))]));
  const asks = names.flatMap((name) => houses.map((house, which) => ({ name, house, which })));
  const order = chanceFrom(7);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, house, which } of shuffled(asks, order)) {
      const took = await house.ask(questions[name]!(house.seeded, chances.get(name)![which]!));
      if (round >= 0) times.get(name)![which]!.push(took);
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
