import type { Call } from '../../kernel/call';
import { refuseAndRecord, type RecordedRefusal } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { recordVersion } from '../../kernel/db/history';
import { LATEST } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import { addDays, barTerm, legalDateOf, type Instant, type LegalDate } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import type { Audit } from '../audit-log';
import { barYears, demandRule, type Profile } from '../policy';
import { citationEn } from '../policy';
import { doors as doorNames, type Door, type Ground } from './sanctions.contract';
import { endOfBars, shutOn, type EndOfBars } from './sanctions.rules';
import { Bar, BarStay, barsOfSubjects, endOpenStays, insertBar, type KnownBar } from './sanctions.store';

export interface Sentence {
  subject: { kind: 'institution' | 'person'; id: string; code: string; name: string };
  ground: Ground;
  decisionNumber: string;
  caseId: string;
  caseSubjectId: string;
  authority: { code: string; name: string };
  servedOn: LegalDate;
  profile: Profile;
  /** Only for a changed decision: an earlier end than the full term. */
  lastBarredDay?: LegalDate;
}

/** Who is who, as the register of persons knows it. */
export interface PersonsPort {
  /** Every registration of each asked person, by the asked id. */
  together(
    on: Reads,
    ids: readonly string[],
    knownAt?: Instant,
  ): Promise<ReadonlyMap<string, { ids: readonly string[] }>>;
  /** Pairs of persons of whom nobody has decided yet whether they are one. */
  undecided(on: Reads, ids: readonly string[]): Promise<readonly { doubtId: string; id: string; other: string }[]>;
}

export interface SanctionDeps {
  db: Db;
  audit: Audit;
  persons: PersonsPort;
}

const subjectsOf = (subjects: readonly Subject[], kind: Bar['subjectKind']): string[] =>
  subjects.filter((s) => s.kind === kind).map((s) => s.id);

/** The days for programs, and the same in words for the problem's text. */
const untilWhen = ({ lastBarredDay, freeFrom, stayedFrom }: EndOfBars) => ({
  lastBarredDay,
  freeFrom,
  until:
    stayedFrom === null
      ? say(
          `届满日${lastBarredDay}，可再次采信之日${freeFrom}`,
          `last barred day ${lastBarredDay}, first free day ${freeFrom}`,
        )
      : say(
          `自${stayedFrom}起停止执行，没有确定终止之日，届满日尚不能确定`,
          `stayed from ${stayedFrom} without a set end, so the last barred day is not yet known`,
        ),
});

