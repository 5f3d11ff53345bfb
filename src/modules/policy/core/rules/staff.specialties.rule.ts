import * as z from 'zod';
import { say, saying } from '../../../../kernel/pure/wording';
import { saySpecialties, specialties } from '../fields';
import { countStaff, shownSpecialties } from '../staff';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'staff.specialties',
  order: 120,
  title: '涵盖地质、采矿、选矿、生态、环境五个专业',
  titleEn: 'Geology, mining, mineral processing, ecology and environment covered',
  scope: 'readiness',
  needs: ['staff'],
  value: z.array(z.enum(specialties)).min(1).max(5),
  judge(f, wanted) {
    const { counted, waiting } = countStaff(f);
    const held = new Set(counted.flatMap(shownSpecialties));
    const lacking = wanted.filter((s) => !held.has(s));
    const missing = saySpecialties(lacking);
    return {
      required: wanted.length === 5 ? say('五个专业', 'all five specialties') : saySpecialties(wanted),
      measured: lacking.length === 0 ? say('齐全', 'all covered') : saying`${say('缺', 'missing:')} ${missing}`,
      met: lacking.length === 0,
      cure: saying`${say('请补充所缺专业的人员或其专业证明：', 'Add staff in the missing specialties, or proof of their specialty: ')}${missing}${waiting}`,
    };
  },
  loosens: (value, law) => law.some((s) => !value.includes(s)),
  shipped: [{ ...byCircular('八'), value: [...specialties], profiles: everywhere }],
});
