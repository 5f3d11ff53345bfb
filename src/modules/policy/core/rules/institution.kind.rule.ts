import * as z from 'zod';
import { say, saying, sayNames } from '../../../../kernel/pure/wording';
import { fileOf } from '../evidence';
import { byCircular, byZhejiang, defineRule, NATIONAL, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.kind',
  order: 10,
  title: '企业、事业单位或行业协会',
  titleEn: 'Enterprise, public institution or industry association',
  scope: 'readiness',
  needs: ['uscc', 'evidence.manualDecision'],
  value: z
    .array(z.string().regex(/^[0-9A-Y]{2}$/))
    .min(1)
    .max(20),
  judge(f, prefixes) {
    const prefix = f.uscc.slice(0, 2);
    const byHand = f.evidence.manualDecision !== null;
    return {
      required: saying`${say('信用代码前两位为 ', 'credit code begins with ')}${sayNames(prefixes)}`,
      measured: byHand ? say(`${prefix}（经人工认定）`, `${prefix} (recognised by a person)`) : say(prefix),
      met: prefixes.includes(prefix) || byHand,
      cure: say(
        `该类主体不能承担评估；确有依据的，由主管机关作出人工认定并登记（POST ${fileOf(f)}，manualDecision 填结论和理由）`,
        `A body of this kind cannot assess; where there is good ground, the authority recognises it by a person's decision and records that (POST ${fileOf(f, 'en')} with conclusion and reasons in manualDecision)`,
      ),
    };
  },
  loosens: (value, law) => value.some((p) => !law.includes(p)),
  shipped: [
    { ...byCircular('八'), value: ['91', '12', '51'], profiles: [NATIONAL] },
    // Enterprises and public institutions; the call names no associations.
    { ...byZhejiang, value: ['91', '12'], profiles: [ZHEJIANG] },
  ],
});
