import * as z from 'zod';
import { countingEmployments, countStaff, isMediumOrAbove, named } from '../staff';
import type { StaffFact } from '../facts';
import { byAnnex1, defineRule, everywhere } from '../rule';

const isAble = (s: StaffFact): boolean => s.kind === 'full-time' && isMediumOrAbove(s.titleLevel);

const recordIt = (people: readonly StaffFact[]): string =>
  `；已计入而未登记评估经历的：${named(people)}，有经历的请在人员记录上补登（POST /api/v1/experts/{人员编号}/versions，填 assessmentExperience）`;

export const rule = defineRule({
  id: 'staff.leader-candidates',
  order: 130,
  title: '可任组长的全职人员不少于',
  scope: 'readiness',
  needs: ['staff'],
  value: z.int().min(0).max(100),
  judge(f, floor) {
    const able = countingEmployments(f).filter(isAble);
    const leaders = new Set(able.filter((s) => s.assessmentExperience !== null).map((s) => s.expertId)).size;
    const green = able.filter((s) => s.assessmentExperience === null);
    const untold = new Set(green.map((s) => s.expertId)).size;
    const { waiting } = countStaff({ staff: f.staff.filter(isAble) });
    return {
      required: `${floor} 人`,
      measured: `${leaders} 人${untold > 0 ? `（另有 ${untold} 人未登记评估经历）` : ''}`,
      met: leaders >= floor,
      cure: `还需 ${floor - leaders} 名中级及以上职称、有评估经历的全职人员${untold > 0 ? recordIt(green) : ''}${waiting}`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 1, profiles: everywhere }],
});
