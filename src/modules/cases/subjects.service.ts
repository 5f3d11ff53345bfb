import { personsBehind, type Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { daysBetween, legalDate, type LegalDate } from '../../kernel/pure/time';
import { addWorkingDays } from '../policy';
import { DEFENCE_DAYS, judgeDefenceTime, judgeLapse, judgeOfficer, moveSubject } from './cases.rules';
import {
  createSteps,
  followSubject,
  loadOwnCase,
  loadOwnSubject,
  lastDefenceDay,
  officersOf,
  presentSubject,
  type CaseBody,
  type CaseDeps,
  type CaseSubjectView,
  type PaperStep,
  loadRunningCase,
  subjectAndCase,
} from './steps';
import type { SubjectState } from './cases.states';
import { CaseSubject, type CaseFile } from './cases.store';

const record = (id: string): Subject => ({ kind: 'record', id });

/** From notice to legal review, each subject on its own track. */
export function createSubjects(deps: CaseDeps) {
  const { db, command, audit, institutions, experts } = deps;
  const { clock, ids } = db.sources;
  const steps = createSteps(deps);

  async function partyOf(tx: Tx, subject: { kind: 'institution' | 'person'; id: string }) {
    const moment = todayOf(clock);
    if (subject.kind === 'institution') {
      const { uscc } = await institutions.load(tx, subject.id);
      return { code: uscc, name: await institutions.nameAt(tx, subject.id, moment) };
    }
    const { platformNumber } = await experts.load(tx, subject.id);
    return { code: platformNumber, name: (await experts.at(tx, subject.id, moment))?.name ?? platformNumber };
  }

  const survivorOf = async (tx: Tx, id: string): Promise<string> =>
    (await experts.together(tx, [id])).get(id)!.survivor;

  /**
   * The party's time for its defence, from the service of the notice. Five working days follow the tables that are
   * loaded later; a longer time that the notice names ends on its day.
   */
  async function openDefence(tx: Tx, file: CaseFile, s: CaseSubject, servedOn: LegalDate): Promise<void> {
    const shortest = addWorkingDays(await deps.calendar.current(tx), servedOn, DEFENCE_DAYS).day;
    const term =
      s.defenceUntil === shortest
        ? { days: DEFENCE_DAYS, unit: 'working' as const }
        : { days: daysBetween(servedOn, s.defenceUntil), unit: 'calendar' as const, roll: true };
    const party = s.subjectKind === 'institution' ? { institutionId: s.subjectId } : { expertId: s.subjectId };
    const holders = [party, { authority: file.authorityId ?? file.authority, role: 'inspector' }];
    await deps.deadlines.open(tx, { kind: 'case.defence', ref: s.id, startsOn: servedOn, ...term, holders });
  }

  const notify = (call: Call, caseId: string, body: CaseBody<'notify'>): Promise<CaseSubjectView> =>
    command(call, { subjects: () => [record(caseId)] }, async (tx) => {
      const file = await loadOwnCase(deps, tx, call, caseId);
      if (file.state !== 'investigating') {
        throw new Problem('case.wrong-state', { state: file.state, wanted: 'notified' });
      }
      const { kind } = body.subject;
      // Proceedings are against the person, under the registration that stands for him.
      const id = kind === 'person' ? await survivorOf(tx, body.subject.id) : body.subject.id;
      const present = await tx.m.findOneBy(CaseSubject, { caseId, subjectKind: kind, subjectId: id });
      if (present) throw new Problem('case.subject-present', { id: present.id });
      const defenceUntil = legalDate(body.defenceUntil);
      unwrap(judgeDefenceTime(await deps.calendar.current(tx), legalDate(body.day), defenceUntil));
      const row: CaseSubject = {
        id: ids.timed(),
        caseId,
        subjectKind: kind,
        subjectId: id,
        ...(await partyOf(tx, { kind, id })),
        ground: body.ground,
        state: 'notified',
        defenceUntil,
        decisionNumber: null,
        decidedOn: null,
        actDay: null,
        reasons: null,
        proposedBy: null,
        decidedBy: null,
        proposedFor: null,
        decidedFor: null,
        servedOn: null,
        version: 1,
      };
      await tx.m.insert(CaseSubject, row);
      await followSubject(deps, tx, row);
      await steps.enter(tx, call, { caseId, caseSubjectId: row.id, step: 'notified' }, body);
      await openDefence(tx, file, row, legalDate(body.day));
      const payload = { case: caseId, caseSubject: row.id, ground: row.ground, day: body.day, paper: body.paper };
      await audit.append(tx, call, { type: 'case.subject-notified', payload });
      return presentSubject(deps, tx, row);
    });

  /** One paper step of a subject: state, step and entry together. */
  const move =
    <B extends PaperStep>(
      wanted: SubjectState,
      event: string,
      check: (tx: Tx, call: Call, s: CaseSubject, body: B) => Promise<void> = async () => undefined,
    ) =>
    (call: Call, id: string, body: B): Promise<CaseSubjectView> =>
      command(call, { subjects: () => subjectAndCase(db, id) }, async (tx) => {
        const s = await loadOwnSubject(deps, tx, call, id);
        const state = unwrap(moveSubject(s.state, wanted));
        if (wanted !== 'in-force') await loadRunningCase(tx, s, wanted);
        await check(tx, call, s, body);
        await steps.enter(tx, call, { caseId: s.caseId, caseSubjectId: id, step: wanted }, body);
        await changeRecord(tx, CaseSubject, s, { state });
        await followSubject(deps, tx, s);
        await deps.deadlines.close(tx, 'case.defence', id);
        const payload = { caseSubject: id, day: body.day, paper: body.paper };
        await audit.append(tx, call, { type: event, payload });
        return presentSubject(deps, tx, s);
      });

  return {
    notify,
    hear: move('heard', 'case.subject-heard'),
    waive: move('waived', 'case.subject-waived'),
    lapse: move('defence-lapsed', 'case.defence-lapsed', async (tx, _call, s, body) => {
      const defence = await deps.deadlines.find(tx, 'case.defence', s.id);
      const last = lastDefenceDay(s, defence?.dueOn);
      unwrap(judgeLapse(await deps.calendar.current(tx), legalDate(body.day), last));
    }),
    review: move('reviewed', 'case.subject-reviewed', async (tx, call, s) => {
      unwrap(judgeOfficer(personsBehind(call.actor), 'review', await officersOf(tx, s)));
    }),
    takeEffect: move('in-force', 'case.in-force'),
  };
}
