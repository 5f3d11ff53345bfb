import * as z from 'zod';
import {
  dayField,
  idField,
  idParams,
  instantField,
  lineField,
  paperField,
  spanFields,
  spanInOrder,
} from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

const tag = '通知';

const delivery = z.object({
  channel: z.enum(['inbox', 'email', 'sms']),
  state: z.enum(['queued', 'sent', 'delivered', 'failed', 'resent']).describe('待发、已发出、已到达、未成功、已重发'),
  attempts: z.number(),
  reason: z.string().nullable().describe('未成功的技术原因，不含地址'),
  sentAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  receipt: z
    .enum(['awaited', 'missing', 'arrived', 'not-arrived'])
    .nullable()
    .describe('短信回执：等待中、发出三日仍无、已到达、未到达；邮件、收件箱和未发出的没有回执，为 null'),
});

export const notificationView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  to: z.object({ kind: z.string(), id: z.string() }),
  ref: z.string().nullable(),
  formal: z.boolean(),
  state: z.enum(['waiting', 'placed', 'dead']).describe('待放入收件箱、已放入、无人可收'),
  deliveredOn: z.string().nullable().describe('送达日：期限自此起算'),
  deliveredBy: z.string().nullable().describe('inbox：到达有电子送达确认的收件箱；其余为登记的送达方式'),
  createdAt: z.string(),
  inbox: z.array(z.object({ accountId: z.string(), arrivedAt: z.string(), openedAt: z.string().nullable() })),
  deliveries: z.array(delivery.extend({ accountId: z.string().nullable() })),
});
export type NotificationView = z.infer<typeof notificationView>;

const deadLetter = delivery.extend({
  id: z.string(),
  notificationId: z.string().nullable(),
  kind: z.string().nullable(),
  to: z.object({ kind: z.string(), id: z.string() }).nullable(),
  createdAt: z.string(),
});
export type DeadLetterView = z.infer<typeof deadLetter>;

const consent = z.object({
  id: z.string(),
  partyKind: z.enum(['institution', 'organisation', 'expert']),
  partyId: z.string(),
  from: z.string(),
  lastDay: z.string().nullable(),
  paper: z.string(),
  recordedAt: z.string(),
});
export type ConsentView = z.infer<typeof consent>;

const party = {
  partyKind: z.enum(['institution', 'organisation', 'expert']).describe('机构、其他单位、个人'),
  partyId: idField,
};

/** Ways of service that are entered by hand; the inbox enters itself. */
export const serviceManners = ['direct', 'left', 'entrusted', 'post', 'public-notice', 'electronic'] as const;

const receipt = z.strictObject({
  id: z.string().min(1).max(64).describe('发送时给出的 id'),
  status: z.enum(['delivered', 'failed']),
  at: instantField.describe('到达或失败的时刻'),
  reason: z.string().max(100).optional(),
});

