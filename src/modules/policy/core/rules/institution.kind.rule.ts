import * as z from 'zod';
import { fileOf } from '../evidence';
import { byCircular, byZhejiang, defineRule, NATIONAL, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.kind',
  order: 10,
  title: '企业、事业单位或行业协会',
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
      required: `信用代码前两位为 ${prefixes.join('、')}`,
      measured: `${prefix}${byHand ? '（经人工认定）' : ''}`,
      met: prefixes.includes(prefix) || byHand,
      cure: `该类主体不能承担评估；确有依据的，由主管机关作出人工认定并登记（POST ${fileOf(f)}，manualDecision 填结论和理由）`,
    };
  },
  loosens: (value, law) => value.some((p) => !law.includes(p)),
  shipped: [
    { ...byCircular('八'), value: ['91', '12', '51'], profiles: [NATIONAL] },
    // Enterprises and public institutions; the call names no associations.
    { ...byZhejiang, value: ['91', '12'], profiles: [ZHEJIANG] },
  ],
});
