import * as z from 'zod';
import { addYears, type LegalDate } from '../../../../kernel/pure/time';
import type { StaffFact } from '../facts';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';
import { countStaff, isSenior } from '../staff';

/** Up to 65 on the day: the day of the 65th birthday is still in. */
const youngEnough = (born: LegalDate | null, day: LegalDate, oldest: number): boolean =>
  born !== null && day <= addYears(born, oldest);

export const rule = defineRule({
  id: 'staff.qualified-experts',
  order: 105,
  title: '符合评估专家条件的在职专业技术人员不少于',
  scope: 'readiness',
  needs: ['staff'],
  value: z.strictObject({
    atLeast: z.int().min(1).max(100),
    mineralAdminYears: z.int().min(1).max(50),
    oldest: z.int().min(18).max(120),
  }),
  judge(f, { atLeast, mineralAdminYears, oldest }) {
    const able = (s: StaffFact): boolean =>
      ((isSenior(s.titleLevel) && s.titleEvidence !== null) || (s.mineralAdminYears ?? 0) >= mineralAdminYears) &&
      s.civilServant !== true &&
      youngEnough(s.birthDay, f.day, oldest);
    const { counted, waiting } = countStaff(f);
    const found = counted.filter(able).length;
    return {
      required: `${atLeast} 人`,
      measured: `${found} 人`,
      met: found >= atLeast,
      cure: `还需 ${atLeast - found} 名副高级及以上职称或从事地矿行政管理满 ${mineralAdminYears} 年、年龄不超过 ${oldest} 周岁、非公务员且无不良记录的在职人员；年龄由证件号码得出，证件不载出生日期的不计入${waiting}`,
    };
  },
  loosens: (value, law) => value.atLeast < law.atLeast || value.oldest > law.oldest,
  shipped: [{ ...byZhejiang, value: { atLeast: 1, mineralAdminYears: 5, oldest: 65 }, profiles: [ZHEJIANG] }],
});
