import type { Moves } from '../../kernel/pure/states';

export type PoolState = 'applied' | 'admitted' | 'refused' | 'withdrawn';
export const poolMoves = {
  applied: ['admitted', 'refused', 'withdrawn'],
  admitted: ['withdrawn'],
  refused: [],
  withdrawn: [],
} as const satisfies Moves<PoolState>;

/** What two officers say of an entry: one proposes, the other decides or gives it back; a later proposal replaces it. */
export type PoolDecisionState = 'proposed' | 'decided' | 'returned' | 'superseded';
export const poolDecisionMoves = {
  proposed: ['decided', 'returned', 'superseded'],
  decided: [],
  returned: [],
  superseded: [],
} as const satisfies Moves<PoolDecisionState>;

export type LotState = 'drafted' | 'candidates-published' | 'drawn' | 'under-way' | 'closed' | 'cancelled';
export const lotMoves = {
  drafted: ['candidates-published', 'cancelled'],
  // By package, rotation or direct assignment the draw is passed over.
  'candidates-published': ['drawn', 'under-way', 'cancelled'],
  drawn: ['under-way'],
  'under-way': ['closed'],
  closed: [],
  cancelled: [],
} as const satisfies Moves<LotState>;

export type AssignmentState = 'offered' | 'taken-up' | 'declined' | 'lapsed' | 'frozen' | 'released' | 'fulfilled';
export const assignmentMoves = {
  offered: ['taken-up', 'declined', 'lapsed', 'frozen', 'released'],
  'taken-up': ['fulfilled', 'frozen', 'released'],
  // Event resumed: back to the state before.
  frozen: ['offered', 'taken-up', 'released'],
  declined: [],
  lapsed: [],
  released: [],
  fulfilled: [],
} as const satisfies Moves<AssignmentState>;

/** States in which an assignment holds its mines. */
export const holding: readonly AssignmentState[] = ['offered', 'taken-up', 'frozen', 'fulfilled'];
