import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { judgeEvidence } from '../evidence';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.training',
  order: 60,
  title: '人员熟悉政策和标准（培训）',
  titleEn: 'Staff know policy and standards (training)',
  scope: 'readiness',
  needs: ['evidence.training', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({ field: 'training', paper: 'training-record', name: say('培训记录', 'training record') }),
  // The circular asks that persons know policy and standards, and does not say how that is shown: training is our reading.
  shipped: [{ ...byCircular('八'), certainty: 'derived', effect: 'inform', value: true, profiles: everywhere }],
});
