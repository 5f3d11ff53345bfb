import type { Actor, Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { LATEST } from '../../kernel/db/moment';
import { changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { boundTo } from '../institutions';
import { createActing, guardedPerson, mayActOn, requireDays, subjectsOf, type Loaded } from './employments.acting';
import type { EmploymentDeps } from './employments.service';
import { currentDays, Employment, findEmployment, strikeOut } from './experts.store';
import type {
  DismissObjection,
  ObjectionReply,
  RaiseObjection,
  UpholdObjection,
  WithdrawObjection,
} from './objections.contract';
import { judgeJudge, judgePaper, moveObjection } from './objections.rules';
import type { ObjectionState } from './objections.states';
import { EmploymentObjection, objectionsTo } from './objections.store';
import { listObjections, shownObjection } from './objections.views';
import { personBehind } from './together';
import { handsInEntry, keepWaiting } from './waiting';

export interface Objections {
  raiseObjection(call: Call, employmentId: string, body: RaiseObjection): Promise<ObjectionReply>;
  withdrawObjection(call: Call, id: string, body: WithdrawObjection): Promise<ObjectionReply>;
  upholdObjection(call: Call, id: string, body: UpholdObjection): Promise<ObjectionReply>;
  dismissObjection(call: Call, id: string, body: DismissObjection): Promise<ObjectionReply>;
  readObjection(actor: Actor, id: string): Promise<ObjectionReply>;
  listObjections(actor: Actor, request: PageRequest & { state?: ObjectionState }): Promise<Page<ObjectionReply>>;
}

const WHAT = say('聘用登记异议', 'objection to an employment record');
const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: WHAT });

interface Decision {
  to: Exclude<ObjectionState, 'open'>;
  event: string;
  reason: string | null;
  paper: string | null;
}

type Patch = Partial<EmploymentObjection>;

/**
 * Each person may say: this body names me and should not (个保法 17, 46). While the check is open the employment does
 * not count; what comes out is either a correction that strikes out days, or reasons.
 */
export function createObjections(deps: EmploymentDeps): Objections {
  const { db, command, audit, duties } = deps;
  const { clock, ids } = deps.sources;
  const { onEmployment } = createActing(deps);

  const raiseObjection: Objections['raiseObjection'] = (call, employmentId, body) =>
    onEmployment(call, employmentId, async (tx, loaded) => {
      const { employment, survivor } = loaded;
      requireDays(loaded);
      const { paper } = unwrap(judgePaper(call.actor.role, body.paper));
      const open = (await objectionsTo(tx, [employmentId])).find((o) => o.state === 'open');
      if (open) throw new Problem('objection.open', { objectionId: open.id });
      const undecided = { decidedBy: null, decidedAt: null, decisionReason: null, decisionPaper: null, voidFrom: null };
      const row: EmploymentObjection = {
        id: ids.timed(),
        employmentId,
        expertId: survivor.id,
        state: 'open',
        reason: body.reason,
        paper,
        raisedBy: call.actor.accountId,
        raisedAt: clock.now(),
        ...undecided,
        version: 1,
      };
      await tx.m.insert(EmploymentObjection, row);
      const { institutionId } = employment;
      const payload = { objectionId: row.id, employmentId, expertId: survivor.id, institutionId, paper };
      await audit.append(tx, call, { type: 'objection.raised', payload });
      for (const to of ['bureau', { institutionId }] as const) {
        await duties.tell(tx, to, 'employment.objected', `objection:${row.id}`);
      }
      return shownObjection(row, employment);
    });

  /** Under the guards of both sides: what is decided may turn a verdict. `work` says what else belongs to it. */
  const decide = (
    call: Call,
    id: string,
    decision: Decision,
    work: (tx: Tx, loaded: Loaded) => Promise<Patch>,
  ): Promise<ObjectionReply> => {
    const subjects = async (): Promise<Subject[]> => {
      const found = await db.m.findOneBy(EmploymentObjection, { id });
      const employment = found && (await findEmployment(db, found.employmentId));
      return employment ? subjectsOf(employment) : [];
    };
    return command(call, { subjects }, async (tx) => {
      const row = await loadRecord(tx, EmploymentObjection, { id }, WHAT);
      const employment = (await findEmployment(tx, row.employmentId))!;
      if (!(await mayActOn(tx, call.actor, employment))) throw notFound(id);
      const guarded = await guardedPerson(tx, employment.expertId);
      const state = unwrap(moveObjection(row.state, decision.to));
      const loaded: Loaded = { employment, days: await currentDays(tx, employment.id), ...guarded };
      const patch = await work(tx, loaded);
      const { reason: decisionReason, paper: decisionPaper } = decision;
      const decided = { decidedBy: call.actor.accountId, decidedAt: clock.now(), decisionReason, decisionPaper };
      const changed = await changeRecord(tx, EmploymentObjection, row, { state, ...decided, ...patch });
      const { expertId, institutionId } = employment;
      const what = { objectionId: id, employmentId: employment.id, expertId, institutionId };
      const payload = { ...what, reason: decisionReason, paper: decisionPaper, ...patch };
      await audit.append(tx, call, { type: decision.event, payload });
      await duties.done(tx, 'employment.objection', id);
      await keepWaiting(tx, deps, employment.id);
      const both = [{ institutionId }, ...guarded.person.ids.map((one) => ({ expertId: one }))];
      for (const to of both) await duties.tell(tx, to, 'employment.objection-decided', `objection:${id}`);
      return shownObjection(changed, employment);
    });
  };

  /** Who recorded the employment, entered or checked its sheet does not judge. */
  const requireJudge = async (tx: Tx, call: Call, { employment }: Loaded): Promise<void> => {
    unwrap(judgeJudge(call.actor.accountId, await handsInEntry(tx, employment)));
  };

  const upholdObjection: Objections['upholdObjection'] = (call, id, { from, reason, paper }) =>
    decide(call, id, { to: 'upheld', event: 'objection.upheld', reason, paper }, async (tx, loaded) => {
      await requireJudge(tx, call, loaded);
      const by = { recordedBy: call.actor.accountId, paper, voidReason: reason };
      const struck = await strikeOut(tx, requireDays(loaded), from, by, { now: clock.now(), id: ids.timed });
      await changeRecord(tx, Employment, loaded.employment, {});
      return { voidFrom: struck.from };
    });

  const dismissObjection: Objections['dismissObjection'] = (call, id, { reason, paper }) =>
    decide(call, id, { to: 'dismissed', event: 'objection.dismissed', reason, paper }, async (tx, loaded) => {
      await requireJudge(tx, call, loaded);
      return {};
    });

  const withdrawObjection: Objections['withdrawObjection'] = async (call, id, body) => {
    const { paper } = unwrap(judgePaper(call.actor.role, body.paper));
    const decision = { to: 'withdrawn', event: 'objection.withdrawn', reason: null, paper } as const;
    return decide(call, id, decision, async () => ({}));
  };

  return {
    raiseObjection,
    withdrawObjection,
    upholdObjection,
    dismissObjection,
    readObjection: async (actor, id) => {
      const row = await loadRecord(db, EmploymentObjection, { id }, WHAT);
      const employment = (await findEmployment(db, row.employmentId))!;
      if (!(await mayActOn(db, actor, employment))) throw notFound(id);
      return shownObjection(row, employment);
    },
    listObjections: async (actor, request) => {
      const own = actor.role === 'expert' ? (await personBehind(db, actor.expertId ?? '', LATEST)).ids : undefined;
      return listObjections(db, { institutionId: boundTo(actor), expertIds: own }, request);
    },
  };
}
