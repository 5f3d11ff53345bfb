import * as z from 'zod';
import { bodyOf } from '../evidence';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.registered-in-province',
  order: 15,
  title: '在本省注册',
  scope: 'readiness',
  needs: ['registeredProvince'],
  value: z.string().regex(/^\d{6}$/),
  judge(f, province) {
    const own = f.registeredProvince?.byAddress ?? f.registeredProvince?.byCode ?? null;
    return {
      required: `注册地行政区划为 ${province}`,
      measured: own ?? '未登记',
      met: own === province,
      cure: `该要求的公平竞争审查存疑，未经审核支持前仅作提示；住所在该省而未登记的，请更新登记（POST ${bodyOf(f)}/versions，registeredDivision 填住所的行政区划代码）`,
    };
  },
  // A rule that asks for local registration is disputed (公平竞争审查条例 9(3)): it informs until a review upheld it.
  shipped: [{ ...byZhejiang, disputed: true, value: '330000', profiles: [ZHEJIANG] }],
});
