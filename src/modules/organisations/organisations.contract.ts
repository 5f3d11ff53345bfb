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
  textField,
  unchangedReply,
} from '../../kernel/http/fields';
import { historyQuery, historyRoutes, recordedReply } from '../../kernel/http/history-routes';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { legalPersonalities } from './core/personality';
import { creditCode } from './fields.contract';
import { linksReply, listEvents, listProblems, listRoutes } from './lists.contract';
import { documentEvents, documentProblems, documentRoutes } from './documents.contract';

export { fileDocument } from './documents.contract';
export { creditCode } from './fields.contract';

export const legalForms = ['enterprise', 'public-institution', 'industry-association', 'other'] as const;
export type LegalForm = (typeof legalForms)[number];

export const institutionClasses = ['one', 'two'] as const;
/** 公益一类、公益二类. */
export type PublicInstitutionClass = (typeof institutionClasses)[number];

/** What a body's entry says; the same items stand in reports of changes. */
export const organisationContent = {
  name: lineField(200).describe('名称'),
  legalForm: z.enum(legalForms).describe('组织形式：企业、事业单位、行业协会、其他'),
  publicInstitutionClass: z
    .enum(institutionClasses)
    .nullable()
    .default(null)
    .describe('公益类别：事业单位的一类、二类'),
  legalRepresentative: lineField(100).nullable().default(null).describe('法定代表人'),
  address: lineField(300).nullable().default(null).describe('住所'),
  phone: lineField(40).nullable().default(null).describe('联系电话'),
  certificateType: lineField(100)
    .nullable()
    .default(null)
    .describe('证书类型：登记证书所载，如“有限责任公司（自然人投资或控股）”'),
  legalPersonality: z
    .enum(legalPersonalities)
    .nullable()
    .default(null)
    .describe('法人资格：法人、分支机构、个人独资企业、合伙企业、其他非法人组织；不填时由证书类型得出'),
  businessScope: textField(4000).nullable().default(null).describe('经营范围或业务范围'),
  registeredDivision: z
    .string()
    .regex(/^\d{6}$/, '行政区划代码为 6 位数字。')
    .nullable()
    .default(null)
    .describe('住所所在地行政区划代码'),
};

export const registerOrganisation = z.strictObject({
  uscc: creditCode,
  from: dayField.describe('以下内容自该日起'),
  paper: paperField,
  ...organisationContent,
});
export type RegisterOrganisation = z.output<typeof registerOrganisation>;

/** Whether the body told of the change itself: late or missing reports stay visible. */
const told = {
  reportedOn: dayField
    .nullable()
    .default(null)
    .describe('机构报告该变更的日期；不是机构报告的为 null，评估机构因此负有报告义务'),
};

export const amendOrganisation = z
  .strictObject({ ...spanFields, paper: paperField, ...leftOpen(organisationContent), ...told })
  .refine(...spanInOrder);
export type AmendOrganisation = z.output<typeof amendOrganisation>;

export type OrganisationContent = z.output<z.ZodObject<typeof organisationContent>>;
/** An amendment with all that it leaves out. */
export type OrganisationEntry = Pick<AmendOrganisation, 'from' | 'lastDay' | 'paper'> & OrganisationContent;

const record = z.object({
  ...entryReply,
  name: z.string(),
  legalForm: z.enum(legalForms),
  publicInstitutionClass: z.enum(institutionClasses).nullable(),
  legalRepresentative: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  certificateType: z.string().nullable(),
  legalPersonality: z.enum(legalPersonalities).nullable(),
  businessScope: z.string().nullable(),
  registeredDivision: z.string().nullable(),
});

export const organisationReply = z.object({
  id: z.string(),
  uscc: z.string(),
  registeredAt: z.string(),
  version: z.number().int(),
  ...momentReply,
  record: record.nullable().describe('该时点的内容；当时尚无内容为 null'),
  formerNames: z
    .array(z.object({ name: z.string(), from: z.string(), lastDay: z.string().nullable() }))
    .describe('曾用名'),
  ...linksReply,
  registeredProvince: z
    .object({ byCode: z.string(), byAddress: z.string().nullable() })
    .describe('登记地省级代码：按信用代码第3至4位、按住所'),
});
export type OrganisationReply = z.input<typeof organisationReply>;

