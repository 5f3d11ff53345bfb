import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { isFound, type MayRead } from '../../kernel/db/records';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { mayActor } from '../identity';
import type { EvaluationView } from './evaluations.contract';
import { Evaluation, inTeam, loadEvaluation, presentEvaluation, wasInTeam } from './evaluations.store';
import { createFreezing } from './freezing.service';
import { createJudging } from './judging.service';
import { idsOfPerson, requireVisible, type EvaluationDeps } from './stepping';
import { createTeams } from './teams.service';
import { createWork } from './work.service';

/** Filters of the list. */
interface Wanted {
  state?: string;
  lotId?: string;
  institutionId?: string;
  mineId?: string;
}

function createViews(deps: EvaluationDeps) {
  const { db, scope, experts } = deps;
  async function list(call: Call, request: PageRequest & Wanted): Promise<Page<EvaluationView>> {
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
    for (const name of ['state', 'lotId', 'institutionId', 'mineId'] as const) {
      if (request[name] !== undefined)
        query.andWhere(`e.${name} = :asked_${name}`, { [`asked_${name}`]: request[name] });
    }
    const page = await pageBy(query, { sort: 'e.id', id: 'e.id', keyOf: (e) => [e.id, e.id] }, request);
    const shown = new Map<string, EvaluationView>();
    for (const e of page.items) shown.set(e.id, await presentEvaluation(db, e));
    return mapPage(page, (e) => shown.get(e.id)!);
  }
  async function loadVisible(on: Reads, actor: Actor, id: string): Promise<Evaluation> {
    const e = await loadEvaluation(on, id);
    await requireVisible(deps, on, { actor }, e);
    const { role, expertId } = actor;
    if (role === 'expert' && !(await wasInTeam(on, id, await idsOfPerson(experts, on, expertId)))) {
      throw new Problem('request.not-found', { what: say('评估', 'evaluation'), id });
    }
    return e;
  }
  return {
    listEvaluations: list,
    showEvaluation: async ({ actor }: Call, id: string): Promise<EvaluationView> =>
      presentEvaluation(db, await loadVisible(db, actor, id)),
    /** Who may read the records on which stored files hang; a seal keeper's right comes from the pledge. */
    fileReaders: {
      evaluation: async (on, actor, id) =>
        mayActor(actor, 'evaluation.read') && isFound(() => loadVisible(on, actor, id)),
    } satisfies Record<string, MayRead>,
  };
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
