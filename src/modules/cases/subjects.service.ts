import { personsBehind, type Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { legalDate, type LegalDate } from '../../kernel/pure/time';
import { reach, type Recipient } from '../identity';
import { defenceDays, judgeAnswer, judgeDefenceTime, judgeLapse, judgeOfficer, moveSubject } from './cases.rules';
import {
  createSteps,
  followSubject,
  loadOwnCase,
  loadOwnSubject,
  lastDefenceDay,
  officersOf,
  presentSubject,
  sentOn,
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

  /** The party under every registration that names it, the one that stands for it first. */
  async function partyAsTold(on: Reads, s: Pick<CaseSubject, 'subjectKind' | 'subjectId'>): Promise<Recipient[]> {
    if (s.subjectKind === 'institution') return [{ institutionId: s.subjectId }];
    const { ids: all } = (await experts.together(on, [s.subjectId])).get(s.subjectId)!;
    return all.map((expertId) => ({ expertId }));
  }

  /**
   * The notice goes to the party's inbox, with the paper: with consent its arrival there is its service. Of several
   * registrations it goes to one that consented, and that somebody reads. If it does not arrive nothing runs, and another
   * service is entered by hand.
   */
  async function sendNotice(tx: Tx, call: Call, file: CaseFile, s: CaseSubject, fileId: string): Promise<string> {
    let to: Recipient | undefined;
    for (const one of await partyAsTold(tx, s)) {
      if (!(await deps.hasConsent(tx, one))) continue;
      const isReached = (await reach(tx, one, steps.today())).length > 0;
      if (isReached || !to) to = one;
      if (isReached) break;
    }
    if (!to) throw new Problem('case.notice-no-consent');
    const formal = { call, authorityId: file.authorityId, fileId };
    return (await deps.tell(tx, { to, kind: 'case.notice-served', ref: `case-subject:${s.id}`, formal })).id;
  }

  /**
   * The party's time for its defence, from the service of the notice, as so many working days as the notice leaves, and
   * five at least: so a later delivery, and tables that are loaded later, leave as many.
   */
  async function openDefence(tx: Tx, file: CaseFile, s: CaseSubject, servedOn: LegalDate): Promise<void> {
    const days = defenceDays(await deps.calendar.current(tx), servedOn, s.defenceUntil);
    const holders = [
      ...(await partyAsTold(tx, s)),
      { authority: file.authorityId ?? file.authority, role: 'inspector' },
    ];
    const startsOn = s.noticeId === null ? servedOn : { delivered: s.noticeId };
    await deps.deadlines.open(tx, { kind: 'case.defence', ref: s.id, startsOn, days, unit: 'working', holders });
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
      // What is sent is not delivered before today, whatever day the paper bears.
      const servedOn = body.electronic ? steps.today() : legalDate(body.day);
      unwrap(judgeDefenceTime(await deps.calendar.current(tx), servedOn, defenceUntil));
      const row: CaseSubject = {
        id: ids.timed(),
        caseId,
        subjectKind: kind,
        subjectId: id,
        ...(await partyOf(tx, { kind, id })),
        ground: body.ground,
        state: 'notified',
        defenceUntil,
        noticeId: null,
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
      if (body.electronic) row.noticeId = await sendNotice(tx, call, file, row, body.scanFileId);
      await tx.m.insert(CaseSubject, row);
      await followSubject(deps, tx, row);
      const details = row.noticeId === null ? null : { notification: row.noticeId };
      await steps.enter(tx, call, { caseId, caseSubjectId: row.id, step: 'notified' }, body, details);
      await openDefence(tx, file, row, servedOn);
      const { day, paper, electronic } = body;
      const payload = { case: caseId, caseSubject: row.id, ground: row.ground, day, paper, electronic };
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

  /** Hearing and waiver of a party whose notice was sent, by the days of sending and delivery. */
  const answer = (act: 'heard' | 'waived') => async (tx: Tx, _call: Call, s: CaseSubject, body: PaperStep) => {
    if (s.noticeId === null) return;
    const defence = await deps.deadlines.find(tx, 'case.defence', s.id);
    const deliveredOn = defence?.startsOn ? legalDate(defence.startsOn) : null;
    const notice = { notification: s.noticeId, sentOn: await sentOn(tx, s), deliveredOn };
    unwrap(judgeAnswer(act, legalDate(body.day), notice));
  };

  return {
    notify,
    hear: move('heard', 'case.subject-heard', answer('heard')),
    waive: move('waived', 'case.subject-waived', answer('waived')),
    lapse: move('defence-lapsed', 'case.defence-lapsed', async (tx, _call, s, body) => {
      const defence = await deps.deadlines.find(tx, 'case.defence', s.id);
      const term = { defenceUntil: lastDefenceDay(s, defence?.dueOn), notification: s.noticeId };
      unwrap(judgeLapse(await deps.calendar.current(tx), legalDate(body.day), term));
    }),
    review: move('reviewed', 'case.subject-reviewed', async (tx, call, s) => {
      unwrap(judgeOfficer(personsBehind(call.actor), 'review', await officersOf(tx, s)));
    }),
    takeEffect: move('in-force', 'case.in-force'),
  };
}
