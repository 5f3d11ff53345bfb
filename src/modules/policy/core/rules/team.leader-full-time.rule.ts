import * as z from 'zod';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'team.leader-full-time',
  order: 350,
  title: '组长为本机构全职人员',
  scope: 'team',
  needs: ['staff.kind'],
  value: z.literal(true),
  judge(members) {
    const leader = members.find((m) => m.role === 'leader');
    const fullTime = leader?.staff?.kind === 'full-time';
    return {
      required: '全职',
      measured: fullTime ? '全职' : (leader?.staff?.kind ?? '非本机构人员'),
      met: fullTime,
      cure: '请由本机构全职人员任组长',
    };
  },
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
