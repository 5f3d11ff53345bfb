import type { Moves } from '../../kernel/pure/states';

export type PledgeState = 'prepared' | 'part-signed' | 'complete' | 'void';

/** A void pledge stays verifiable; nothing leaves that state. */
export const pledgeMoves = {
  prepared: ['part-signed', 'complete', 'void'],
  'part-signed': ['part-signed', 'complete', 'void'],
  complete: ['void'],
  void: [],
} as const satisfies Moves<PledgeState>;

/** Still to be signed by somebody. */
export const openPledgeStates = ['prepared', 'part-signed'] as const satisfies readonly PledgeState[];

/** Counts for its evaluation, or may come to. */
export const currentPledgeStates = [...openPledgeStates, 'complete'] as const satisfies readonly PledgeState[];

/** States of an evaluation in which its pledge may be prepared and signed: open, and past the naming of a team. */
export const pledgeableStates: readonly string[] = ['team-named', 'desk-reviewed', 'on-site', 'reported', 'returned'];
