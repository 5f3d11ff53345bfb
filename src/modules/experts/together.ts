import type { Reads } from '../../kernel/db/database';
import type { Instant } from '../../kernel/pure/time';
import { standingMerges } from './merging.store';

/** One person under all ids that name him. */
export interface Together {
  /** The id that stands for the person. */
  survivor: string;
  /** Every id that names the person, the survivor first, the others in order. */
  ids: readonly string[];
}

/**
 * The one place that says which registrations are one person at the instant. Each asked id is in the answer, be it
 * registered or not; without a merge it stands for itself.
 */
export async function togetherAt(
  on: Reads,
  asked: readonly string[],
  knownAt: Instant,
): Promise<ReadonlyMap<string, Together>> {
  const into = new Map<string, string>();
  const seen = new Set(asked);
  for (let frontier = [...seen]; frontier.length > 0;) {
    const next: string[] = [];
    for (const { fromId, intoId } of await standingMerges(on, frontier, knownAt)) {
      into.set(fromId, intoId);
      for (const id of [fromId, intoId].filter((one) => !seen.has(one))) {
        seen.add(id);
        next.push(id);
      }
    }
    frontier = next;
  }
  const survivorOf = (id: string): string => {
    const next = into.get(id);
    return next === undefined ? id : survivorOf(next);
  };
  const groups = new Map<string, string[]>();
  for (const id of [...seen].sort()) {
    const survivor = survivorOf(id);
    groups.set(survivor, [...(groups.get(survivor) ?? []), id]);
  }
  return new Map(
    [...seen].map((id) => {
      const survivor = survivorOf(id);
      return [id, { survivor, ids: [survivor, ...groups.get(survivor)!.filter((one) => one !== survivor)] }];
    }),
  );
}

/** The same for one id. */
export const personBehind = async (on: Reads, id: string, knownAt: Instant): Promise<Together> =>
  (await togetherAt(on, [id], knownAt)).get(id)!;
