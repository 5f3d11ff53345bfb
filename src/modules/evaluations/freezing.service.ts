import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import { changeOrRetry } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { FreezeReason } from './evaluations.contract';
import { idsOfPerson, recordStep, type EvaluationDeps } from './stepping';
import { openStates } from './evaluations.states';
import { Evaluation, withMember } from './evaluations.store';

/** Work stops where a bar is imposed, in that very transaction. */
export function createFreezing({ audit, experts, tell }: EvaluationDeps) {
  async function freeze(tx: Tx, call: Call, rows: readonly Evaluation[], reason: FreezeReason): Promise<string[]> {
    for (const e of rows) {
      // Frozen for a member already: the institution's bar is the stronger reason, and a new team no longer cures it.
      const stateBefore = e.state === 'frozen' ? e.stateBefore : e.state;
      await changeOrRetry(tx, Evaluation, e, { state: 'frozen', stateBefore, freezeReason: reason });
      await recordStep(audit, tx, call, e, 'evaluation.frozen', { reason });
    }
    // Once for each institution, be it a hundred of them.
    const first = new Map([...rows].reverse().map((e) => [e.institutionId, e.id]));
    for (const [institutionId, id] of first) {
      await tell(tx, { to: { institutionId }, kind: 'work.frozen', ref: `evaluation:${id}` });
    }
    return rows.map((e) => e.id);
  }

  /** Freezes every open evaluation of the institution; returns their ids. */
  async function freezeForInstitution(tx: Tx, call: Call, institutionId: string): Promise<string[]> {
    const rows = await tx.m.find(Evaluation, { where: { institutionId, state: In([...openStates, 'frozen']) } });
    const due = rows.filter((e) => e.state !== 'frozen' || e.freezeReason === 'person-bar');
    return freeze(tx, call, due, 'institution-bar');
  }

  /** Freezes every open evaluation whose present team holds the person, until that team is changed. */
  const freezeForPerson = async (tx: Tx, call: Call, expertId: string): Promise<string[]> =>
    freeze(tx, call, await withMember(tx, await idsOfPerson(experts, tx, expertId), openStates), 'person-bar');

  return { freezeForInstitution, freezeForPerson };
}
