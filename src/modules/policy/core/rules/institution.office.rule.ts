import * as z from 'zod';
import { judgeEvidence } from '../evidence';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.office',
  order: 40,
  title: '办公条件',
  scope: 'readiness',
  needs: ['evidence.office', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({ field: 'office', paper: 'office-proof', name: '办公场所证明' }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
