import * as z from 'zod';
import { isSenior } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.senior',
  order: 340,
  title: '高级职称成员不少于',
  scope: 'team',
  needs: ['staff.titleLevel'],
  value: z.int().min(0).max(100),
  judge(members, floor) {
    const senior = members.filter((m) => m.staff && isSenior(m.staff.titleLevel)).length;
    return {
      required: `${floor} 人`,
      measured: `${senior} 人`,
      met: senior >= floor,
      cure: `请增加具有高级职称的成员，还需 ${floor - senior} 人`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 2, profiles: everywhere }],
});
