import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { ground } from '../sanctions/sanctions.contract';

const id = z.string().min(1).max(64);
const day = dayField;
const text = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const byId = z.strictObject({ id });
const tag = '案件';

/** A step done on paper: its day, its paper, its scan. */
const paperStep = { day, paper: text(200).describe('文书名称或文号'), scanFileId: id.describe('扫描件') };

export const caseView = z.object({
  id,
  state: z.string(),
  summary: z.string(),
  openedOn: z.string().nullable(),
  subjects: z.array(id),
  version: z.number(),
});

export const caseSubjectView = z.object({
  id,
  caseId: id,
  subject: z.object({ kind: z.enum(['institution', 'person']), id, code: z.string(), name: z.string() }),
  ground,
  state: z.string(),
  proposal: z
    .object({
      decisionNumber: z.string(),
      decidedOn: z.string(),
      actDay: z.string(),
      reasons: z.string(),
      proposedBy: id,
    })
    .nullable(),
  decidedBy: id.nullable(),
  servedOn: z.string().nullable(),
  steps: z.array(z.object({ step: z.string(), day: z.string(), paper: z.string(), scanFileId: id })),
  version: z.number(),
});

export const serviceReply = caseSubjectView.extend({
  bar: z.object({
    id,
    servedOn: z.string(),
    lastBarredDay: z.string().describe('届满日'),
    freeFrom: z.string().describe('可再次采信之日'),
    basis: z.string(),
    steps: z.array(z.string()),
  }),
  frozen: z.object({ assignments: z.array(id), evaluations: z.array(id) }),
});

export const manners = ['direct', 'left', 'entrusted', 'post', 'electronic', 'public-notice'] as const;

const caseMoving = [
  'case.wrong-state',
  'case.subjects-open',
  'case.day-order',
  'case.day-in-future',
  'request.not-found',
];
const subjectMoving = [
  'case.wrong-state',
  'case.wrong-subject-state',
  'case.day-order',
  'case.day-in-future',
  'request.not-found',
];

const caseStep = (name: string, summary: string, permission: string, event: string, problems: readonly string[] = []) =>
  route({
    method: 'post',
    path: `/cases/:id/${name}`,
    tag,
    summary,
    access: { permission },
    params: byId,
    body: z.strictObject(paperStep),
    reply: caseView,
    status: 200,
    events: [event],
    problems: [...caseMoving, ...problems],
  });

const subjectStep = <X extends z.ZodRawShape>(
  name: string,
  summary: string,
  permission: string,
  event: string,
  extra: X,
  problems: readonly string[] = [],
) =>
  route({
    method: 'post',
    path: `/case-subjects/:id/${name}`,
    tag,
    summary,
    access: { permission },
    params: byId,
    body: z.strictObject({ ...paperStep, ...extra }),
    reply: caseSubjectView,
    status: 200,
    events: [event],
    problems: [...subjectMoving, ...problems],
  });

