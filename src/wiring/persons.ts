import type { Subject } from '../kernel/db/guards';
import { LATEST } from '../kernel/db/moment';
import { legalDateOf } from '../kernel/pure/time';
import type { Clock } from '../kernel/sources';
import { openStates, teamsNaming } from '../modules/evaluations';
import type { PersonLine } from '../modules/experts';
import { barStateOn, shutOn } from '../modules/sanctions';
import type { Line } from './line';

const personOf = (id: string): Subject => ({ kind: 'person', id });

/** What the line knows of persons, for their register, which lies to its left; asked when a request comes. */
export const personLine = (
  clock: Clock,
  line: () => Pick<Line, 'commissions' | 'evaluations' | 'sanctions'>,
): PersonLine => ({
  async teams(on, expertIds) {
    return (await teamsNaming(on, expertIds)).map(({ row, evaluation: e }) => ({
      expertId: row.expertId,
      evaluationId: e.id,
      institutionId: e.institutionId,
      role: row.role,
      open: row.teamNo === e.teamNo && ([...openStates, 'frozen'] as string[]).includes(e.state),
    }));
  },
  async engagements(on, expertIds) {
    return (await line().commissions.engagementsOfPersons(on, expertIds)).map((e) => ({
      engagementId: e.id,
      expertId: e.subject.id,
      role: e.role,
      from: e.from,
      lastDay: e.to,
    }));
  },
  async bars(on, expertIds) {
    const bars = await line().sanctions.barsOf(on, expertIds.map(personOf), LATEST);
    const holding = new Set(shutOn(bars, legalDateOf(clock.now())).map((b) => b.id));
    const today = legalDateOf(clock.now());
    const over = new Set(bars.filter((b) => ['ended', 'annulled'].includes(barStateOn(b, today))).map((b) => b.id));
    return bars.map(({ id, recordedAt, decisionNumber }) => ({
      recordedAt,
      holds: holding.has(id),
      lasts: !over.has(id),
      decisionNumber,
    }));
  },
  async stop(tx, call, expertId) {
    await line().evaluations.freezeForPerson(tx, call, expertId);
    await line().commissions.endEngagementsFor(tx, call, personOf(expertId), 'bar');
  },
});
