import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import type { Recorded } from '../../kernel/db/record-history';
import { meet } from '../../kernel/pure/versions';
import { employmentsKnownAt } from './employments.views';
import { ExpertVersion } from './experts.store';
import { disputedAt } from './objections.store';
import { togetherAt } from './together';

/** Which of the entries were made by somebody who worked for the institution; identity knows the posts. */
export type EnteredFor = (
  on: Reads,
  institutionId: string,
  entries: readonly Recorded[],
) => Promise<(entry: Recorded) => boolean>;

/**
 * What an institution may see of persons: what its own people recorded, and what is on record for the days of an
 * employment with it that the person, or a second officer, has confirmed and to which no objection is open. Anybody who
 * types a number could otherwise read the person behind it. Everybody sees public number and name.
 */
export interface Sight {
  /** Employs the person, or did: by a confirmed employment, under whichever registration. */
  employs(expertId: string): boolean;
  sees(entry: ExpertVersion): boolean;
}

const everything: Sight = { employs: () => true, sees: () => true };

type Asked = { institutionId: string | undefined; enteredFor: EnteredFor };

/** For the entries, which may be of several persons; an undefined institution stands for readers who see everything. */
export async function sightOf(
  on: Reads,
  { institutionId, enteredFor }: Asked,
  entries: readonly ExpertVersion[],
  expertIds: readonly string[] = [],
): Promise<Sight> {
  if (institutionId === undefined) return everything;
  const asked = [...new Set([...expertIds, ...entries.map((e) => e.expertId)])];
  const persons = await togetherAt(on, asked, LATEST);
  const ids = [...new Set([...persons.values()].flatMap((p) => p.ids))];
  const held = ids.length === 0 ? [] : await employmentsKnownAt(on, { expertIds: ids, institutionId }, LATEST);
  const disputed = await disputedAt(
    on,
    held.map((h) => h.employment.id),
    LATEST,
  );
  const counting = held.filter(
    (h) => h.voidReason === null && h.employment.confirmedAt !== null && !disputed.has(h.employment.id),
  );
  const survivorOf = (id: string): string => persons.get(id)?.survivor ?? id;
  const own = await enteredFor(on, institutionId, entries);
  const daysWith = (expertId: string) =>
    counting.filter((h) => survivorOf(h.employment.expertId) === survivorOf(expertId));
  return {
    employs: (expertId) => daysWith(expertId).length > 0,
    sees: (entry) =>
      own(entry) ||
      daysWith(entry.expertId).some(
        (h) =>
          meet(entry, h) &&
          // Given up before the institution had a right to see it, it is none of its business.
          (entry.supersededAt === null || entry.supersededAt > h.employment.confirmedAt!),
      ),
  };
}

/** Every entry ever made of these registrations that the institution may see. */
export async function entriesSeen(on: Reads, asked: Asked, expertIds: readonly string[]): Promise<ExpertVersion[]> {
  const rows = await on.m.findBy(ExpertVersion, { expertId: In([...expertIds]) });
  const { sees } = await sightOf(on, asked, rows, expertIds);
  return rows.filter(sees);
}
