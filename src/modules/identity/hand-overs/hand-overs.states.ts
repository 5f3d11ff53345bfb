import type { Moves } from '../../../kernel/pure/states';

export type HandOverState = 'prepared' | 'part-signed' | 'completed' | 'cancelled';

/** Giver and receiver sign, so that one signature never completes it. */
export const handOverMoves = {
  prepared: ['part-signed', 'cancelled'],
  'part-signed': ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
} as const satisfies Moves<HandOverState>;

/** What became of an item when the hand-over was completed. */
export const outcomes = {
  moved: '已移交',
  closed: '移交前已办结',
  elsewhere: '移交前已转由他岗办理',
} as const;
export type HandOverOutcome = keyof typeof outcomes;
