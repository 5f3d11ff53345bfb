import * as z from 'zod';
import { say, saying } from '../../../../kernel/pure/wording';
import { byCircular, defineRule, everywhere } from '../rule';

export const rule = defineRule({
  id: 'institution.bars',
  order: 200,
  title: '不在不再采信期间',
  titleEn: 'Not within a bar',
  scope: 'readiness',
  needs: ['bars'],
  value: z.literal(0),
  judge(f, most) {
    const last = f.bars
      .map((b) => b.freeFrom)
      .sort()
      .at(-1);
    return {
      required: say(`${most} 项`, String(most)),
      measured: say(`${f.bars.length} 项`, String(f.bars.length)),
      met: f.bars.length <= most,
      cure: saying`${say('届满后方可再次采信', 'Accepted again only once the bar has ended')}${last ? say(`，可再次采信之日为${last}`, `; first free day ${last}`) : say('')}`,
    };
  },
  shipped: [{ ...byCircular('十七'), value: 0, profiles: everywhere }],
});
