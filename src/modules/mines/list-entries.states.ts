import type { ListStatus } from './fields.contract';

/**
 * How a mine's standing in one list may go on (自然资规〔2024〕1号 art. 9 and 17, annex 2). A removed mine may come back:
 * how long it must wait could not be read, so nothing is asked (domain.md 1.3).
 */
export const listMoves = {
  'public-notice': ['on-list'],
  'on-list': ['correction', 'removed'],
  correction: ['on-list', 'removed'],
  removed: ['public-notice', 'on-list'],
} as const satisfies Record<ListStatus, readonly ListStatus[]>;

/** How it may begin, where nothing is known of before. */
export const listBeginnings = ['public-notice', 'on-list'] as const satisfies readonly ListStatus[];

/** A notice may end without listing. A listed mine does not drop out by the way: what follows must be said. */
export const mayEnd = {
  'public-notice': true,
  'on-list': false,
  correction: false,
  removed: false,
} as const satisfies Record<ListStatus, boolean>;
