import * as z from 'zod';
import { say, saying, sayNames } from '../../../../kernel/pure/wording';
import { people } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.staff',
  order: 310,
  title: '成员均为本机构已确认聘用的人员',
  titleEn: 'All members are confirmed staff of the institution',
  scope: 'team',
  needs: ['staff'],
  value: z.literal(true),
  judge(members) {
    const outsiders = members.filter((m) => !m.staff).map((m) => m.expertId);
    return {
      required: say('全部', 'all'),
      measured:
        outsiders.length === 0
          ? say('全部', 'all')
          : saying`${say(`${outsiders.length} 人不是：`, `${people(outsiders.length)} not: `)}${sayNames(outsiders)}`,
      met: outsiders.length === 0,
      cure: say(
        '请先登记并由本人确认其聘用关系，或换人',
        'Record the employment and let the person confirm it first, or choose somebody else',
      ),
    };
  },
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
