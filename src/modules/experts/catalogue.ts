import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { expertEvents as registerEvents, expertProblems as registerProblems } from './experts.contract';
import { objectionEvents, objectionProblems } from './objections.contract';

/** Everything that this module's log entries may be, employments apart. */
export const expertEvents: EventCatalogue = { ...registerEvents, ...objectionEvents };

/** Everything that this module refuses, employments apart. */
export const expertProblems: ProblemList = { ...registerProblems, ...objectionProblems };
