import type { Answers } from './judge';
import { acts, doors, isDone, type Door, type Round } from './rounds';

export interface Tally {
  /** How often each act got each answer. */
  answers: Map<string, number>;
  /** For each door that the bar concerns: how often it was first, how often the bar. */
  order: Record<Door, { door: number; bar: number }>;
  unavailable: number;
  /** Bars that were not imposed. */
  unserved: number;
}

const lost = ['sanctions.barred', 'evaluation.frozen', 'request.conflict'];

export function tallyOf(rounds: readonly Round[], all: ReadonlyMap<number, Answers>): Tally {
  const tally: Tally = {
    answers: new Map(),
    order: { offer: { door: 0, bar: 0 }, team: { door: 0, bar: 0 }, accept: { door: 0, bar: 0 } },
    unavailable: 0,
    unserved: 0,
  };
  for (const round of rounds) {
    for (const act of acts) {
      const answer = all.get(round.no)?.get(act);
      const key = `${act.padEnd(6)} ${round.against.padEnd(11)} ${answer?.status ?? '---'} ${answer?.code?.split('\n')[0] ?? ''}`;
      tally.answers.set(key, (tally.answers.get(key) ?? 0) + 1);
      if (answer?.status === 503) tally.unavailable += 1;
      if (act === 'serve' && !(answer && isDone(answer))) tally.unserved += 1;
    }
    for (const door of doors) {
      const answer = all.get(round.no)?.get(door);
      if (!answer || (door === 'offer' && round.against === 'person')) continue;
      if (isDone(answer)) tally.order[door].door += 1;
      else if (lost.includes(answer.code ?? '')) tally.order[door].bar += 1;
    }
  }
  return tally;
}

/** One answer in a hundred may ask to come again; more would mean that the guards block each other. */
export const MOST_UNAVAILABLE = 0.01;

/** Why the run proves nothing, in words; empty when it raced as it should. */
export function faultsOf(tally: Tally, rounds: number): string[] {
  const faults = doors.flatMap((door) => {
    const { door: first, bar } = tally.order[door];
    return first > 0 && bar > 0 ? [] : [`${door}: the door was first ${first} times, the bar ${bar} times: no race`];
  });
  if (tally.unavailable > rounds * acts.length * MOST_UNAVAILABLE) faults.push(`${tally.unavailable} answers were 503`);
  if (tally.unserved > rounds * MOST_UNAVAILABLE) faults.push(`${tally.unserved} bars could not be imposed`);
  return faults;
}
