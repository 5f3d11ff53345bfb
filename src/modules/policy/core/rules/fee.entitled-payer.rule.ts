import * as z from 'zod';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'fee.entitled-payer',
  order: 520,
  title: '评估经费由财政保障，付款方为机关或事业单位',
  scope: 'fee',
  needs: ['payerCode'],
  value: z
    .array(z.string().regex(/^[0-9A-Y]{2}$/))
    .min(1)
    .max(20),
  judge: (f, prefixes) => ({
    required: `付款方信用代码前两位为 ${prefixes.join('、')}`,
    measured: f.payerCode.slice(0, 2),
    met: prefixes.includes(f.payerCode.slice(0, 2)),
    cure: '评估经费由财政保障，请由委托机关付款',
  }),
  loosens: (value, law) => value.some((p) => !law.includes(p)),
  shipped: [{ ...byCircular('十五'), value: ['11', '12', '13'], profiles: everywhere }],
});