export const caseRoutes = {
  lead: route({
    method: 'post',
    path: '/cases',
    tag,
    summary: '登记问题线索 Record a lead',
    access: { permission: 'case.investigate' },
    body: z.strictObject({ summary: text(2000), source: text(200) }),
    reply: caseView,
    events: ['case.lead-recorded'],
    problems: ['authority.not-set'],
  }),
  list: route({
    method: 'get',
    path: '/cases',
    tag,
    summary: '案件列表 Cases',
    access: { permission: 'case.read' },
    query: z.strictObject(pageQuery),
    reply: pageOf(caseView),
  }),
  show: route({
    method: 'get',
    path: '/cases/:id',
    tag,
    summary: '案件 One case',
    access: { permission: 'case.read' },
    params: byId,
    reply: caseView,
    etag: true,
    problems: ['request.not-found'],
  }),
  showSubject: route({
    method: 'get',
    path: '/case-subjects/:id',
    tag,
    summary: '当事人 One subject of a case',
    access: { permission: 'case.read' },
    params: byId,
    reply: caseSubjectView,
    etag: true,
    problems: ['request.not-found'],
  }),
  open: caseStep('open', '立案 Open the case', 'case.investigate', 'case.opened'),
  investigate: route({
    method: 'post',
    path: '/cases/:id/investigate',
    tag,
    summary: '调查取证 Investigate; at least two officers',
    access: { permission: 'case.investigate' },
    params: byId,
    body: z.strictObject({
      ...paperStep,
      officers: z
        .array(z.strictObject({ name: text(60), certificate: text(60).describe('执法证件或工作证号') }))
        .min(2, '调查人员不得少于两人（行政处罚法第四十二条）')
        .max(20),
    }),
    reply: caseView,
    status: 200,
    events: ['case.investigating'],
    problems: caseMoving,
  }),
  close: caseStep('close', '结案 Close the case', 'case.investigate', 'case.closed'),
  dismiss: caseStep('dismiss', '不予立案或终止调查 Dismiss', 'case.decide', 'case.dismissed', ['case.decision-stands']),
  transfer: caseStep('transfer', '移送 Transfer', 'case.decide', 'case.transferred'),
  notify: route({
    method: 'post',
    path: '/cases/:id/subjects',
    tag,
    summary: '列入当事人并送达告知书 Add a subject with its notice before decision',
    access: { permission: 'case.investigate' },
    params: byId,
    body: z.strictObject({
      ...paperStep,
      subject: z.strictObject({ kind: z.enum(['institution', 'person']), id }),
      ground,
      defenceUntil: day.describe('告知书载明的陈述申辩截止日'),
    }),
    reply: caseSubjectView,
    events: ['case.subject-notified'],
    problems: [...caseMoving, 'case.subject-present', 'case.defence-too-short'],
  }),
  hear: subjectStep('hear', '听取陈述申辩或听证 Record the defence', 'case.investigate', 'case.subject-heard', {}),
  waive: subjectStep(
    'waive',
    '放弃陈述申辩与听证（两项分别声明） Record both waivers',
    'case.investigate',
    'case.subject-waived',
    {
      defenceWaived: z.literal(true),
      hearingWaived: z.literal(true),
    },
  ),
  lapse: subjectStep(
    'lapse',
    '逾期未陈述申辩 The time for defence has passed',
    'case.investigate',
    'case.defence-lapsed',
    {},
    ['case.defence-running'],
  ),
  review: subjectStep('review', '法制审核与集体讨论 Legal review', 'case.review', 'case.subject-reviewed', {}, [
    'case.same-officer',
  ]),
  propose: route({
    method: 'post',
    path: '/case-subjects/:id/proposal',
    tag,
    summary: '拟定决定（第一名经办人） Propose the decision',
    access: { permission: 'case.propose' },
    params: byId,
    body: z.strictObject({
      decisionNumber: text(100).describe('发文字号'),
      decidedOn: day,
      actDay: day.describe('违规行为发生日'),
      reasons: text(4000),
    }),
    reply: caseSubjectView,
    status: 200,
    events: ['case.decision-proposed'],
    problems: [...subjectMoving, 'case.same-officer', 'policy.basis-lapsed'],
  }),
  decide: route({
    method: 'post',
    path: '/case-subjects/:id/decide',
    tag,
    summary: '复核并作出决定（第二名经办人） Confirm the decision',
    access: { permission: 'case.decide' },
    params: byId,
    body: z.strictObject({ scanFileId: id.describe('决定书扫描件') }),
    ifMatch: true,
    reply: caseSubjectView,
    status: 200,
    events: ['case.decided'],
    problems: [...subjectMoving, 'case.same-officer', 'case.not-proposed', 'policy.basis-lapsed'],
  }),
  serve: route({
    method: 'post',
    path: '/case-subjects/:id/serve',
    tag,
    summary: '送达登记：自送达之日起不再采信，并暂停办理在办工作 Enter service; the bar begins and open work freezes',
    access: { permission: 'case.serve' },
    params: byId,
    body: z.strictObject({
      servedOn: day,
      manner: z.enum(manners),
      proof: text(200).describe('送达回证、签收单号等'),
      proofFileId: id,
      noticePublishedOn: day.optional().describe('公告送达的公告日'),
      consent: text(200).optional().describe('电子送达确认书'),
    }),
    reply: serviceReply,
    status: 200,
    events: ['case.served'],
    problems: [
      ...subjectMoving,
      'case.served-before-decided',
      'case.notice-before-decided',
      'case.notice-too-short',
      'case.no-consent',
      'authority.not-set',
    ],
  }),
  takeEffect: subjectStep('in-force', '决定已生效 The decision is in force', 'case.serve', 'case.in-force', {}),
  stay: route({
    method: 'post',
    path: '/case-subjects/:id/stays',
    tag,
    summary: '停止执行 Stay the execution for an interval',
    access: { permission: 'case.remedy' },
    params: byId,
    body: z.strictObject({
      ...paperStep,
      from: day,
      until: day.nullable().default(null).describe('停止执行的最后一日'),
    }),
    reply: caseSubjectView,
    status: 200,
    events: ['case.stayed', 'bar.stayed'],
    problems: [...subjectMoving, 'case.end-before-start'],
  }),
  annul: subjectStep(
    'annul',
    '撤销决定 Annul the decision',
    'case.remedy',
    'case.annulled',
    { from: day.describe('自该日起不再有效'), reason: text(1000) },
    ['case.end-before-start'],
  ),
  change: subjectStep(
    'change',
    '变更决定（只能缩短期限） Change the decision to a shorter term',
    'case.remedy',
    'case.changed',
    { lastBarredDay: day, decisionNumber: text(100), reason: text(1000) },
    ['case.heavier', 'case.end-before-start', 'authority.not-set'],
  ),
  publicise: subjectStep(
    'publicise',
    '公开对人员的决定（须有公开决定和个人信息保护影响评估） Make a person’s bar public',
    'case.publicise',
    'case.publicised',
    { impactAssessmentFileId: id },
  ),
};

