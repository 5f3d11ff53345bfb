import * as z from 'zod';
import { say, saying, type Wording } from '../../../../kernel/pure/wording';
import { countStaff, people, seniorOf } from '../staff';
import { byAnnex1, defineRule, NATIONAL } from '../rule';

/** For reading; cut off, never rounded up, so that 4 of 15 do not look like more than they are. The ratio beside it is exact. */
function percentOf(part: number, whole: number): Wording {
  const hundredths = Math.floor((part * 10_000) / whole);
  const isExact = hundredths * whole === part * 10_000;
  const about = isExact ? say('') : say('约 ', 'about ');
  return saying`${about}${say(`${hundredths / 100}%`)}`;
}

/** The share with the ratio beside it. */
const shareOf = (part: number, whole: number): Wording =>
  saying`${percentOf(part, whole)}${say(`（${part}/${whole}）`, ` (${part}/${whole})`)}`;

export const rule = defineRule({
  id: 'staff.senior-share',
  order: 110,
  title: '高级职称占比不低于',
  titleEn: 'Share of senior titles, at least',
  scope: 'readiness',
  needs: ['staff'],
  value: z.strictObject({ numerator: z.int().min(0).max(1000), denominator: z.int().min(1).max(1000) }),
  judge(f, { numerator, denominator }) {
    const { counted, waiting } = countStaff(f);
    const senior = seniorOf(counted).length;
    // As a ratio of whole numbers, never rounded: 30 % of 15 are 5 people.
    const wanted = Math.ceil((numerator * counted.length) / denominator);
    return {
      required: shareOf(numerator, denominator),
      measured: counted.length === 0 ? say('0/0（无人计入）', '0/0 (nobody counts)') : shareOf(senior, counted.length),
      met: counted.length > 0 && senior * denominator >= numerator * counted.length,
      cure:
        counted.length === 0
          ? saying`${say(
              '请增加具有高级职称（正高级、副高级）的人员',
              'Add staff with a senior title (full or deputy senior)',
            )}${waiting}`
          : saying`${say(
              `现有 ${counted.length} 人须有高级职称（正高级、副高级）${wanted} 人，还需 ${wanted - senior} 人取得或提交职称证明`,
              `Of the present ${people(counted.length)}, ${wanted} must hold a senior title (full or deputy senior): ${wanted - senior} more must obtain it or file proof of it`,
            )}${waiting}`,
    };
  },
  loosens: (value, law) => value.numerator * law.denominator < law.numerator * value.denominator,
  shipped: [{ ...byAnnex1, value: { numerator: 30, denominator: 100 }, profiles: [NATIONAL] }],
});
