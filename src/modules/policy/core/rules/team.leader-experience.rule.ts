import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.leader-experience',
  order: 355,
  title: '组长有评估经历',
  titleEn: 'The leader has assessment experience',
  scope: 'team',
  needs: ['staff.assessmentExperience'],
  value: z.literal(true),
  judge(members) {
    const experience = members.find((m) => m.role === 'leader')?.staff?.assessmentExperience;
    return {
      required: say('有评估经历', 'has assessment experience'),
      measured: experience ? say('已登记', 'on record') : say('未登记', 'not on record'),
      met: Boolean(experience),
      cure: say(
        '请登记组长的评估经历，或由有评估经历的人员任组长',
        'Record the assessment experience of the leader, or let somebody who has it lead',
      ),
    };
  },
  // The annex asks it; how it is shown is said nowhere, so a record that is silent informs and does not refuse.
  shipped: [{ ...byAnnex1, effect: 'inform', value: true, profiles: everywhere }],
});
