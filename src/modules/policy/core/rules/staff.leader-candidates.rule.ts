import * as z from 'zod';
import { say, saying, type Wording } from '../../../../kernel/pure/wording';
import { countingEmployments, countStaff, isMediumOrAbove, named, sayPeople } from '../staff';
import type { StaffFact } from '../facts';
import { byAnnex1, defineRule, everywhere } from '../rule';

const isAble = (s: StaffFact): boolean => s.kind === 'full-time' && isMediumOrAbove(s.titleLevel);

const NOTHING = say('');

const recordIt = (green: readonly StaffFact[]): Wording =>
  saying`${say('；已计入而未登记评估经历的：', '; counted, with no assessment experience on record: ')}${named(green)}${say(
    '，有经历的请在人员记录上补登（POST /api/v1/experts/{人员编号}/versions，填 assessmentExperience）',
    ': where there is experience, enter it in the record of the person (POST /api/v1/experts/{person id}/versions with assessmentExperience)',
  )}`;

export const rule = defineRule({
  id: 'staff.leader-candidates',
  order: 130,
  title: '可任组长的全职人员不少于',
  titleEn: 'Full-time staff who may lead a team, at least',
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
      required: sayPeople(floor),
      measured: saying`${sayPeople(leaders)}${
        untold > 0
          ? say(`（另有 ${untold} 人未登记评估经历）`, ` (also ${untold} with no assessment experience on record)`)
          : NOTHING
      }`,
      met: leaders >= floor,
      cure: saying`${say(
        `还需 ${floor - leaders} 名中级及以上职称、有评估经历的全职人员`,
        `${floor - leaders} more full-time staff with an intermediate title or above and assessment experience needed`,
      )}${untold > 0 ? recordIt(green) : NOTHING}${waiting}`,
    };
  },
  loosens: (value, law) => value < law,
  shipped: [{ ...byAnnex1, value: 1, profiles: everywhere }],
});
