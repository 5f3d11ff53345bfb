import * as z from 'zod';
import {
  dayField,
  entryReply,
  idParams,
  leftOpen,
  leftOpenNote,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  spanInOrder,
  unchangedReply,
} from '../../kernel/http/fields';
import { historyQuery, historyRoutes, recordedReply } from '../../kernel/http/history-routes';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { employmentReply } from './employments.contract';
import { expertContent } from './content.contract';
import { identityKinds, specialties, titleLevels } from './fields.contract';

export { expertContent } from './content.contract';

/** One identity document in a body; judged in the use case, which knows today. */
export const identityField = z.strictObject({
  kind: z.enum(identityKinds).describe('居民身份证、港澳台居民居住证、外国人永久居留身份证、护照'),
  number: z.string().min(1).max(64),
});

export const registerExpert = z.strictObject({
  identities: z.array(identityField).min(1).max(identityKinds.length).describe('本人的全部身份证件，同类一件'),
  documentSeen: z.boolean().default(false).describe('已核对证件原件；号码存疑时必须确认'),
  from: dayField.describe('以下内容自该日起'),
  paper: paperField,
  ...expertContent,
});
export type RegisterExpert = z.output<typeof registerExpert>;

export const amendExpert = z
  .strictObject({ ...spanFields, paper: paperField, ...leftOpen(expertContent) })
  .refine(...spanInOrder);
export type AmendExpert = z.output<typeof amendExpert>;

/** An amendment with all that it leaves out. */
export type ExpertEntry = Pick<AmendExpert, 'from' | 'lastDay' | 'paper'> & z.output<z.ZodObject<typeof expertContent>>;

const record = z.object({
  ...entryReply,
  name: z.string(),
  phone: z.string().nullable().describe('联系电话；本人、聘用机构和经办人见全号，其他人只见首尾'),
  titleLevel: z.enum(titleLevels),
  titleName: z.string().nullable(),
  titleEvidence: z.string().nullable(),
  title: z
    .object({
      from: z.string().nullable(),
      lastDay: z.string().nullable(),
      issuer: z.string().nullable(),
      certificateNumber: z.string().nullable(),
      field: z.string().nullable(),
      fileId: z.string().nullable(),
    })
    .nullable(),
  specialties: z.array(z.enum(specialties)),
  specialtyEvidence: z.string().nullable(),
  specialtyProofs: z.array(
    z.object({
      specialty: z.enum(specialties),
      evidence: z.string().nullable(),
      fileId: z.string().nullable(),
      from: z.string().nullable(),
      lastDay: z.string().nullable(),
    }),
  ),
  mineralAdminYears: z.number().int().nullable(),
  civilServant: z.boolean().nullable(),
  assessmentExperience: z.string().nullable(),
});

const personRef = z.object({ id: z.string(), platformNumber: z.string() });

export const expertReply = z.object({
  id: z.string(),
  platformNumber: z.string(),
  mergedInto: personRef.nullable().describe('已与该登记合并，为同一人；未合并为 null'),
  mergedFrom: z.array(personRef).describe('已并入本登记的原登记；原编号继续可查'),
  version: z.number().int(),
  ...momentReply,
  identities: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(identityKinds),
        mask: z.string(),
        documentSeen: z.boolean(),
        withdrawnFor: z
          .enum(['replaced', 'lapsed', 'mistaken'])
          .nullable()
          .describe('已换发、已失效、登记有误；有效的为 null'),
      }),
    )
    .describe('身份证件，号码只显示首尾'),
  openDoubts: z.number().int().nullable().describe('待人工核实是否与他人为同一人的条数；非主管部门人员为 null'),
  name: z.string().nullable().describe('该时点的姓名；当时尚无内容为 null'),
  limited: z
    .boolean()
    .describe('true：聘用关系未经确认（或不在聘用期内），评估机构只见姓名、公开编号和本机构登记的内容'),
  record: record.nullable().describe('该时点的内容；当时尚无内容，或评估机构不可见，为 null'),
  employments: z.array(employmentReply).describe('该时点已知的全部聘用关系；机构只见本机构的'),
});
export type ExpertReply = z.input<typeof expertReply>;

