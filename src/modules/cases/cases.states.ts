import type { Moves } from '../../kernel/pure/states';

export type CaseState = 'lead' | 'opened' | 'investigating' | 'closed' | 'dismissed' | 'transferred';
export const caseMoves = {
  lead: ['opened', 'dismissed', 'transferred'],
  opened: ['investigating', 'dismissed', 'transferred'],
  investigating: ['closed', 'dismissed', 'transferred'],
  closed: [],
  dismissed: [],
  transferred: [],
} as const satisfies Moves<CaseState>;

export type SubjectState =
  | 'notified'
  | 'heard'
  | 'waived'
  | 'defence-lapsed'
  | 'reviewed'
  | 'decided'
  | 'served'
  | 'in-force'
  | 'annulled'
  | 'changed';
export const subjectMoves = {
  notified: ['heard', 'waived', 'defence-lapsed'],
  heard: ['reviewed'],
  waived: ['reviewed'],
  'defence-lapsed': ['reviewed'],
  reviewed: ['decided'],
  decided: ['served'],
  served: ['in-force', 'annulled', 'changed'],
  'in-force': ['annulled', 'changed'],
  annulled: [],
  changed: [],
} as const satisfies Moves<SubjectState>;

/** A decision has been made and stands, in this or a changed form. */
export const standingStates: readonly SubjectState[] = ['decided', 'served', 'in-force', 'changed'];

/** Subjects in these states need no more acts before the case may be closed. */
export const settledStates: readonly SubjectState[] = ['in-force', 'annulled', 'changed'];
