import * as z from 'zod';
import { countingEmployments, isMediumOrAbove } from '../staff';
import { byAnnex1, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'staff.leader-candidates',
  order: 130,
  title: '可任组长的全职人员不少于',
  scope: 'readiness',
  needs: ['staff'],
  value: z.int().min(0).max(100),
  judge(f, floor) {
    const able = countingEmployments(f).filter((s) => s.kind === 'full-time' && isMediumOrAbove(s.titleLevel));
    const leaders = new Set(able.filter((s) => s.assessmentExperience !== null).map((s) => s.expertId)).size;
    const green = new Set(able.filter((s) => s.assessmentExperience === null).map((s) => s.expertId)).size;
    return {
      required: `${floor} 人`,
      measured: `${leaders} 人${green > 0 ? `（另有 ${green} 人未登记评估经历）` : ''}`,
      met: leaders >= floor,
      cure: `还需 ${floor - leaders} 名中级及以上职称、有评估经历的全职人员${green > 0 ? '；请登记已有人员的评估经历' : ''}`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 1, profiles: everywhere }],
});
