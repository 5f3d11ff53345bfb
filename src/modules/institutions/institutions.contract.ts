import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
  idParams,
  leftOpen,
  leftOpenNote,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  spanInOrder,
  textField,
  unchangedReply,
} from '../../kernel/http/fields';
import { historyQuery, historyRoutes, recordedReply } from '../../kernel/http/history-routes';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { changeEvents, changeProblems, changeRoutes, reportingMark } from './changes/changes.contract';
import { creditCode, institutionClasses, legalForms } from '../organisations/organisations.contract';

/** 登记证书: the kind of paper that proves 独立法人资格; the credit code alone does not. */
export const certificateKinds = [
  'business-licence',
  'public-institution-certificate',
  'association-certificate',
  'other',
] as const;

export const certificateNames: Readonly<Record<(typeof certificateKinds)[number], string>> = {
  'business-licence': '营业执照',
  'public-institution-certificate': '事业单位法人证书',
  'association-certificate': '社会团体法人登记证书',
  other: '其他',
};

export const certificateNamesEn: Readonly<Record<(typeof certificateKinds)[number], string>> = {
  'business-licence': 'a business licence',
  'public-institution-certificate': 'a certificate of a public institution as legal person',
  'association-certificate': 'a certificate of an association as legal person',
  other: 'another paper',
};

const legalPersonEvidence = z.strictObject({
  kind: z.enum(certificateKinds).describe('证书种类：营业执照、事业单位法人证书、社会团体法人登记证书、其他'),
  number: lineField(60).describe('证书编号'),
  validTo: dayField.nullable().default(null).describe('证书有效期至该日；长期为 null'),
  fileId: idField.nullable().default(null).describe('证书扫描件（已上传的文件）的编号'),
});

/**
 * What an entry says; what a first entry leaves out is not on file. The texts explain; whether a condition is met is read
 * off the dated papers with files of the body (`/organisations/{id}/documents`).
 */
export const evidence = {
  legalPersonEvidence: legalPersonEvidence.nullable().default(null).describe('独立法人资格的登记证书'),
  experience: textField(2000).nullable().default(null).describe('相关工作经验与能力的说明'),
  office: textField(1000).nullable().default(null).describe('办公条件的说明'),
  managementRules: textField(2000).nullable().default(null).describe('管理制度的说明'),
  training: textField(2000).nullable().default(null).describe('人员培训的说明'),
  stableWork: textField(2000).nullable().default(null).describe('长期稳定开展工作的保障的说明'),
  manualDecision: textField(1000).nullable().default(null).describe('通知未列明其主体类别时，人工判断的结论和理由'),
};

export const registerInstitution = z
  .strictObject({
    uscc: creditCode.optional(),
    organisationId: idField.optional(),
    from: dayField.describe('以下内容自该日起'),
    paper: paperField,
    ...evidence,
  })
  .refine((b) => (b.uscc === undefined) !== (b.organisationId === undefined), {
    path: ['uscc'],
    message: '统一社会信用代码 uscc 与组织编号 organisationId 须填且只填一项。',
  });
export type RegisterInstitution = z.output<typeof registerInstitution>;

export const amendInstitution = z
  .strictObject({ ...spanFields, paper: paperField, ...leftOpen(evidence) })
  .refine(...spanInOrder);
export type AmendInstitution = z.output<typeof amendInstitution>;

/** An amendment with all that it leaves out. */
export type InstitutionEntry = Pick<AmendInstitution, 'from' | 'lastDay' | 'paper'> &
  z.output<z.ZodObject<typeof evidence>>;

const shownEvidence = {
  legalPersonEvidence: z
    .object({
      kind: z.enum(certificateKinds),
      number: z.string(),
      validTo: z.string().nullable(),
      fileId: z.string().nullable(),
    })
    .nullable(),
  experience: z.string().nullable(),
  office: z.string().nullable(),
  managementRules: z.string().nullable(),
  training: z.string().nullable(),
  stableWork: z.string().nullable(),
  manualDecision: z.string().nullable(),
};
export type LegalPersonEvidence = NonNullable<AmendInstitution['legalPersonEvidence']>;

const record = z.object({ ...entryReply, ...shownEvidence });

export const institutionReply = z.object({
  id: z.string(),
  organisationId: z.string(),
  uscc: z.string(),
  version: z.number().int(),
  ...momentReply,
  name: z.string(),
  legalForm: z.enum(legalForms).nullable(),
  publicInstitutionClass: z.enum(institutionClasses).nullable(),
  manualDecision: z.string().nullable().describe('该时点的人工判断'),
  reporting: reportingMark.describe('今日应报告而未报告的变更'),
  record: record.nullable().describe('该时点的内容；当时尚无内容为 null'),
});
export type InstitutionReply = z.input<typeof institutionReply>;

export const institutionItem = z.object({
  id: z.string(),
  organisationId: z.string(),
  uscc: z.string(),
  name: z.string(),
  reporting: reportingMark.describe('今日应报告而未报告的变更'),
});
export type InstitutionItem = z.input<typeof institutionItem>;

