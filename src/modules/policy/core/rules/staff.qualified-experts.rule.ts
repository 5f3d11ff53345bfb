import * as z from 'zod';
import { addYears, type LegalDate } from '../../../../kernel/pure/time';
import { counted, say, saying } from '../../../../kernel/pure/wording';
import type { StaffFact } from '../facts';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';
import { countStaff, isSenior, sayPeople } from '../staff';

/** Up to 65 on the day: the day of the 65th birthday is still in. */
const youngEnough = (born: LegalDate | null, day: LegalDate, oldest: number): boolean =>
  born !== null && day <= addYears(born, oldest);

export const rule = defineRule({
  id: 'staff.qualified-experts',
  order: 105,
  title: '符合评估专家条件的在职专业技术人员不少于',
  titleEn: 'Staff who meet the conditions of assessing experts, at least',
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
    const { counted: staff, waiting } = countStaff(f);
    const found = staff.filter(able).length;
    return {
      required: sayPeople(atLeast),
      measured: sayPeople(found),
      met: found >= atLeast,
      cure: saying`${say(
        `还需 ${atLeast - found} 名副高级及以上职称或从事地矿行政管理满 ${mineralAdminYears} 年、年龄不超过 ${oldest} 周岁、非公务员且无不良记录的在职人员；年龄由证件号码得出，证件不载出生日期的不计入`,
        `${atLeast - found} more staff needed who hold a deputy senior title or above or have worked ${counted(mineralAdminYears, 'year')} in geological and mining administration, are at most ${oldest} years old, no civil servants and without adverse records; the age is taken from the number of the document, and whoever has a document without a date of birth does not count`,
      )}${waiting}`,
    };
  },
  loosens: (value, law) => value.atLeast < law.atLeast || value.oldest > law.oldest,
  shipped: [{ ...byZhejiang, value: { atLeast: 1, mineralAdminYears: 5, oldest: 65 }, profiles: [ZHEJIANG] }],
});
