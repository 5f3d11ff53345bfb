import * as z from 'zod';
import { dayField, idField, lineField, spanInOrder, textField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { ruleResult } from '../policy/policy.contract';

const id = z.string().min(1).max(64);
const byId = z.strictObject({ id });
const tag = '委托';

/** 纳入、不予纳入、移出. */
export const poolOutcomes = ['admit', 'refuse', 'remove'] as const;
export type PoolOutcome = (typeof poolOutcomes)[number];
export const poolStates = ['applied', 'admitted', 'refused', 'withdrawn'] as const;

const noticeFields = {
  from: dayField.describe('公示首日'),
  lastDay: dayField.describe('公示末日'),
  paper: lineField(200).describe('公示文件的名称或文号'),
  objections: textField(4000).describe('收到的异议及核查处理情况，没有则填“无”'),
};
const publicNotice = z.strictObject(noticeFields).refine(...spanInOrder);
export type PublicNotice = z.output<typeof publicNotice>;

export const poolEntryView = z.object({
  id,
  institutionId: id,
  authority: z.string(),
  state: z.enum(poolStates).describe('已申请、已纳入、不予纳入、已退出'),
  appliedOn: z.string(),
  admittedOn: z.string().nullable().describe('纳入之日'),
  endedOn: z.string().nullable().describe('退出或不予纳入之日'),
  endReason: z.string().nullable().describe('机构退出的原因'),
  version: z.number(),
});

const decisionView = z.object({
  id,
  outcome: z.enum(poolOutcomes).describe('纳入、不予纳入、移出'),
  state: z.enum(['proposed', 'decided', 'returned', 'superseded']).describe('待决定、已决定、已退回、已被替代'),
  decisionNumber: z.string().describe('文号'),
  decidedOn: z.string().describe('文书载明的决定日'),
  reasons: z.string().describe('理由'),
  publicNotice: z
    .object({ from: z.string(), lastDay: z.string(), paper: z.string(), objections: z.string() })
    .nullable(),
  profile: z.string().describe('所用规则集的版本'),
  ready: z.boolean().describe('决定日条件是否符合'),
  rules: z.array(ruleResult).describe('决定日的条件符合情况，随决定存档'),
  proposedBy: id.nullable().describe('拟定人；只示主管机关'),
  proposedAt: z.string(),
  settledBy: id.nullable().describe('决定或退回的人；只示主管机关'),
  settledAt: z.string().nullable(),
  returnReason: z.string().nullable(),
  scanFileId: id.nullable(),
});
export type PoolDecisionView = z.input<typeof decisionView>;

export const poolEntryDetail = poolEntryView.extend({
  decisions: z.array(decisionView).describe('历次拟定和决定，先早后晚；机构只见已决定的'),
});

const ruleProblems = ['pool-entry.rule-unmet', 'policy.basis-lapsed'];
const acting = { tag, params: byId, reply: poolEntryDetail, status: 200, etag: true } as const;

export const poolRoutes = {
  applyToPool: route({
    method: 'post',
    path: '/pool-entries',
    tag,
    summary: '申请纳入评估机构名录；登记制即予纳入，核准制或有待人工核实的列入待办 Apply to the register of assessors',
    access: { permission: 'pool.apply' },
    body: z.strictObject({
      institutionId: id,
      authorityId: id.optional().describe('向哪一主管机关申请；缺省为本系统所属的机关'),
    }),
    reply: poolEntryView,
    events: ['pool-entry.admitted', 'pool-entry.applied'],
    problems: [
      'sanctions.barred',
      'sanctions.needs-person',
      'pool-entry.present',
      ...ruleProblems,
      'request.not-found',
      'authority.not-set',
    ],
  }),
  withdrawFromPool: route({
    method: 'post',
    path: '/pool-entries/:id/withdraw',
    tag,
    summary: '机构自愿退出评估机构名录或撤回申请 The institution leaves the register, or takes its application back',
    access: { permission: 'pool.withdraw' },
    params: byId,
    body: z.strictObject({
      reason: lineField(500).describe('退出原因'),
      paper: lineField(200).optional().describe('机构书面申请的名称或文号；核准制名录中由主管机关代为登记退出的，必填'),
    }),
    reply: poolEntryView,
    status: 200,
    events: ['pool-entry.withdrawn'],
    problems: ['pool-entry.wrong-state', 'pool-entry.request-missing', 'request.not-found'],
  }),
  listPool: route({
    method: 'get',
    path: '/pool-entries',
    tag,
    summary: '评估机构名录；可查某日在册的 The register of assessors, also as of a day',
    access: { permission: 'pool.read' },
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(poolStates).optional(),
      institutionId: idField.optional(),
      asOf: dayField.optional().describe('只列该日在册的：纳入不晚于该日，且该日尚未退出'),
    }),
    reply: pageOf(poolEntryView),
  }),
  showPoolEntry: route({
    method: 'get',
    path: '/pool-entries/:id',
    tag,
    summary: '一条名录记录及历次决定 One entry with all that was proposed and decided',
    access: { permission: 'pool.read' },
    params: byId,
    reply: poolEntryDetail,
    etag: true,
    problems: ['request.not-found'],
  }),
  proposePoolDecision: route({
    ...acting,
    method: 'post',
    path: '/pool-entries/:id/proposals',
    summary: '拟定纳入、不予纳入或移出名录的决定 Propose to admit, refuse or remove',
    access: { permission: 'pool.propose' },
    body: z.strictObject({
      outcome: z.enum(poolOutcomes).describe('纳入、不予纳入、移出'),
      decisionNumber: lineField(100).describe('文号'),
      decidedOn: dayField.describe('文书载明的决定日；条件按该日核验'),
      reasons: textField(4000).describe('理由'),
      publicNotice: publicNotice.nullable().default(null).describe('已作公示的，填其起止日、文件和异议处理'),
    }),
    events: ['pool-entry.decision-proposed'],
    problems: [
      'pool-entry.wrong-state',
      'pool-entry.no-approval',
      'pool-entry.day-in-future',
      'pool-entry.day-order',
      'pool-entry.notice-running',
      'pool-entry.not-ready',
      'policy.basis-lapsed',
      'request.not-found',
    ],
  }),
  returnPoolDecision: route({
    ...acting,
    method: 'post',
    path: '/pool-entries/:id/return',
    summary: '将拟定的决定退回经办人 Give the proposal back',
    access: { permission: 'pool.decide' },
    body: z.strictObject({ reason: lineField(500).describe('退回原因') }),
    ifMatch: true,
    events: ['pool-entry.decision-returned'],
    problems: ['pool-entry.not-proposed', 'request.not-found'],
  }),
  decidePool: route({
    ...acting,
    method: 'post',
    path: '/pool-entries/:id/decide',
    summary: '复核并作出名录决定（第二名经办人） Decide what another officer proposed',
    access: { permission: 'pool.decide' },
    body: z.strictObject({ scanFileId: idField.optional().describe('决定文书的扫描件') }),
    ifMatch: true,
    events: ['pool-entry.admitted', 'pool-entry.refused', 'pool-entry.removed'],
    problems: [
      'sanctions.barred',
      'sanctions.needs-person',
      'pool-entry.not-proposed',
      'pool-entry.same-officer',
      'pool-entry.wrong-state',
      'pool-entry.no-approval',
      'pool-entry.not-ready',
      'policy.basis-lapsed',
      'request.not-found',
    ],
  }),
};

