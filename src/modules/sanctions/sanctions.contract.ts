import * as z from 'zod';
import { dayField, idField, idParams } from '../../kernel/http/fields';
import type { ProblemList } from '../../kernel/problem';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import { say, type Wording } from '../../kernel/pure/wording';
import type { EventCatalogue } from '../audit-log';

/** Grounds of the circular, article 17, in its own words. */
export const grounds = {
  outsourcing: '将所承担评估工作转让或外包',
  'secret-leak': '泄漏矿山企业秘密',
  collusion: '串通企业弄虚作假',
  'untrue-conclusion': '评估结论严重失实',
  other: '其他违规行为（含违规收取费用）',
} as const;
export type Ground = keyof typeof grounds;
export const ground = z.enum(Object.keys(grounds) as [Ground, ...Ground[]]);

/** Doors that refuse a barred party (promise 4). */
export const doors = {
  pool: say('纳入名录', 'entry in the register'),
  assignment: say('委托', 'assignment'),
  team: say('组建评估组', 'place in a team'),
  work: say('继续办理评估', 'further work on an evaluation'),
  acceptance: say('采信报告', 'acceptance of a report'),
  engagement: say('担任其他角色', 'other role'),
  pledge: say('签署真实性承诺', 'signature under a pledge'),
} as const satisfies Record<string, Wording>;
export type Door = keyof typeof doors;

const day = z.string();

export const publicBar = z.object({
  kind: z.enum(['institution', 'person']),
  code: z.string().describe('统一社会信用代码或公开平台编号'),
  name: z.string(),
  ground: z.string(),
  decisionNumber: z.string(),
  authority: z.string(),
  basis: z.string(),
  servedOn: day,
  lastBarredDay: day.describe('决定所定的届满日；停止执行没有确定终止之日的，实际届满日尚不能确定'),
  freeFrom: day.describe('决定所定的可再次采信之日'),
  state: z.enum(['barred', 'stayed', 'ended', 'annulled']),
});
export type PublicBar = z.infer<typeof publicBar>;

export const barView = publicBar.extend({
  id: z.string(),
  caseId: z.string(),
  caseSubjectId: z.string(),
  subjectId: z.string(),
  published: z.boolean(),
  steps: z.array(z.string()).describe('期限计算步骤'),
  stays: z.array(z.object({ from: day, lastDay: day.nullable() })).describe('停止执行的期间'),
  annulledFrom: day.nullable().describe('自该日起不再有效'),
  replacedBy: z
    .string()
    .nullable()
    .describe('不再有效是因决定变更的：变更后的一期（编号）；因决定撤销的，或仍然有效的，为空'),
});

export const sanctionRoutes = {
  list: route({
    method: 'get',
    path: '/bars',
    tag: '不再采信',
    summary: '全部不再采信决定（含未公开的人员） Bars, unpublished persons too',
    access: { permission: 'bar.read' },
    query: z.strictObject({
      ...pageQuery,
      asOf: dayField.optional(),
      caseId: idField.optional(),
      subjectId: idField.optional(),
    }),
    reply: pageOf(barView),
  }),
  show: route({
    method: 'get',
    path: '/bars/:id',
    tag: '不再采信',
    summary: '一项不再采信决定及其期限计算 One bar with the count of its term',
    access: { permission: 'bar.read' },
    params: idParams,
    query: z.strictObject({ asOf: dayField.optional() }),
    reply: barView,
    problems: ['request.not-found'],
  }),
};

export const sanctionProblems: ProblemList = {
  'sanctions.needs-person': {
    status: 409,
    title: '需人工核实身份',
    detail:
      '所涉人员与一名不再采信期间内的人员疑似同一人（核实编号 {doubtId}），主管部门尚未作出认定；认定前不得{door}，请主管部门办理人工核实。',
    en: {
      title: 'A person must verify the identity',
      detail:
        'The person is possibly the same as one who is barred (check {doubtId}), and the authority has not decided yet; until then: no {door}. Ask the authority to decide.',
    },
  },
  'sanctions.barred': {
    status: 409,
    title: '不再采信期间内',
    detail: '{name}（{code}）依据{decisionNumber}不再采信，{until}；不得{door}。依据：{rule}。',
    en: {
      title: 'Barred',
      detail: '{name} ({code}) is barred by {decisionNumber}, {until}: no {door}. Basis: {rule}.',
    },
  },
};

export const sanctionEvents: EventCatalogue = {
  'door.refused': { visibility: 'sealed', title: '因不再采信被拒绝' },
  'bar.imposed': { visibility: 'public', title: '不再采信开始' },
  'bar.imposed-on-person': { visibility: 'sealed', title: '对人员不再采信开始' },
  'bar.stayed': { visibility: 'sealed', title: '停止执行' },
  'bar.annulled': { visibility: 'sealed', title: '不再采信撤销' },
  'bar.published': { visibility: 'public', title: '公开不再采信决定' },
};
