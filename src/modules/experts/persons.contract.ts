import * as z from 'zod';
import { idField, idParams, paperField, textField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { correctionReply } from './corrections.contract';
import { doubtGrounds, doubtStates } from './doubts.states';
import { employmentReply } from './employments.contract';
import { expertReply, identityField } from './experts.contract';
import { objectionReply } from './objections.contract';

// Who somebody is: his documents, doubts whether two are one, and what names him.

export const addDocument = z.strictObject({
  identity: identityField.describe('证件；号码不进入地址和日志'),
  originalSeen: z.literal(true).describe('已核对证件原件，必须为 true'),
  replaces: idField.nullable().default(null).describe('由本证件换发的原证件的编号；另加一件的为 null'),
  paper: paperField,
});
export type AddDocument = z.output<typeof addDocument>;

export const withdrawDocument = z.strictObject({
  for: z.enum(['lapsed', 'mistaken']).describe('lapsed 已失效，仍可据以找到本人；mistaken 登记有误，不是本人的证件'),
  reason: textField(500).describe('理由'),
  paper: paperField,
});
export type WithdrawDocument = z.output<typeof withdrawDocument>;

export const decideDoubt = z.strictObject({
  finding: z.enum(['different', 'same']).describe('different 确为两人；same 确为一人，随即提出合并，另由复核人复核'),
  reason: textField(1000).describe('认定理由'),
  paper: paperField,
});
export type DecideDoubt = z.output<typeof decideDoubt>;

const doubtPerson = z.object({ id: z.string(), platformNumber: z.string(), name: z.string().nullable() });

export const doubtReply = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(doubtStates).describe('待人工核实、确为两人、确为一人'),
  ground: z.enum(doubtGrounds).describe('同名且同出生日期；同名而证件不载出生日期；曾合并为一人而恢复分立'),
  person: doubtPerson.describe('新登记或新变更的人员'),
  known: doubtPerson.describe('原有登记的人员'),
  knownBarred: z.boolean().describe('其中一人在不再采信期间内；认定前各环节暂不放行'),
  raisedAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable().describe('认定人员的账号'),
  decisionReason: z.string().nullable(),
  decisionPaper: z.string().nullable(),
  mergeId: z.string().nullable().describe('认定为一人时提出的合并的编号'),
});
export type DoubtReply = z.input<typeof doubtReply>;

export const namingReply = z.object({
  expertId: z.string(),
  platformNumber: z.string(),
  employments: z.array(employmentReply).describe('登记了本人的全部机构和期间，包括未确认、有异议和已作废的'),
  objections: z.array(objectionReply).describe('本人提出的异议'),
  corrections: z.array(correctionReply).describe('本人提出的更正请求'),
  teams: z.array(
    z.object({
      evaluationId: z.string(),
      institutionId: z.string(),
      institutionName: z.string(),
      role: z.enum(['leader', 'member']),
      open: z.boolean().describe('该评估未办结且为现任评估组'),
    }),
  ),
  engagements: z.array(
    z.object({
      engagementId: z.string(),
      role: z.enum(['adviser', 'reviewer', 'spot-check-expert']),
      from: z.string(),
      lastDay: z.string().nullable(),
    }),
  ),
});
export type NamingReply = z.input<typeof namingReply>;

const tag = '评估人员登记';

