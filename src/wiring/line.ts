import type { Db, Reads } from '../kernel/db/database';
import { todayOf } from '../kernel/db/moment';
import type { LegalDate } from '../kernel/pure/time';
import { createCases } from '../modules/cases';
import { createCommissions, loadLot, lotsWithin } from '../modules/commissions';
import { createEvaluations, teamsOfLot } from '../modules/evaluations';
import { counts } from '../modules/experts';
import { createFeeGuard } from '../modules/fee-guard';
import type { Pledges } from '../modules/pledges';
import { tiesOf } from '../modules/organisations';
import { createSanctions, createSanctionViews } from '../modules/sanctions';
import { createScreening } from '../modules/screening';
import type { Registers } from './registers';

/** Who counts on the day, by every id under which the person was ever registered, as known now. */
async function staffOn({ base, experts }: Registers, on: Reads, institutionId: string, day: LegalDate) {
  const staff = await experts.staffAt(on, institutionId, { ...todayOf(base.sources.clock), asOf: day });
  const counting = staff.filter(counts);
  const persons = await experts.together(
    on,
    counting.map((s) => s.expertId),
  );
  return new Map(counting.flatMap((s) => (persons.get(s.expertId)?.ids ?? [s.expertId]).map((id) => [id, s] as const)));
}

/** The line from lot to decision. What lies to the right of its caller is a port: asked when a request comes. */
export function buildLine(db: Db, r: Registers, pledges: () => Pick<Pledges, 'isComplete' | 'voidFor'>) {
  const { policy, base, organisations, institutions, experts, mines, documents, identity } = r;
  const { requireAuthority, actingAuthority, authorityOf, loadAuthority, scope, work } = identity;
  const common = { ...base, policy, requireAuthority, actingAuthority, authorityOf, loadAuthority, scope, work };
  const sanctions = createSanctions({ ...base, persons: experts });
  const views = createSanctionViews(db, experts);
  const screening = createScreening({ ...common, sanctions, views, institutions, organisations, experts });
  const commissions = createCommissions({
    ...common,
    sanctions,
    facts: { institutions, organisations: { ...organisations, tiesOf }, experts, mines },
    files: documents,
    deadlines: r.deadlines,
    tell: r.notifications.tell,
    readiness: screening.judgeOn,
    staff: (on, id, day) => staffOn(r, on, id, day),
    evaluations: {
      teamsOfLot,
      open: (...a) => evaluations.open(...a),
      voidAll: (...a) => evaluations.voidAll(...a),
      minesInWork: (...a) => evaluations.minesInWork(...a),
      idsOf: (...a) => evaluations.idsOf(...a),
    },
  });
  const evaluations = createEvaluations({
    ...common,
    sanctions,
    experts,
    files: documents,
    tell: r.notifications.tell,
    commissions,
    pledges: { isComplete: (...a) => pledges().isComplete(...a), voidFor: (...a) => pledges().voidFor(...a) },
  });
  const feeGuard = createFeeGuard({
    ...common,
    organisations,
    institutions,
    mines,
    lots: { load: loadLot, within: lotsWithin },
  });
  const cases = createCases({
    ...common,
    calendar: r.calendar,
    deadlines: r.deadlines,
    sanctions,
    institutions,
    experts,
    files: documents,
    tell: r.notifications.tell,
    hasConsent: r.notifications.service.hasConsent,
    freezing: {
      assignments: (tx, call, id) => commissions.freezeFor(tx, call, id, 'institution-bar'),
      evaluationsOfInstitution: evaluations.freezeForInstitution,
      evaluationsOfPerson: evaluations.freezeForPerson,
      engagements: (tx, call, subject) => commissions.endEngagementsFor(tx, call, subject, 'bar'),
    },
  });
  return { policy, sanctions, views, screening, commissions, evaluations, feeGuard, cases };
}

export type Line = ReturnType<typeof buildLine>;
