import { isFound, type MayRead } from '../../kernel/db/records';
import type { Scope } from './authorities/scope.service';
import { requireSeen } from './hand-overs/acting';
import { loadHandOver, partiesOf } from './hand-overs/hand-overs.store';
import { mayActor } from './permissions';

/** Who may read the records of identity on which stored files hang. */
export const createFileReaders = (deps: { scope: Scope }): Record<'letter' | 'hand-over', MayRead> => ({
  letter: async (_on, actor) => mayActor(actor, 'account.read'),
  'hand-over': async (on, actor, id) =>
    mayActor(actor, 'hand-over.use') &&
    isFound(async () => requireSeen(deps, on, { actor }, await loadHandOver(on, id), await partiesOf(on, id))),
});
