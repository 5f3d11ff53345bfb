import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import type { Instant } from '../../kernel/pure/time';

/** A team that names or named a person. */
export interface TeamNaming {
  expertId: string;
  evaluationId: string;
  institutionId: string;
  role: 'leader' | 'member';
  /** The present team of an evaluation that is under way. */
  open: boolean;
}

/** Another role in the programme that names a person. */
export interface EngagementNaming {
  engagementId: string;
  expertId: string;
  role: 'adviser' | 'reviewer' | 'spot-check-expert';
  from: string;
  lastDay: string | null;
}

/** What lies to the right of this register and names persons; `wire.ts` supplies it, asked when a request comes. */
export interface PersonLine {
  teams(on: Reads, expertIds: readonly string[]): Promise<TeamNaming[]>;
  engagements(on: Reads, expertIds: readonly string[]): Promise<EngagementNaming[]>;
  /** Bars on any of these registrations: when each was recorded, whether it holds today, and whether it is neither ended nor annulled. */
  bars(
    on: Reads,
    expertIds: readonly string[],
  ): Promise<{ recordedAt: Instant; holds: boolean; lasts: boolean; decisionNumber: string }[]>;
  /** Stops the person's open work and ends running roles, as a bar does. Requires the guards of every registration. */
  stop(tx: Tx, call: Call, expertId: string): Promise<void>;
}

/** What waits for an officer who had no hand in it: checking a signed sheet, judging an objection, a likeness, a merge. */
export type Owed =
  'employment.confirm' | 'employment.objection' | 'screening.person' | 'merge.confirm' | 'expert.correction';

/** What officers owe and who is told of it; `wire.ts` supplies deadlines, notices and the work list. */
export interface Duties {
  /**
   * A decision is owed within the working days of the profile, by somebody who is none of `notBy`. What is owed already
   * keeps its days.
   */
  owe(tx: Tx, kind: Owed, ref: string, notBy?: readonly (string | null)[]): Promise<void>;
  /** Nothing happens if it was not owed. */
  done(tx: Tx, kind: Owed, ref: string): Promise<void>;
  tell(
    tx: Tx,
    to: { expertId: string } | { institutionId: string } | 'bureau',
    kind:
      | 'employment.to-confirm'
      | 'employment.objected'
      | 'employment.objection-decided'
      | 'correction.asked'
      | 'correction.decided',
    ref: string,
  ): Promise<void>;
}
