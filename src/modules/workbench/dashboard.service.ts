import type { Actor } from '../../kernel/call';
import { todayOf } from '../../kernel/db/moment';
import type { LegalDate } from '../../kernel/pure/time';
import { countByState, loadByInstitution, openStates } from '../evaluations';
import { countBySize } from '../mines';
import type { SanctionViews } from '../sanctions';
import { createConditions, type ConditionsDeps } from './conditions.service';
import { goals, shownInstitutions, shownMonths, type DashboardReply } from './dashboard.contract';

export interface DashboardDeps extends ConditionsDeps {
  views: Pick<SanctionViews, 'counts'>;
  /** The authority that owns the installation: whose province the goals are counted in. */
  unit(): Promise<{ code: string }>;
}

/** The first days of the last months, the present one last. */
function monthsUntil(day: LegalDate, count: number): string[] {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const last = year * 12 + month - 1;
  return Array.from({ length: count }, (_, n) => {
    const at = last - count + 1 + n;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

const provinceOf = (code: string): string => `${code.slice(0, 2)}0000`;

/** Figures for those who steer the programme: counted by the database, never kept. */
export function createDashboard(deps: DashboardDeps) {
  const { db, scope, institutions, views } = deps;
  const { clock } = db.sources;

  async function load(authorityIds: readonly string[]): Promise<DashboardReply['load']> {
    const rows = await loadByInstitution(db, authorityIds, openStates, shownInstitutions);
    const names = await institutions.namesAt(
      db,
      rows.map((r) => r.institutionId),
      todayOf(clock),
    );
    return rows.map((r) => ({ ...r, name: names.get(r.institutionId) ?? r.institutionId }));
  }

  async function bars(today: LegalDate): Promise<DashboardReply['bars']> {
    const months = monthsUntil(today, shownMonths);
    const { begun, holding } = await views.counts(today, `${months[0]!}-01` as LegalDate);
    const of = (month: string, kind: string): number =>
      begun.find((b) => b.month === month && b.kind === kind)?.count ?? 0;
    return {
      begun: months.map((month) => ({ month, institution: of(month, 'institution'), person: of(month, 'person') })),
      holding,
    };
  }

  async function show(actor: Actor): Promise<DashboardReply> {
    const moment = todayOf(clock);
    const authorityIds = (await scope.authoritiesOf(actor)) ?? [];
    const province = provinceOf((await deps.unit()).code);
    const classes = await countBySize(db, province, moment);
    return {
      asOf: moment.asOf,
      evaluations: await countByState(db, authorityIds),
      load: await load(authorityIds),
      bars: await bars(moment.asOf),
      goals: {
        by: goals.by,
        citation: goals.citation,
        province,
        classes: classes.map((c) => ({ ...c, goalPercent: goals.percents[c.sizeClass] })),
      },
    };
  }

  return { show, conditions: createConditions(deps) };
}

export type Dashboard = ReturnType<typeof createDashboard>;
