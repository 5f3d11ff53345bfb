import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import { ground } from '../sanctions/sanctions.contract';

const id = z.string().min(1).max(64);
const day = dayField;
const text = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const byId = z.strictObject({ id });
const tag = '案件';

/** A step done on paper: its day, its paper, its scan. */
const paperStep = { day, paper: text(200).describe('文书名称或文号'), scanFileId: id.describe('扫描件') };

export const caseStates = ['lead', 'opened', 'investigating', 'closed', 'dismissed', 'transferred'] as const;

export const caseView = z.object({
  id,
  state: z.string(),
  summary: z.string(),
  source: z.string().describe('线索来源'),
  recordedAt: z.string().describe('登记时间'),
  steps: z
    .array(z.object({ step: z.string(), day: z.string(), paper: z.string(), scanFileId: id }))
    .describe('全案的步骤，先早后晚；各当事人的步骤见当事人'),
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
  defence: z
    .object({
      until: z.string().nullable().describe('陈述申辩截止日，遇休息日已顺延；电子送达尚未到达时为 null，期限未起算'),
      provisional: z.boolean().describe('暂定：所涉年度的节假日安排未载入'),
    })
    .describe('自告知书送达之日起不少于五个工作日'),
  noticeId: id.nullable().describe('电子送达的告知书，去向见 GET /notifications/{id}；以其他方式送达的为 null'),
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
  frozen: z.object({
    assignments: z.array(id),
    evaluations: z.array(id),
    engagements: z.array(id).describe('随之结束的聘请'),
  }),
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
    query: z.strictObject({ ...pageQuery, state: z.enum(caseStates).optional() }),
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
        .max(20)
        .refine(
          (list) => new Set(list.map((o) => o.certificate)).size === list.length,
          '同一证件号出现不止一次，调查人员须为不同的人。',
        ),
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
      electronic: z
        .boolean()
        .default(false)
        .describe(
          '电子送达：当事人须有电子送达确认书，期限自告知书到达其收件箱之日起算，day 为告知书的日期；' +
            'false 为已以其他方式送达，day 为送达日',
        ),
    }),
    reply: caseSubjectView,
    events: ['case.subject-notified'],
    problems: [...caseMoving, 'case.subject-present', 'case.defence-too-short', 'case.notice-no-consent'],
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
    ['case.notice-not-delivered'],
  ),
  lapse: subjectStep(
    'lapse',
    '逾期未陈述申辩 The time for defence has passed',
    'case.investigate',
    'case.defence-lapsed',
    {},
    ['case.defence-running', 'case.notice-not-delivered'],
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
      'policy.rule-missing',
      ...subjectMoving,
      'case.served-before-decided',
      'case.decision-served',
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
    problems: [...subjectMoving, 'case.end-before-start', 'case.same-officer'],
  }),
  annul: subjectStep(
    'annul',
    '撤销决定 Annul the decision',
    'case.remedy',
    'case.annulled',
    { from: day.describe('自该日起不再有效'), reason: text(1000) },
    ['case.end-before-start', 'case.same-officer'],
  ),
  change: subjectStep(
    'change',
    '变更决定（只能缩短期限） Change the decision to a shorter term',
    'case.remedy',
    'case.changed',
    { lastBarredDay: day, decisionNumber: text(100), reason: text(1000) },
    ['case.heavier', 'case.end-before-start', 'case.same-officer', 'authority.not-set'],
  ),
  publicise: subjectStep(
    'publicise',
    '公开对人员的决定（须有公开决定和个人信息保护影响评估；只及于现行文号，决定变更后须另行公开） Make a person’s bar public; a changed decision needs it anew',
    'case.publicise',
    'case.publicised',
    { impactAssessmentFileId: id },
  ),
};
