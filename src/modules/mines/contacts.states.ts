/** A mine's own word on whom to reach there: proposed by the operator, taken over or returned by the bureau. */
export const proposalStates = ['proposed', 'accepted', 'returned', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];

export const proposalMoves = {
  proposed: ['accepted', 'returned', 'withdrawn'],
  accepted: [],
  returned: [],
  withdrawn: [],
} as const satisfies Record<ProposalState, readonly ProposalState[]>;
