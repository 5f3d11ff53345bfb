import type { Moves } from '../../kernel/pure/states';

/** 本人更正请求：待办理、已更正、不予更正、已撤回. */
export const correctionStates = ['open', 'granted', 'refused', 'withdrawn'] as const;
export type CorrectionState = (typeof correctionStates)[number];

export const correctionMoves = {
  open: ['granted', 'refused', 'withdrawn'],
  granted: [],
  refused: [],
  withdrawn: [],
} as const satisfies Moves<CorrectionState>;
