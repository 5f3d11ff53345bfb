import * as z from 'zod';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.related-applicants',
  order: 710,
  title: '上下级单位、关联公司不得再申报',
  scope: 'pool',
  needs: ['relatedApplicants'],
  value: z.literal(true),
  judge: (f) => ({
    required: '同一名录中没有上下级单位或参股公司',
    measured: f.relatedApplicants.length === 0 ? '没有' : f.relatedApplicants.join('、'),
    met: f.relatedApplicants.length === 0,
    cure: '请由其中一家申报；登记的持股关系有误的，请先更正',
  }),
  shipped: [{ ...byZhejiang, value: true, profiles: [ZHEJIANG] }],
});
