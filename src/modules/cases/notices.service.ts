import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import type { Tx } from '../../kernel/db/transaction';
import type { LegalDate } from '../../kernel/pure/time';
import { loadCase, loadCaseSubject } from './cases.store';
import { createSteps, followSubject, subjectAndCase, type CaseDeps } from './steps';

const REF = 'case-subject:';
const subjectOf = (ref: string | null): string | undefined =>
  ref?.startsWith(REF) ? ref.slice(REF.length) : undefined;

/** What becomes of a notice before decision, once it is on its way. */
export function createNotices(deps: CaseDeps) {
  const steps = createSteps(deps);
  return {
    /** The records that the entry of a service concerns. */
    guards: async (on: Reads, ref: string | null): Promise<Subject[]> => {
      const id = subjectOf(ref);
      return id === undefined ? [] : subjectAndCase(on, id);
    },

    /** Whoever enters another service has a hand in the investigation, and neither reviews nor decides. */
    async served(
      tx: Tx,
      call: Call,
      notice: { id: string; ref: string | null },
      {
        servedOn,
        manner,
        proof,
        proofFileId,
      }: Record<'manner' | 'proof' | 'proofFileId', string> & {
        servedOn: LegalDate;
      },
    ): Promise<void> {
      const id = subjectOf(notice.ref);
      if (id === undefined) return;
      const s = await loadCaseSubject(tx, id);
      const of = { caseId: s.caseId, caseSubjectId: id, step: 'notice-served' };
      const paper = { day: servedOn, paper: proof, scanFileId: proofFileId };
      await steps.note(tx, call, of, paper, { notification: notice.id, manner });
      const { state } = await loadCase(tx, s.caseId);
      // Until it is the office's turn nothing follows from who entered what.
      const isAtOffice = ['heard', 'waived', 'defence-lapsed', 'reviewed'].includes(s.state);
      if (state === 'investigating' && isAtOffice) await followSubject(deps, tx, s);
    },

    /** It reached nobody, or arrived without consent: the officers of the case serve it by another way. */
    async undelivered(tx: Tx, { ref }: { ref: string | null }): Promise<void> {
      const id = subjectOf(ref);
      if (id === undefined) return;
      const s = await loadCaseSubject(tx, id);
      const { state, authorityId, authority } = await loadCase(tx, s.caseId);
      if (state !== 'investigating' || s.state !== 'notified') return;
      const to = { authority: authorityId ?? authority, role: 'inspector' };
      await deps.tell(tx, { to, kind: 'notice.undelivered', ref: `${REF}${id}` });
    },
  };
}
