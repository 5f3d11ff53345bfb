import * as z from 'zod';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'fee.mine-payer',
  order: 510,
  title: '严禁向矿山企业收取评估费用',
  scope: 'fee',
  needs: ['operated'],
  value: z.literal(false),
  judge: (f) => ({
    required: '付款方不是矿山企业',
    measured: f.operated.length === 0 ? '不是' : f.operated.join('、'),
    met: f.operated.length === 0,
    cure: '请退还款项；评估经费由财政保障',
  }),
  shipped: [{ ...byCircular('八'), value: false, profiles: everywhere }],
});
