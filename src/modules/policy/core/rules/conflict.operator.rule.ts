import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'conflict.operator',
  order: 420,
  title: '与待评估矿山保持独立',
  scope: 'offer',
  needs: ['ownMines'],
  value: z.literal(true),
  judge: (f) => ({
    required: '与矿山企业无关联',
    measured: f.ownMines.length === 0 ? '无' : `该机构即为矿山企业：${f.ownMines.join('、')}`,
    met: f.ownMines.length === 0,
    cure: '请委托其他评估机构',
  }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
