import type { Moves } from '../../kernel/pure/states';

/** 对聘用登记的异议：核查中、属实、不成立、已撤回. */
export const objectionStates = ['open', 'upheld', 'dismissed', 'withdrawn'] as const;
export type ObjectionState = (typeof objectionStates)[number];

export const objectionMoves = {
  open: ['upheld', 'dismissed', 'withdrawn'],
  upheld: [],
  dismissed: [],
  withdrawn: [],
} as const satisfies Moves<ObjectionState>;
