import * as z from 'zod';
import { nameSpecialties, specialties } from '../fields';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.specialties',
  order: 360,
  title: '评估组宜涵盖五个专业',
  scope: 'team',
  needs: ['staff.specialties'],
  value: z.array(z.enum(specialties)).min(1).max(5),
  judge(members, wanted) {
    const held = new Set(members.flatMap((m) => m.staff?.specialties ?? []));
    const missing = nameSpecialties(wanted.filter((s) => !held.has(s)));
    return {
      required: nameSpecialties(wanted),
      measured: missing === '' ? '五个专业齐全' : `缺 ${missing}`,
      met: missing === '',
      cure: `宜补充所缺专业的成员：${missing}`,
    };
  },
  // 宜: the annex advises it for the team and demands it of the institution only.
  shipped: [{ ...byAnnex1, effect: 'inform', value: [...specialties], profiles: everywhere }],
});
