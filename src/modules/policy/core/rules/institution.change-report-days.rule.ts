import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.change-report-days',
  order: 630,
  title: '登记事项变更后应报告的工作日数',
  titleEn: 'Working days within which a change of recorded matters must be reported',
  scope: 'term',
  needs: [],
  value: z.int().min(1).max(250),
  shipped: [
    {
      ...byAnnex1,
      number: '生态环境部令第9号',
      citation: '参照《建设项目环境影响报告书（表）编制监督管理办法》（生态环境部令第9号）第十一条',
      certainty: 'derived',
      effect: 'inform',
      // The model that it follows does not end with the circular.
      validThrough: null,
      value: 20,
      profiles: everywhere,
    },
  ],
});
