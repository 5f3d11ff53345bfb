import { personsBehind, type Actor, type Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem, unwrap, type FieldFault } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import type { LegalDate } from '../../kernel/pure/time';
import { mayActor } from '../identity';
import type {
  AskCorrection,
  AskedChanges,
  CorrectionReply,
  GrantCorrection,
  RefuseCorrection,
} from './corrections.contract';
import { fieldsOf, judgeDecider, judgeGrant, judgeProof, moveCorrection } from './corrections.rules';
import type { CorrectionState } from './corrections.states';
import { correctionsOf, ExpertCorrection } from './corrections.store';
import { listCorrections, shownCorrections } from './corrections.views';
import { guardedPerson } from './employments.acting';
import type { AmendExpert } from './experts.contract';
import type { Expert } from './experts.store';
import type { MergeDeps } from './merging.service';
import { personBehind } from './together';

/** What the register of persons does for a request: supplied by the room next door. */
export interface Amending {
  /**
   * What stands on record on the first day and how long that entry holds, what is wrong with the changes, and whether
   * they say anything new. Throws Problem `correction.no-entry`.
   */
  weigh(
    tx: Tx,
    id: string,
    asked: { from: LegalDate; changes: AskedChanges },
  ): Promise<{ lastDay: LegalDate | null; recorded: Record<string, unknown>; faults: FieldFault[]; isNew: boolean }>;
  /** Records it, with its own entry in the log; nothing happens where all of it is on record already. */
  write(tx: Tx, call: Call, row: Expert, body: AmendExpert): Promise<void>;
}

export interface Corrections {
  askCorrection(call: Call, body: AskCorrection): Promise<CorrectionReply>;
  withdrawCorrection(call: Call, id: string): Promise<CorrectionReply>;
  grantCorrection(call: Call, id: string, body: GrantCorrection): Promise<CorrectionReply>;
  refuseCorrection(call: Call, id: string, body: RefuseCorrection): Promise<CorrectionReply>;
  /** Throws Problem `request.not-found` unless the actor may read the request. */
  admitCorrection(actor: Actor, id: string, on: Reads): Promise<unknown>;
  readCorrection(actor: Actor, id: string): Promise<CorrectionReply>;
  listCorrections(actor: Actor, request: PageRequest & { state?: CorrectionState }): Promise<Page<CorrectionReply>>;
}

const WHAT = say('更正请求', 'correction request');
const OWED = 'expert.correction';
const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: WHAT });

/** Faults of what is asked, as the request's own fields. */
const inChanges = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((f) => ({ ...f, pointer: `/changes${f.pointer}` }));

