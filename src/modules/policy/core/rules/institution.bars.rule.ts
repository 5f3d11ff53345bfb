import * as z from 'zod';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.bars',
  order: 200,
  title: '不在不再采信期间',
  scope: 'readiness',
  needs: ['bars'],
  value: z.literal(0),
  judge(f, most) {
    const last = f.bars
      .map((b) => b.freeFrom)
      .sort()
      .at(-1);
    return {
      required: `${most} 项`,
      measured: `${f.bars.length} 项`,
      met: f.bars.length <= most,
      cure: `届满后方可再次采信${last ? `，可再次采信之日为${last}` : ''}`,
    };
  },
  shipped: [{ ...byCircular('十七'), value: 0, profiles: everywhere }],
});
