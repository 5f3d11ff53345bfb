import * as z from 'zod';
import { say, saying, sayNames } from '../../../../kernel/pure/wording';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'fee.entitled-payer',
  order: 520,
  title: '评估经费由财政保障，付款方为机关或事业单位',
  titleEn: 'Assessments are paid from public funds: the payer is a state organ or a public institution',
  scope: 'fee',
  needs: ['payerCode'],
  value: z
    .array(z.string().regex(/^[0-9A-Y]{2}$/))
    .min(1)
    .max(20),
  judge: (f, prefixes) => ({
    required: saying`${say('付款方信用代码前两位为 ', 'credit code of the payer begins with ')}${sayNames(prefixes)}`,
    measured: say(f.payerCode.slice(0, 2)),
    met: prefixes.includes(f.payerCode.slice(0, 2)),
    cure: say(
      '评估经费由财政保障，请由委托机关付款',
      'Assessments are paid from public funds; let the commissioning authority pay',
    ),
  }),
  loosens: (value, law) => value.some((p) => !law.includes(p)),
  shipped: [{ ...byCircular('十五'), value: ['11', '12', '13'], profiles: everywhere }],
});
