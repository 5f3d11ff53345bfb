import * as z from 'zod';
import { nameSpecialties, specialties } from '../fields';
import { countStaff, shownSpecialties } from '../staff';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'staff.specialties',
  order: 120,
  title: '涵盖地质、采矿、选矿、生态、环境五个专业',
  scope: 'readiness',
  needs: ['staff'],
  value: z.array(z.enum(specialties)).min(1).max(5),
  judge(f, wanted) {
    const { counted, waiting } = countStaff(f);
    const held = new Set(counted.flatMap(shownSpecialties));
    const missing = nameSpecialties(wanted.filter((s) => !held.has(s)));
    return {
      required: wanted.length === 5 ? '五个专业' : nameSpecialties(wanted),
      measured: missing === '' ? '齐全' : `缺 ${missing}`,
      met: missing === '',
      cure: `请补充所缺专业的人员或其专业证明：${missing}${waiting}`,
    };
  },
  loosens: (value, law) => law.some((s) => !value.includes(s)),
  shipped: [{ ...byCircular('八'), value: [...specialties], profiles: everywhere }],
});
