import type { Reads } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import type { Call } from '../../kernel/call';
import type { Tx } from '../../kernel/db/transaction';
import type { LegalDate } from '../../kernel/pure/time';
import type { Tie } from '../organisations';
import type { NamedTeam } from './replay.service';

/** What commissioning asks of the registers. */
export interface RegisterFacts {
  institutions: {
    load(on: Reads, id: string): Promise<{ id: string; organisationId: string; uscc: string }>;
    /** The bodies behind these, by their ids. */
    bodiesOf(on: Reads, ids: readonly string[]): Promise<string[]>;
  };
  organisations: {
    /** Which of the other bodies are tied to this one by control, on the day. */
    tiesOf(on: Reads, id: string, others: readonly string[], moment: Moment): Promise<Tie[]>;
    at(on: Reads, id: string, moment: Moment): Promise<{ publicInstitutionClass: 'one' | 'two' | null } | undefined>;
  };
  experts: {
    load(on: Reads, id: string): Promise<{ id: string }>;
    together(
      on: Reads,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { survivor: string; ids: readonly string[] }>>;
  };
  mines: {
    load(on: Reads, id: string): Promise<{ id: string }>;
    namesAt(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, string>>;
    /** Bodies that operated the mine on some day of [from, to]. */
    operatorsWithin(on: Reads, mineId: string, from: LegalDate, to: LegalDate): Promise<string[]>;
  };
}

/** What commissioning wants done in evaluations, which lie to its right; `wire.ts` supplies it. */
export interface EvaluationWork {
  open(
    tx: Tx,
    call: Call,
    task: { assignmentId: string; lotId: string; institutionId: string; purpose: string; mineIds: readonly string[] },
  ): Promise<void>;
  /** Teams named in the lot, the present one of each evaluation. */
  teamsOfLot(on: Reads, lotId: string): Promise<NamedTeam[]>;
  voidAll(tx: Tx, call: Call, assignmentId: string, reason: string): Promise<void>;
  /** Of these mines of the lot, those whose evaluation is under way or accepted. */
  minesInWork(on: Reads, lotId: string, mineIds: readonly string[]): Promise<string[]>;
  idsOf(on: Reads, assignmentIds: readonly string[]): Promise<Map<string, string[]>>;
}
