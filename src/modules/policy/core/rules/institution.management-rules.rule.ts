import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { judgeEvidence } from '../evidence';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.management-rules',
  order: 50,
  title: '健全的管理制度',
  titleEn: 'Sound management rules',
  scope: 'readiness',
  needs: ['evidence.managementRules', 'documents'],
  value: z.literal(true),
  judge: judgeEvidence({
    field: 'managementRules',
    paper: 'management-rules',
    name: say('管理制度', 'management rules'),
  }),
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