export const expertItem = z.object({
  id: z.string(),
  platformNumber: z.string(),
  name: z.string().nullable(),
  titleLevel: z.enum(titleLevels).nullable().describe('职称级别；评估机构在聘用关系确认前不可见，为 null'),
  mergedInto: z.string().nullable().describe('已与该公开编号合并，为同一人；未合并为 null'),
});
export type ExpertItem = z.input<typeof expertItem>;

export const expertHistory = z.object({
  id: z.string(),
  platformNumber: z.string(),
  entries: z.array(record.extend({ ...recordedReply, of: z.string().describe('该条登记在哪一公开编号之下') })),
  employments: z.array(employmentReply),
});
export type ExpertHistory = z.input<typeof expertHistory>;

const tag = '评估人员登记';

export const expertRoutes = {
  register: route({
    method: 'post',
    path: '/experts',
    summary: '登记评估人员 register a person; the public number is given by the service',
    tag,
    access: { permission: 'expert.register' },
    body: registerExpert,
    reply: expertReply,
    events: ['expert.registered'],
    problems: ['request.not-found', 'expert.document-by-bureau', 'expert.already-registered'],
    etag: true,
  }),
  amend: route({
    method: 'post',
    path: '/experts/:id/versions',
    summary: `登记姓名、职称、专业的变更或更正；${leftOpenNote.zh} record what holds from a day on; ${leftOpenNote.en}`,
    tag,
    access: { permission: 'expert.amend' },
    params: idParams,
    body: amendExpert,
    reply: expertReply.extend(unchangedReply),
    events: ['expert.amended'],
    problems: ['request.not-found', 'expert.merged'],
    etag: true,
    ifMatch: true,
  }),
  list: route({
    method: 'get',
    path: '/experts',
    summary: '评估人员列表，可按公开编号查找；机构只见本机构人员 list, found by public number',
    tag,
    access: { permission: 'register.read' },
    query: z.strictObject({ ...pageQuery, number: lineField(32).optional().describe('公开编号或其开头') }),
    reply: pageOf(expertItem),
  }),
  search: route({
    method: 'post',
    path: '/experts/search',
    summary: '按姓名（含曾用名）查找评估人员；姓名不进入地址 find persons by name, kept out of addresses',
    tag,
    access: { permission: 'register.read' },
    body: z.strictObject({ ...pageQuery, name: lineField(100).describe('姓名或其一部分') }),
    reply: pageOf(expertItem),
  }),
  read: route({
    method: 'get',
    path: '/experts/:id',
    summary: '评估人员在某时点的情况 one person as of a day, as known at an instant',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: expertReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  ...historyRoutes({ path: '/experts/:id', name: '评估人员', tag, permission: 'register.read' }),
  history: route({
    method: 'get',
    path: '/experts/:id/history',
    summary: '评估人员的全部登记内容，含登记人 all entries known at an instant, with who made them',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: historyQuery,
    reply: expertHistory,
    problems: ['request.not-found'],
  }),
};

export const expertProblems: ProblemList = {
  'expert.document-by-bureau': {
    status: 403,
    title: '须由主管部门登记',
    detail: '居民身份证以外的证件和存疑的号码，须由主管部门核对原件后登记；请向主管部门提交人员登记表。',
    en: {
      title: 'For the authority to record',
      detail:
        'Documents other than resident identity cards, and doubtful numbers, are recorded by the authority after it has seen the original; hand in the staff form there.',
    },
  },
  'expert.already-registered': {
    status: 409,
    title: '该人员已登记',
    detail:
      '所填证件的持有人已登记，公开编号 {platformNumber}；请用该编号登记聘用关系，姓名、职称有变的由主管部门登记变更。',
    en: {
      title: 'The person is registered',
      detail:
        'The holder of this document is registered under the public number {platformNumber}; record the employment under it. A changed name or title is recorded by the authority.',
    },
  },
  'expert.merged': {
    status: 409,
    title: '该登记已合并',
    detail: '该登记已并入公开编号 {platformNumber}（编号 {id}），为同一人；请在该登记上办理。',
    en: {
      title: 'The registration is merged',
      detail:
        'The registration was merged into public number {platformNumber} (number {id}), the same person; go on there.',
    },
  },
};

export const expertEvents: EventCatalogue = {
  'expert.registered': { visibility: 'sealed', title: '登记评估人员' },
  'expert.amended': { visibility: 'sealed', title: '登记评估人员变更' },
};
