import { say, sayNames, type Wording } from '../../kernel/pure/wording';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import type { LegalDate } from '../../kernel/pure/time';
import type { Profile } from '../policy';
import { judge, wordsOf } from '../policy/core/answers';
import { rule as operator } from '../policy/core/rules/conflict.operator.rule';
import { rule as firstClass } from '../policy/core/rules/purchase.first-class-institution.rule';
import {
  assignmentMoves,
  lotMoves,
  poolMoves,
  type AssignmentState,
  type LotState,
  type PoolState,
} from './commissions.states';

export const moveLot = (state: LotState, wanted: LotState): Outcome<LotState> =>
  mayMove(lotMoves, state, wanted) ? accept(wanted) : refuse('lot.wrong-state', { state, wanted });

const standings: Readonly<Record<PoolState, Wording>> = {
  applied: say('已申请、尚待决定', 'an applicant awaiting decision'),
  admitted: say('已纳入', 'admitted'),
  refused: say('已不予纳入', 'refused'),
  withdrawn: say('已退出', 'withdrawn'),
};
/** What a problem says of an entry: its state, and that in words. */
export const poolStanding = (state: PoolState) => ({ state, standing: standings[state] });

export const movePool = (state: PoolState, wanted: PoolState): Outcome<PoolState> =>
  mayMove(poolMoves, state, wanted)
    ? accept(wanted)
    : refuse('pool-entry.wrong-state', { ...poolStanding(state), wanted });

/** Nobody answers a frozen assignment: it may be released, or go back by `resumeAssignment`. */
export const moveAssignment = (state: AssignmentState, wanted: AssignmentState): Outcome<AssignmentState> =>
  mayMove(assignmentMoves, state, wanted) && (state !== 'frozen' || wanted === 'released')
    ? accept(wanted)
    : refuse('assignment.wrong-state', { state, wanted });

/** Event resumed: a frozen assignment goes back to the state before, and to no other. */
export function resumeAssignment(a: {
  state: AssignmentState;
  stateBefore: AssignmentState | null;
}): Outcome<AssignmentState> {
  const { state, stateBefore } = a;
  const back = stateBefore === 'offered' || stateBefore === 'taken-up';
  return state === 'frozen' && back
    ? accept(stateBefore)
    : refuse('assignment.wrong-state', { state, wanted: 'resumed' });
}

export interface OfferFacts {
  lot: { state: LotState; mineIds: readonly string[]; candidateIds: readonly string[]; governmentPurchase: boolean };
  institution: { id: string; organisationId: string; publicClass: 'one' | 'two' | null };
  mines: readonly { id: string; operators: readonly string[] }[];
  taken: readonly string[];
  answerBy: LegalDate;
  today: LegalDate;
}

/** Mines whose operator, now or within the cooling-off period, is the institution's own body. */
const ownMines = (f: Pick<OfferFacts, 'institution' | 'mines'>): string[] =>
  f.mines.filter((m) => m.operators.includes(f.institution.organisationId)).map((m) => m.id);

const judged = (f: Pick<OfferFacts, 'institution' | 'mines'>, governmentPurchase: boolean, profile: Profile) =>
  judge('offer', { governmentPurchase, publicClass: f.institution.publicClass, ownMines: ownMines(f) }, profile).filter(
    (r) => !r.met && r.effect === 'refuse',
  );

const conflict = (f: Pick<OfferFacts, 'institution' | 'mines'>, citation: Wording): Outcome<true> =>
  refuse('assignment.conflict', {
    mines: sayNames(ownMines(f)),
    reason: say('该机构即为矿山企业', 'the institution is itself the mine operator'),
    citation,
  });

export function judgeConflict(f: Pick<OfferFacts, 'institution' | 'mines'>, profile: Profile): Outcome<true> {
  const unmet = judged(f, false, profile).find((r) => r.rule === operator.id);
  return unmet ? conflict(f, wordsOf(unmet).citation) : accept(true);
}

/** May these mines be offered to this institution? A package may be offered while the lot is published or under way. */
export function judgeOffer(f: OfferFacts, profile: Profile): Outcome<true> {
  if (f.lot.state !== 'candidates-published' && f.lot.state !== 'under-way') {
    return refuse('lot.wrong-state', { state: f.lot.state, wanted: 'under-way' });
  }
  if (f.answerBy < f.today) return refuse('assignment.answer-by-past', { answerBy: f.answerBy, today: f.today });
  if (!f.lot.candidateIds.includes(f.institution.id)) return refuse('assignment.not-candidate');
  const foreign = f.mines.filter((m) => !f.lot.mineIds.includes(m.id)).map((m) => m.id);
  if (foreign.length > 0) return refuse('assignment.mine-not-in-lot', { mines: sayNames(foreign) });
  if (f.taken.length > 0) return refuse('assignment.mine-taken', { mines: sayNames(f.taken) });
  const [unmet] = judged(f, f.lot.governmentPurchase, profile);
  if (!unmet) return accept(true);
  const { rule } = unmet;
  const words = wordsOf(unmet);
  const { citation } = words;
  if (rule === firstClass.id) return refuse('assignment.not-a-supplier', { citation });
  if (rule === operator.id) return conflict(f, citation);
  return refuse('assignment.rule-unmet', { rule, ...words });
}
