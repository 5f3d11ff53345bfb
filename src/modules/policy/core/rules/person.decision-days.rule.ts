import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'person.decision-days',
  order: 640,
  title: '聘用异议、疑似同一人和本人更正请求应在多少个工作日内办结',
  titleEn: 'Working days within which objections, possible duplicates and correction requests are to be settled',
  scope: 'term',
  needs: [],
  value: z.int().min(1).max(250),
  shipped: [
    {
      ...byAnnex1,
      number: '个人信息保护法',
      citation: '参照《中华人民共和国个人信息保护法》第二十四条、第五十条',
      certainty: 'derived',
      effect: 'inform',
      validThrough: null,
      value: 10,
      profiles: everywhere,
    },
  ],
});
