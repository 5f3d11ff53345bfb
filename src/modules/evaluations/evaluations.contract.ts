import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import { say, type Wording } from '../../kernel/pure/wording';
import type { EventCatalogue } from '../audit-log';
import { ruleResult } from '../policy/policy.contract';

const id = z.string().min(1).max(64);
const text = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const day = dayField;
const byId = z.strictObject({ id });

export const evidenceKinds = ['report', 'verification-record', 'imagery'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
/** Chinese names of what acceptance asks for, the pledge among them. */
export const requiredEvidence = {
  report: '第三方评估报告',
  'verification-record': '核查记录',
  imagery: '影像资料',
  pledge: '真实性承诺书',
} as const;

/** Why work stands still; Chinese, for the refusal. */
export const freezeReasons = {
  'institution-bar': '评估机构不再采信',
  'person-bar': '评估组成员不再采信',
} as const;
export type FreezeReason = keyof typeof freezeReasons;

const freezeReasonsEn: Readonly<Record<FreezeReason, string>> = {
  'institution-bar': 'the institution is barred',
  'person-bar': 'a member of the team is barred',
};
const requiredEvidenceEn: Readonly<Record<keyof typeof requiredEvidence, string>> = {
  report: 'assessment report',
  'verification-record': 'verification record',
  imagery: 'imagery',
  pledge: 'pledge of truthfulness',
};

export const sayFreeze = (reason: FreezeReason): Wording => say(freezeReasons[reason], freezeReasonsEn[reason]);
export const sayEvidence = (kind: keyof typeof requiredEvidence): Wording =>
  say(requiredEvidence[kind], requiredEvidenceEn[kind]);

export const evaluationView = z.object({
  id,
  lotId: id,
  assignmentId: id,
  institutionId: id,
  mineId: id,
  purpose: z.string(),
  state: z.string(),
  freezeReason: z.string().nullable(),
  team: z.array(z.object({ expertId: id, role: z.enum(['leader', 'member']) })),
  evidence: z.array(z.object({ id, kind: z.enum(evidenceKinds), fileId: id, sha256: z.string() })),
  deskReviewedOn: z.string().nullable().describe('内业评估完成日'),
  deskFocus: z.string().nullable().describe('内业评估确定的重点'),
  onSite: z.object({ from: z.string(), to: z.string() }).nullable(),
  onSiteNote: z.string().nullable().describe('现场核查情况'),
  reportedAt: z.string().nullable().describe('报告提交时间'),
  decidedAt: z.string().nullable().describe('采信、退回或作废的时间'),
  decisionReason: z.string().nullable().describe('退回补正、不予采信或作废的原因'),
  scoreHundredths: z.number().nullable(),
  conclusion: z.enum(['meets', 'does-not-meet']).nullable(),
  version: z.number(),
});
export type EvaluationView = z.infer<typeof evaluationView>;

const reply = evaluationView;
const tag = '评估';
const moving = ['evaluation.wrong-state', 'evaluation.frozen', 'request.not-found'];

export const evaluationRoutes = {
  list: route({
    method: 'get',
    path: '/evaluations',
    tag,
    summary: '单矿评估列表 Evaluations',
    access: { permission: 'evaluation.read' },
    query: z.strictObject({
      ...pageQuery,
      state: z.string().max(16).optional(),
      lotId: id.optional(),
      institutionId: id.optional(),
      mineId: id.optional(),
    }),
    reply: pageOf(evaluationView),
  }),
  show: route({
    method: 'get',
    path: '/evaluations/:id',
    tag,
    summary: '单矿评估 One evaluation',
    access: { permission: 'evaluation.read' },
    params: byId,
    reply,
    etag: true,
    problems: ['request.not-found'],
  }),
  nameTeam: route({
    method: 'post',
    path: '/evaluations/:id/team',
    tag,
    summary: '组建或更换评估组 Name or change the team',
    access: { permission: 'evaluation.team' },
    params: byId,
    body: z.strictObject({ leaderId: id, memberIds: z.array(id).max(50) }),
    reply: evaluationView.extend({ rules: z.array(ruleResult) }),
    status: 200,
    events: ['evaluation.team-named', 'evaluation.team-changed', 'evaluation.resumed', 'evaluation.returned'],
    problems: [...moving, 'sanctions.barred', 'sanctions.needs-person', 'evaluation.team-unfit', 'authority.not-set'],
  }),
  deskReview: route({
    method: 'post',
    path: '/evaluations/:id/desk-review',
    tag,
    summary: '登记内业评估完成 Record the desk review',
    access: { permission: 'evaluation.work' },
    params: byId,
    body: z.strictObject({ reviewedOn: day, preconditionsMet: z.literal(true), focus: text(2000) }),
    reply,
    status: 200,
    events: ['evaluation.desk-reviewed'],
    problems: [...moving, 'sanctions.barred', 'sanctions.needs-person', 'evaluation.day-in-future'],
  }),
  onSite: route({
    method: 'post',
    path: '/evaluations/:id/on-site',
    tag,
    summary: '登记现场核查 Record the visit',
    access: { permission: 'evaluation.work' },
    params: byId,
    body: z.strictObject({ from: day, to: day, pledgeReadOut: z.literal(true), note: text(2000) }),
    reply,
    status: 200,
    events: ['evaluation.on-site'],
    problems: [
      ...moving,
      'sanctions.barred',
      'sanctions.needs-person',
      'evaluation.end-before-start',
      'evaluation.day-in-future',
      'evaluation.before-desk-review',
    ],
  }),
  addEvidence: route({
    method: 'post',
    path: '/evaluations/:id/evidence',
    tag,
    summary: '提交报告、核查记录、影像资料 Add report, verification record or imagery',
    access: { permission: 'evaluation.report' },
    params: byId,
    body: z.strictObject({ kind: z.enum(evidenceKinds), fileId: id }),
    reply,
    events: ['evaluation.evidence-added'],
    problems: [...moving, 'evaluation.evidence-type', 'evaluation.evidence-full'],
  }),
  report: route({
    method: 'post',
    path: '/evaluations/:id/report',
    tag,
    summary: '提交评估报告 Submit the report',
    access: { permission: 'evaluation.report' },
    params: byId,
    body: z.strictObject({
      scoreHundredths: z.number().int().min(0).max(10_000).describe('得分（百分制，乘以 100 的整数）'),
      conclusion: z.enum(['meets', 'does-not-meet']),
    }),
    reply,
    status: 200,
    events: ['evaluation.reported'],
    problems: [...moving, 'sanctions.barred', 'sanctions.needs-person', 'evaluation.evidence-missing'],
  }),
  accept: route({
    method: 'post',
    path: '/evaluations/:id/accept',
    tag,
    summary: '采信 Accept the report',
    access: { permission: 'evaluation.accept' },
    params: byId,
    reply,
    status: 200,
    events: ['evaluation.accepted'],
    problems: [...moving, 'sanctions.barred', 'sanctions.needs-person', 'evaluation.evidence-missing'],
  }),
  returnReport: route({
    method: 'post',
    path: '/evaluations/:id/return',
    tag,
    summary: '退回补正 Return for correction',
    access: { permission: 'evaluation.accept' },
    params: byId,
    body: z.strictObject({ reason: text(1000) }),
    reply,
    status: 200,
    events: ['evaluation.returned'],
    problems: moving,
  }),
  reject: route({
    method: 'post',
    path: '/evaluations/:id/reject',
    tag,
    summary: '不予采信 Reject the report',
    access: { permission: 'evaluation.accept' },
    params: byId,
    body: z.strictObject({ reason: text(1000) }),
    reply,
    status: 200,
    events: ['evaluation.rejected'],
    problems: moving,
  }),
  voidEvaluation: route({
    method: 'post',
    path: '/evaluations/:id/void',
    tag,
    summary: '评估作废 Void the evaluation',
    access: { permission: 'evaluation.void' },
    params: byId,
    body: z.strictObject({ reason: text(1000) }),
    reply,
    status: 200,
    events: ['evaluation.voided'],
    problems: moving,
  }),
  resume: route({
    method: 'post',
    path: '/evaluations/:id/resume',
    tag,
    summary: '恢复办理 Resume a frozen evaluation',
    access: { permission: 'evaluation.resume' },
    params: byId,
    body: z.strictObject({ reason: text(1000) }),
    reply,
    status: 200,
    events: ['evaluation.resumed', 'assignment.resumed'],
    problems: [...moving, 'sanctions.barred', 'sanctions.needs-person'],
  }),
};

export const evaluationProblems: ProblemList = {
  'evaluation.wrong-state': {
    status: 409,
    title: '评估状态不符',
    detail: '评估当前状态为 {state}，不能执行“{act}”。',
    en: {
      title: 'The evaluation is in another state',
      detail: 'The evaluation is {state} now: “{act}” cannot be done.',
    },
  },
  'evaluation.frozen': {
    status: 409,
    title: '暂停办理',
    detail: '评估因{reason}暂停办理，不接受“{act}”；更换评估组或由处室负责人恢复办理后再试。',
    en: {
      title: 'Work is suspended',
      detail:
        'Work on the evaluation is suspended ({reason}): “{act}” is not taken; try again when the team has been changed or the head of the office has resumed the work.',
    },
  },
  'evaluation.team-unfit': {
    status: 409,
    title: '评估组不符合要求',
    detail: '未达到的规则见 rules，请按其中的 cure 调整人员。',
    en: {
      title: 'The team does not meet the rules',
      detail: 'The rules that are not met stand in rules; change the members as each cure says.',
    },
  },
  'evaluation.evidence-missing': {
    status: 409,
    title: '材料不齐',
    detail: '尚缺：{missing}。补齐后再试。',
    en: { title: 'Evidence incomplete', detail: 'Still missing: {missing}. Try again when it is complete.' },
  },
  'evaluation.evidence-full': {
    status: 409,
    title: '材料过多',
    detail: '一项评估最多 {limit} 件材料；请把影像资料合为 ZIP 文件后提交。',
    en: {
      title: 'Too much evidence',
      detail: 'One evaluation takes at most {limit} pieces of evidence; put imagery together in a ZIP file.',
    },
  },
  'evaluation.evidence-type': {
    status: 422,
    title: '文件类型不符',
    detail: '{kind}须为 {expected} 文件，收到的是 {mediaType}。',
    en: {
      title: 'Another type of file is needed',
      detail: 'For {kind} a file of {expected} is needed; this is {mediaType}.',
    },
  },
  'evaluation.day-in-future': {
    status: 422,
    title: '日期在将来',
    detail: '{day} 晚于今日 {today}，请填实际发生的日期。',
    en: {
      title: 'The day is still to come',
      detail: '{day} is after today, {today}; give the day on which it happened.',
    },
  },
  'evaluation.end-before-start': {
    status: 422,
    title: '结束早于开始',
    detail: '结束日 {to} 早于开始日 {from}。',
    en: { title: 'The end is before the start', detail: 'The last day {to} is before the first day {from}.' },
  },
  'evaluation.before-desk-review': {
    status: 422,
    title: '早于内业评估',
    detail: '现场核查开始日 {from} 早于内业评估完成日 {deskReviewedOn}。',
    en: {
      title: 'Before the desk review',
      detail: 'The first day on site, {from}, is before {deskReviewedOn}, when the desk review was completed.',
    },
  },
};

export const evaluationEvents: EventCatalogue = {
  'evaluation.opened': { visibility: 'public', title: '评估开始' },
  'evaluation.team-named': { visibility: 'sealed', title: '组建评估组' },
  'evaluation.team-changed': { visibility: 'sealed', title: '更换评估组' },
  'evaluation.desk-reviewed': { visibility: 'public', title: '内业评估完成' },
  'evaluation.on-site': { visibility: 'public', title: '现场核查' },
  'evaluation.evidence-added': { visibility: 'sealed', title: '提交材料' },
  'evaluation.reported': { visibility: 'public', title: '提交报告' },
  'evaluation.accepted': { visibility: 'public', title: '采信' },
  'evaluation.returned': { visibility: 'public', title: '退回补正' },
  'evaluation.rejected': { visibility: 'public', title: '不予采信' },
  'evaluation.frozen': { visibility: 'public', title: '评估暂停办理' },
  'evaluation.resumed': { visibility: 'public', title: '评估恢复办理' },
  'evaluation.voided': { visibility: 'public', title: '评估作废' },
};
