import * as z from 'zod';
import { dayField, idField, idParams, leftOpen, lineField, paperField, textField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { fileDocument, organisationContent } from '../../organisations/organisations.contract';
import { changeStates } from './changes.states';

export const changeKinds = [
  'name',
  'legal-representative',
  'address',
  'legal-form',
  'business-scope',
  'owners',
  'code',
  'succession',
  'staff-left',
  'evidence',
  'other',
] as const;
/** 名称、法定代表人、住所、组织形式、业务范围、股东或举办单位、信用代码、合并分立、人员离职、条件材料、其他. */
export type ChangeKind = (typeof changeKinds)[number];

const kindField = z
  .enum(changeKinds)
  .describe('名称、法定代表人、住所、组织形式、业务范围、股东或举办单位、信用代码、合并分立、人员离职、条件材料、其他');

/** What is to be registered once confirmed; what is left out stays as it is. */
const proposal = z.strictObject({
  organisation: z
    .strictObject(leftOpen(organisationContent))
    .default({})
    .describe('组织登记内容中变更的项目；没有写明的项目保持原样，null 为清除'),
  documents: z.array(fileDocument).max(20).default([]).describe('随附登记的证照和材料，新的或续期、换发的'),
});
export type ChangeProposal = z.output<typeof proposal>;

const report = {
  note: textField(2000).describe('变更情况说明'),
  fileIds: z.array(idField).max(20).default([]).describe('证明材料（已上传的文件）的编号'),
  proposal: proposal.nullable().default(null).describe('确认后据以登记的内容'),
};

export const reportChange = z.strictObject({
  kind: kindField,
  happenedOn: dayField.describe('变更发生日'),
  ...report,
});
export type ReportChange = z.output<typeof reportChange>;

export const answerDuty = z.strictObject(report);
export type AnswerDuty = z.output<typeof answerDuty>;

export const openDuty = z.strictObject({
  kind: kindField,
  happenedOn: dayField.describe('变更发生日'),
  note: textField(2000).describe('从何处得知何种变更'),
  paper: paperField,
  reportBy: dayField.nullable().default(null).describe('责令报告的期限；不早于法定期限，不填即按法定期限'),
});
export type OpenDuty = z.output<typeof openDuty>;

const step = z.object({
  act: z.enum(['opened', 'reported', 'returned', 'confirmed', 'dropped']),
  on: z.string().describe('办理日'),
  reason: z.string().nullable(),
});

export const changeReply = z.object({
  id: z.string(),
  institutionId: z.string(),
  kind: z.enum(changeKinds),
  state: z.enum(changeStates).describe('待报告、已报告待确认、已退回、已确认、已撤销'),
  happenedOn: z.string(),
  reportedOn: z.string().nullable().describe('首次报告日；被退回后补报的，仍为首次报告日'),
  confirmedOn: z.string().nullable(),
  requiredDays: z.number().int().describe('应在几个工作日内报告'),
  dueOn: z.string().describe('法定报告期限的最后一日'),
  reportBy: z.string().nullable().describe('责令或退回时另定的期限'),
  provisional: z.boolean().describe('期限跨越尚无放假安排的年份，暂按周末推算'),
  late: z.boolean().describe('报告晚于法定期限；由日期算出，始终可见'),
  lateWorkingDays: z.number().int().describe('迟报的工作日数；未报告的算至今日'),
  overdue: z.boolean().describe('应报告而至今未报告，且已过期限；由日期算出'),
  note: z.string(),
  paper: z.string().nullable(),
  fileIds: z.array(z.string()),
  proposal: z.unknown(),
  steps: z.array(step),
  version: z.number().int(),
});
export type ChangeReply = z.input<typeof changeReply>;

/** The mark that stands on a record and in lists. */
export const reportingMark = z.object({
  owing: z.number().int().describe('待报告或补报的变更件数'),
  overdue: z.number().int().describe('其中已逾期的件数'),
  waiting: z.number().int().describe('已报告、待确认的件数'),
});
export type ReportingMark = z.input<typeof reportingMark>;

const tag = '评估机构登记';
const acting = { method: 'post', tag, params: idParams, reply: changeReply, status: 200, etag: true } as const;
const bureau = { permission: 'institution.amend' } as const;
const clerk = { permission: 'institution.report' } as const;

export const changeRoutes = {
  reportChange: route({
    ...acting,
    path: '/institutions/:id/changes',
    summary: '评估机构报告登记事项变更 the institution reports a change',
    access: clerk,
    status: 201,
    body: reportChange,
    events: ['institution.change-reported'],
    problems: ['request.not-found', 'change.in-future', 'change.content-does-not-fit'],
  }),
  openDuty: route({
    ...acting,
    path: '/institutions/:id/change-duties',
    summary: '从他处得知变更，责令报告 a duty to report, of a change learned from elsewhere',
    access: bureau,
    status: 201,
    body: openDuty,
    events: ['institution.change-opened'],
    problems: ['request.not-found', 'change.in-future', 'change.shorter-than-term', 'change.known'],
  }),
  listChanges: route({
    method: 'get',
    path: '/institution-changes',
    summary: '变更报告列表，可只看逾期未报告的 changes, also only those overdue',
    tag,
    access: { permission: 'institution-change.read' },
    query: z.strictObject({
      ...pageQuery,
      institutionId: idField.optional(),
      state: z.enum(changeStates).optional(),
      kind: kindField.optional(),
      overdue: z.enum(['true', 'false']).optional().describe('true 只看逾期未报告的'),
    }),
    reply: pageOf(changeReply),
  }),
  readChange: route({
    method: 'get',
    path: '/institution-changes/:id',
    summary: '一件变更的报告和确认情况 one change',
    tag,
    access: { permission: 'institution-change.read' },
    params: idParams,
    reply: changeReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  answerDuty: route({
    ...acting,
    path: '/institution-changes/:id/report',
    summary: '报告或补报 report what is owed, or report anew',
    access: clerk,
    body: answerDuty,
    events: ['institution.change-reported'],
    problems: ['request.not-found', 'change.wrong-state', 'change.content-does-not-fit'],
    ifMatch: true,
  }),
  confirmChange: route({
    ...acting,
    path: '/institution-changes/:id/confirm',
    summary: '确认变更，按所报内容登记 confirm, and register what was proposed',
    access: bureau,
    body: z.strictObject({ paper: paperField }),
    events: ['institution.change-confirmed'],
    problems: [
      'request.not-found',
      'change.wrong-state',
      'organisation.form-does-not-fit',
      'organisation.class-does-not-fit',
      'organisation.personality-does-not-fit',
      'change.no-record',
    ],
    ifMatch: true,
  }),
  returnChange: route({
    ...acting,
    path: '/institution-changes/:id/return',
    summary: '退回补正 return with the reason',
    access: bureau,
    body: z.strictObject({ reason: textField(1000), reportBy: dayField.describe('补报期限') }),
    events: ['institution.change-returned'],
    problems: ['request.not-found', 'change.wrong-state', 'change.shorter-than-term'],
    ifMatch: true,
  }),
  dropChange: route({
    ...acting,
    path: '/institution-changes/:id/drop',
    summary: '撤销报告义务（查明没有变更等） the duty falls away',
    access: bureau,
    body: z.strictObject({ reason: textField(1000) }),
    events: ['institution.change-dropped'],
    problems: ['request.not-found', 'change.wrong-state'],
    ifMatch: true,
  }),
  changePhone: route({
    method: 'put',
    path: '/institutions/:id/phone',
    summary: '评估机构自行更新联系电话 the institution keeps its own telephone',
    tag,
    access: clerk,
    params: idParams,
    body: z.strictObject({ phone: lineField(40) }),
    reply: z.object({ institutionId: z.string(), phone: z.string(), from: z.string() }),
    events: ['institution.phone-changed'],
    problems: ['request.not-found', 'change.no-record'],
  }),
};

export const changeProblems: ProblemList = {
  'change.in-future': {
    status: 422,
    title: '变更尚未发生',
    detail: '变更发生日 {happenedOn} 晚于今日 {today}；请在变更发生后报告。',
    en: {
      title: 'The change has not happened yet',
      detail: 'The change happens on {happenedOn}, which is after today, {today}; report it when it has happened.',
    },
  },
  'change.shorter-than-term': {
    status: 422,
    title: '所定期限过短',
    detail: '所定期限 {reportBy} 早于今日 {today} 或早于法定报告期限 {dueOn}；请改为其后的日期。',
    en: {
      title: 'The term is too short',
      detail:
        'The last day to report, {reportBy}, is before today, {today}, or before the legal term, {dueOn}; choose a later day.',
    },
  },
  'change.known': {
    status: 409,
    title: '该变更已在册',
    detail: '同日同类变更已登记（编号 {id}）；请在该件上办理。',
    en: {
      title: 'The change is on record',
      detail: 'A change of this kind on this day is on record (number {id}); go on there.',
    },
  },
  'change.wrong-state': {
    status: 409,
    title: '当前状态不能办理',
    detail: '该件变更的状态为 {state}，不能改为 {wanted}；请刷新后按当前状态办理。',
    en: {
      title: 'Not possible in this state',
      detail: 'The change is {state} and cannot become {wanted}; reload and go on from its present state.',
    },
  },
  'change.content-does-not-fit': {
    status: 422,
    title: '没有写明变更后的内容',
    detail: '变更事项为{kind}的，须在 proposal.organisation 中填写变更后的相应内容。',
    en: {
      title: 'What it was changed to is missing',
      detail: 'For a change of {kind}, give what it was changed to in proposal.organisation.',
    },
  },
  'change.no-record': {
    status: 422,
    title: '变更日没有登记内容',
    detail: '组织在 {from} 尚无登记内容，不能据以登记变更；请先补登该日的内容。',
    en: {
      title: 'Nothing on record on that day',
      detail:
        'On {from} nothing is on record of the organisation yet, so no change can be recorded upon it; record what was so on that day first.',
    },
  },
};

export const changeEvents: EventCatalogue = {
  'institution.change-opened': { visibility: 'sealed', title: '产生变更报告义务' },
  'institution.change-reported': { visibility: 'sealed', title: '评估机构报告变更' },
  'institution.change-confirmed': { visibility: 'sealed', title: '确认变更' },
  'institution.change-returned': { visibility: 'sealed', title: '退回变更报告' },
  'institution.change-dropped': { visibility: 'sealed', title: '撤销变更报告义务' },
  'institution.phone-changed': { visibility: 'sealed', title: '更新联系电话' },
};