export const poolProblems: ProblemList = {
  'pool-entry.present': {
    status: 409,
    title: '已在名录中',
    detail: '该机构在本机关名录中{standing}，无需重复申请。',
    en: {
      title: 'Already in the pool',
      detail: 'In the pool of this authority the institution is {standing}; it need not apply again.',
    },
  },
  'pool-entry.wrong-state': {
    status: 409,
    title: '名录记录状态不符',
    detail: '该机构在本机关名录中{standing}，不能执行此操作；请重新读取该记录。',
    en: {
      title: 'The pool entry is in another state',
      detail:
        'In the pool of this authority the institution is {standing}, so this cannot be done; read the entry again.',
    },
  },
  'pool-entry.no-approval': {
    status: 409,
    title: '名录不作不予纳入决定',
    detail: '{day} 适用的规则集 {profile} 不设核准，申请即予登记，不能作出不予纳入的决定；请改拟“纳入”。',
    en: {
      title: 'This pool refuses nobody',
      detail:
        'The rule profile {profile} in force on {day} knows no approval: an application is registered as it comes and cannot be refused; propose “admit”.',
    },
  },
  'pool-entry.day-in-future': {
    status: 422,
    title: '决定日在将来',
    detail: '决定日 {day} 晚于今日 {today}；请在决定作出后登记。',
    en: {
      title: 'The day of the decision is still to come',
      detail: 'The day of the decision, {day}, is after today, {today}; record it once it is made.',
    },
  },
  'pool-entry.day-order': {
    status: 422,
    title: '决定日过早',
    detail: '决定日 {day} 早于{before}之日 {since}；请按文书更正。',
    en: {
      title: 'The day of the decision is too early',
      detail:
        'The day of the decision, {day}, is before {since}, the day when it was {before}; correct it by the paper.',
    },
  },
  'pool-entry.notice-running': {
    status: 409,
    title: '公示未满',
    detail: '公示至 {lastDay} 届满，决定日 {day} 不在其后；请在公示届满后作出纳入决定。',
    en: {
      title: 'The public notice is running',
      detail:
        'The public notice runs until {lastDay}, and the day of the decision, {day}, is not after it; decide on the admission when the notice has ended.',
    },
  },
  'pool-entry.not-ready': {
    status: 409,
    title: '条件不符合，不能纳入',
    detail: '{day} 下列条件不符合：{unmet}。请补正后再拟，或拟定不予纳入。',
    en: {
      title: 'Conditions not met, not to be admitted',
      detail:
        'On {day} these conditions are not met: {unmet}. Propose it again when they are cured, or propose a refusal.',
    },
  },
  'pool-entry.not-proposed': {
    status: 409,
    title: '没有待决定的拟定',
    detail: '该记录没有待决定的拟定；请先由经办人拟定纳入、不予纳入或移出。',
    en: {
      title: 'Nothing proposed',
      detail: 'Nothing waits for a decision on this entry; an officer first proposes to admit, to refuse or to remove.',
    },
  },
  'pool-entry.same-officer': {
    status: 409,
    title: '须由他人决定',
    detail: '拟定人（含代办人和被代办人）不得自行作出决定，请由另一名负责人办理。',
    en: {
      title: 'Somebody else must decide',
      detail: 'Whoever proposed it (deputy and represented alike) may not decide on it; let another head do so.',
    },
  },
  'pool-entry.request-missing': {
    status: 422,
    title: '缺少机构的书面申请',
    detail:
      '核准制名录中的机构由主管机关登记退出的，须填写机构书面申请的名称或文号（paper）；主管机关主动移出的，请拟定移出决定，由另一人复核。',
    en: {
      title: 'The written request of the institution is missing',
      detail:
        'To record that an institution leaves a pool with approval, the authority must name its written request or its number (paper); to remove it of its own motion, propose a removal that a second person checks.',
    },
  },
};

export const poolEvents: EventCatalogue = {
  'pool-entry.applied': { visibility: 'public', title: '申请纳入名录' },
  'pool-entry.decision-proposed': { visibility: 'sealed', title: '拟定名录决定' },
  'pool-entry.decision-returned': { visibility: 'sealed', title: '退回拟定的名录决定' },
  'pool-entry.admitted': { visibility: 'public', title: '纳入名录' },
  'pool-entry.refused': { visibility: 'sealed', title: '不予纳入名录' },
  'pool-entry.removed': { visibility: 'public', title: '移出名录' },
  'pool-entry.withdrawn': { visibility: 'public', title: '退出名录' },
};
