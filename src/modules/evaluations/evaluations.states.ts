import type { Moves } from '../../kernel/pure/states';

export type EvaluationState =
  | 'assigned'
  | 'team-named'
  | 'desk-reviewed'
  | 'on-site'
  | 'reported'
  | 'accepted'
  | 'returned'
  | 'rejected'
  | 'frozen'
  | 'voided';

export const evaluationMoves = {
  assigned: ['team-named', 'frozen', 'voided'],
  'team-named': ['desk-reviewed', 'frozen', 'voided'],
  'desk-reviewed': ['on-site', 'frozen', 'voided'],
  'on-site': ['reported', 'frozen', 'voided'],
  reported: ['accepted', 'returned', 'rejected', 'frozen', 'voided'],
  returned: ['reported', 'frozen', 'voided'],
  // Event resumed: back to the state before.
  frozen: ['assigned', 'team-named', 'desk-reviewed', 'on-site', 'reported', 'returned', 'voided'],
  accepted: [],
  rejected: [],
  voided: [],
} as const satisfies Moves<EvaluationState>;

export const openStates = ['assigned', 'team-named', 'desk-reviewed', 'on-site', 'reported', 'returned'] as const;

/** Until the report is in, or after it came back, the team may change; a reported one answers with the team it had. */
export const teamMayChange: readonly EvaluationState[] = [
  'assigned',
  'team-named',
  'desk-reviewed',
  'on-site',
  'returned',
];

/** Papers and pictures are added from the visit on, until the report is judged. */
export const evidenceMayGrow: readonly EvaluationState[] = ['on-site', 'returned'];
