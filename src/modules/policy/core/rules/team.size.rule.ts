import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { sayPeople } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.size',
  order: 320,
  title: '评估组成员不少于',
  titleEn: 'Members of the assessment team, at least',
  scope: 'team',
  needs: [],
  value: z.int().min(1).max(100),
  judge: (members, floor) => ({
    required: sayPeople(floor),
    measured: sayPeople(members.length),
    met: members.length >= floor,
    cure: say(`请增加成员，还需 ${floor - members.length} 人`, `Add members: ${floor - members.length} more needed`),
  }),
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 5, profiles: everywhere }],
});
