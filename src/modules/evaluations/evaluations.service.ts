import type { Call } from '../../kernel/call';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import type { EvaluationView } from './evaluations.contract';
import { Evaluation, inTeam, loadEvaluation, presentEvaluation, wasInTeam } from './evaluations.store';
import { createFreezing } from './freezing.service';
import { createJudging } from './judging.service';
import { idsOfPerson, requireVisible, type EvaluationDeps } from './stepping';
import { createTeams } from './teams.service';
import { createWork } from './work.service';

function createViews(deps: EvaluationDeps) {
  const { db, scope, experts } = deps;
  async function list(call: Call, request: PageRequest & { state?: string }): Promise<Page<EvaluationView>> {
    const query = db.m.createQueryBuilder(Evaluation, 'e');
    const own = call.actor.role === 'institution' || call.actor.role === 'seal-keeper';
    if (own) query.andWhere('e.institutionId = :own', { own: call.actor.institutionId });
    if (call.actor.role === 'expert') {
      query.andWhere(...inTeam('e', await idsOfPerson(experts, db, call.actor.expertId)));
    }
    const authorityIds = await scope.authoritiesOf(call.actor);
    if (authorityIds) {
      const within = 'SELECT l.id FROM lot l WHERE l.authority_id IN (:...authorityIds)';
      query.andWhere(authorityIds.length > 0 ? `e.lotId IN (${within})` : '1 = 0', { authorityIds });
    }
    if (request.state) query.andWhere('e.state = :state', { state: request.state });
    const page = await pageBy(query, { sort: 'e.id', id: 'e.id', keyOf: (e) => [e.id, e.id] }, request);
    const shown = new Map<string, EvaluationView>();
    for (const e of page.items) shown.set(e.id, await presentEvaluation(db, e));
    return mapPage(page, (e) => shown.get(e.id)!);
  }
  async function show(call: Call, id: string): Promise<EvaluationView> {
    const e = await loadEvaluation(db, id);
    await requireVisible(deps, db, call, e);
    const { role, expertId } = call.actor;
    if (role === 'expert' && !(await wasInTeam(db, id, await idsOfPerson(experts, db, expertId)))) {
      throw new Problem('request.not-found', { what: '评估', id });
    }
    return presentEvaluation(db, e);
  }
  return { listEvaluations: list, showEvaluation: show };
}

/** One mine's assessment from team to accepted report. */
export const createEvaluations = (deps: EvaluationDeps) => ({
  ...createTeams(deps),
  ...createWork(deps),
  ...createJudging(deps),
  ...createFreezing(deps),
  ...createViews(deps),
});

export type Evaluations = ReturnType<typeof createEvaluations>;
