import type { Moves } from '../../kernel/pure/states';

/** 疑似同一人：待人工核实、确为两人、确为一人. */
export const doubtStates = ['open', 'different', 'same'] as const;
export type DoubtState = (typeof doubtStates)[number];

/** 同名且同出生日期；同名而无从比较出生日期；曾合并而恢复分立. */
export const doubtGrounds = ['name-and-birth-day', 'name', 'merge-undone'] as const;
export type DoubtGround = (typeof doubtGrounds)[number];

export const doubtMoves = {
  open: ['different', 'same'],
  different: [],
  same: [],
} as const satisfies Moves<DoubtState>;
