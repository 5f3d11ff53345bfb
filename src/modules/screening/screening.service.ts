import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import { LATEST, todayOf } from '../../kernel/db/moment';
import { instantText, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Organisations } from '../organisations';
import { allMet, type Policy } from '../policy';
import { barredOn, type PublicBar, type Sanctions, type SanctionViews } from '../sanctions';
import type { IdentityKind } from '../experts';
import type { screeningRoutes, Verdict } from './screening.contract';
import { judgeBars, judgeReadiness, withLinks, type ReadinessFacts, type StaffFact } from './screening.rules';

export interface ScreeningDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  sanctions: Pick<Sanctions, 'barsOf'>;
  views: Pick<SanctionViews, 'publicBarsOf' | 'barsOfPerson'>;
  institutions: {
    load(on: Reads, id: string): Promise<{ id: string; uscc: string }>;
    byCode(on: Reads, uscc: string): Promise<{ id: string } | undefined>;
    at(on: Reads, id: string, moment: Moment): Promise<ReadinessFacts['evidence'] | undefined>;
  };
  organisations: Pick<Organisations, 'byCode' | 'creditCodesOf' | 'linksOf'>;
  experts: {
    byIdentity(
      on: Reads,
      kind: IdentityKind,
      text: string,
    ): Promise<{ id: string; platformNumber: string } | undefined>;
    undecided(on: Reads, ids: readonly string[]): Promise<readonly { other: string }[]>;
    staffAt(on: Reads, institutionId: string, moment: Moment): Promise<readonly StaffFact[]>;
  };
  requireAuthority(): Promise<{ code: string }>;
}

type PersonBody = z.output<NonNullable<typeof screeningRoutes.person.body>>;
type Readiness = z.infer<NonNullable<typeof screeningRoutes.readiness.reply>>;

const noEvidence: ReadinessFacts['evidence'] = {
  legalPersonEvidence: null,
  experience: null,
  office: null,
  managementRules: null,
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
      const text = '与一名不再采信期间内的人员疑似同一人，主管部门尚未作出认定';
      const reason = { code: 'identity-undecided', text, citation: '个人信息保护法第二十四条' };
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

  async function readiness(id: string, query: { authority?: string; asOf?: LegalDate }): Promise<Readiness> {
    const moment = { ...todayOf(clock), ...(query.asOf ? { asOf: query.asOf } : {}) };
    const institution = await institutions.load(db, id);
    const authority = query.authority ?? (await deps.requireAuthority()).code;
    const profile = await policy.profileFor(db, authority, moment.asOf);
    const bars = await sanctions.barsOf(db, [{ kind: 'institution', id }], moment.knownAt);
    const rules = judgeReadiness(
      {
        uscc: institution.uscc,
        evidence: (await institutions.at(db, id, moment)) ?? noEvidence,
        staff: await experts.staffAt(db, id, moment),
        bars: barredOn(bars, moment.asOf).length,
      },
      profile,
    );
    return { ready: allMet(rules), asOf: moment.asOf, profile: profile.id, rules };
  }

  return { screenInstitution, screenPerson, readiness };
}

export type Screening = ReturnType<typeof createScreening>;
