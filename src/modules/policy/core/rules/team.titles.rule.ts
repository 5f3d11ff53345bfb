import * as z from 'zod';
import { say, saying, sayNames } from '../../../../kernel/pure/wording';
import { isMediumOrAbove, isSenior, people } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.titles',
  order: 330,
  title: '成员均具有中级及以上职称',
  titleEn: 'All members hold an intermediate title or above',
  scope: 'team',
  needs: ['staff.titleLevel'],
  value: z.enum(['medium', 'senior']),
  judge(members, level) {
    const enough = level === 'medium' ? isMediumOrAbove : isSenior;
    const name =
      level === 'medium' ? say('全部中级及以上', 'all intermediate or above') : say('全部高级', 'all senior');
    const low = members.filter((m) => !m.staff || !enough(m.staff.titleLevel)).map((m) => m.expertId);
    return {
      required: name,
      measured:
        low.length === 0
          ? name
          : saying`${say(`${low.length} 人不足：`, `${people(low.length)} below: `)}${sayNames(low)}`,
      met: low.length === 0,
      cure: say('请更换职称不足的成员', 'Replace the members whose title is too low'),
    };
  },
  shipped: [{ ...byAnnex1, value: 'medium', profiles: everywhere }],
});
