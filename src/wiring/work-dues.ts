import type { Dues, WorkKind } from '../modules/identity';
import type { DeadlineKind, Deadlines } from '../modules/policy';
import { waitingAs } from './person-duties';

/** Which deadline runs for which work. */
const dueKinds: Partial<Record<WorkKind, DeadlineKind>> = {
  'pool-entry': 'pool.decide',
  assignment: 'assignment.answer',
  'case-subject': 'case.defence',
  ...Object.fromEntries(Object.entries(waitingAs).map(([owed, work]) => [work, owed])),
};

/** Last days of open work, for identity, which lies to the left of deadlines. */
export const workDues =
  (deadlines: Pick<Deadlines, 'dues'>): Dues =>
  async (on, items) => {
    const asked = items.flatMap(({ kind, ref }) => {
      const due = dueKinds[kind];
      return due === undefined ? [] : [{ work: `${kind}/${ref}`, kind: due, ref }];
    });
    const days = await deadlines.dues(on, asked);
    return new Map(
      asked.flatMap(({ work, kind, ref }) => {
        const day = days.get(`${kind}:${ref}`);
        return day === undefined ? [] : [[work, day] as const];
      }),
    );
  };
