import type * as z from 'zod';
import { faultsOfField } from '../../../kernel/field-faults';
import { Problem } from '../../../kernel/problem';
import { say, sayEach } from '../../../kernel/pure/wording';
import type { RuleSetting } from '../core/rule';
import { ruleKinds } from '../kinds';
import type { policyRoutes } from './profiles.contract';

type DraftLines = z.output<NonNullable<(typeof policyRoutes)['draft']['body']>>['rules'];

/** Settings by id; each value in the form of its kind, or Problem. */
export function settingsOf(lines: DraftLines): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const [place, { rule, repealed, ...line }] of lines.entries()) {
    const kind = ruleKinds.get(rule);
    if (!kind) throw new Problem('policy.rule-unknown', { rule });
    const value = kind.value.safeParse(line.value, { reportInput: true });
    if (!value.success) {
      const faults = faultsOfField('value', kind.value, value.error);
      const said = sayEach(faults.map((f) => say(f.detail.replace(/。$/, ''), f.detailEn?.replace(/\.$/, ''))));
      const placed = faults.map((f) => ({ ...f, pointer: `/rules/${place}${f.pointer}` }));
      throw new Problem('policy.value-unfit', { rule, title: say(kind.title, kind.titleEn), fault: said }, placed);
    }
    if (repealed && repealed.day <= line.effectiveFrom) {
      throw new Problem('policy.repeal-before-effect', { rule, from: line.effectiveFrom, day: repealed.day });
    }
    settings[rule] = { ...line, value: value.data, ...(repealed ? { repeal: repealed } : {}) };
  }
  return settings;
}
