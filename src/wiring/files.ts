import type { FileReaders } from '../modules/documents';
import type { Line } from './line';
import type { Papers } from './papers';
import type { Registers } from './registers';

/** Who may read a stored file: whoever may read the record on which it hangs, by the module that keeps the record. */
export const fileReaders = (
  r: Pick<Registers, 'identity' | 'notifications' | 'organisations' | 'institutions' | 'experts'>,
  line: Pick<Line, 'commissions' | 'evaluations' | 'cases'>,
  { pledges }: Pick<Papers, 'pledges'>,
): FileReaders => ({
  ...r.identity.fileReaders,
  ...r.notifications.fileReaders,
  ...r.organisations.fileReaders,
  ...r.institutions.fileReaders,
  ...r.experts.fileReaders,
  ...line.commissions.fileReaders,
  ...line.cases.fileReaders,
  // Whoever keeps the seal sees what is to be sealed, and nothing else.
  evaluation: async (on, actor, id) => {
    if (actor.role !== 'seal-keeper') return line.evaluations.fileReaders.evaluation(on, actor, id);
    return actor.institutionId !== null && pledges.isToBeSealed(on, actor.institutionId, id);
  },
});
