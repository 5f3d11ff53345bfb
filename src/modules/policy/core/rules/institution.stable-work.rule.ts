import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { judgeEvidence } from '../evidence';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.stable-work',
  order: 70,
  title: '能够长期稳定开展工作',
  titleEn: 'Able to work steadily over time',
  scope: 'readiness',
  needs: ['evidence.stableWork', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({
    field: 'stableWork',
    paper: 'stable-work-proof',
    name: say('长期稳定开展工作的证明', 'proof of steady work'),
  }),
  shipped: [{ ...byCircular('八'), value: true, profiles: everywhere }],
});
