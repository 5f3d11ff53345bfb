import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.size',
  order: 320,
  title: '评估组成员不少于',
  scope: 'team',
  needs: [],
  value: z.int().min(1).max(100),
  judge: (members, floor) => ({
    required: `${floor} 人`,
    measured: `${members.length} 人`,
    met: members.length >= floor,
    cure: `请增加成员，还需 ${floor - members.length} 人`,
  }),
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 5, profiles: everywhere }],
});
