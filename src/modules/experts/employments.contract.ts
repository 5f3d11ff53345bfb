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
  unchangedReply,
} from '../../kernel/http/fields';
import { historyQuery, historyRoutes, recordedReply } from '../../kernel/http/history-routes';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { platformNumber, specialties, titleLevels } from './fields.contract';

export const employmentKinds = ['full-time', 'retired-reengaged', 'part-time', 'outside'] as const;
/** 聘用关系：全职、退休返聘、兼职、外聘. */
export type EmploymentKind = (typeof employmentKinds)[number];

export const evidenceNeeds = ['insurance-or-establishment', 'retirement'] as const;

export const recordEmployment = z
  .strictObject({
    platformNumber,
    institutionId: idField.describe('评估机构'),
    kind: z.enum(employmentKinds).describe('聘用方式：全职、退休返聘、兼职、外聘'),
    ...spanFields,
    insuranceEvidence: textField(500)
      .nullable()
      .default(null)
      .describe('社会保险材料：由该单位缴纳；全职须有此项或编制材料'),
    establishmentEvidence: textField(500)
      .nullable()
      .default(null)
      .describe('事业单位编制材料；全职须有此项或社会保险材料'),
    retirementEvidence: textField(500).nullable().default(null).describe('退休证明；退休返聘须有'),
    evidenceFileIds: z.array(idField).max(10).default([]).describe('扫描件：合同、社保、编制、退休等材料的文件编号'),
    paper: paperField.describe('劳动合同、返聘协议、兼职或外聘协议的名称或编号'),
  })
  .refine(...spanInOrder);
export type RecordEmployment = z.output<typeof recordEmployment>;

export const enterSheet = z.strictObject({
  signedSheetFileId: idField.describe('本人签字确认单的文件编号'),
  paper: paperField.describe('签字确认单的名称或编号'),
});
export type EnterSheet = z.output<typeof enterSheet>;

export const confirmEmployment = z.strictObject({
  paper: paperField.nullable().default(null).describe('核对说明；本人确认可不填'),
});
export type ConfirmEmployment = z.output<typeof confirmEmployment>;

export const voidEmployment = z.strictObject({
  from: dayField.nullable().default(null).describe('自该日起作废；自始作废为 null'),
  reason: textField(500).describe('作废理由'),
  paper: paperField,
});
export type VoidEmployment = z.output<typeof voidEmployment>;

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
  establishmentEvidence: z.string().nullable(),
  retirementEvidence: z.string().nullable(),
  evidenceFileIds: z.array(z.string()),
  evidenceMissing: z.array(z.enum(evidenceNeeds)).describe('该种聘用方式还缺的材料'),
  voided: z.string().nullable().describe('该段期间因更正或异议属实而作废的理由；未作废为 null'),
  disputed: z.boolean().describe('本人有异议，核查期间不计入'),
  sheetRecorded: z.boolean().describe('本人签字确认单已登记，待另一人核对'),
  sheet: z
    .object({
      fileId: z.string().describe('签字确认单的文件编号，用 GET /api/v1/files/{fileId} 查看'),
      paper: z.string().describe('签字确认单的名称或编号'),
      enteredBy: z.string().nullable().describe('登记确认单人员的账号'),
      enteredAt: z.string(),
    })
    .nullable()
    .describe('已登记的签字确认单；没有则为 null'),
  confirmed: z.boolean().describe('本人已确认；未确认的不计入'),
  confirmedAt: z.string().nullable(),
  confirmation: z
    .object({
      by: z.enum(['person', 'signed-sheet']).describe('本人账号确认；签字确认单经核对'),
      sheetEnteredBy: z.string().nullable().describe('登记确认单人员的账号'),
      checkedBy: z.string().nullable().describe('确认或核对人员的账号'),
    })
    .nullable()
    .describe('由谁确认；未确认为 null'),
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
      disputed: z.boolean(),
      evidenceMissing: z.array(z.enum(evidenceNeeds)),
      limited: z.boolean().describe('true：聘用关系未经确认，评估机构只见姓名、公开编号和本机构登记的内容，其余为空'),
      titleLevel: z.enum(titleLevels).nullable(),
      titleEvidence: z.string().nullable(),
      specialties: z.array(z.enum(specialties)),
      specialtyEvidence: z.partialRecord(z.enum(specialties), z.string()).describe('各专业的材料；缺项的专业不计入'),
    }),
  ),
});
export type StaffReply = z.input<typeof staffReply>;

