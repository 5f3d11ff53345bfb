import * as z from 'zod';
import { say, type Wording } from '../../../../kernel/pure/wording';
import { byAnnex1, defineRule, everywhere } from '../rule';

const FULL_TIME = say('全职', 'full-time');
const kinds: Readonly<Record<string, Wording>> = {
  'retired-reengaged': say('退休返聘', 'retired and re-engaged'),
  'part-time': say('兼职外聘', 'part-time, employed elsewhere'),
};

export const rule = defineRule({
  id: 'team.leader-full-time',
  order: 350,
  title: '组长为本机构全职人员',
  titleEn: 'The leader is full-time staff of the institution',
  scope: 'team',
  needs: ['staff.kind'],
  value: z.literal(true),
  judge(members) {
    const leader = members.find((m) => m.role === 'leader');
    const fullTime = leader?.staff?.kind === 'full-time';
    return {
      required: FULL_TIME,
      measured: fullTime
        ? FULL_TIME
        : (kinds[leader?.staff?.kind ?? ''] ?? say('非本机构人员', 'not staff of the institution')),
      met: fullTime,
      cure: say('请由本机构全职人员任组长', 'Let full-time staff of the institution lead the team'),
    };
  },
  shipped: [{ ...byAnnex1, value: true, profiles: everywhere }],
});
