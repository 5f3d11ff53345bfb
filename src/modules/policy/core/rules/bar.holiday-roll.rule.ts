import * as z from 'zod';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'bar.holiday-roll',
  order: 620,
  title: '届满日遇节假日不顺延',
  titleEn: 'The last barred day does not move when it falls on a holiday',
  scope: 'term',
  needs: [],
  value: z.literal(false),
  shipped: [
    {
      ...byCircular('十七'),
      number: '民法典',
      citation: '民法典第二百零三条不适用于加重负担的期限',
      certainty: 'derived',
      effect: 'inform',
      value: false,
      profiles: everywhere,
    },
  ],
});