export const employmentHistory = z.object({
  id: z.string(),
  expertId: z.string(),
  entries: z.array(
    z.object({
      ...entryReply,
      institutionId: z.string(),
      kind: z.enum(employmentKinds),
      insuranceEvidence: z.string().nullable(),
      establishmentEvidence: z.string().nullable(),
      retirementEvidence: z.string().nullable(),
      evidenceFileIds: z.array(z.string()),
      voidReason: z.string().nullable().describe('作废原因；未作废为 null'),
      ...recordedReply,
    }),
  ),
});
export type EmploymentHistory = z.input<typeof employmentHistory>;

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
  sheet: route({
    method: 'post',
    path: '/employments/:id/sheet',
    summary: '登记本人签字确认单，由另一名主管部门人员核对后生效 enter the signed sheet; another officer checks it',
    tag,
    access: { permission: 'employment.sheet' },
    params: idParams,
    body: enterSheet,
    reply: employmentReply.extend(unchangedReply),
    status: 200,
    events: ['employment.sheet-entered'],
    problems: [
      'request.not-found',
      'employment.already-confirmed',
      'employment.voided',
      'employment.disputed',
      'employment.sheet-of-another',
    ],
    etag: true,
  }),
  confirm: route({
    method: 'post',
    path: '/employments/:id/confirm',
    summary: '本人确认聘用关系，或由另一名主管部门人员核对签字确认单后确认 confirm, in person or by checking the sheet',
    tag,
    access: { permission: 'employment.confirm' },
    params: idParams,
    body: confirmEmployment,
    reply: employmentReply,
    status: 200,
    events: ['employment.confirmed'],
    problems: [
      'request.not-found',
      'employment.already-confirmed',
      'employment.sheet-needed',
      'employment.second-person-needed',
      'employment.voided',
      'employment.disputed',
    ],
    etag: true,
  }),
  void: route({
    method: 'post',
    path: '/employments/:id/void',
    summary: '以更正登记作废聘用关系的一段或全部期间，原登记仍可查 strike out days by a correction',
    tag,
    access: { permission: 'employment.void' },
    params: idParams,
    body: voidEmployment,
    reply: employmentReply,
    status: 200,
    events: ['employment.voided'],
    problems: ['request.not-found', 'employment.voided', 'employment.void-outside'],
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
    problems: ['request.not-found', 'employment.ends-before-start', 'employment.already-ended', 'employment.voided'],
    etag: true,
  }),
  read: route({
    method: 'get',
    path: '/employments/:id',
    summary: '一项聘用关系，含待核对的签字确认单 one employment, with the sheet that waits to be checked',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    reply: employmentReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  ...historyRoutes({ path: '/employments/:id', name: '聘用关系', tag, permission: 'register.read' }),
  history: route({
    method: 'get',
    path: '/employments/:id/history',
    summary: '聘用关系的全部登记内容，含登记人 all entries known at an instant, with who made them',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: historyQuery,
    reply: employmentHistory,
    problems: ['request.not-found'],
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
    en: {
      title: 'The person is not registered',
      detail: 'No person has the public number {platformNumber}; check it, or register the person first.',
    },
  },
  'employment.full-time-elsewhere': {
    status: 409,
    title: '全职聘用期间重叠',
    detail:
      '公开编号 {platformNumber} 的人员在 {from} 至 {lastDay} 已登记为{employer}全职人员，全职只能在一处；请先结束原聘用关系，或改选其他聘用方式。',
    en: {
      title: 'Full-time employments overlap',
      detail:
        'From {from} to {lastDay} the person with public number {platformNumber} is on record as full-time staff of {employer}, and one is full-time at one place only; end that employment first, or choose another form.',
    },
  },
  'employment.already-recorded': {
    status: 409,
    title: '本机构已登记该人员的聘用关系',
    detail: '编号 {id} 的聘用关系与所填期间重叠；请先结束原聘用关系，或调整期间。',
    en: {
      title: 'The employment is on record here',
      detail: 'The employment with number {id} overlaps the time given; end it first, or change the days.',
    },
  },
  'employment.already-confirmed': {
    status: 409,
    title: '该聘用关系已经确认',
    detail: '已于 {confirmedAt} 确认，无需重复确认。',
    en: {
      title: 'The employment is confirmed',
      detail: 'It was confirmed at {confirmedAt}; it need not be confirmed again.',
    },
  },
  'employment.sheet-needed': {
    status: 422,
    title: '尚无本人签字确认单',
    detail: '代本人确认前，须先登记本人签字确认单（POST /employments/{id}/sheet），再由另一名主管部门人员核对。',
    en: {
      title: 'No signed confirmation yet',
      detail:
        'To confirm for the person, first record the form that the person signed (POST /employments/{id}/sheet), then another officer of the authority checks it.',
    },
  },
  'employment.second-person-needed': {
    status: 409,
    title: '须由另一人核对',
    detail: '登记聘用关系、上传或登记签字确认单的人员不能自行核对；请由另一名主管部门人员核对后确认。',
    en: {
      title: 'Somebody else must check',
      detail:
        'Whoever recorded the employment, or uploaded or recorded the signed form, cannot check it; let another officer of the authority check and confirm it.',
    },
  },
  'employment.sheet-of-another': {
    status: 409,
    title: '该确认单已用于他人',
    detail: '这份签字确认单的文件已用于另一名人员的聘用关系；每名人员须有本人签字的确认单，请上传本人的文件。',
    en: {
      title: 'The form belongs to somebody else',
      detail:
        'The file of this signed form is used for the employment of another person; each person signs a form of their own: upload that file.',
    },
  },
  'employment.disputed': {
    status: 409,
    title: '本人有异议，正在核查',
    detail: '本人对该聘用登记提出的异议（编号 {objectionId}）尚未作出结论，不能确认；请先办结或由本人撤回异议。',
    en: {
      title: 'The person objects, and it is being checked',
      detail:
        'The objection of the person to this record (number {objectionId}) is not settled, so it cannot be confirmed; settle it first, or let the person withdraw it.',
    },
  },
  'employment.voided': {
    status: 409,
    title: '该聘用登记已全部作废',
    detail: '该聘用登记已以更正登记全部作废，不能再办理；如确有聘用关系，请另行登记。',
    en: {
      title: 'The employment record is void',
      detail:
        'All of this record was voided by correction, and nothing can be done on it; if there is an employment, record it anew.',
    },
  },
  'employment.void-outside': {
    status: 422,
    title: '作废起始日不在聘用期间内',
    detail: '该聘用关系自 {from} 至 {lastDay}，作废起始日须在此期间内；自始作废请不填 from。',
    en: {
      title: 'Outside the employment',
      detail:
        'The employment runs from {from} to {lastDay}, and the first void day must lie within it; to void it from the beginning, leave from out.',
    },
  },
  'employment.ends-before-start': {
    status: 422,
    title: '最后一日早于起始日',
    detail: '该聘用关系自 {from} 起，最后一日不能早于该日。',
    en: {
      title: 'The last day is before the first',
      detail: 'The employment begins on {from}, and its last day cannot be earlier.',
    },
  },
  'employment.already-ended': {
    status: 409,
    title: '该聘用关系已经结束',
    detail: '最后一日已登记为 {lastDay}，只能改为更早的日期；如仍受聘，请另行登记聘用关系。',
    en: {
      title: 'The employment has ended',
      detail:
        'Its last day is on record as {lastDay} and can only be moved to an earlier day; if the person is still employed, record another employment.',
    },
  },
};

export const employmentEvents: EventCatalogue = {
  'employment.recorded': { visibility: 'sealed', title: '登记聘用关系' },
  'employment.sheet-entered': { visibility: 'sealed', title: '登记签字确认单' },
  'employment.confirmed': { visibility: 'sealed', title: '确认聘用关系' },
  'employment.voided': { visibility: 'sealed', title: '作废聘用登记' },
  'employment.ended': { visibility: 'sealed', title: '登记聘用关系结束' },
};
