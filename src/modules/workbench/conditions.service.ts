import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { todayOf } from '../../kernel/db/moment';
import { admittedBeyond, countAdmitted } from '../commissions';
import type { Scope } from '../identity';
import type { Institutions } from '../institutions';
import type { RuleResult } from '../policy';
import type { Screening } from '../screening';
import { judgingMs, type ConditionsReply } from './dashboard.contract';

export interface ConditionsDeps {
  db: Db;
  scope: Pick<Scope, 'authoritiesOf'>;
  institutions: Pick<Institutions, 'namesAt'>;
  screening: Pick<Screening, 'readinessOf'>;
  /** The authority that owns the installation. */
  unit(): Promise<{ code: string }>;
}

type Rules = ConditionsReply['rules'];
type Judged = { institutionId: string; name: string; rules: readonly RuleResult[] };

/** By rule, the one with most institutions first; those that only inform are told apart by their effect. */
function byRule(judged: readonly Judged[], effect: RuleResult['effect']): Rules {
  const found = new Map<string, Rules[number]>();
  for (const { institutionId, name, rules } of judged) {
    for (const { rule, title, required, citation, en } of rules.filter((r) => !r.met && r.effect === effect)) {
      const english = en && { title: en.title, required: en.required, citation: en.citation };
      const entry = found.get(rule) ?? { rule, title, required, citation, en: english, unmet: [] };
      entry.unmet.push({ institutionId, name });
      found.set(rule, entry);
    }
  }
  return [...found.values()].sort((a, b) => b.unmet.length - a.unmet.length || (a.rule < b.rule ? -1 : 1));
}

/**
 * Conditions of all institutions in the register, by the rules of the authority that asks: so many in one answer as fit
 * its time, and where to go on.
 */
export function createConditions({ db, scope, institutions, screening, unit }: ConditionsDeps) {
  const { clock } = db.sources;

  return async (actor: Actor, asked: { after?: string; limit: number }): Promise<ConditionsReply> => {
    const today = todayOf(clock);
    const authority = actor.authority ?? (await unit()).code;
    const authorityIds = (await scope.authoritiesOf(actor)) ?? [];
    const { profile, judge } = await screening.readinessOf(authority, today.asOf);
    const ids = await admittedBeyond(db, authorityIds, asked.after, asked.limit + 1);
    const wanted = ids.slice(0, asked.limit);
    const names = await institutions.namesAt(db, wanted, today);
    const judged: Judged[] = [];
    const began = clock.now();
    // One after the other, with a breath between: a page of figures must not take the service from those who work.
    for (const id of wanted) {
      judged.push({ institutionId: id, name: names.get(id) ?? id, rules: await judge(id) });
      if (clock.now() - began >= judgingMs) break;
      await breathe();
    }
    const last = judged.at(-1)?.institutionId;
    return {
      asOf: today.asOf,
      authority,
      version: { title: profile.title, basis: profile.basis.number },
      admitted: await countAdmitted(db, authorityIds),
      judged: judged.length,
      next: judged.length < ids.length ? last! : null,
      rules: byRule(judged, 'refuse'),
      hints: byRule(judged, 'inform'),
    };
  };
}
