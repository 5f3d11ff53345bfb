import type { Moves } from '../../../kernel/pure/states';

/** 规则集：草案、已施行、已撤回. */
export const profileStates = ['draft', 'adopted', 'withdrawn'] as const;
export type ProfileState = (typeof profileStates)[number];

export const profileMoves = {
  draft: ['adopted', 'withdrawn'],
  adopted: [],
  withdrawn: [],
} as const satisfies Moves<ProfileState>;
