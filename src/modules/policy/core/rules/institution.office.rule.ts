import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { judgeEvidence } from '../evidence';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.office',
  order: 40,
  title: '办公条件',
  titleEn: 'Office premises',
  scope: 'readiness',
  needs: ['evidence.office', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({ field: 'office', paper: 'office-proof', name: say('办公场所证明', 'proof of premises') }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
