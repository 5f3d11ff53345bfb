import * as z from 'zod';
import { legalDate } from '../../../../kernel/pure/time';
import { defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'purchase.first-class-institution',
  order: 410,
  title: '公益一类事业单位不得承接政府购买服务',
  scope: 'offer',
  needs: ['governmentPurchase', 'publicClass'],
  value: z.literal(false),
  judge: (f) => ({
    required: '政府购买服务的承接方不是公益一类事业单位',
    measured: f.publicClass === 'one' ? '公益一类事业单位' : '不是',
    // By other methods such an institution may be commissioned.
    met: !(f.governmentPurchase && f.publicClass === 'one'),
    cure: '请委托其他评估机构，或依法采用其他委托方式',
  }),
  shipped: [
    {
      number: '财政部令第102号',
      citation: '政府购买服务管理办法（财政部令第102号）第八条',
      certainty: 'law',
      effect: 'refuse',
      // In force from this day (财政部令第102号, last article).
      effectiveFrom: legalDate('2020-03-01'),
      validThrough: null,
      value: false,
      profiles: everywhere,
    },
  ],
});
