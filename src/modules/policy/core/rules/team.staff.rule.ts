import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.staff',
  order: 310,
  title: '成员均为本机构已确认聘用的人员',
  scope: 'team',
  needs: ['staff'],
  value: z.literal(true),
  judge(members) {
    const outsiders = members.filter((m) => !m.staff).map((m) => m.expertId);
    return {
      required: '全部',
      measured: outsiders.length === 0 ? '全部' : `${outsiders.length} 人不是：${outsiders.join('、')}`,
      met: outsiders.length === 0,
      cure: '请先登记并由本人确认其聘用关系，或换人',
    };
  },
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