/** Each person may have put right what the register says of him (个保法 46): he shows it, an officer decides. */
export function createCorrections(deps: MergeDeps & { amending: Amending }): Corrections {
  const { db, command, audit, duties, files, amending } = deps;
  const { clock, ids } = deps.sources;

  const ownIds = async (on: Reads, actor: Actor): Promise<readonly string[] | undefined> =>
    actor.role === 'expert' ? (await personBehind(on, actor.expertId ?? '', LATEST)).ids : undefined;

  const load = async (on: Reads, actor: Actor, id: string): Promise<ExpertCorrection> => {
    const row = await loadRecord(on, ExpertCorrection, { id }, WHAT);
    if (!mayActor(actor, 'correction.read')) throw notFound(id);
    const own = await ownIds(on, actor);
    if (own && !own.includes(row.expertId)) throw notFound(id);
    return row;
  };
  const shown = async (on: Reads, actor: Actor, row: ExpertCorrection): Promise<CorrectionReply> =>
    (await shownCorrections(on, [row], actor.role === 'expert'))[0]!;

  /** Nobody names a file that he may not read: another's papers prove nothing of the person. */
  const attachFiles = async (tx: Tx, call: Call, ref: string, { fileIds, changes }: AskCorrection): Promise<void> => {
    const named = [...fileIds, changes.title?.fileId, ...(changes.specialtyProofs ?? []).map((p) => p.fileId)];
    for (const id of named) if (id) await files.attach(tx, call, id, { kind: 'expert-correction', ref });
  };

  const askCorrection: Corrections['askCorrection'] = (call, body) =>
    command(call, { subjects: () => [{ kind: 'person', id: call.actor.expertId ?? '' }] }, async (tx) => {
      const { person, survivor } = await guardedPerson(tx, call.actor.expertId ?? '');
      const { from, changes, reason, fileIds } = body;
      const open = (await correctionsOf(tx, person.ids)).find((c) => c.state === 'open');
      if (open) throw new Problem('correction.open', { correctionId: open.id });
      const { lastDay, recorded, faults, isNew } = await amending.weigh(tx, survivor.id, { from, changes });
      if (faults.length > 0) throw new Problem('request.unprocessable', {}, inChanges(faults));
      if (fieldsOf(changes).length === 0 || !isNew) throw new Problem('correction.nothing', { from });
      unwrap(judgeProof(changes, fileIds));
      const undecided = { granted: null, decidedBy: null, decidedAt: null, decisionReason: null, decisionPaper: null };
      const row: ExpertCorrection = {
        ...{ id: ids.timed(), expertId: survivor.id, state: 'open', from, lastDay, changes, recorded, reason, fileIds },
        askedBy: call.actor.accountId!,
        askedAt: clock.now(),
        ...undecided,
        version: 1,
      };
      await tx.m.insert(ExpertCorrection, row as never);
      await attachFiles(tx, call, row.id, body);
      // What is asked stays in the register: the log needs no personal data.
      const payload = { correctionId: row.id, expertId: survivor.id, from, fields: fieldsOf(changes), fileIds };
      await audit.append(tx, call, { type: 'correction.asked', payload });
      await duties.owe(tx, OWED, row.id, [row.askedBy]);
      await duties.tell(tx, 'bureau', 'correction.asked', `expert-correction:${row.id}`);
      return shown(tx, call.actor, row);
    });

  interface Settling {
    to: Exclude<CorrectionState, 'open'>;
    event: 'correction.granted' | 'correction.refused' | 'correction.withdrawn';
    reason: string | null;
    paper: string | null;
  }

  /** Under the guards of the person: a title that changes may turn a verdict. `work` says what else belongs to it. */
  const settle = (
    call: Call,
    id: string,
    { to, event, reason, paper }: Settling,
    work: (tx: Tx, row: ExpertCorrection, survivor: Expert) => Promise<Partial<ExpertCorrection>>,
  ): Promise<CorrectionReply> => {
    const subjects = async () => [{ kind: 'person' as const, id: (await load(db, call.actor, id)).expertId }];
    return command(call, { subjects }, async (tx) => {
      const row = await load(tx, call.actor, id);
      const state = unwrap(moveCorrection(row.state, to));
      const { person, survivor } = await guardedPerson(tx, row.expertId);
      const patch = await work(tx, row, survivor);
      const decided = { decidedBy: call.actor.accountId, decidedAt: clock.now() };
      await changeRecord(tx, ExpertCorrection, row, {
        ...{ state, ...decided, decisionReason: reason, decisionPaper: paper },
        ...patch,
      });
      const payload = { correctionId: id, expertId: survivor.id, granted: row.granted, reason, paper };
      await audit.append(tx, call, { type: event, payload });
      await duties.done(tx, OWED, id);
      if (to !== 'withdrawn') {
        for (const expertId of person.ids) {
          await duties.tell(tx, { expertId }, 'correction.decided', `expert-correction:${id}`);
        }
      }
      return shown(tx, call.actor, row);
    });
  };

  const requireOther = (call: Call, row: ExpertCorrection): void =>
    void unwrap(judgeDecider(personsBehind(call.actor), row.askedBy));

  return {
    askCorrection,
    withdrawCorrection: (call, id) =>
      settle(call, id, { to: 'withdrawn', event: 'correction.withdrawn', reason: null, paper: null }, async () => ({})),
    grantCorrection: (call, id, { fields, reason, paper }) =>
      settle(call, id, { to: 'granted', event: 'correction.granted', reason, paper }, async (tx, row, survivor) => {
        requireOther(call, row);
        const { granted, changes } = unwrap(judgeGrant(row.changes, fields, reason));
        await amending.write(tx, call, survivor, { from: row.from, lastDay: row.lastDay, paper, ...changes });
        return { granted };
      }),
    refuseCorrection: (call, id, { reason, paper }) =>
      settle(call, id, { to: 'refused', event: 'correction.refused', reason, paper }, async (_tx, row) => {
        requireOther(call, row);
        return { granted: [] };
      }),
    admitCorrection: (actor, id, on) => load(on, actor, id),
    readCorrection: async (actor, id) => shown(db, actor, await load(db, actor, id)),
    listCorrections: async (actor, request) => listCorrections(db, await ownIds(db, actor), request),
  };
}
