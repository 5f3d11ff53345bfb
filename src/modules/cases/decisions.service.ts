import type * as z from 'zod';
import { personsBehind, type Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { LATEST } from '../../kernel/db/moment';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { addDays, legalDate, type LegalDate } from '../../kernel/pure/time';
import { barYears, demandRule, requireBasis, type Profile } from '../policy';
import { barredOn, type Sentence } from '../sanctions';
import type { serviceReply } from './cases.contract';
import { judgeChange, judgeDay, judgeOfficer, judgeRemedy, judgeService, moveSubject } from './cases.rules';
import {
  createSteps,
  followSubject,
  loadOwnSubject,
  officersOf,
  presentSubject,
  type CaseBody,
  type CaseDeps,
  type CaseSubjectView,
  loadRunningCase,
  subjectAndCase,
} from './steps';
import { CaseSubject, loadCase, loadCaseSubject } from './cases.store';

const record = (id: string): Subject => ({ kind: 'record', id });
const partyOf = (s: CaseSubject): Subject => ({ kind: s.subjectKind, id: s.subjectId });

/** Decision by two officers, service (which imposes the bar and freezes work), remedies, publicity. */
export function createDecisions(deps: CaseDeps) {
  const { db, command, audit, policy, sanctions, freezing, files } = deps;
  const steps = createSteps(deps);

  const partyAndRecord = async (id: string): Promise<Subject[]> => [partyOf(await loadCaseSubject(db, id)), record(id)];

  const authorityOfSubject = async (id: string): Promise<Sentence['authority']> => {
    const { caseId } = await loadCaseSubject(db, id);
    return deps.authorityOf(db, (await loadCase(db, caseId)).authorityId);
  };

  const profileOf = (on: Reads, authority: string, day: string): Promise<Profile> =>
    policy.profileFor(on, authority, legalDate(day));

  const propose = (call: Call, id: string, body: CaseBody<'propose'>): Promise<CaseSubjectView> =>
    command(call, { subjects: () => subjectAndCase(db, id) }, async (tx) => {
      const s = await loadOwnSubject(deps, tx, call, id);
      if (s.state !== 'reviewed') {
        throw new Problem('case.wrong-subject-state', { state: s.state, wanted: 'decided' });
      }
      unwrap(judgeOfficer(personsBehind(call.actor), 'propose', await officersOf(tx, s)));
      const [decidedOn, actDay] = [legalDate(body.decidedOn), legalDate(body.actDay)];
      unwrap(judgeDay(decidedOn, actDay, steps.today()));
      const { authority } = await loadRunningCase(tx, s, 'proposed');
      requireBasis(await profileOf(tx, authority, actDay), actDay);
      const rules = await profileOf(tx, authority, decidedOn);
      requireBasis(rules, decidedOn, ['term']);
      demandRule(rules, barYears);
      const { decisionNumber, reasons } = body;
      await changeRecord(tx, CaseSubject, s, {
        decisionNumber,
        decidedOn,
        actDay,
        reasons,
        proposedBy: call.actor.accountId,
        proposedFor: call.actor.deputy?.forAccountId ?? null,
      });
      await followSubject(deps, tx, s);
      const payload = { caseSubject: id, decisionNumber, decidedOn, actDay };
      await audit.append(tx, call, { type: 'case.decision-proposed', payload });
      return presentSubject(deps, tx, s);
    });

  /** The second officer confirms exactly the version of the proposal that he read. */
  const decide = (call: Call, id: string, body: CaseBody<'decide'>, version: number): Promise<CaseSubjectView> =>
    command(call, { subjects: () => subjectAndCase(db, id) }, async (tx) => {
      const s = await loadOwnSubject(deps, tx, call, id);
      const state = unwrap(moveSubject(s.state, 'decided'));
      if (!s.decisionNumber || !s.decidedOn || !s.actDay) throw new Problem('case.not-proposed');
      expectVersion(s, version);
      unwrap(judgeOfficer(personsBehind(call.actor), 'decide', await officersOf(tx, s)));
      const { authority } = await loadRunningCase(tx, s, 'decided');
      const rules = await profileOf(tx, authority, s.decidedOn);
      requireBasis(rules, s.decidedOn, ['term']);
      demandRule(rules, barYears);
      const paper = { day: s.decidedOn, paper: s.decisionNumber, scanFileId: body.scanFileId };
      await steps.enter(tx, call, { caseId: s.caseId, caseSubjectId: id, step: 'decided' }, paper);
      await changeRecord(tx, CaseSubject, s, {
        state,
        decidedBy: call.actor.accountId,
        decidedFor: call.actor.deputy?.forAccountId ?? null,
      });
      await followSubject(deps, tx, s);
      const payload = { caseSubject: id, decisionNumber: s.decisionNumber, decidedOn: s.decidedOn };
      await audit.append(tx, call, { type: 'case.decided', payload });
      return presentSubject(deps, tx, s);
    });

  async function freeze(tx: Tx, call: Call, s: CaseSubject, bar: { lastBarredDay: LegalDate }) {
    // Service entered so late that the term is over: nothing is barred today, so nothing stops.
    if (bar.lastBarredDay < steps.today()) return { assignments: [], evaluations: [], engagements: [] };
    const engagements = await freezing.engagements(tx, call, partyOf(s));
    if (s.subjectKind === 'person') {
      return { assignments: [], evaluations: await freezing.evaluationsOfPerson(tx, call, s.subjectId), engagements };
    }
    const assignments = await freezing.assignments(tx, call, s.subjectId);
    return { assignments, evaluations: await freezing.evaluationsOfInstitution(tx, call, s.subjectId), engagements };
  }

  async function sentenceOf(
    tx: Tx,
    s: CaseSubject,
    servedOn: string,
    authority: Sentence['authority'],
  ): Promise<Sentence> {
    const file = await loadCase(tx, s.caseId);
    return {
      subject: { kind: s.subjectKind, id: s.subjectId, code: s.code, name: s.name },
      ground: s.ground,
      decisionNumber: s.decisionNumber!,
      caseId: s.caseId,
      caseSubjectId: s.id,
      authority,
      servedOn: legalDate(servedOn),
      // The rules of the decision's day: what has lapsed since does not undo it.
      profile: await profileOf(tx, file.authority, s.decidedOn!),
    };
  }

  /** Enters service: in one transaction the subject is served, the bar imposed, open work frozen. */
  async function serve(call: Call, id: string, body: CaseBody<'serve'>): Promise<z.infer<typeof serviceReply>> {
    const authority = await authorityOfSubject(id);
    return command(call, { subjects: () => partyAndRecord(id) }, async (tx) => {
      const s = await loadOwnSubject(deps, tx, call, id);
      const state = unwrap(moveSubject(s.state, 'served'));
      unwrap(
        judgeService({
          servedOn: legalDate(body.servedOn),
          decidedOn: s.decidedOn!,
          today: steps.today(),
          manner: body.manner,
          noticePublishedOn: body.noticePublishedOn ? legalDate(body.noticePublishedOn) : null,
          consent: body.consent ?? null,
        }),
      );
      const others = await sanctions.barsOf(tx, [partyOf(s)], LATEST);
      if (others.some((b) => b.authority === authority.code && b.decisionNumber === s.decisionNumber)) {
        throw new Problem('case.decision-served', { decisionNumber: s.decisionNumber });
      }
      const { manner, consent, noticePublishedOn } = body;
      const details = { manner, consent: consent ?? null, noticePublishedOn: noticePublishedOn ?? null };
      const paper = { day: body.servedOn, paper: body.proof, scanFileId: body.proofFileId };
      await steps.enter(tx, call, { caseId: s.caseId, caseSubjectId: id, step: 'served' }, paper, details);
      await changeRecord(tx, CaseSubject, s, { state, servedOn: legalDate(body.servedOn) });
      await followSubject(deps, tx, s);
      const bar = await sanctions.impose(tx, call, await sentenceOf(tx, s, body.servedOn, authority));
      const frozen = await freeze(tx, call, s, bar);
      // Each freeze has its own entry; here their numbers suffice, however many they are.
      const counted = {
        assignments: frozen.assignments.length,
        evaluations: frozen.evaluations.length,
        engagements: frozen.engagements.length,
      };
      const payload = { caseSubject: id, bar: bar.id, servedOn: body.servedOn, manner, frozen: counted };
      await audit.append(tx, call, { type: 'case.served', payload });
      const { servedOn, lastBarredDay, freeFrom, basis } = bar;
      const shown = { id: bar.id, servedOn, lastBarredDay, freeFrom, basis, steps: bar.steps };
      return { ...(await presentSubject(deps, tx, s)), bar: shown, frozen };
    });
  }

  /** Acts on a bar that stands: the subject's guard is taken, since a verdict changes. */
  const onBar = <B extends { day: string; paper: string; scanFileId: string }>(
    call: Call,
    id: string,
    body: B,
    step: 'stayed' | 'annulled' | 'changed' | 'publicised',
    work: (tx: Tx, s: CaseSubject) => Promise<Partial<CaseSubject>>,
  ): Promise<CaseSubjectView> =>
    command(call, { subjects: () => partyAndRecord(id) }, async (tx) => {
      const s = await loadOwnSubject(deps, tx, call, id);
      unwrap(judgeRemedy(s.state, step));
      // Publicity adds to a decision; the other acts take from it what two officers decided.
      if (step !== 'publicised') unwrap(judgeOfficer(personsBehind(call.actor), 'remedy', await officersOf(tx, s)));
      await steps.enter(tx, call, { caseId: s.caseId, caseSubjectId: id, step }, body);
      await changeRecord(tx, CaseSubject, s, await work(tx, s));
      await followSubject(deps, tx, s);
      const payload = { caseSubject: id, day: body.day, paper: body.paper };
      await audit.append(tx, call, { type: `case.${step}`, payload });
      return presentSubject(deps, tx, s);
    });

  const stay = (call: Call, id: string, body: CaseBody<'stay'>): Promise<CaseSubjectView> =>
    onBar(call, id, body, 'stayed', async (tx, s) => {
      const { from, until, paper } = body;
      if (until !== null && until < from) throw new Problem('case.end-before-start', { from, to: until });
      const to = until === null ? null : addDays(legalDate(until), 1);
      await sanctions.stay(tx, call, id, { from: legalDate(from), to }, paper);
      // Lifting a stay puts the bar in force again: work that went on meanwhile stops anew.
      const [holding] = barredOn(await sanctions.barsOf(tx, [partyOf(s)], LATEST), steps.today());
      if (holding) await freeze(tx, call, s, holding);
      return {};
    });

  const annul = (call: Call, id: string, body: CaseBody<'annul'>): Promise<CaseSubjectView> =>
    onBar(call, id, body, 'annulled', async (tx, s) => {
      if (body.from < s.servedOn!) throw new Problem('case.end-before-start', { from: s.servedOn, to: body.from });
      unwrap(judgeDay(legalDate(body.from), null, steps.today()));
      await sanctions.annul(tx, call, id, legalDate(body.from), body.paper);
      return { state: 'annulled' };
    });

  /**
   * The old interval ends with the change and a shorter one stands from the same service: no end date is edited. What
   * stays the execution goes on staying it: a lighter decision must not shut out a party whom the old one could not.
   */
  async function change(call: Call, id: string, body: CaseBody<'change'>): Promise<CaseSubjectView> {
    const authority = await authorityOfSubject(id);
    return onBar(call, id, body, 'changed', async (tx, s) => {
      const lastBarredDay = legalDate(body.lastBarredDay);
      if (lastBarredDay < s.servedOn!) {
        throw new Problem('case.end-before-start', { from: s.servedOn, to: body.lastBarredDay });
      }
      const stays = (await sanctions.barsOf(tx, [partyOf(s)], LATEST))
        .filter((b) => b.caseSubjectId === id && b.annulledFrom === null)
        .flatMap((b) => b.stays);
      const [old] = await sanctions.annul(tx, call, id, legalDate(body.day), body.paper);
      unwrap(judgeChange(lastBarredDay, old!.lastBarredDay));
      const sentence = await sentenceOf(tx, s, s.servedOn!, authority);
      await sanctions.impose(tx, call, { ...sentence, decisionNumber: body.decisionNumber, lastBarredDay });
      for (const days of stays) await sanctions.stay(tx, call, id, days, body.paper);
      return { state: 'changed' };
    });
  }

  const publicise = (call: Call, id: string, body: CaseBody<'publicise'>): Promise<CaseSubjectView> =>
    onBar(call, id, body, 'publicised', async (tx, s) => {
      await files.attach(tx, call, body.impactAssessmentFileId, { kind: 'case', ref: s.caseId });
      await sanctions.publish(tx, call, id, body.paper);
      return {};
    });

  return { propose, decide, serve, stay, annul, change, publicise };
}