export const organisationItem = z.object({
  id: z.string(),
  uscc: z.string(),
  name: z.string().nullable(),
  legalForm: z.enum(legalForms).nullable(),
});
export type OrganisationItem = z.input<typeof organisationItem>;

export const organisationHistory = z.object({
  id: z.string(),
  uscc: z.string(),
  entries: z.array(record.extend(recordedReply)),
});
export type OrganisationHistory = z.input<typeof organisationHistory>;

const tag = '组织登记';

const contentProblems = [
  'organisation.form-does-not-fit',
  'organisation.class-does-not-fit',
  'organisation.personality-does-not-fit',
];

export const organisationRoutes = {
  ...documentRoutes,
  ...listRoutes,
  register: route({
    method: 'post',
    path: '/organisations',
    summary: '登记组织 register a body by its credit code',
    tag,
    access: { permission: 'organisation.register' },
    body: registerOrganisation,
    reply: organisationReply,
    events: ['organisation.registered'],
    problems: ['organisation.already-registered', 'organisation.code-of-another', ...contentProblems],
    etag: true,
  }),
  amend: route({
    method: 'post',
    path: '/organisations/:id/versions',
    summary: `登记变更或更正；${leftOpenNote.zh} record what holds from a day on; ${leftOpenNote.en}`,
    tag,
    access: { permission: 'organisation.amend' },
    params: idParams,
    body: amendOrganisation,
    reply: organisationReply.extend(unchangedReply),
    events: ['organisation.amended'],
    problems: ['request.not-found', ...contentProblems],
    etag: true,
    ifMatch: true,
  }),
  list: route({
    method: 'get',
    path: '/organisations',
    summary: '组织列表，可按名称（含曾用名）或代码查找 list, found by any name or by code',
    tag,
    access: { permission: 'register.read' },
    query: z.strictObject({ ...pageQuery, q: lineField(200).optional() }),
    reply: pageOf(organisationItem),
  }),
  read: route({
    method: 'get',
    path: '/organisations/:id',
    summary: '组织在某时点的情况 one body as of a day, as known at an instant',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: organisationReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  ...historyRoutes({ path: '/organisations/:id', name: '组织', tag, permission: 'register.read' }),
  history: route({
    method: 'get',
    path: '/organisations/:id/history',
    summary: '组织的全部登记内容，含登记人 all entries known at an instant, with who made them',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: historyQuery,
    reply: organisationHistory,
    problems: ['request.not-found'],
  }),
};

export const organisationProblems: ProblemList = {
  ...documentProblems,
  ...listProblems,
  'organisation.already-registered': {
    status: 409,
    title: '该统一社会信用代码已登记',
    detail: '代码 {uscc} 已登记，编号 {id}；如名称或其他内容有变，请在该记录上登记变更。',
    en: {
      title: 'The credit code is registered',
      detail: 'The code {uscc} is registered, number {id}; record a change there if the name or anything else differs.',
    },
  },
  'organisation.form-does-not-fit': {
    status: 422,
    title: '组织形式与代码不符',
    detail: '代码以 {prefix} 开头，属于{kind}，不能登记为所选组织形式；请核对登记证书。',
    en: {
      title: 'The legal form does not fit the code',
      detail:
        'A code that begins with {prefix} is of {kind} and cannot be registered under the form chosen; check the certificate.',
    },
  },
  'organisation.personality-does-not-fit': {
    status: 422,
    title: '法人资格与证书类型不符',
    detail: '证书类型“{certificateType}”表明属于{read}，与所填“{given}”不符；请核对登记证书。',
    en: {
      title: 'The personality does not fit the certificate',
      detail:
        'The certificate type “{certificateType}” says {read}, which is not the “{given}” given; check the certificate.',
    },
  },
  'organisation.class-does-not-fit': {
    status: 422,
    title: '只有事业单位才有公益类别',
    detail: '请删去公益类别，或把组织形式改为事业单位。',
    en: {
      title: 'Only public institutions have a class',
      detail: 'Delete the class, or change the legal form to public institution.',
    },
  },
};

export const organisationEvents: EventCatalogue = {
  ...documentEvents,
  ...listEvents,
  'organisation.registered': { visibility: 'public', title: '登记组织' },
  'organisation.amended': { visibility: 'public', title: '登记组织变更' },
};
