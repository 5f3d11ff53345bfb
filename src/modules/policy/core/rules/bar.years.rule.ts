import * as z from 'zod';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'bar.years',
  order: 610,
  title: '不再采信期限（年）',
  titleEn: 'Term of a bar (years)',
  scope: 'term',
  needs: [],
  value: z.int().min(1).max(10),
  loosens: (value, law) => value !== law,
  shipped: [
    {
      ...byCircular('十七'),
      citation: '自然资规〔2024〕1号第（十七）条；民法典第二百零一条、第二百零二条',
      value: 3,
      profiles: everywhere,
    },
  ],
});
