export const changeStates = ['open', 'reported', 'returned', 'confirmed', 'dropped'] as const;
/** 待报告、已报告待确认、已退回、已确认、已撤销. */
export type ChangeState = (typeof changeStates)[number];

/**
 * A change that must be reported. Open: the authority learned of it from elsewhere. What the institution reports of itself
 * begins as reported; what is registered together with its report begins as confirmed.
 */
export const changeMoves = {
  open: ['reported', 'dropped'],
  reported: ['confirmed', 'returned'],
  returned: ['reported', 'dropped'],
  confirmed: [],
  dropped: [],
} as const satisfies Record<ChangeState, readonly ChangeState[]>;

/** A report is owed. */
export const owing = ['open', 'returned'] as const satisfies readonly ChangeState[];
