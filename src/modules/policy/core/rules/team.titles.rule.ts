import * as z from 'zod';
import { isMediumOrAbove, isSenior } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.titles',
  order: 330,
  title: '成员均具有中级及以上职称',
  scope: 'team',
  needs: ['staff.titleLevel'],
  value: z.enum(['medium', 'senior']),
  judge(members, level) {
    const enough = level === 'medium' ? isMediumOrAbove : isSenior;
    const name = level === 'medium' ? '中级及以上' : '高级';
    const low = members.filter((m) => !m.staff || !enough(m.staff.titleLevel)).map((m) => m.expertId);
    return {
      required: `全部${name}`,
      measured: low.length === 0 ? `全部${name}` : `${low.length} 人不足：${low.join('、')}`,
      met: low.length === 0,
      cure: '请更换职称不足的成员',
    };
  },
  shipped: [{ ...byAnnex1, value: 'medium', profiles: everywhere }],
});
