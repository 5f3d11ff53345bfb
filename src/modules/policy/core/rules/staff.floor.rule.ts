import * as z from 'zod';
import { say, saying } from '../../../../kernel/pure/wording';
import { countStaff, sayPeople } from '../staff';
import { byAnnex1, defineRule, NATIONAL } from '../rule';

export const rule = defineRule({
  id: 'staff.floor',
  order: 100,
  title: '相关专业技术人员不少于',
  titleEn: 'Professional staff, at least',
  scope: 'readiness',
  needs: ['staff'],
  value: z.int().min(1).max(1000),
  judge(f, floor) {
    const { counted, apart, waiting } = countStaff(f);
    return {
      required: sayPeople(floor),
      measured: saying`${sayPeople(counted.length)}${apart}`,
      met: counted.length >= floor,
      cure: saying`${say(
        `还需 ${floor - counted.length} 名已确认聘用的专业技术人员`,
        `${floor - counted.length} more professional staff with confirmed employment needed`,
      )}${waiting}`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 15, profiles: [NATIONAL] }],
});
