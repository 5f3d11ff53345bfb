import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { correctionEvents, correctionProblems } from './corrections.contract';
import { expertEvents as registerEvents, expertProblems as registerProblems } from './experts.contract';
import { mergeEvents, mergeProblems } from './merging.contract';
import { objectionEvents, objectionProblems } from './objections.contract';
import { personEvents, personProblems } from './persons.contract';

/** Everything that this module's log entries may be, employments apart. */
export const expertEvents: EventCatalogue = {
  ...registerEvents,
  ...objectionEvents,
  ...correctionEvents,
  ...mergeEvents,
  ...personEvents,
};

/** Everything that this module refuses, employments apart. */
export const expertProblems: ProblemList = {
  ...registerProblems,
  ...objectionProblems,
  ...correctionProblems,
  ...mergeProblems,
  ...personProblems,
};
