import type { Call } from '../../../kernel/call';
import { changeRecord } from '../../../kernel/db/records';
import { Download } from '../../../kernel/http/endpoint';
import { mapPageAsync, type Page, type PageRequest } from '../../../kernel/http/page';
import { Problem, unwrap } from '../../../kernel/problem';
import { requirePerson } from '../deputies/deputies.service';
import { mayRole } from '../permissions';
import { giverGuard, mayArrange, presentHandOver, presentRow, requireSeen, type HandOverDeps } from './acting';
import type { HandOverRow, HandOverView } from './hand-overs.contract';
import { judgeCancelling } from './hand-overs.rules';
import { HandOver, handOversPage, itemsOf, loadHandOver, partiesOf } from './hand-overs.store';
import type { HandOverState } from './hand-overs.states';
import { handOverPaper } from './list';
import { createPreparing } from './preparing.service';
import { createSigning } from './signing.service';

/** 工作交接: a frozen list, signed by giver and receivers, moves open work from one post to others. */
export function createHandOvers(deps: HandOverDeps) {
  const { db, command, audit, scope, papers } = deps;
  const { clock } = db.sources;

  async function loadSeen(call: Call, id: string): Promise<HandOver> {
    const h = await loadHandOver(db, id);
    await requireSeen(deps, db, call, h, await partiesOf(db, id));
    return h;
  }

  async function list(call: Call, request: PageRequest & { state?: HandOverState }): Promise<Page<HandOverRow>> {
    const leads = mayRole(call.actor.role, 'hand-over.sign-for');
    const authorityIds = leads ? ((await scope.authoritiesOf(call.actor)) ?? []) : [];
    const page = await handOversPage(db, { accountId: call.actor.accountId ?? '', authorityIds }, request);
    return mapPageAsync(page, (h) => presentRow(deps, db, call, h));
  }

  async function print(call: Call, id: string): Promise<Download> {
    const h = await loadSeen(call, id);
    const pdf = await papers.make(handOverPaper(h, await itemsOf(db, id)));
    return new Download(Buffer.from(pdf), 'application/pdf', `工作交接清单-${id}.pdf`);
  }

  async function cancel(call: Call, id: string, { reason }: { reason: string }): Promise<HandOverView> {
    requirePerson(call.actor);
    const { giverPostId } = await loadSeen(call, id);
    const guards = [giverGuard(giverPostId), { kind: 'record' as const, id }];
    return command(call, { subjects: () => guards }, async (tx) => {
      const h = await loadHandOver(tx, id);
      const giver = { accountId: h.giverAccountId, authorityId: h.authorityId };
      if (!(await mayArrange(deps, tx, call.actor, giver))) throw new Problem('hand-over.not-yours');
      unwrap(judgeCancelling(h.state));
      const ended = { state: 'cancelled' as const, endedAt: clock.now(), cancelReason: reason };
      const cancelled = await changeRecord(tx, HandOver, h, ended);
      await audit.append(tx, call, { type: 'hand-over.cancelled', payload: { handOver: id, reason } });
      return presentHandOver(deps, tx, call, cancelled);
    });
  }

  return {
    ...createPreparing(deps),
    ...createSigning(deps),
    list,
    show: async (call: Call, id: string) => presentHandOver(deps, db, call, await loadSeen(call, id)),
    print,
    cancel,
  };
}

export type HandOvers = ReturnType<typeof createHandOvers>;
