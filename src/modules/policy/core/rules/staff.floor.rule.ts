import * as z from 'zod';
import { countStaff } from '../staff';
import { byAnnex1, defineRule, NATIONAL } from '../rule';

export const rule = defineRule({
  id: 'staff.floor',
  order: 100,
  title: '相关专业技术人员不少于',
  scope: 'readiness',
  needs: ['staff'],
  value: z.int().min(1).max(1000),
  judge(f, floor) {
    const { counted, apart, waiting } = countStaff(f);
    return {
      required: `${floor} 人`,
      measured: `${counted.length} 人${apart}`,
      met: counted.length >= floor,
      cure: `还需 ${floor - counted.length} 名已确认聘用的专业技术人员${waiting}`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 15, profiles: [NATIONAL] }],
});
