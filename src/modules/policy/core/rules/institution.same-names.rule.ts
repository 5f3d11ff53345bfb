import * as z from 'zod';
import { say } from '../../../../kernel/pure/wording';
import { sayTies } from '../related';
import { byZhejiang, defineRule, ZHEJIANG } from '../rule';

export const rule = defineRule({
  id: 'institution.same-names',
  order: 720,
  title: '与同一名录中的机构法定代表人或出资人同名',
  titleEn: 'Same name of legal representative or owner as a body in the same directory',
  scope: 'pool',
  needs: ['sameNames'],
  // A name hit never refuses: a person looks into it and decides with reasons (个保法 24; domain.md 9).
  needsPerson: true,
  value: z.literal(true),
  judge: (f) => ({
    required: say('没有，或经核实不是同一人、同一组织', 'none, or verified not to be the same person or body'),
    measured: sayTies(f.sameNames),
    met: f.sameNames.length === 0,
    cure: say(
      '同名不等于同一人；由主管机关核实后作出决定并说明理由',
      'The same name is not the same person: the authority looks into it, then decides and gives its reasons',
    ),
  }),
  shipped: [
    {
      ...byZhejiang,
      number: '公司法',
      citation: '《中华人民共和国公司法》第二百六十五条；《中华人民共和国个人信息保护法》第二十四条',
      certainty: 'derived',
      effect: 'inform',
      value: true,
      profiles: [ZHEJIANG],
    },
  ],
});
