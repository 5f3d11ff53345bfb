import * as z from 'zod';
import { dayField, idParams, paperField, textField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { objectionStates } from './objections.states';

export const raiseObjection = z.strictObject({
  reason: textField(1000).describe('异议理由，如从未受聘、已离职、期间或方式不符'),
  paper: paperField.nullable().default(null).describe('本人无账号的，书面异议的名称或编号；由本人账号提出的为 null'),
});
export type RaiseObjection = z.output<typeof raiseObjection>;

export const withdrawObjection = z.strictObject({
  paper: paperField.nullable().default(null).describe('本人无账号的，书面撤回的名称或编号'),
});
export type WithdrawObjection = z.output<typeof withdrawObjection>;

export const upholdObjection = z.strictObject({
  from: dayField.nullable().default(null).describe('聘用登记自该日起作废；自始作废为 null'),
  reason: textField(500).describe('认定理由'),
  paper: paperField,
});
export type UpholdObjection = z.output<typeof upholdObjection>;

export const dismissObjection = z.strictObject({ reason: textField(1000).describe('不成立的理由'), paper: paperField });
export type DismissObjection = z.output<typeof dismissObjection>;

export const objectionReply = z.object({
  id: z.string(),
  version: z.number().int(),
  employmentId: z.string(),
  expertId: z.string(),
  institutionId: z.string(),
  state: z.enum(objectionStates).describe('核查中、属实、不成立、已撤回'),
  reason: z.string(),
  paper: z.string().nullable(),
  raisedAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable().describe('作出结论或撤回人员的账号'),
  decisionReason: z.string().nullable(),
  decisionPaper: z.string().nullable(),
  voidFrom: z.string().nullable().describe('属实的，聘用登记自该日起作废'),
});
export type ObjectionReply = z.input<typeof objectionReply>;

const tag = '聘用关系';
const decided = { params: idParams, reply: objectionReply, status: 200, etag: true } as const;

export const objectionRoutes = {
  raise: route({
    method: 'post',
    path: '/employments/:id/objections',
    summary: '本人对聘用登记提出异议，核查期间不计入 object to an employment; it does not count meanwhile',
    tag,
    access: { permission: 'employment.object' },
    params: idParams,
    body: raiseObjection,
    reply: objectionReply,
    events: ['objection.raised'],
    problems: ['request.not-found', 'objection.open', 'objection.paper-needed', 'employment.voided'],
    etag: true,
  }),
  withdraw: route({
    method: 'post',
    path: '/employment-objections/:id/withdraw',
    summary: '本人撤回异议 withdraw the objection',
    tag,
    access: { permission: 'employment.object' },
    body: withdrawObjection,
    events: ['objection.withdrawn'],
    problems: ['request.not-found', 'objection.wrong-state', 'objection.paper-needed'],
    ...decided,
  }),
  uphold: route({
    method: 'post',
    path: '/employment-objections/:id/uphold',
    summary: '认定异议属实，以更正登记作废聘用登记 uphold: days are struck out by a correction',
    tag,
    access: { permission: 'employment.judge-objection' },
    body: upholdObjection,
    events: ['objection.upheld'],
    problems: [
      'request.not-found',
      'objection.wrong-state',
      'objection.second-person-needed',
      'employment.voided',
      'employment.void-outside',
    ],
    ...decided,
  }),
  dismiss: route({
    method: 'post',
    path: '/employment-objections/:id/dismiss',
    summary: '认定异议不成立，说明理由 dismiss with reasons',
    tag,
    access: { permission: 'employment.judge-objection' },
    body: dismissObjection,
    events: ['objection.dismissed'],
    problems: ['request.not-found', 'objection.wrong-state', 'objection.second-person-needed'],
    ...decided,
  }),
  read: route({
    method: 'get',
    path: '/employment-objections/:id',
    summary: '一项异议 one objection',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    reply: objectionReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  list: route({
    method: 'get',
    path: '/employment-objections',
    summary: '对聘用登记的异议；机构只见涉及本机构的，本人只见自己的 objections, of one’s own reach',
    tag,
    access: { permission: 'register.read' },
    query: z.strictObject({ ...pageQuery, state: z.enum(objectionStates).optional() }),
    reply: pageOf(objectionReply),
  }),
};

export const objectionProblems: ProblemList = {
  'objection.open': {
    status: 409,
    title: '异议正在核查',
    detail: '对该聘用登记已有异议（编号 {objectionId}）在核查中；请等待结论，或先撤回。',
    en: {
      title: 'The objection is being checked',
      detail:
        'An objection to this employment record (number {objectionId}) is being checked; wait for the conclusion, or withdraw it first.',
    },
  },
  'objection.paper-needed': {
    status: 422,
    title: '缺少书面材料',
    detail: '代无账号的本人提出或撤回异议，须填写本人书面材料的名称或编号 paper。',
    en: {
      title: 'The written paper is missing',
      detail:
        'To make or withdraw an objection for a person without an account, name the written paper of that person or its number (paper).',
    },
  },
  'objection.wrong-state': {
    status: 409,
    title: '该异议已办结',
    detail: '该异议的状态为 {state}，不能再办理；如有新的理由，请另行提出。',
    en: {
      title: 'The objection is settled',
      detail: 'The objection is {state} and cannot be dealt with any more; make another if there are new reasons.',
    },
  },
  'objection.second-person-needed': {
    status: 409,
    title: '须由另一人作出结论',
    detail: '登记该聘用关系、登记或核对签字确认单的人员不能对异议作出结论；请由另一名人员办理。',
    en: {
      title: 'Somebody else must conclude',
      detail:
        'Whoever recorded the employment, or recorded or checked the signed form, cannot conclude on the objection; let another officer do so.',
    },
  },
};

export const objectionEvents: EventCatalogue = {
  'objection.raised': { visibility: 'sealed', title: '提出聘用登记异议' },
  'objection.withdrawn': { visibility: 'sealed', title: '撤回聘用登记异议' },
  'objection.upheld': { visibility: 'sealed', title: '认定聘用登记异议属实' },
  'objection.dismissed': { visibility: 'sealed', title: '认定聘用登记异议不成立' },
};
