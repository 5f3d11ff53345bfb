import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { bodyOf } from '../evidence';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.registered-in-province',
  order: 15,
  title: '在本省注册',
  titleEn: 'Registered in the province',
  scope: 'readiness',
  needs: ['registeredProvince'],
  value: z.string().regex(/^\d{6}$/),
  judge(f, province) {
    const own = f.registeredProvince?.byAddress ?? f.registeredProvince?.byCode ?? null;
    return {
      required: say(`注册地行政区划为 ${province}`, `registered in division ${province}`),
      measured: own === null ? say('未登记', 'not on record') : say(own),
      met: own === province,
      cure: say(
        `该要求的公平竞争审查存疑，未经审核支持前仅作提示；住所在该省而未登记的，请更新登记（POST ${bodyOf(f)}/versions，registeredDivision 填住所的行政区划代码）`,
        `Whether this demand passes fair competition review is in doubt, and it only informs until a review has upheld it; if the seat is in the province and not on record, bring the record up to date (POST ${bodyOf(f, 'en')}/versions with the division code of the seat in registeredDivision)`,
      ),
    };
  },
  // A rule that asks for local registration is disputed (公平竞争审查条例 9(3)): it informs until a review upheld it.
  shipped: [{ ...byZhejiang, disputed: true, value: '330000', profiles: [ZHEJIANG] }],
});
