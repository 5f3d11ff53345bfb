import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { isSenior, sayPeople } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.senior',
  order: 340,
  title: '高级职称成员不少于',
  titleEn: 'Members with a senior title, at least',
  scope: 'team',
  needs: ['staff.titleLevel'],
  value: z.int().min(0).max(100),
  judge(members, floor) {
    const senior = members.filter((m) => m.staff && isSenior(m.staff.titleLevel)).length;
    return {
      required: sayPeople(floor),
      measured: sayPeople(senior),
      met: senior >= floor,
      cure: say(
        `请增加具有高级职称的成员，还需 ${floor - senior} 人`,
        `Add members with a senior title: ${floor - senior} more needed`,
      ),
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 2, profiles: everywhere }],
});