export const institutionHistory = z.object({
  id: z.string(),
  uscc: z.string(),
  entries: z.array(record.extend(recordedReply)),
});
export type InstitutionHistory = z.input<typeof institutionHistory>;

const tag = '评估机构登记';

export const institutionRoutes = {
  ...changeRoutes,
  register: route({
    method: 'post',
    path: '/institutions',
    summary: '登记评估机构 open the file of an assessor',
    tag,
    access: { permission: 'institution.register' },
    body: registerInstitution,
    reply: institutionReply,
    events: ['institution.registered'],
    problems: [
      'request.not-found',
      'institution.organisation-missing',
      'institution.already-registered',
      'institution.not-eligible',
      'institution.manual-decision-needed',
      'institution.not-legal-person',
      'institution.certificate-does-not-fit',
    ],
    etag: true,
  }),
  amend: route({
    method: 'post',
    path: '/institutions/:id/versions',
    summary: `登记条件材料的变更或更正；${leftOpenNote.zh} record evidence from a day on; ${leftOpenNote.en}`,
    tag,
    access: { permission: 'institution.amend' },
    params: idParams,
    body: amendInstitution,
    reply: institutionReply.extend(unchangedReply),
    events: ['institution.amended'],
    problems: ['request.not-found', 'institution.certificate-does-not-fit'],
    etag: true,
    ifMatch: true,
  }),
  list: route({
    method: 'get',
    path: '/institutions',
    summary: '评估机构列表，可按名称（含曾用名）或代码查找 list, found by any name or by code',
    tag,
    access: { permission: 'register.read' },
    query: z.strictObject({ ...pageQuery, q: lineField(200).optional() }),
    reply: pageOf(institutionItem),
  }),
  read: route({
    method: 'get',
    path: '/institutions/:id',
    summary: '评估机构在某时点的情况 one assessor as of a day, as known at an instant',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: institutionReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  ...historyRoutes({ path: '/institutions/:id', name: '评估机构', tag, permission: 'register.read' }),
  history: route({
    method: 'get',
    path: '/institutions/:id/history',
    summary: '评估机构的全部登记内容，含登记人 all entries known at an instant, with who made them',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: historyQuery,
    reply: institutionHistory,
    problems: ['request.not-found'],
  }),
};

export const institutionProblems: ProblemList = {
  ...changeProblems,
  'institution.organisation-missing': {
    status: 422,
    title: '该组织尚未登记',
    detail: '代码 {uscc} 尚未登记为组织；请先登记组织，再登记评估机构。',
    en: {
      title: 'The organisation is not registered',
      detail: 'The code {uscc} is not registered as an organisation; register that first, then the institution.',
    },
  },
  'institution.already-registered': {
    status: 409,
    title: '该评估机构已登记',
    detail: '代码 {uscc} 已登记为评估机构，编号 {id}；如内容有变，请在该记录上登记变更。',
    en: {
      title: 'The institution is registered',
      detail:
        'The code {uscc} is registered as an institution, number {id}; record a change there if its content differs.',
    },
  },
  'institution.not-eligible': {
    status: 422,
    title: '不属于可承担评估的主体',
    detail: '{reason}不能登记为评估机构。',
    en: { title: 'No body that may assess', detail: '{reason}It cannot be registered as an institution.' },
  },
  'institution.not-legal-person': {
    status: 422,
    title: '不具有独立法人资格',
    detail:
      '登记证书载明该组织是{personality}，不具有独立法人资格（自然资规〔2024〕1号第（八）条），不能登记为评估机构；请由其所属法人申请。',
    en: {
      title: 'Not an independent legal person',
      detail:
        'By its certificate the organisation is {personality}, which is no independent legal person (circular 自然资规〔2024〕1号, article 8), so it cannot be registered as an institution; let the legal person it belongs to apply.',
    },
  },
  'institution.certificate-does-not-fit': {
    status: 422,
    title: '证书种类与组织形式不符',
    detail: '该组织形式的独立法人资格应以{wanted}证明，所填为{given}；请核对证书种类。',
    en: {
      title: 'The certificate does not fit the legal form',
      detail:
        'An organisation of this form shows that it is an independent legal person by {wanted}, and {given} was given; check the kind of certificate.',
    },
  },
  'institution.manual-decision-needed': {
    status: 422,
    title: '需要人工判断',
    detail: '{reason}请在 manualDecision 中写明判断的结论和理由后重新提交。',
    en: {
      title: 'A person must decide',
      detail: '{reason}Write the conclusion and its reasons in manualDecision and send it again.',
    },
  },
};

export const institutionEvents: EventCatalogue = {
  ...changeEvents,
  'institution.registered': { visibility: 'public', title: '登记评估机构' },
  'institution.amended': { visibility: 'sealed', title: '登记评估机构条件材料变更' },
};
