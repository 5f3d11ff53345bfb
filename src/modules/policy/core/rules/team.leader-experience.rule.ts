import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.leader-experience',
  order: 355,
  title: '组长有评估经历',
  scope: 'team',
  needs: ['staff.assessmentExperience'],
  value: z.literal(true),
  judge(members) {
    const experience = members.find((m) => m.role === 'leader')?.staff?.assessmentExperience;
    return {
      required: '有评估经历',
      measured: experience ? '已登记' : '未登记',
      met: Boolean(experience),
      cure: '请登记组长的评估经历，或由有评估经历的人员任组长',
    };
  },
  // The annex asks it; how it is shown is said nowhere, so a record that is silent informs and does not refuse.
  shipped: [{ ...byAnnex1, effect: 'inform', value: true, profiles: everywhere }],
});
