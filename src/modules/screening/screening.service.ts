import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import { LATEST, momentOf, shownMoment, todayOf } from '../../kernel/db/moment';
import { instantText, legalDateOf, type Instant, type LegalDate } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import type { Audit } from '../audit-log';
import type { Organisations } from '../organisations';
import { allMet, type Policy, type Profile, type ReadinessFacts, type RuleResult, type StaffFact } from '../policy';
import { barredOn, type PublicBar, type Sanctions, type SanctionViews } from '../sanctions';
import type { IdentityKind } from '../experts';
import type { screeningRoutes, Verdict } from './screening.contract';
import {
  asOfDay,
  judgeBars,
  judgeReadiness,
  publicMeasure,
  unnumbered,
  versionShown,
  withLinks,
  reasonOf,
} from './screening.rules';

/** What the register of assessors holds on the day. */
type FactsOnFile = ReadinessFacts['evidence'] &
  Pick<ReadinessFacts, 'legalForm' | 'legalPersonality' | 'registeredProvince' | 'documents'>;

export interface ScreeningDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  sanctions: Pick<Sanctions, 'barsOf'>;
  views: Pick<SanctionViews, 'publicBarsOf' | 'barsOfPerson'>;
  institutions: {
    load(on: Reads, id: string): Promise<{ id: string; organisationId: string; uscc: string }>;
    byCode(on: Reads, uscc: string): Promise<{ id: string } | undefined>;
    at(on: Reads, id: string, moment: Moment): Promise<FactsOnFile | undefined>;
  };
  organisations: Pick<Organisations, 'byCode' | 'creditCodesOf' | 'linksOf'>;
  experts: {
    byIdentity(
      on: Reads,
      kind: IdentityKind,
      text: string,
    ): Promise<{ id: string; platformNumber: string } | undefined>;
    undecided(on: Reads, ids: readonly string[]): Promise<readonly { other: string }[]>;
    /** Every registration of each asked person, by the asked id. */
    together(
      on: Reads,
      ids: readonly string[],
      knownAt?: Instant,
    ): Promise<ReadonlyMap<string, { ids: readonly string[] }>>;
    staffAt(on: Reads, institutionId: string, moment: Moment): Promise<readonly Omit<StaffFact, 'barred'>[]>;
  };
  requireAuthority(): Promise<{ code: string }>;
}

type PersonBody = z.output<NonNullable<typeof screeningRoutes.person.body>>;
type Readiness = z.infer<NonNullable<typeof screeningRoutes.readiness.reply>>;

/** Readiness as everybody may read it. */
export type PublicReadiness = Pick<Readiness, 'ready' | 'version' | 'lapsed'> & {
  rules: Pick<RuleResult, 'rule' | 'title' | 'required' | 'measured' | 'met' | 'effect' | 'citation' | 'en'>[];
};

const nothingOnFile: FactsOnFile = {
  legalForm: null,
  legalPersonality: null,
  registeredProvince: null,
  documents: [],
  legalPersonEvidence: null,
  experience: null,
  office: null,
  managementRules: null,
  training: null,
  stableWork: null,
  manualDecision: null,
};

