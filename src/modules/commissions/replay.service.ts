import type * as z from 'zod';
import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { todayOf } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { addYears, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import { coolingOffYears, judge, settingOf, type Profile, type RuleResult, type TeamMember } from '../policy';
import type { CommissionDeps } from './commissions.service';
import { Assignment, candidatesOfLot, Lot, minesOfAssignment } from './commissions.store';
import type { replayLot, ReplayTurn } from './replay.contract';
import { compareAnswers } from './replay.rules';

type ReplayLot = z.infer<typeof replayLot>;

/** A named team and the day from which its people are judged. */
export interface NamedTeam {
  evaluationId: string;
  institutionId: string;
  /** Null for teams of before the day was kept. */
  namedOn: LegalDate | null;
  members: readonly { expertId: string; role: 'leader' | 'member' }[];
}

/**
 * Judges the lots of a period anew, under the profile then in force and under another one, on the facts as they were on
 * those days and as they are known now. Reads only.
 */
export function createReplay(deps: CommissionDeps) {
  const { db, policy, facts, scope } = deps;
  const { clock } = db.sources;
  const on: Reads = db;

  type Asked = { lot: Lot; trial: Profile };
  type Of = Pick<ReplayTurn, 'kind' | 'institutionId' | 'ref'>;

  /** Both profiles answer for the day; undefined where nothing turns. */
  async function turnOf(
    { lot, trial }: Asked,
    of: Of,
    day: LegalDate,
    answer: (profiles: readonly [Profile, Profile]) => Promise<readonly [RuleResult[], RuleResult[]]>,
  ): Promise<ReplayTurn | undefined> {
    const inForce = await policy.profileFor(on, lot.authority, day);
    const compared = compareAnswers(...(await answer([inForce, trial])));
    return compared.by.length > 0 ? { ...of, day, profile: inForce.id, ...compared } : undefined;
  }

  const candidates = async (asked: Asked) =>
    Promise.all(
      (await candidatesOfLot(on, asked.lot.id)).map((institutionId) =>
        turnOf(asked, { kind: 'candidate', institutionId, ref: null }, asked.lot.openedOn, async (profiles) => {
          const [then, now] = await deps.readiness(on, institutionId, asked.lot.openedOn, profiles);
          return [then!, now!];
        }),
      ),
    );

  async function offerAnswers(a: Assignment, lot: Lot, day: LegalDate, profile: Profile): Promise<RuleResult[]> {
    const { organisationId } = await facts.institutions.load(on, a.institutionId);
    const body = await facts.organisations.at(on, organisationId, { ...todayOf(clock), asOf: day });
    const since = addYears(day, -(settingOf(profile, coolingOffYears)?.value ?? 0));
    const ownMines: string[] = [];
    for (const mineId of await minesOfAssignment(on, a.id)) {
      const operators = await facts.mines.operatorsWithin(on, mineId, since, day);
      if (operators.includes(organisationId)) ownMines.push(mineId);
    }
    const publicClass = body?.publicInstitutionClass ?? null;
    return judge(
      'offer',
      { governmentPurchase: lot.purchaseMethod === 'government-purchase', publicClass, ownMines },
      profile,
    );
  }

  const assignments = async (asked: Asked) => {
    const rows = await on.m.find(Assignment, { where: { lotId: asked.lot.id }, order: { id: 'ASC' } });
    return Promise.all(
      rows.map((a) => {
        const day = legalDateOf(a.offeredAt);
        const of: Of = { kind: 'assignment', institutionId: a.institutionId, ref: a.id };
        return turnOf(asked, of, day, async ([then, now]) => [
          await offerAnswers(a, asked.lot, day, then),
          await offerAnswers(a, asked.lot, day, now),
        ]);
      }),
    );
  };

  const teams = async (asked: Asked) =>
    Promise.all(
      (await deps.evaluations.teamsOfLot(on, asked.lot.id)).map(async (team) => {
        const day = team.namedOn ?? asked.lot.openedOn;
        const staff = await deps.staff(on, team.institutionId, day);
        const members: TeamMember[] = team.members.map((m) => ({ ...m, staff: staff.get(m.expertId) }));
        const of: Of = { kind: 'team', institutionId: team.institutionId, ref: team.evaluationId };
        return turnOf(asked, of, day, async ([then, now]) => [
          judge('team', members, then),
          judge('team', members, now),
        ]);
      }),
    );

  async function replayOne(asked: Asked): Promise<ReplayLot> {
    const { id: lotId, name, openedOn } = asked.lot;
    const all = {
      candidates: await candidates(asked),
      assignments: await assignments(asked),
      teams: await teams(asked),
    };
    const judged = {
      candidates: all.candidates.length,
      assignments: all.assignments.length,
      teams: all.teams.length,
    };
    const turns = [...all.candidates, ...all.assignments, ...all.teams].filter((t) => t !== undefined);
    return { lotId, name, openedOn, judged, turns };
  }

  async function replay(
    call: Call,
    id: string,
    asked: PageRequest & { from: LegalDate; to: LegalDate },
  ): Promise<Page<ReplayLot>> {
    const { from, to, ...request } = asked;
    if (to < from) throw new Problem('policy.period-reversed', { from, to });
    const trial = await policy.rehearse(on, call, id);
    const query = on.m.createQueryBuilder(Lot, 'lot').where('lot.openedOn BETWEEN :from AND :to', { from, to });
    query.andWhere({ authorityId: In([...((await scope.authoritiesOf(call.actor)) ?? [])]) });
    const keyOf = (l: Lot): [string, string] => [l.openedOn, l.id];
    const page = await pageBy(query, { sort: 'lot.openedOn', id: 'lot.id', keyOf }, request);
    const items: ReplayLot[] = [];
    for (const lot of page.items) items.push(await replayOne({ lot, trial }));
    return { ...page, items };
  }

  return { replay };
}
