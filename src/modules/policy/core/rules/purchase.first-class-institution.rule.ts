import * as z from 'zod';
import { legalDate } from '../../../../kernel/pure/time';
import { say } from '../../../../kernel/pure/wording';
import { defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'purchase.first-class-institution',
  order: 410,
  title: '公益一类事业单位不得承接政府购买服务',
  titleEn: 'No public institution of class one takes on a government purchase of services',
  scope: 'offer',
  needs: ['governmentPurchase', 'publicClass'],
  value: z.literal(false),
  judge: (f) => ({
    required: say(
      '政府购买服务的承接方不是公益一类事业单位',
      'whoever takes on a government purchase of services is no public institution of class one',
    ),
    measured:
      f.publicClass === 'one' ? say('公益一类事业单位', 'public institution of class one') : say('不是', 'is none'),
    // By other methods such an institution may be commissioned.
    met: !(f.governmentPurchase && f.publicClass === 'one'),
    cure: say(
      '请委托其他评估机构，或依法采用其他委托方式',
      'Commission another institution, or commission this one in another way that the law allows',
    ),
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
