import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

const id = z.string().min(1).max(64);
const day = dayField;

export const paymentView = z.object({
  id,
  payerId: id,
  institutionId: id,
  lotId: id.nullable(),
  amountFen: z.number().int(),
  paidOn: z.string(),
  voucher: z.string(),
  purpose: z.string(),
});

export const findingView = z.object({
  id,
  kind: z.enum(['mine-payer']),
  state: z.enum(['raised', 'work-frozen', 'confirmed', 'cleared']),
  payerId: id,
  institutionId: id,
  amountFen: z.number().int(),
  paidOn: z.string(),
  voucher: z.string(),
  mineIds: z.array(id),
  raisedAt: z.string(),
});

export const feeRoutes = {
  record: route({
    method: 'post',
    path: '/payments',
    tag: '资金',
    summary: '登记评估经费支付（资金台账） Record a payment to an assessor',
    access: { permission: 'payment.record' },
    body: z.strictObject({
      payerId: id.describe('付款方（组织机构编号）'),
      institutionId: id.describe('收款的评估机构'),
      lotId: id.nullable().default(null),
      amountFen: z.number().int().min(1).max(1_000_000_000_000).describe('金额（分）'),
      paidOn: day,
      // Full-width and half-width forms of a number are one voucher.
      voucher: z
        .string()
        .overwrite((text) => text.normalize('NFKC').trim())
        .min(1)
        .max(100)
        .describe('凭证号'),
      purpose: z.string().trim().min(1).max(500),
    }),
    reply: paymentView,
    events: ['payment.recorded', 'finding.raised'],
    problems: [
      'payment.mine-payer',
      'payment.payer-not-entitled',
      'payment.rule-unmet',
      'payment.day-in-future',
      'payment.voucher-known',
      'policy.basis-lapsed',
      'authority.not-set',
      'request.not-found',
    ],
  }),
  list: route({
    method: 'get',
    path: '/payments',
    tag: '资金',
    summary: '资金台账 The ledger',
    access: { permission: 'payment.read' },
    query: z.strictObject({ ...pageQuery, institutionId: id.optional() }),
    reply: pageOf(paymentView),
  }),
  findings: route({
    method: 'get',
    path: '/findings',
    tag: '资金',
    summary: '资金疑点 Findings, confidential',
    access: { permission: 'finding.read' },
    query: z.strictObject(pageQuery),
    reply: pageOf(findingView),
  }),
};

export const feeProblems: ProblemList = {
  'payment.mine-payer': {
    status: 409,
    title: '严禁向矿山企业收取评估费用',
    detail: '付款方{payer}是矿山企业（{mines}），此笔支付不予登记，已形成资金疑点。依据：{citation}。',
    en: {
      title: 'Collecting assessment fees from mine operators is strictly forbidden',
      detail:
        'The payer {payer} operates mines ({mines}); the payment is not recorded, and a finding has been raised. Basis: {citation}.',
    },
  },
  'payment.payer-not-entitled': {
    status: 409,
    title: '付款方不符合要求',
    detail: '付款方{payer}不是机关或事业单位，评估经费由财政保障。依据：{citation}。',
    en: {
      title: 'The payer is not entitled',
      detail:
        'The payer {payer} is neither a state organ nor a public institution, and assessments are paid from public funds. Basis: {citation}.',
    },
  },
  'payment.rule-unmet': {
    status: 409,
    title: '不符合付款要求',
    detail: '付款方{payer}：{title}，要求{required}，实为{measured}。依据：{citation}。',
    en: {
      title: 'The conditions of a payment are not met',
      detail: 'Payer {payer}: {title}, required {required}, found {measured}. Basis: {citation}.',
    },
  },
  'payment.day-in-future': {
    status: 422,
    title: '日期在将来',
    detail: '支付日 {paidOn} 晚于今日 {today}。',
    en: { title: 'The day is still to come', detail: 'The day of payment, {paidOn}, is after today, {today}.' },
  },
  'payment.voucher-known': {
    status: 409,
    title: '凭证已登记',
    detail: '付款方的凭证 {voucher} 已登记，同一凭证只登记一次。',
    en: {
      title: 'The voucher is on record',
      detail: 'The voucher {voucher} of the payer is on record; each voucher is recorded once.',
    },
  },
};

export const feeEvents: EventCatalogue = {
  'payment.recorded': { visibility: 'sealed', title: '登记支付' },
  'finding.raised': { visibility: 'sealed', title: '形成资金疑点' },
};