export const deliveryRoutes = {
  readNotification: route({
    method: 'get',
    path: '/notifications/:id',
    summary: '一份通知的去向和回执 Where a notice went, with its receipts',
    tag,
    access: { permission: 'notice.read' },
    params: idParams,
    reply: notificationView,
    problems: ['request.not-found'],
  }),
  serveNotification: route({
    method: 'post',
    path: '/notifications/:id/service',
    summary: '登记正式文书的其他送达方式，期限自送达日起算 Enter another way of service; deadlines run from it',
    tag,
    access: { permission: 'notice.serve' },
    params: idParams,
    body: z.strictObject({
      servedOn: dayField,
      manner: z.enum(serviceManners),
      proof: paperField.describe('送达回证、签收单号等'),
      proofFileId: idField,
    }),
    reply: notificationView,
    status: 200,
    events: ['notice.served'],
    problems: ['request.not-found', 'notice.not-formal', 'notice.delivered', 'notice.served-day', 'request.conflict'],
  }),
  listDeadLetters: route({
    method: 'get',
    path: '/dead-letters',
    summary: '未能送出的通知，或发出三日仍无回执的短信 What could not be sent, or text messages without a receipt',
    tag,
    access: { permission: 'dead-letter.read' },
    query: z.strictObject({
      ...pageQuery,
      what: z
        .enum(['failed', 'without-receipt'])
        .default('failed')
        .describe('failed：未能送出；without-receipt：网关已收下、三日仍无回执的短信，不能断定是否到达，不重新发送'),
    }),
    reply: pageOf(deadLetter),
  }),
  resendDeadLetter: route({
    method: 'post',
    path: '/dead-letters/:id/resend',
    summary: '重新发送 Send again',
    tag,
    access: { permission: 'dead-letter.resend' },
    params: idParams,
    reply: deadLetter,
    status: 200,
    events: ['dead-letter.resent'],
    problems: ['request.not-found', 'dead-letter.settled'],
  }),
  takeSmsReceipts: route({
    method: 'post',
    path: '/public/sms-receipts',
    summary: '短信网关回执（以共用密钥签名） Receipts of the SMS gateway, signed with the shared key',
    tag,
    access: 'public',
    body: z.strictObject({
      receipts: z.array(receipt).min(1).max(200),
      timestamp: instantField,
      signature: z.string().regex(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制。'),
    }),
    reply: z.object({ taken: z.number(), unknown: z.number() }),
    status: 200,
    events: ['sms.receipts-taken'],
    problems: ['sms.signature', 'sms.off'],
  }),
  listConsents: route({
    method: 'get',
    path: '/service-consents',
    summary: '电子送达确认书 Consents to electronic service',
    tag,
    access: { permission: 'consent.read' },
    query: z.strictObject({ ...pageQuery, partyId: idField.optional() }),
    reply: pageOf(consent),
  }),
  recordConsent: route({
    method: 'post',
    path: '/service-consents',
    summary: '登记电子送达确认书 Record a consent to electronic service',
    tag,
    access: { permission: 'consent.record' },
    body: z.strictObject({ ...party, ...spanFields, paper: paperField, fileId: idField }).refine(...spanInOrder),
    reply: consent,
    events: ['consent.recorded'],
    problems: ['request.not-found', 'consent.present'],
  }),
  withdrawConsent: route({
    method: 'post',
    path: '/service-consents/:id/withdraw',
    summary: '撤回电子送达确认，自该日之后不再适用 Withdraw a consent',
    tag,
    access: { permission: 'consent.record' },
    params: idParams,
    body: z.strictObject({ lastDay: dayField, paper: lineField(200) }),
    reply: consent,
    status: 200,
    events: ['consent.withdrawn'],
    problems: ['request.not-found', 'consent.ended', 'request.conflict'],
  }),
};

export const deliveryProblems: ProblemList = {
  'notice.not-formal': {
    status: 409,
    title: '不是正式文书',
    detail: '普通通知不需要登记送达。',
    en: { title: 'No formal document', detail: 'For an ordinary notice no service is recorded.' },
  },
  'notice.delivered': {
    status: 409,
    title: '已送达',
    detail: '该文书已于 {deliveredOn} 送达，送达日不再改变。',
    en: {
      title: 'Already served',
      detail: 'The document was served on {deliveredOn}, and that day no longer changes.',
    },
  },
  'notice.served-day': {
    status: 422,
    title: '送达日有误',
    detail: '送达日 {servedOn} 应在文书发出之日 {from} 与今日 {today} 之间。',
    en: {
      title: 'The day of service is not right',
      detail:
        'The day of service, {servedOn}, should lie between {from}, when the document was sent, and today, {today}.',
    },
  },
  'dead-letter.settled': {
    status: 409,
    title: '已处理',
    detail: '只有未能送出的通知可以重新发送；该通知已重新发送、已到达，或已发出而尚无回执。',
    en: {
      title: 'Already dealt with',
      detail:
        'Only a notice that could not be sent is sent again; this one was sent again, has arrived, or is sent and awaits its receipt.',
    },
  },
  'sms.off': {
    status: 409,
    title: '未配置短信',
    detail: '本系统未配置短信网关（LUJIAN_SMS_URL），不接收回执。',
    en: {
      title: 'Text messages are not set up',
      detail: 'This system has no text message gateway (LUJIAN_SMS_URL) and takes no receipts.',
    },
  },
  'sms.signature': {
    status: 401,
    title: '签名不对',
    detail: '回执的签名与共用密钥不符，或时间戳与本系统相差超过 15 分钟；请核对密钥和时钟。',
    en: {
      title: 'The signature is wrong',
      detail:
        'The signature of the receipt does not match the shared key, or its time differs from this system by more than 15 minutes; check key and clock.',
    },
  },
  'consent.present': {
    status: 409,
    title: '已有确认书',
    detail: '该当事人在此期间已有电子送达确认书，编号 {id}。',
    en: {
      title: 'There is a consent already',
      detail: 'The party has a consent to electronic service for this time, number {id}.',
    },
  },
  'consent.ended': {
    status: 409,
    title: '已撤回或期限在前',
    detail: '该确认书截至 {lastDay}，撤回日应早于它且不早于起始日。',
    en: {
      title: 'Withdrawn, or the end is earlier',
      detail:
        'The consent runs until {lastDay}; the day of withdrawal should be before it and not before its first day.',
    },
  },
};

export const deliveryEvents: EventCatalogue = {
  'notice.served': { visibility: 'sealed', title: '登记文书送达' },
  'dead-letter.resent': { visibility: 'sealed', title: '重新发送通知' },
  'sms.receipts-taken': { visibility: 'sealed', title: '短信回执' },
  'consent.recorded': { visibility: 'sealed', title: '登记电子送达确认' },
  'consent.withdrawn': { visibility: 'sealed', title: '撤回电子送达确认' },
};
