import * as z from 'zod';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { EventCatalogue } from '../../audit-log';
import { tableRef } from '../calendar/calendar.contract';

/** What may be owed, in words that name nobody; whoever owes something new adds its line. */
export const deadlineKinds = {
  'assignment.answer': '答复委托',
  'case.defence': '陈述、申辩和申请听证',
  'case.hearing': '组织听证',
  'document.expiry': '证照或证明材料到期前更新',
  'employment.confirm': '确认聘用关系',
  'employment.objection': '核查聘用异议',
  'expert.correction': '办理本人更正请求',
  'handover.confirm': '确认工作移交',
  'merge.confirm': '确认人员合并',
  'letter.expiry': '授权委托书到期前更新',
  'organisation.change-report': '报告登记事项变更',
  'pool.decide': '审核纳入名录的申请',
  'pool.objection': '公示异议期',
  'publication.withdraw': '撤回已公开的决定',
  'screening.person': '人工核实',
  other: '待办事项',
} as const;
export type DeadlineKind = keyof typeof deadlineKinds;

export const deadlineView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string().describe('事项'),
  ref: z.string().describe('所涉记录的编号'),
  startsOn: z.string().nullable().describe('起算日；等待送达时为 null'),
  dueOn: z.string().nullable().describe('截止日（含当日）；尚未起算时为 null'),
  provisional: z.boolean().describe('暂定：所涉年度的节假日安排未载入'),
  tables: z.array(tableRef),
  state: z
    .enum(['running', 'overdue', 'not-delivered', 'closed'])
    .describe('进行中、已逾期、尚未送达（期限未起算）、已办结；逾期由当日推算，不保存'),
  daysLeft: z.number().nullable().describe('尚余工作日；逾期为 0'),
  closedOn: z.string().nullable(),
});
export type DeadlineView = z.infer<typeof deadlineView>;

export const deadlineRoutes = {
  listDeadlines: route({
    method: 'get',
    path: '/deadlines',
    summary: '本岗位、本机构或本人应办的事项和期限 What is owed by the caller, soonest first',
    tag: '期限',
    access: { permission: 'deadline.read' },
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(['open', 'overdue', 'not-delivered', 'closed']).default('open'),
    }),
    reply: pageOf(deadlineView),
  }),
};

export const deadlineEvents: EventCatalogue = {
  'deadline.moved': { visibility: 'sealed', title: '截止日变动' },
};
