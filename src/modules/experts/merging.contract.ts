import * as z from 'zod';
import { idParams, paperField, textField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { platformNumber } from './fields.contract';
import { mergeStates } from './merging.states';

export const proposeMerge = z.strictObject({
  from: platformNumber.describe('并入的登记的公开编号'),
  into: platformNumber.describe('保留的登记的公开编号'),
  reason: textField(1000).describe('认定为同一人的理由'),
  paper: paperField,
});
export type ProposeMerge = z.output<typeof proposeMerge>;

export const decideMerge = z.strictObject({ reason: textField(1000).describe('理由') });
export type DecideMerge = z.output<typeof decideMerge>;

export const undoMerge = z.strictObject({ reason: textField(1000).describe('恢复分立的理由'), paper: paperField });
export type UndoMerge = z.output<typeof undoMerge>;

const conflict = z.object({
  kind: z.enum(['full-time-overlap', 'same-institution-overlap', 'same-team']),
  text: z.string().describe('哪两条记录相互抵触，如何解决'),
  ids: z.array(z.string()).describe('相抵触的聘用关系或评估的编号'),
});
export type MergeConflict = z.infer<typeof conflict>;

const person = z.object({ id: z.string(), platformNumber: z.string() });

export const mergeReply = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(mergeStates).describe('拟合并、已合并、不予合并、已撤回、已恢复分立'),
  from: person,
  into: person,
  reason: z.string(),
  paper: z.string(),
  proposedAt: z.string(),
  proposedBy: z.string().nullable().describe('提出人员的账号'),
  decidedBy: z.string().nullable().describe('复核或撤回人员的账号'),
  decisionReason: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  undoneBy: z.string().nullable(),
  undoReason: z.string().nullable(),
  conflicts: z.array(conflict).describe('合并前须先解决的抵触；已办结的为空'),
  birthDaysDiffer: z.boolean().describe('两份登记的证件所载出生日期不同，请特别核对'),
});
export type MergeReply = z.input<typeof mergeReply>;

const tag = '评估人员登记';
const decided = { params: idParams, reply: mergeReply, status: 200, etag: true } as const;

export const mergeRoutes = {
  propose: route({
    method: 'post',
    path: '/expert-merges',
    summary: '提出合并同一人的两份登记，经复核后合并 propose that two registrations are one person',
    tag,
    access: { permission: 'expert.merge' },
    body: proposeMerge,
    reply: mergeReply,
    events: ['merge.proposed'],
    problems: ['employment.person-missing', 'merge.same-person', 'merge.pending', 'expert.merged'],
    etag: true,
  }),
  withdraw: route({
    method: 'post',
    path: '/expert-merges/:id/withdraw',
    summary: '撤回合并 withdraw the proposal',
    access: { permission: 'expert.merge' },
    tag,
    body: decideMerge,
    events: ['merge.withdrawn'],
    problems: ['request.not-found', 'merge.wrong-state'],
    ...decided,
  }),
  confirm: route({
    method: 'post',
    path: '/expert-merges/:id/confirm',
    summary: '复核合并：两份登记自此为同一人，原编号继续可查 confirm; both numbers go on answering',
    access: { permission: 'expert.confirm-merge' },
    tag,
    body: decideMerge,
    events: ['merge.confirmed'],
    problems: [
      'request.not-found',
      'merge.wrong-state',
      'merge.second-person-needed',
      'merge.conflicts',
      'merge.same-person',
      'expert.merged',
    ],
    ...decided,
  }),
  refuse: route({
    method: 'post',
    path: '/expert-merges/:id/refuse',
    summary: '不予合并 refuse the proposal',
    access: { permission: 'expert.confirm-merge' },
    tag,
    body: decideMerge,
    events: ['merge.refused'],
    problems: ['request.not-found', 'merge.wrong-state', 'merge.second-person-needed'],
    ...decided,
  }),
  undo: route({
    method: 'post',
    path: '/expert-merges/:id/undo',
    summary: '以更正登记恢复分立 undo a merge by a correction, while nothing irreversible rests on it',
    access: { permission: 'expert.confirm-merge' },
    tag,
    body: undoMerge,
    events: ['merge.undone'],
    problems: ['request.not-found', 'merge.wrong-state', 'merge.other-person-needed', 'merge.irreversible'],
    ...decided,
  }),
  read: route({
    method: 'get',
    path: '/expert-merges/:id',
    summary: '一次合并 one merge',
    tag,
    access: { permission: 'merge.read' },
    params: idParams,
    reply: mergeReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  list: route({
    method: 'get',
    path: '/expert-merges',
    summary: '合并记录，新的在前 merges, newest first',
    tag,
    access: { permission: 'merge.read' },
    query: z.strictObject({ ...pageQuery, state: z.enum(mergeStates).optional() }),
    reply: pageOf(mergeReply),
  }),
};

export const mergeProblems: ProblemList = {
  'merge.same-person': {
    status: 422,
    title: '两个编号已是同一登记',
    detail: '所填两个公开编号已指向同一人，无需合并；请核对编号。',
    en: {
      title: 'Both numbers are one registration',
      detail: 'Both public numbers lead to the same person, and nothing is to be merged; check the numbers.',
    },
  },
  'merge.pending': {
    status: 409,
    title: '已有待复核的合并',
    detail: '这两份登记已有待复核的合并（编号 {mergeId}）；请先复核或撤回。',
    en: {
      title: 'A merger waits to be checked',
      detail: 'A merger of these two registrations waits to be checked (number {mergeId}); check or withdraw it first.',
    },
  },
  'merge.wrong-state': {
    status: 409,
    title: '该合并已办结或尚未合并',
    detail: '该合并的状态为 {state}，不能如此办理。',
    en: { title: 'The merger is settled, or not done yet', detail: 'The merger is {state}, so this cannot be done.' },
  },
  'merge.second-person-needed': {
    status: 409,
    title: '须由另一人复核',
    detail: '提出合并的人员不能自行复核；请由另一名复核人办理。',
    en: {
      title: 'Somebody else must check',
      detail: 'Whoever proposed the merger cannot check it; let another reviewer do so.',
    },
  },
  'merge.other-person-needed': {
    status: 409,
    title: '须由另一人恢复分立',
    detail: '提出或复核该合并的人员不能自行恢复分立；请由另一名复核人办理。',
    en: {
      title: 'Somebody else must undo it',
      detail: 'Whoever proposed or checked the merger cannot undo it; let another reviewer do so.',
    },
  },
  'merge.conflicts': {
    status: 409,
    title: '两份登记相互抵触',
    detail: '合并前须先解决以下抵触：{list}。',
    en: {
      title: 'The registrations contradict each other',
      detail: 'Before the merger this must be resolved: {list}.',
    },
  },
  'merge.irreversible': {
    status: 409,
    title: '不能恢复分立',
    detail: '合并之后已有以合并为前提的记录：{list}；请先依程序撤销或作废这些记录，再恢复分立。',
    en: {
      title: 'The merger cannot be undone',
      detail:
        'Records made since rest on the merger: {list}; revoke or void them by their own procedure first, then undo it.',
    },
  },
};

export const mergeEvents: EventCatalogue = {
  'merge.proposed': { visibility: 'sealed', title: '提出合并人员登记' },
  'merge.withdrawn': { visibility: 'sealed', title: '撤回合并人员登记' },
  'merge.confirmed': { visibility: 'sealed', title: '合并人员登记' },
  'merge.refused': { visibility: 'sealed', title: '不予合并人员登记' },
  'merge.undone': { visibility: 'sealed', title: '恢复人员登记分立' },
};
