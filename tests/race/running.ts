import { randomInt } from 'node:crypto';
import type { Crew } from './crew';
import { acts, type Act, type ActOrder, type Answer, type Round } from './rounds';
import type { Answers } from './judge';

const MOST_DELAY_MS = 3;

/** Gives each act to one of the crew by chance, with a small pause by chance. */
function deal(size: number): ActOrder[][] {
  const hands: ActOrder[][] = Array.from({ length: size }, () => []);
  for (const act of acts) hands[randomInt(size)]!.push({ act, delayMs: randomInt(MOST_DELAY_MS + 1) });
  return hands;
}

async function runRound(crew: Crew, round: Round): Promise<Answers> {
  const hands = deal(crew.size).map((orders, member) => ({ orders, member }));
  const answers = await Promise.all(
    hands.filter((h) => h.orders.length > 0).map(({ member, orders }) => crew.act(member, round, orders)),
  );
  return new Map<Act, Answer>(answers.flat().map((answer) => [answer.act, answer]));
}

/** Runs all rounds, some of them at the same time; `onEach` is told how many are done. */
export async function runRounds(
  crew: Crew,
  rounds: readonly Round[],
  inFlight: number,
  onEach: (done: number) => void,
): Promise<Map<number, Answers>> {
  const all = new Map<number, Answers>();
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let round = rounds[next++]; round; round = rounds[next++]) {
      all.set(round.no, await runRound(crew, round));
      onEach(all.size);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return all;
}
