import * as z from 'zod';
import { say, saying, sayNames } from '../../../../kernel/pure/wording';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'conflict.operator',
  order: 420,
  title: '与待评估矿山保持独立',
  titleEn: 'Independent of the mine to be assessed',
  scope: 'offer',
  needs: ['ownMines'],
  value: z.literal(true),
  judge: (f) => ({
    required: say('与矿山企业无关联', 'not affiliated with the mine operator'),
    measured:
      f.ownMines.length === 0
        ? say('无', 'none')
        : saying`${say('该机构即为矿山企业：', 'the institution is itself the operator of ')}${sayNames(f.ownMines)}`,
    met: f.ownMines.length === 0,
    cure: say('请委托其他评估机构', 'Commission another institution'),
  }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
