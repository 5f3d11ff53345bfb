import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { judgeEvidence } from '../evidence';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.experience',
  order: 30,
  title: '评估工作经验和能力',
  titleEn: 'Experience and ability in assessment',
  scope: 'readiness',
  needs: ['evidence.experience', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({
    field: 'experience',
    paper: 'performance-proof',
    name: say('业绩证明', 'proof of past work'),
  }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
