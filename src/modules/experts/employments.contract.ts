import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
  idParams,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  spanInOrder,
  textField,
} from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { platformNumber, specialties, titleLevels } from './fields.contract';

export const employmentKinds = ['full-time', 'retired-reengaged', 'part-time', 'outside'] as const;
/** 聘用关系：全职、退休返聘、兼职、外聘. */
export type EmploymentKind = (typeof employmentKinds)[number];

export const recordEmployment = z
  .strictObject({
    platformNumber,
    institutionId: idField,
    kind: z.enum(employmentKinds).describe('全职、退休返聘、兼职、外聘'),
    ...spanFields,
    insuranceEvidence: textField(500).nullable().default(null).describe('社会保险等材料；退休返聘可为 null'),
    paper: paperField,
  })
  .refine(...spanInOrder);
export type RecordEmployment = z.output<typeof recordEmployment>;

export const confirmEmployment = z.strictObject({
  signedSheetFileId: idField.nullable().default(null).describe('本人签字确认单的文件编号；主管部门代为登记时必填'),
  paper: paperField.nullable().default(null),
});
export type ConfirmEmployment = z.output<typeof confirmEmployment>;

export const endEmployment = z.strictObject({ lastDay: dayField.describe('最后一日（含当日）'), paper: paperField });
export type EndEmployment = z.output<typeof endEmployment>;

export const employmentReply = z.object({
  id: z.string(),
  version: z.number().int(),
  expertId: z.string(),
  platformNumber: z.string(),
  institutionId: z.string(),
  institutionName: z.string(),
  kind: z.enum(employmentKinds),
  ...entryReply,
  insuranceEvidence: z.string().nullable(),
  confirmed: z.boolean().describe('本人已确认；未确认的不计入'),
  confirmedAt: z.string().nullable(),
});
export type EmploymentReply = z.input<typeof employmentReply>;

export const staffReply = z.object({
  ...momentReply,
  items: z.array(
    z.object({
      expertId: z.string(),
      platformNumber: z.string(),
      employmentId: z.string(),
      name: z.string().nullable(),
      kind: z.enum(employmentKinds),
      confirmed: z.boolean(),
      titleLevel: z.enum(titleLevels),
      specialties: z.array(z.enum(specialties)),
    }),
  ),
});
export type StaffReply = z.input<typeof staffReply>;

const tag = '聘用关系';

export const employmentRoutes = {
  record: route({
    method: 'post',
    path: '/employments',
    summary: '登记聘用关系，经本人确认后计入 record an employment; it counts once the person confirms it',
    tag,
    access: { permission: 'employment.record' },
    body: recordEmployment,
    reply: employmentReply,
    events: ['employment.recorded'],
    problems: [
      'request.not-found',
      'employment.person-missing',
      'employment.full-time-elsewhere',
      'employment.already-recorded',
    ],
    etag: true,
  }),
  confirm: route({
    method: 'post',
    path: '/employments/:id/confirm',
    summary: '本人确认聘用关系，或由主管部门凭签字确认单登记 confirm',
    tag,
    access: { permission: 'employment.confirm' },
    params: idParams,
    body: confirmEmployment,
    reply: employmentReply,
    status: 200,
    events: ['employment.confirmed'],
    problems: ['request.not-found', 'employment.already-confirmed', 'employment.sheet-needed'],
    etag: true,
  }),
  end: route({
    method: 'post',
    path: '/employments/:id/end',
    summary: '登记聘用关系结束 end an employment',
    tag,
    access: { permission: 'employment.end' },
    params: idParams,
    body: endEmployment,
    reply: employmentReply,
    status: 200,
    events: ['employment.ended'],
    problems: ['request.not-found', 'employment.ends-before-start', 'employment.already-ended'],
    etag: true,
  }),
  staff: route({
    method: 'get',
    path: '/institutions/:id/staff',
    summary: '机构在某时点的人员 staff of an institution as of a day, as known at an instant',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: staffReply,
    problems: ['request.not-found'],
  }),
};

export const employmentProblems: ProblemList = {
  'employment.person-missing': {
    status: 422,
    title: '该人员尚未登记',
    detail: '公开编号 {platformNumber} 没有对应的人员；请核对编号，或先登记该人员。',
  },
  'employment.full-time-elsewhere': {
    status: 409,
    title: '全职聘用期间重叠',
    detail:
      '公开编号 {platformNumber} 的人员在 {from} 至 {lastDay} 已登记为{employer}全职人员，全职只能在一处；请先结束原聘用关系，或改选其他聘用方式。',
  },
  'employment.already-recorded': {
    status: 409,
    title: '本机构已登记该人员的聘用关系',
    detail: '编号 {id} 的聘用关系与所填期间重叠；请先结束原聘用关系，或调整期间。',
  },
  'employment.already-confirmed': {
    status: 409,
    title: '该聘用关系已经确认',
    detail: '已于 {confirmedAt} 确认，无需重复确认。',
  },
  'employment.sheet-needed': {
    status: 422,
    title: '缺少本人签字确认单',
    detail: '代为登记确认须填写签字确认单的文件编号 signedSheetFileId 和材料名称 paper。',
  },
  'employment.ends-before-start': {
    status: 422,
    title: '最后一日早于起始日',
    detail: '该聘用关系自 {from} 起，最后一日不能早于该日。',
  },
  'employment.already-ended': {
    status: 409,
    title: '该聘用关系已经结束',
    detail: '最后一日已登记为 {lastDay}，只能改为更早的日期；如仍受聘，请另行登记聘用关系。',
  },
};

export const employmentEvents: EventCatalogue = {
  'employment.recorded': { visibility: 'sealed', title: '登记聘用关系' },
  'employment.confirmed': { visibility: 'sealed', title: '确认聘用关系' },
  'employment.ended': { visibility: 'sealed', title: '登记聘用关系结束' },
};
