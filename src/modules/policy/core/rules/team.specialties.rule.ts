import * as z from 'zod';
import { say, saying } from '../../../../kernel/pure/wording';
import { saySpecialties, specialties } from '../fields';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.specialties',
  order: 360,
  title: '评估组宜涵盖五个专业',
  titleEn: 'The team should cover the five specialties',
  scope: 'team',
  needs: ['staff.specialties'],
  value: z.array(z.enum(specialties)).min(1).max(5),
  judge(members, wanted) {
    const held = new Set(members.flatMap((m) => m.staff?.specialties ?? []));
    const lacking = wanted.filter((s) => !held.has(s));
    const missing = saySpecialties(lacking);
    return {
      required: saySpecialties(wanted),
      measured:
        lacking.length === 0
          ? say('五个专业齐全', 'all five specialties covered')
          : saying`${say('缺', 'missing:')} ${missing}`,
      met: lacking.length === 0,
      cure: saying`${say('宜补充所缺专业的成员：', 'Members in the missing specialties should be added: ')}${missing}`,
    };
  },
  // 宜: the annex advises it for the team and demands it of the institution only.
  shipped: [{ ...byAnnex1, effect: 'inform', value: [...specialties], profiles: everywhere }],
});
