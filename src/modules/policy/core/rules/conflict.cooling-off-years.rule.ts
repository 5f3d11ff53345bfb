import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'conflict.cooling-off-years',
  order: 430,
  title: '评估前后业务往来回避期（年）',
  titleEn: 'Years before and after an assessment without business dealings (cooling-off)',
  scope: 'term',
  needs: [],
  value: z.int().min(0).max(10),
  shipped: [
    {
      ...byAnnex1,
      number: '绿色矿山遴选第三方评估工作要求（2020年）',
      citation: '《绿色矿山遴选第三方评估工作要求》（2020年）',
      certainty: 'derived',
      effect: 'inform',
      value: 1,
      profiles: everywhere,
    },
  ],
});
