import * as z from 'zod';
import { sayTies } from '../related';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.related-applicants',
  order: 710,
  title: '上下级单位、关联公司不得再申报',
  scope: 'pool',
  needs: ['relatedApplicants'],
  value: z.literal(true),
  judge: (f) => ({
    required: '同一名录中没有上下级单位或关联公司（控制关系，可经多层；同受国家控股不在此列）',
    measured: sayTies(f.relatedApplicants),
    met: f.relatedApplicants.length === 0,
    cure: '请由其中一家申报，另一家先退出或撤回；登记的股东、举办单位、主管单位有误或出资比例未登记的，请先更正、补登',
  }),
  shipped: [{ ...byZhejiang, value: true, profiles: [ZHEJIANG] }],
});
