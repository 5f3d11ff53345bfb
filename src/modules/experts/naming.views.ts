import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { correctionsOf } from './corrections.store';
import { shownCorrections } from './corrections.views';
import { Employment } from './experts.store';
import { employmentsShown, registrationsOf, type NamesOf } from './experts.views';
import type { PersonLine } from './line.port';
import { objectionsTo } from './objections.store';
import { shownObjection } from './objections.views';
import type { NamingReply } from './persons.contract';
import { personBehind } from './together';

/** Every body, team and role that names the person, under whichever registration (个保法 44, 45). */
export async function namingOf(
  on: Reads,
  id: string,
  { line, namesOf, toPerson }: { line: PersonLine; namesOf: NamesOf; toPerson: boolean },
): Promise<NamingReply> {
  const person = await personBehind(on, id, LATEST);
  const [survivor] = await registrationsOf(on, person);
  const employments = await on.m.findBy(Employment, { expertId: In([...person.ids]) });
  const byId = new Map(employments.map((e) => [e.id, e]));
  const objections = await objectionsTo(on, [...byId.keys()]);
  const teams = await line.teams(on, person.ids);
  const names = await namesOf(on, [...new Set(teams.map((t) => t.institutionId))]);
  return {
    expertId: survivor.id,
    platformNumber: survivor.platformNumber,
    employments: await employmentsShown(on, person, survivor, { reach: {}, namesOf }, LATEST),
    objections: objections.map((o) => shownObjection(o, byId.get(o.employmentId)!)),
    corrections: await shownCorrections(on, await correctionsOf(on, person.ids), toPerson),
    teams: teams.map(({ evaluationId, institutionId, role, open }) => ({
      evaluationId,
      institutionId,
      institutionName: names.get(institutionId) ?? '',
      role,
      open,
    })),
    engagements: (await line.engagements(on, person.ids)).map(({ engagementId, role, from, lastDay }) => ({
      engagementId,
      role,
      from,
      lastDay,
    })),
  };
}
