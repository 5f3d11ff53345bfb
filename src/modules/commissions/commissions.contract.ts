import * as z from 'zod';
import { dayField, idField, lineField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { EventCatalogue } from '../audit-log';
import { poolEvents, poolRoutes } from './pool.contract';
import { replayRoutes } from './replay.contract';

const id = z.string().min(1).max(64);
const text = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const day = dayField;
const byId = z.strictObject({ id });

export const purposes = ['new-mine', 'producing-mine', 'transferred-entry', 'spot-check', 're-check'] as const;
export const purchaseMethods = ['government-purchase', 'entrusted-by-budget'] as const;
export const lotStates = ['drafted', 'candidates-published', 'drawn', 'under-way', 'closed', 'cancelled'] as const;
export const assignmentStates = [
  'offered',
  'taken-up',
  'declined',
  'lapsed',
  'frozen',
  'released',
  'fulfilled',
] as const;
export const engagementRoles = ['adviser', 'reviewer', 'spot-check-expert'] as const;

export const lotView = z.object({
  id,
  name: z.string(),
  purpose: z.enum(purposes),
  mode: z.enum(['direct']),
  purchase: z.object({
    method: z.enum(purchaseMethods),
    projectNumber: z.string(),
    contractNumber: z.string().nullable(),
  }),
  state: z.string(),
  openedOn: z.string(),
  mineIds: z.array(id),
  candidateIds: z.array(id),
  endReason: z.string().nullable().describe('取消的原因'),
  version: z.number(),
});

export const assignmentView = z.object({
  id,
  lotId: id,
  institutionId: id,
  mineIds: z.array(id),
  evaluationIds: z.array(id),
  state: z.string(),
  offeredAt: z.string().describe('发出委托的时间'),
  answerBy: z.string().describe('答复期限的最后一日'),
  endReason: z.string().nullable().describe('不接受或解除委托的原因'),
  version: z.number(),
});

export const engagementView = z.object({
  id,
  role: z.enum(engagementRoles),
  subject: z.object({ kind: z.enum(['institution', 'person']), id }),
  from: z.string(),
  to: z.string().nullable(),
});

/** 独立性与回避声明: every point is said, none is assumed. */
export const conflictStatement = z.strictObject({
  independent: z.literal(true).describe('与待评估矿山及其矿业权人无关联关系'),
  noSelfAssessment: z.literal(true).describe('未参与该矿山的自评估'),
  noFee: z.literal(true).describe('未以任何形式向矿山企业收取费用'),
  noOutsourcing: z.literal(true).describe('不转让、不外包所承担的评估工作'),
  dealings: z.string().trim().max(2000).describe('近一年与矿山企业的业务往来，无则填“无”').min(1),
});

/** With what the institution declared when it took the work up. */
export const assignmentDetail = assignmentView.extend({
  statement: conflictStatement
    .extend({ statedAt: z.string() })
    .nullable()
    .describe('接受委托时的独立性与回避声明；未接受的为 null'),
});

const lotProblems = ['lot.wrong-state', 'request.not-found'];
const answerProblems = ['assignment.wrong-state', 'sanctions.barred', 'sanctions.needs-person', 'request.not-found'];

export const commissionRoutes = {
  ...replayRoutes,
  ...poolRoutes,
  openLot: route({
    method: 'post',
    path: '/lots',
    tag: '委托',
    summary: '拟制评估委托批次 Draft a lot',
    access: { permission: 'lot.open' },
    body: z.strictObject({
      name: text(200),
      purpose: z.enum(purposes),
      mode: z.enum(['direct']).default('direct'),
      purchase: z.strictObject({
        method: z.enum(purchaseMethods),
        projectNumber: text(100),
        contractNumber: text(100).optional(),
      }),
      mineIds: z.array(id).min(1).max(500),
    }),
    reply: lotView,
    events: ['lot.opened'],
    problems: ['authority.not-set', 'request.not-found', 'lot.mine-twice', 'policy.basis-lapsed'],
  }),
  publishCandidates: route({
    method: 'post',
    path: '/lots/:id/candidates',
    tag: '委托',
    summary: '公布候选机构名单 Publish the candidates',
    access: { permission: 'lot.publish' },
    params: byId,
    body: z.strictObject({ institutionIds: z.array(id).min(1).max(500) }),
    reply: lotView,
    status: 200,
    events: ['lot.candidates-published'],
    problems: [...lotProblems, 'policy.basis-lapsed', 'lot.candidate-not-admitted'],
  }),
  closeLot: route({
    method: 'post',
    path: '/lots/:id/close',
    tag: '委托',
    summary: '办结批次 Close the lot',
    access: { permission: 'lot.close' },
    params: byId,
    reply: lotView,
    status: 200,
    events: ['lot.closed'],
    problems: [...lotProblems, 'lot.work-open'],
  }),
  cancelLot: route({
    method: 'post',
    path: '/lots/:id/cancel',
    tag: '委托',
    summary: '取消批次 Cancel the lot before work begins',
    access: { permission: 'lot.cancel' },
    params: byId,
    body: z.strictObject({ reason: text(500) }),
    reply: lotView,
    status: 200,
    events: ['lot.cancelled'],
    problems: lotProblems,
  }),
  showLot: route({
    method: 'get',
    path: '/lots/:id',
    tag: '委托',
    summary: '批次 One lot',
    access: { permission: 'lot.read' },
    params: byId,
    reply: lotView,
    etag: true,
    problems: ['request.not-found'],
  }),
  showLotMines: route({
    method: 'get',
    path: '/lots/:id/mines',
    tag: '委托',
    summary: '批次的全部矿山及其今日名称 All mines of a lot with their names today',
    access: { permission: 'lot.read' },
    params: byId,
    reply: z.object({ items: z.array(z.object({ id, name: z.string() })).describe('顺序同批次的 mineIds') }),
    problems: ['request.not-found'],
  }),
  listLots: route({
    method: 'get',
    path: '/lots',
    tag: '委托',
    summary: '批次列表 Lots',
    access: { permission: 'lot.read' },
    query: z.strictObject({
      ...pageQuery,
      q: lineField(200).describe('名称的一部分').optional(),
      state: z.enum(lotStates).optional(),
    }),
    reply: pageOf(lotView),
  }),
  offer: route({
    method: 'post',
    path: '/lots/:id/assignments',
    tag: '委托',
    summary: '直接委托 Offer mines of the lot to a candidate',
    access: { permission: 'assignment.offer' },
    params: byId,
    body: z.strictObject({ institutionId: id, mineIds: z.array(id).min(1).max(200), answerBy: day }),
    reply: assignmentView,
    events: ['assignment.offered'],
    problems: [
      ...lotProblems,
      'sanctions.barred',
      'sanctions.needs-person',
      'assignment.not-candidate',
      'lot.candidate-not-admitted',
      'assignment.mine-not-in-lot',
      'assignment.mine-taken',
      'assignment.conflict',
      'assignment.not-a-supplier',
      'assignment.rule-unmet',
      'policy.basis-lapsed',
      'assignment.answer-by-past',
    ],
  }),
  takeUp: route({
    method: 'post',
    path: '/assignments/:id/take-up',
    tag: '委托',
    summary: '接受委托并作独立性与回避声明 Take up, with the conflict statement',
    access: { permission: 'assignment.answer' },
    params: byId,
    body: z.strictObject({ statement: conflictStatement }),
    reply: assignmentView,
    status: 200,
    events: ['assignment.taken-up'],
    problems: [...answerProblems, 'assignment.conflict', 'assignment.answer-late'],
  }),
  decline: route({
    method: 'post',
    path: '/assignments/:id/decline',
    tag: '委托',
    summary: '不接受委托 Decline',
    access: { permission: 'assignment.answer' },
    params: byId,
    body: z.strictObject({ reason: text(500) }),
    reply: assignmentView,
    status: 200,
    events: ['assignment.declined'],
    problems: ['assignment.wrong-state', 'request.not-found'],
  }),
  release: route({
    method: 'post',
    path: '/assignments/:id/release',
    tag: '委托',
    summary: '解除委托 Release; open evaluations are voided',
    access: { permission: 'assignment.release' },
    params: byId,
    body: z.strictObject({ reason: text(500) }),
    reply: assignmentView,
    status: 200,
    events: ['assignment.released'],
    problems: ['assignment.wrong-state', 'request.not-found'],
  }),
  resume: route({
    method: 'post',
    path: '/assignments/:id/resume',
    tag: '委托',
    summary: '恢复办理 Resume a frozen assignment',
    access: { permission: 'assignment.resume' },
    params: byId,
    body: z.strictObject({ reason: text(500) }),
    reply: assignmentView,
    status: 200,
    events: ['assignment.resumed'],
    problems: answerProblems,
  }),
  showAssignment: route({
    method: 'get',
    path: '/assignments/:id',
    tag: '委托',
    summary: '评估委托单 One assignment',
    access: { permission: 'lot.read' },
    params: byId,
    reply: assignmentDetail,
    etag: true,
    problems: ['request.not-found'],
  }),
  listAssignments: route({
    method: 'get',
    path: '/assignments',
    tag: '委托',
    summary: '委托单列表；机构只见本机构的 Assignments',
    access: { permission: 'lot.read' },
    query: z.strictObject({
      ...pageQuery,
      lotId: idField.optional(),
      institutionId: idField.optional(),
      state: z.enum(assignmentStates).optional(),
    }),
    reply: pageOf(assignmentView),
  }),
  listEngagements: route({
    method: 'get',
    path: '/engagements',
    tag: '委托',
    summary: '聘请担任其他角色的记录 Engagements',
    access: { permission: 'engagement.make' },
    query: z.strictObject(pageQuery),
    reply: pageOf(engagementView),
  }),
  engage: route({
    method: 'post',
    path: '/engagements',
    tag: '委托',
    summary: '聘请担任其他角色 Engage for another role in the programme',
    access: { permission: 'engagement.make' },
    body: z.strictObject({
      subject: z.strictObject({ kind: z.enum(['institution', 'person']), id }),
      role: z.enum(engagementRoles),
      from: day,
      to: day.nullable().default(null),
    }),
    reply: engagementView,
    events: ['engagement.made'],
    problems: ['sanctions.barred', 'sanctions.needs-person', 'engagement.end-before-start', 'request.not-found'],
  }),
  endEngagement: route({
    method: 'post',
    path: '/engagements/:id/end',
    tag: '委托',
    summary: '结束聘请 End an engagement',
    access: { permission: 'engagement.end' },
    params: byId,
    body: z.strictObject({ lastDay: day }),
    reply: engagementView,
    status: 200,
    events: ['engagement.ended'],
    problems: ['engagement.end-before-start', 'engagement.already-ended', 'request.not-found'],
  }),
};

export const commissionEvents: EventCatalogue = {
  ...poolEvents,
  'lot.opened': { visibility: 'public', title: '拟制批次' },
  'lot.candidates-published': { visibility: 'public', title: '公布候选机构' },
  'lot.closed': { visibility: 'public', title: '办结批次' },
  'lot.cancelled': { visibility: 'public', title: '取消批次' },
  'assignment.offered': { visibility: 'public', title: '直接委托' },
  'assignment.taken-up': { visibility: 'public', title: '接受委托' },
  'assignment.declined': { visibility: 'public', title: '不接受委托' },
  'assignment.lapsed': { visibility: 'public', title: '逾期未确认' },
  'assignment.frozen': { visibility: 'public', title: '委托暂停办理' },
  'assignment.resumed': { visibility: 'public', title: '委托恢复办理' },
  'assignment.released': { visibility: 'public', title: '解除委托' },
  'assignment.fulfilled': { visibility: 'public', title: '委托完成' },
  'engagement.made': { visibility: 'sealed', title: '聘请担任其他角色' },
  'engagement.ended': { visibility: 'sealed', title: '结束聘请' },
};
