/** The four acts that meet: one service of a decision and three doors. */
export const acts = ['serve', 'offer', 'team', 'accept'] as const;
export type Act = (typeof acts)[number];
export type Door = Exclude<Act, 'serve'>;
export const doors: readonly Door[] = ['offer', 'team', 'accept'];

/** What one round has of its own: a fresh institution, five persons, work in every state that a door looks at. */
export interface Round {
  no: number;
  /** Against whom the decision goes. */
  against: 'institution' | 'person';
  institutionId: string;
  /** The first one leads both teams. */
  expertIds: string[];
  barredExpertId: string;
  lotId: string;
  /** A mine of the lot that nobody holds. */
  freeMineId: string;
  caseSubjectId: string;
  scanFileId: string;
  /** Taken up; its one evaluation waits for a team. */
  teamAssignmentId: string;
  teamEvaluationId: string;
  /** Taken up; its one evaluation is reported, with all papers. */
  reportedAssignmentId: string;
  reportedEvaluationId: string;
}

/** What an act was answered. Only what the judge needs. */
export interface Answer {
  act: Act;
  /** As HTTP would say it; 500 for anything that is no Problem. */
  status: number;
  /** Problem code, or the message of what should not have been thrown. */
  code?: string;
  /** The new assignment's id (offer). */
  assignmentId?: string;
  /** What the bar's answer listed as frozen (serve). */
  frozen?: { assignments: string[]; evaluations: string[] };
}

export interface ActOrder {
  act: Act;
  /** Pause after the barrier, ms. */
  delayMs: number;
}

export const requestIdOf = (round: Round, act: Act): string => `race-${round.no}-${act}`;
export const isDone = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;
