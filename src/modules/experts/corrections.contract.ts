import * as z from 'zod';
import { dayField, idField, idParams, leftOpen, paperField, textField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { expertContent } from './content.contract';
import { correctionStates } from './corrections.states';

// What a person asks to have put right in the own record (个保法 46).

const changes = z.strictObject(leftOpen(expertContent)).describe('只填请求更正的项；null 或空清单为清除');
export type AskedChanges = z.output<typeof changes>;

const fields = Object.keys(expertContent) as [keyof AskedChanges, ...(keyof AskedChanges)[]];
export type CorrectedField = keyof AskedChanges;

export const askCorrection = z.strictObject({
  from: dayField.describe('更正内容自该日起，至该日所在的一条登记止；其前后的登记另行请求'),
  changes,
  reason: textField(1000).describe('请求更正的理由'),
  fileIds: z.array(idField).max(20).default([]).describe('本人上传的证明材料；只更正联系电话的可以没有'),
});
export type AskCorrection = z.output<typeof askCorrection>;

export const grantCorrection = z.strictObject({
  fields: z.array(z.enum(fields)).min(1).max(fields.length).optional().describe('同意更正的项；缺省为所请求的全部'),
  reason: textField(1000).nullable().default(null).describe('说明；只同意部分的必填'),
  paper: paperField,
});
export type GrantCorrection = z.output<typeof grantCorrection>;

export const refuseCorrection = z.strictObject({
  reason: textField(1000).describe('不予更正的理由'),
  paper: paperField,
});
export type RefuseCorrection = z.output<typeof refuseCorrection>;

export const correctionReply = z.object({
  id: z.string(),
  version: z.number().int(),
  expertId: z.string(),
  platformNumber: z.string(),
  state: z.enum(correctionStates).describe('待办理、已更正、不予更正、已撤回'),
  from: z.string(),
  lastDay: z.string().nullable(),
  asked: z
    .array(z.object({ field: z.string(), label: z.string(), recorded: z.unknown(), wanted: z.unknown() }))
    .describe('逐项：提出时的登记内容、请求更正为'),
  reason: z.string(),
  fileIds: z.array(z.string()),
  askedAt: z.string(),
  granted: z.array(z.string()).nullable().describe('同意更正的项；未决定为 null'),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable().describe('办理人员的账号；本人查看时为 null'),
  decisionReason: z.string().nullable(),
  decisionPaper: z.string().nullable(),
});
export type CorrectionReply = z.input<typeof correctionReply>;

const tag = '评估人员登记';
const moving = { tag, params: idParams, reply: correctionReply, status: 200, etag: true } as const;

export const correctionRoutes = {
  ask: route({
    method: 'post',
    path: '/experts/me/corrections',
    summary: '本人请求更正自己的登记内容，附证明材料 ask to have the own record put right',
    tag,
    access: { permission: 'expert.own' },
    body: askCorrection,
    reply: correctionReply,
    events: ['correction.asked'],
    problems: [
      'request.not-found',
      'correction.open',
      'correction.no-entry',
      'correction.nothing',
      'correction.proof-needed',
    ],
    etag: true,
  }),
  withdraw: route({
    ...moving,
    method: 'post',
    path: '/expert-corrections/:id/withdraw',
    summary: '本人撤回更正请求 withdraw the request',
    access: { permission: 'expert.own' },
    events: ['correction.withdrawn'],
    problems: ['request.not-found', 'correction.wrong-state'],
  }),
  grant: route({
    ...moving,
    method: 'post',
    path: '/expert-corrections/:id/grant',
    summary: '同意更正（全部或部分），随即登记 grant: what is granted is recorded at once',
    access: { permission: 'correction.decide' },
    body: grantCorrection,
    events: ['correction.granted', 'expert.amended'],
    problems: [
      'request.not-found',
      'correction.wrong-state',
      'correction.own',
      'correction.field-not-asked',
      'correction.reason-needed',
    ],
  }),
  refuse: route({
    ...moving,
    method: 'post',
    path: '/expert-corrections/:id/refuse',
    summary: '不予更正，说明理由 refuse with reasons',
    access: { permission: 'correction.decide' },
    body: refuseCorrection,
    events: ['correction.refused'],
    problems: ['request.not-found', 'correction.wrong-state', 'correction.own'],
  }),
  read: route({
    method: 'get',
    path: '/expert-corrections/:id',
    summary: '一项更正请求 one request',
    tag,
    access: { permission: 'correction.read' },
    params: idParams,
    reply: correctionReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  list: route({
    method: 'get',
    path: '/expert-corrections',
    summary: '本人更正请求；本人只见自己的 requests for correction, of one’s own reach',
    tag,
    access: { permission: 'correction.read' },
    query: z.strictObject({ ...pageQuery, state: z.enum(correctionStates).optional() }),
    reply: pageOf(correctionReply),
  }),
};

export const correctionProblems: ProblemList = {
  'correction.open': {
    status: 409,
    title: '已有更正请求待办理',
    detail: '本人已有更正请求（编号 {correctionId}）待办理；请等待结果，或先撤回再重新提出。',
    en: {
      title: 'A correction request is open',
      detail:
        'A correction request of yours (number {correctionId}) is being dealt with; wait for its outcome, or withdraw it and make another.',
    },
  },
  'correction.no-entry': {
    status: 422,
    title: '该日没有登记内容',
    detail: '{from} 尚没有本人的登记内容可更正；请改为登记起始日或以后的日期。',
    en: {
      title: 'Nothing on record on that day',
      detail:
        'On {from} nothing is on record of you yet that could be corrected; choose the first day of the record or a later one.',
    },
  },
  'correction.nothing': {
    status: 422,
    title: '没有需要更正的内容',
    detail: '所填内容与 {from} 的登记一致或未填任何一项；请核对本人登记，只填需要更正的项。',
    en: {
      title: 'Nothing to correct',
      detail:
        'What was given is as on record on {from}, or nothing was given; look at your record and give only what is to be corrected.',
    },
  },
  'correction.proof-needed': {
    status: 422,
    title: '缺少证明材料',
    detail: '更正联系电话以外的内容须附证明材料；请先上传（POST /files），再填入 fileIds。',
    en: {
      title: 'Proof is missing',
      detail:
        'To correct anything but the telephone number, proof is needed; upload it first (POST /files), then name it in fileIds.',
    },
  },
  'correction.wrong-state': {
    status: 409,
    title: '该请求已办结',
    detail: '该更正请求的状态为 {state}，不能再办理；如仍需更正，请重新提出。',
    en: {
      title: 'The request is settled',
      detail: 'The correction request is {state} and cannot be dealt with any more; make another if needed.',
    },
  },
  'correction.own': {
    status: 409,
    title: '不能办理自己的请求',
    detail: '提出人不能办理自己的更正请求；请由另一名工作人员办理。',
    en: {
      title: 'Not your own request',
      detail: 'Whoever made a correction request cannot decide on it; let another officer do so.',
    },
  },
  'correction.field-not-asked': {
    status: 422,
    title: '该项未请求更正',
    detail: '{field} 不在所请求的更正之内；请只从所请求的项中选取，其他变更另行登记。',
    en: {
      title: 'This was not asked for',
      detail: '{field} is not part of the request; choose only from what was asked, and record other changes apart.',
    },
  },
  'correction.reason-needed': {
    status: 422,
    title: '缺少说明',
    detail: '只同意部分更正的，须说明其余各项不予更正的理由 reason。',
    en: {
      title: 'The reason is missing',
      detail: 'To grant part of a request, say why the rest is not corrected (reason).',
    },
  },
};

export const correctionEvents: EventCatalogue = {
  'correction.asked': { visibility: 'sealed', title: '本人请求更正登记' },
  'correction.granted': { visibility: 'sealed', title: '同意更正登记' },
  'correction.refused': { visibility: 'sealed', title: '不予更正登记' },
  'correction.withdrawn': { visibility: 'sealed', title: '撤回更正请求' },
};
