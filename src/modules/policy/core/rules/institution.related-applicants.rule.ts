import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { sayTies } from '../related';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.related-applicants',
  order: 710,
  title: '上下级单位、关联公司不得再申报',
  titleEn: 'No second application by a superior or subordinate unit or an affiliate',
  scope: 'pool',
  needs: ['relatedApplicants'],
  value: z.literal(true),
  judge: (f) => ({
    required: say(
      '同一名录中没有上下级单位或关联公司（控制关系，可经多层；同受国家控股不在此列）',
      'no superior or subordinate unit and no affiliate in the same directory (control, also through several levels; a common state owner alone does not count)',
    ),
    measured: sayTies(f.relatedApplicants),
    met: f.relatedApplicants.length === 0,
    cure: say(
      '请由其中一家申报，另一家先退出或撤回；登记的股东、举办单位、主管单位有误或出资比例未登记的，请先更正、补登',
      'Let one of them apply and the other leave or withdraw first; where owners, organisers or supervising bodies are recorded wrongly or shares are not recorded, correct or complete that first',
    ),
  }),
  shipped: [{ ...byZhejiang, value: true, profiles: [ZHEJIANG] }],
});
