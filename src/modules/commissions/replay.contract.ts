import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import { profileIdNote } from '../policy/policy.contract';

const judged = z
  .object({
    required: z.string(),
    measured: z.string(),
    met: z.boolean(),
    effect: z.enum(['refuse', 'inform']),
    citation: z.string(),
    en: z.object({ required: z.string(), measured: z.string(), citation: z.string() }).optional(),
  })
  .nullable()
  .describe('该规则集没有这一规则时为 null');

export const replayTurn = z.object({
  kind: z.enum(['candidate', 'assignment', 'team']).describe('入围机构、委托单、评估组'),
  institutionId: z.string(),
  ref: z.string().nullable().describe('委托单或评估的编号；入围机构为 null'),
  day: z.string().describe('按该日的事实和当日适用的规则'),
  profile: z.string().describe('当日适用的规则集'),
  passedThen: z.boolean(),
  passesNow: z.boolean().describe('按所试的规则集'),
  by: z
    .array(z.object({ rule: z.string(), title: z.string(), titleEn: z.string().optional(), then: judged, now: judged }))
    .describe('结论因之不同的规则'),
});
export type ReplayTurn = z.infer<typeof replayTurn>;

export const replayLot = z.object({
  lotId: z.string(),
  name: z.string(),
  openedOn: z.string(),
  judged: z
    .object({ candidates: z.number(), assignments: z.number(), teams: z.number() })
    .describe('重判了多少家入围机构、多少份委托单、多少个评估组'),
  turns: z.array(replayTurn).describe('结论不同的；没有则为空'),
});

export const replayRoutes = {
  replay: route({
    method: 'get',
    path: '/policy/profiles/:id/replay',
    tag: '规则集',
    summary:
      '试算：以草案或另一规则集重判某一时期的批次 Who of a period’s lots would have failed under another version',
    access: { permission: 'policy.replay' },
    params: z.object({ id: z.string().min(1).max(64).describe(`所试的${profileIdNote}；其各条视为已经施行`) }),
    query: z.strictObject({
      ...pageQuery,
      from: dayField.describe('批次开立日自'),
      to: dayField.describe('批次开立日至（含当日）'),
    }),
    reply: pageOf(replayLot),
    problems: ['request.not-found', 'policy.period-reversed'],
  }),
};

/** What rules of the profile refuse, and what a replay does. */
export const ruleProblems: ProblemList = {
  'pool-entry.rule-unmet': {
    status: 409,
    title: '不符合纳入名录的要求',
    detail: '{title}：要求{required}，实为{measured}。依据：{citation}。{cure}。',
    en: {
      title: 'The conditions of the pool are not met',
      detail: '{title}: required {required}, found {measured}. Basis: {citation}. {cure}.',
    },
  },
  'policy.period-reversed': {
    status: 422,
    title: '起止颠倒',
    detail: '止日 {to} 早于起日 {from}。',
    en: { title: 'Start and end reversed', detail: 'The last day {to} is before the first day {from}.' },
  },
};
