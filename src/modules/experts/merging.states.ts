import type { Moves } from '../../kernel/pure/states';

/** 合并重复登记：拟合并、已合并、不予合并、已撤回、已恢复分立. */
export const mergeStates = ['proposed', 'confirmed', 'refused', 'withdrawn', 'undone'] as const;
export type MergeState = (typeof mergeStates)[number];

export const mergeMoves = {
  proposed: ['confirmed', 'refused', 'withdrawn'],
  confirmed: ['undone'],
  refused: [],
  withdrawn: [],
  undone: [],
} as const satisfies Moves<MergeState>;