export const caseProblems: ProblemList = {
  'case.wrong-state': { status: 409, title: '案件状态不符', detail: '案件当前状态为 {state}，不能转为 {wanted}。' },
  'case.wrong-subject-state': {
    status: 409,
    title: '当事人程序状态不符',
    detail: '当前状态为 {state}，不能转为 {wanted}；另一经办人可能已办理，请重新读取。',
  },
  'case.subjects-open': {
    status: 409,
    title: '尚有当事人未办结',
    detail: '当事人 {subjects} 的程序尚未办结，不能结案。',
  },
  'case.day-order': { status: 422, title: '日期先后不符', detail: '{day} 早于上一步的日期 {previous}。' },
  'case.day-in-future': { status: 422, title: '日期在将来', detail: '{day} 晚于今日 {today}，请填实际发生的日期。' },
  'case.subject-present': { status: 409, title: '当事人已列入', detail: '该当事人已在本案中，编号 {id}。' },
  'case.defence-too-short': {
    status: 422,
    title: '陈述申辩期过短',
    detail: '截止日 {defenceUntil} 距告知不足五日（自然资源行政处罚办法；期间开始之日不计）。最早可为 {earliest}。',
  },
  'case.defence-running': {
    status: 409,
    title: '陈述申辩期未满',
    detail: '截止日为 {defenceUntil}，须在其后的日期登记逾期。',
  },
  'case.same-officer': {
    status: 403,
    title: '须由不同人员办理',
    detail: '您已以“{role}”身份参与本案，{act}须由其他人员办理。',
  },
  'case.not-proposed': { status: 409, title: '尚无拟定的决定', detail: '须先由经办人拟定决定，再由另一名人员复核。' },
  'case.served-before-decided': {
    status: 422,
    title: '送达早于决定',
    detail: '送达日 {servedOn} 早于决定日 {decidedOn}。',
  },
  'case.notice-before-decided': {
    status: 422,
    title: '公告早于决定',
    detail: '公告日 {noticePublishedOn} 早于决定日 {decidedOn}；公告送达须在决定作出之后。',
  },
  'case.decision-stands': {
    status: 409,
    title: '已作出决定',
    detail: '对当事人 {subjects} 已作出决定，不能终止调查；须先送达并结案，或撤销决定。',
  },
  'case.notice-too-short': {
    status: 422,
    title: '公告期未满',
    detail: '公告送达自公告之日起满三十日视为送达（民事诉讼法第九十五条）；最早送达日为 {earliest}。',
  },
  'case.no-consent': {
    status: 422,
    title: '缺少电子送达确认',
    detail: '电子送达须有当事人签署的确认书，请填写 consent 或改用其他方式。',
  },
  'case.end-before-start': { status: 422, title: '日期范围有误', detail: '{to} 早于 {from}。' },
  'case.heavier': {
    status: 422,
    title: '变更不得加重',
    detail:
      '变更后的届满日 {lastBarredDay} 晚于原届满日 {present}；加重须另案告知并听取陈述申辩（行政处罚法第四十五条）。',
  },
};

const sealed = (title: string) => ({ visibility: 'sealed' as const, title });

export const caseEvents: EventCatalogue = {
  'case.lead-recorded': sealed('登记线索'),
  'case.opened': sealed('立案'),
  'case.investigating': sealed('调查取证'),
  'case.closed': sealed('结案'),
  'case.dismissed': sealed('不予立案或终止调查'),
  'case.transferred': sealed('移送'),
  'case.subject-notified': sealed('告知'),
  'case.subject-heard': sealed('听取陈述申辩'),
  'case.subject-waived': sealed('放弃陈述申辩与听证'),
  'case.defence-lapsed': sealed('逾期未陈述申辩'),
  'case.subject-reviewed': sealed('法制审核'),
  'case.decision-proposed': sealed('拟定决定'),
  'case.decided': sealed('作出决定'),
  'case.served': sealed('送达'),
  'case.in-force': sealed('决定生效'),
  'case.stayed': sealed('停止执行'),
  'case.annulled': sealed('撤销'),
  'case.changed': sealed('变更'),
  'case.publicised': sealed('公开决定'),
};