/** Owns no table: facts in, verdict with reasons out. Doors refuse on credit code or identity hash only. */
export function createScreening(deps: ScreeningDeps) {
  const { db, command, audit, policy, sanctions, views, institutions, organisations, experts } = deps;
  const { clock } = db.sources;

  const verdictOf = (bars: readonly PublicBar[], known: boolean, asOf: LegalDate): Verdict => ({
    ...judgeBars(bars, known),
    asOf,
    knownAt: instantText(clock.now()),
    // Answered from the committed rows themselves, not from a copy.
    snapshotAgeMs: 0,
    bars: [...bars],
  });

  async function screenInstitution(uscc: string, asOf: LegalDate = legalDateOf(clock.now())): Promise<Verdict> {
    // A body keeps its bars under whichever code they were imposed; whoever asks by a former code is told the present one.
    const codes = await organisations.creditCodesOf(db, uscc);
    const barsOf = async (of: readonly string[]): Promise<PublicBar[]> =>
      (await Promise.all(of.map((code) => views.publicBarsOf(code, asOf, LATEST)))).flat();
    const bars = await barsOf(codes);
    const body = await organisations.byCode(db, uscc);
    const links = body && (await organisations.linksOf(db, body.id, { asOf, knownAt: LATEST }));
    const taken = links?.predecessors.map((p) => organisations.creditCodesOf(db, p.uscc)) ?? [];
    const before = await barsOf((await Promise.all(taken)).flat());
    const known = (await institutions.byCode(db, uscc)) !== undefined;
    const verdict = verdictOf(bars, known || bars.length > 0, asOf);
    return withLinks(verdict, { asked: uscc, present: body?.uscc, links, barsOfPredecessors: before });
  }

  /** Who may be a barred person is neither fit nor refused until an officer has decided who he is (个保法 24). */
  async function whoIsIt(tx: Reads, id: string, verdict: Verdict, asOf: LegalDate): Promise<Verdict> {
    for (const { other } of await experts.undecided(tx, [id])) {
      const bars = await views.barsOfPerson(tx, other, asOf);
      if (!bars.some((b) => b.state === 'barred')) continue;
      const text = say(
        '与一名不再采信期间内的人员疑似同一人，主管部门尚未作出认定',
        'Possibly the same person as one who is barred; the authority has not decided yet',
      );
      const reason = reasonOf('identity-undecided', text, '个人信息保护法第二十四条');
      return { ...verdict, verdict: 'needs-person', reasons: [...verdict.reasons, reason] };
    }
    return verdict;
  }

  const screenPerson = (call: Call, body: PersonBody): Promise<Verdict> =>
    command(call, {}, async (tx) => {
      const asOf = body.asOf ?? legalDateOf(clock.now());
      const person = await experts.byIdentity(tx, body.identity.kind, body.identity.number);
      const bars = person ? await views.barsOfPerson(tx, person.id, asOf) : [];
      const known = verdictOf(bars, person !== undefined, asOf);
      const verdict = person && known.verdict === 'fit' ? await whoIsIt(tx, person.id, known, asOf) : known;
      const payload = { person: person?.platformNumber ?? null, purpose: body.purpose, asOf, verdict: verdict.verdict };
      await audit.append(tx, call, { type: 'screening.person-asked', payload });
      return verdict;
    });

  /** What readiness asks, as it was on the day and known at the instant; persons' bars follow them here. */
  async function factsOf(on: Reads, id: string, moment: Moment): Promise<ReadinessFacts> {
    const { uscc, organisationId } = await institutions.load(on, id);
    const { legalForm, legalPersonality, registeredProvince, documents, ...evidence } =
      (await institutions.at(on, id, moment)) ?? nothingOnFile;
    const staff = await experts.staffAt(on, id, moment);
    const persons = [...new Set(staff.map((s) => s.expertId))].map((p) => ({ kind: 'person' as const, id: p }));
    const known = await sanctions.barsOf(on, [{ kind: 'institution', id }, ...persons], moment.knownAt);
    const holding = barredOn(known, moment.asOf);
    const barred = new Set(holding.filter((b) => b.subjectKind === 'person').map((b) => b.subjectId));
    // A bar may have been imposed under another registration of the person.
    const alike = await experts.together(on, [...new Set(staff.map((s) => s.expertId))], moment.knownAt);
    const isBarred = (expertId: string): boolean => alike.get(expertId)!.ids.some((one) => barred.has(one));
    const bars = holding.filter((b) => b.subjectKind === 'institution');
    return {
      day: moment.asOf,
      organisationId,
      institutionId: id,
      uscc,
      legalForm,
      legalPersonality,
      registeredProvince,
      evidence,
      documents,
      staff: staff.map((s) => ({ ...s, barred: isBarred(s.expertId) })),
      bars: bars.map(({ decisionNumber, freeFrom }) => ({ decisionNumber, freeFrom })),
    };
  }

  /** Looked back from a former instant, nothing is said of how to put right what may have been put right since. */
  async function readiness(
    id: string,
    query: { authority?: string; asOf?: LegalDate; knownAt?: Instant },
  ): Promise<Readiness> {
    const moment = momentOf(clock, query);
    await institutions.load(db, id);
    const authority = query.authority ?? (await deps.requireAuthority()).code;
    const profile = await policy.profileFor(db, authority, moment.asOf);
    const answers = asOfDay(judgeReadiness(await factsOf(db, id, moment), profile), moment.asOf, todayOf(clock).asOf);
    const rules = query.knownAt === undefined ? answers : answers.map((r) => ({ ...r, cure: null }));
    return {
      ready: allMet(rules),
      ...shownMoment(clock, moment),
      authority,
      profile: profile.id,
      ...versionShown(profile, moment.asOf),
      rules,
    };
  }

  /** The same for many institutions on one day under one authority's rules, which are looked up once. */
  async function readinessOf(authority: string, asOf: LegalDate) {
    const profile = await policy.profileFor(db, authority, asOf);
    const judge = async (id: string): Promise<RuleResult[]> =>
      judgeReadiness(await factsOf(db, id, { ...todayOf(clock), asOf }), profile);
    return { profile, judge };
  }

  /** The same under any profile, for replay: facts as they were on the day, as known now. */
  async function judgeOn(on: Reads, id: string, day: LegalDate, profiles: readonly Profile[]): Promise<RuleResult[][]> {
    const facts = await factsOf(on, id, { ...todayOf(clock), asOf: day });
    return profiles.map((profile) => judgeReadiness(facts, profile));
  }

  /**
   * What everybody may read of it: every condition with its count, but no number of a paper, and none of what would cure
   * it, where persons stand by their numbers.
   */
  async function publicReadiness(id: string, authority: string, asOf: LegalDate): Promise<PublicReadiness> {
    const moment = { ...todayOf(clock), asOf };
    const profile = await policy.profileFor(db, authority, asOf);
    const answers = asOfDay(
      judgeReadiness(unnumbered(await factsOf(db, id, moment)), profile),
      asOf,
      todayOf(clock).asOf,
    );
    const rules = answers.map(({ rule, title, required, measured, met, effect, citation, en }) => ({
      ...{ rule, title, required, met, effect, citation },
      measured: publicMeasure(measured),
      en: en && { ...en, measured: publicMeasure(en.measured), cure: null },
    }));
    return { ready: allMet(answers), ...versionShown(profile, asOf), rules };
  }

  return { screenInstitution, screenPerson, readiness, readinessOf, publicReadiness, judgeOn };
}

export type Screening = ReturnType<typeof createScreening>;