export function createSanctions({ db, audit, persons }: SanctionDeps) {
  const { clock, ids } = db.sources;

  /** The subjects and, of persons, every other registration: a bar on one holds for all of them. */
  const everyId = async (on: Reads, subjects: readonly Subject[], knownAt: Instant): Promise<Subject[]> => {
    const asked = subjectsOf(subjects, 'person');
    if (asked.length === 0) return [...subjects];
    const known = [...(await persons.together(on, asked, knownAt)).values()].flatMap((p) => p.ids);
    return [...subjects, ...[...new Set(known)].map((id): Subject => ({ kind: 'person', id }))];
  };
  const guardEvery = async (tx: Tx, subjects: readonly Subject[]): Promise<void> =>
    requireGuarded(tx, await everyId(tx, subjects, LATEST));

  const barsOf = async (on: Reads, subjects: readonly Subject[], knownAt: Instant): Promise<KnownBar[]> => {
    const all = await everyId(on, subjects, knownAt);
    return [
      ...(await barsOfSubjects(on, 'institution', subjectsOf(all, 'institution'), knownAt)),
      ...(await barsOfSubjects(on, 'person', [...new Set(subjectsOf(all, 'person'))], knownAt)),
    ];
  };

  /** Bars the subject for the profile's years from the service day (Civil Code 201-202). Call under its guard. */
  async function impose(tx: Tx, call: Call, sentence: Sentence): Promise<Bar> {
    const { subject, profile, authority } = sentence;
    await guardEvery(tx, [subject]);
    const rule = demandRule(profile, barYears);
    const term = barTerm(sentence.servedOn, rule.value);
    const shortened = sentence.lastBarredDay !== undefined && sentence.lastBarredDay < term.lastBarredDay;
    const bar: Bar = {
      id: ids.timed(),
      subjectKind: subject.kind,
      subjectId: subject.id,
      code: subject.code,
      name: subject.name,
      ground: sentence.ground,
      decisionNumber: sentence.decisionNumber,
      caseId: sentence.caseId,
      caseSubjectId: sentence.caseSubjectId,
      authority: authority.code,
      authorityName: authority.name,
      basis: rule.citation,
      profile: profile.id,
      servedOn: sentence.servedOn,
      lastBarredDay: shortened ? sentence.lastBarredDay! : term.lastBarredDay,
      freeFrom: shortened ? addDays(sentence.lastBarredDay!, 1) : term.freeFrom,
      steps: shortened ? [...term.steps, `变更决定：届满日提前至${sentence.lastBarredDay!}`] : [...term.steps],
      // Institutions are public by the circular (通报); persons only by a recorded publicity decision.
      published: subject.kind === 'institution',
      recordedAt: clock.now(),
      annulledFrom: null,
      annulledAt: null,
    };
    await insertBar(tx, bar);
    const open = subject.kind === 'institution';
    await audit.append(tx, call, {
      type: open ? 'bar.imposed' : 'bar.imposed-on-person',
      ...(open ? { subjects: [`institution:${subject.code}`] } : {}),
      payload: {
        bar: bar.id,
        code: bar.code,
        ground: bar.ground,
        decisionNumber: bar.decisionNumber,
        servedOn: bar.servedOn,
        lastBarredDay: bar.lastBarredDay,
        freeFrom: bar.freeFrom,
        basis: bar.basis,
        profile: bar.profile,
      },
    });
    return bar;
  }

  async function barsOfDecision(tx: Tx, caseSubjectId: string): Promise<Bar[]> {
    return tx.m.find(Bar, { where: { caseSubjectId }, order: { recordedAt: 'ASC' } });
  }

  /**
   * Stops execution in [from, to). A stay that was open ends where a later one of its days names an end: that is how a
   * stay is lifted. Call under the subject's guard, since a lifted stay shuts doors.
   */
  async function stay(
    tx: Tx,
    call: Call,
    caseSubjectId: string,
    days: { from: LegalDate; to: LegalDate | null },
    paper: string,
  ): Promise<void> {
    const at = { now: clock.now(), id: () => ids.timed() };
    for (const bar of (await barsOfDecision(tx, caseSubjectId)).filter((b) => b.annulledFrom === null)) {
      await guardEvery(tx, [{ kind: bar.subjectKind, id: bar.subjectId }]);
      if (days.to !== null) await endOpenStays(tx, bar.id, days.to, at);
      const recording = { ...days, by: call.actor.accountId, paper };
      await recordVersion(tx, BarStay, { barId: bar.id }, { barId: bar.id }, recording, at);
      await audit.append(tx, call, {
        type: 'bar.stayed',
        payload: { bar: bar.id, from: days.from, to: days.to, paper },
      });
    }
  }

  /** The decision is withdrawn: from that day on its bars hold no more. Returns the bars. */
  async function annul(tx: Tx, call: Call, caseSubjectId: string, from: LegalDate, paper: string): Promise<Bar[]> {
    const standing = (await barsOfDecision(tx, caseSubjectId)).filter((b) => b.annulledFrom === null);
    for (const bar of standing) {
      await guardEvery(tx, [{ kind: bar.subjectKind, id: bar.subjectId }]);
      await tx.m.update(Bar, { id: bar.id }, { annulledFrom: from, annulledAt: clock.now() });
      await audit.append(tx, call, { type: 'bar.annulled', payload: { bar: bar.id, from, paper } });
    }
    return standing;
  }

  /** A person's bar becomes public by a recorded publicity decision with impact assessment (个保法 25, 55). */
  async function publish(tx: Tx, call: Call, caseSubjectId: string, paper: string): Promise<void> {
    for (const bar of (await barsOfDecision(tx, caseSubjectId)).filter((b) => b.annulledFrom === null)) {
      await tx.m.update(Bar, { id: bar.id }, { published: true });
      await audit.append(tx, call, {
        type: 'bar.published',
        subjects: bar.subjectKind === 'institution' ? [`institution:${bar.code}`] : [],
        payload: { bar: bar.id, code: bar.code, decisionNumber: bar.decisionNumber, paper },
      });
    }
  }

  /**
   * A person who may be a barred one waits until an officer has decided who he is: likeness alone neither refuses nor
   * lets through (个保法 24).
   */
  async function holdUndecided(
    tx: Tx,
    call: Call,
    door: Door,
    subjects: readonly Subject[],
  ): Promise<RecordedRefusal | undefined> {
    const today = legalDateOf(clock.now());
    const all = subjectsOf(await everyId(tx, subjects, LATEST), 'person');
    for (const { doubtId, other } of await persons.undecided(tx, all)) {
      const bars = await barsOf(tx, [{ kind: 'person', id: other }], LATEST);
      if (shutOn(bars, today).length === 0) continue;
      await audit.append(tx, call, { type: 'door.refused', payload: { door, doubt: doubtId, day: today } });
      const params = { door: doorNames[door], doorCode: door, doubtId };
      return refuseAndRecord(new Problem('sanctions.needs-person', params));
    }
    return undefined;
  }

  /**
   * The check of every door. Under the guards of all subjects; a shut door leaves a sealed entry and answers with the
   * decision, the last barred day, the first free day and the rule.
   */
  async function checkDoor(
    tx: Tx,
    call: Call,
    door: Door,
    subjects: readonly Subject[],
  ): Promise<RecordedRefusal | undefined> {
    await guardEvery(tx, subjects);
    const today = legalDateOf(clock.now());
    // All that is known: by another process's clock a committed bar may seem to lie a little in the future.
    const bars = await barsOf(tx, subjects, LATEST);
    const first = shutOn(bars, today)[0];
    if (!first) return holdUndecided(tx, call, door, subjects);
    const party = await everyId(tx, [{ kind: first.subjectKind, id: first.subjectId }], LATEST);
    const same = bars.filter((b) => party.some((s) => s.kind === b.subjectKind && s.id === b.subjectId));
    const shut = shutOn(same, today);
    // Of several decisions the one that holds longest is named, beside the days of their union; all of them are listed.
    const holding = shut.reduce((a, b) => (b.lastBarredDay > a.lastBarredDay ? b : a));
    const day = holding.start > today ? holding.start : today;
    await audit.append(tx, call, {
      type: 'door.refused',
      payload: {
        door,
        subject: `${holding.subjectKind}:${holding.code}`,
        decisionNumber: holding.decisionNumber,
        day: today,
      },
    });
    return refuseAndRecord(
      new Problem('sanctions.barred', {
        door: doorNames[door],
        doorCode: door,
        subjectKind: holding.subjectKind,
        code: holding.code,
        name: holding.name,
        decisionNumber: holding.decisionNumber,
        ...untilWhen(endOfBars(same, day)),
        rule: say(holding.basis, citationEn(holding.basis)),
        decisions: shut.map((b) => b.decisionNumber),
      }),
    );
  }

  return { impose, stay, annul, publish, checkDoor, barsOf };
}

export type Sanctions = ReturnType<typeof createSanctions>;
