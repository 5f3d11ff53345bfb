import * as z from 'zod';
import { say, sayNames } from '../../../../kernel/pure/wording';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'fee.mine-payer',
  order: 510,
  title: '严禁向矿山企业收取评估费用',
  titleEn: 'Collecting assessment fees from mine operators is strictly forbidden',
  scope: 'fee',
  needs: ['operated'],
  value: z.literal(false),
  judge: (f) => ({
    required: say('付款方不是矿山企业', 'the payer is no mine operator'),
    measured: f.operated.length === 0 ? say('不是', 'is none') : sayNames(f.operated),
    met: f.operated.length === 0,
    cure: say('请退还款项；评估经费由财政保障', 'Pay the money back; assessments are paid from public funds'),
  }),
  shipped: [{ ...byCircular('八'), value: false, profiles: everywhere }],
});