export const personRoutes = {
  ownRecord: route({
    method: 'get',
    path: '/experts/me',
    summary: '本人查看自己的登记 the own record',
    tag,
    access: { permission: 'expert.own' },
    reply: expertReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  own: route({
    method: 'get',
    path: '/experts/me/employments',
    summary: '本人查看登记了自己的全部机构、评估组和其他角色 every body that names me',
    tag,
    access: { permission: 'expert.own' },
    reply: namingReply,
    problems: ['request.not-found'],
  }),
  naming: route({
    method: 'get',
    path: '/experts/:id/employments',
    summary: '登记了某人员的全部机构、评估组和其他角色，供无账号的本人查询 every body that names the person',
    tag,
    access: { permission: 'expert.naming' },
    params: idParams,
    reply: namingReply,
    problems: ['request.not-found'],
  }),
  addDocument: route({
    method: 'post',
    path: '/experts/:id/identities',
    summary: '核对原件后增加或换发身份证件 add or renew a document, the original seen',
    tag,
    access: { permission: 'expert.document' },
    params: idParams,
    body: addDocument,
    reply: expertReply,
    events: ['expert.document-added'],
    problems: [
      'request.not-found',
      'expert.merged',
      'expert.document-known',
      'expert.document-of-another',
      'expert.document-withdrawn',
    ],
    etag: true,
  }),
  withdrawDocument: route({
    method: 'post',
    path: '/experts/:id/identities/:identityId/withdraw',
    summary: '撤下失效或登记有误的身份证件 withdraw a document that lapsed or was entered by mistake',
    tag,
    access: { permission: 'expert.document' },
    params: z.object({ id: idField, identityId: idField }),
    body: withdrawDocument,
    reply: expertReply,
    status: 200,
    events: ['expert.document-withdrawn'],
    problems: [
      'request.not-found',
      'expert.merged',
      'expert.document-withdrawn',
      'expert.document-last',
      'expert.document-under-bar',
    ],
    etag: true,
  }),
  doubts: route({
    method: 'get',
    path: '/expert-doubts',
    summary: '疑似同一人的人工核实 doubts whether two persons are one',
    tag,
    access: { permission: 'merge.read' },
    query: z.strictObject({ ...pageQuery, state: z.enum(doubtStates).optional() }),
    reply: pageOf(doubtReply),
  }),
  doubt: route({
    method: 'get',
    path: '/expert-doubts/:id',
    summary: '一项人工核实 one doubt',
    tag,
    access: { permission: 'merge.read' },
    params: idParams,
    reply: doubtReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  decideDoubt: route({
    method: 'post',
    path: '/expert-doubts/:id/decide',
    summary: '认定确为两人或一人，说明理由 decide with reasons',
    tag,
    access: { permission: 'expert.judge-doubt' },
    params: idParams,
    body: decideDoubt,
    reply: doubtReply,
    status: 200,
    events: ['doubt.decided'],
    problems: [
      'request.not-found',
      'doubt.wrong-state',
      'doubt.second-person-needed',
      'merge.pending',
      'merge.same-person',
    ],
    etag: true,
  }),
};

export const personProblems: ProblemList = {
  'expert.document-known': {
    status: 409,
    title: '该证件已登记在本人名下',
    detail: '本人名下已有该证件（号码 {mask}），无需再登记。',
    en: {
      title: 'The document is on record under this person',
      detail: 'The document (number {mask}) is on record under this person; it need not be recorded again.',
    },
  },
  'expert.document-of-another': {
    status: 409,
    title: '该证件已登记在他人名下',
    detail:
      '该证件已登记在公开编号 {platformNumber} 名下；如为同一人，请提出合并两份登记；如登记有误，请先在该登记上撤下。',
    en: {
      title: 'The document is on record under somebody else',
      detail:
        'The document is on record under public number {platformNumber}; if it is the same person, propose a merger of the registrations; if that record is wrong, withdraw the document there first.',
    },
  },
  'expert.document-withdrawn': {
    status: 409,
    title: '该证件已撤下',
    detail: '编号 {identityId} 的证件已撤下或已换发，不能再如此办理。',
    en: {
      title: 'The document is withdrawn',
      detail: 'The document with number {identityId} is withdrawn or replaced, so this cannot be done any more.',
    },
  },
  'expert.document-last': {
    status: 409,
    title: '须保留一件身份证件',
    detail: '这是本人唯一有效的身份证件，不能撤下；请先登记另一件。',
    en: {
      title: 'One identity document must stay',
      detail: 'This is the only valid identity document of the person and cannot be withdrawn; record another first.',
    },
  },
  'expert.document-under-bar': {
    status: 409,
    title: '不再采信期间内不能撤下',
    detail: '本人依据 {decisionNumber} 在不再采信期间内，登记有误的证件须待该决定撤销或届满后撤下，以免换证规避。',
    en: {
      title: 'Not to be withdrawn during a bar',
      detail:
        'The person is barred by {decisionNumber}; a document recorded wrongly is withdrawn only when that decision is annulled or has ended, so that no change of papers evades it.',
    },
  },
  'doubt.wrong-state': {
    status: 409,
    title: '该核实已办结',
    detail: '该核实的状态为 {state}，不能再认定；有新情况的请提出合并。',
    en: {
      title: 'The check is settled',
      detail: 'The check is {state} and cannot be decided any more; if there is something new, propose a merger.',
    },
  },
  'doubt.second-person-needed': {
    status: 409,
    title: '须由另一人认定为两人',
    detail:
      '登记或变更该人员的，以及此前认定为一人、提出、撤回或恢复过这两份登记的合并的人员，不能自行认定为两人；请由另一名工作人员办理。',
    en: {
      title: 'Somebody else must decide that they are two',
      detail:
        'Whoever registered or changed the persons, or before decided that they are one, or proposed, withdrew or undid a merger of them, cannot decide that they are two; let another officer do so.',
    },
  },
};

export const personEvents: EventCatalogue = {
  'expert.document-added': { visibility: 'sealed', title: '登记身份证件' },
  'expert.document-withdrawn': { visibility: 'sealed', title: '撤下身份证件' },
  'doubt.decided': { visibility: 'sealed', title: '认定是否同一人' },
};
