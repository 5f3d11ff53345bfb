import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
  idParams,
  leftOpen,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  spanInOrder,
} from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { LegalDate } from '../../kernel/pure/time';
import type { EventCatalogue } from '../audit-log';

/** Papers that a body holds; those of the first three kinds prove 独立法人资格. */
export const documentKinds = [
  'business-licence',
  'public-institution-certificate',
  'association-certificate',
  'authorisation',
  'office-proof',
  'management-rules',
  'training-record',
  'performance-proof',
  'stable-work-proof',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

const kindField = z
  .enum(documentKinds)
  .describe(
    '营业执照、事业单位法人证书、社会团体法人登记证书、授权书、办公场所证明、管理制度、培训记录、业绩证明、长期稳定开展工作的证明、其他',
  );

/** What is said of a paper; its validity is the span from `from` to `lastDay`. */
const documentContent = {
  kind: kindField,
  title: lineField(200).nullable().default(null).describe('材料名称'),
  number: lineField(100).nullable().default(null).describe('证书编号或文号'),
  issuer: lineField(200).nullable().default(null).describe('发证或出具单位'),
  fileId: idField.nullable().default(null).describe('扫描件（已上传的文件）的编号'),
};

export const addDocument = z
  .strictObject({ ...spanFields, ...documentContent, paper: paperField })
  .refine(...spanInOrder);
export type AddDocument = z.output<typeof addDocument>;

/** What is left out stays; a renewed paper is another sheet, so its scan and its last day are its own. */
const amended = {
  lastDay: dayField
    .nullable()
    .optional()
    .describe(
      '至该日止（含当日）；无期限为 null；同一有效期的不填为不变，补登较早有效期的不填为至下一有效期前一日，续期、换发的须填',
    ),
  ...leftOpen(documentContent),
  paper: paperField,
};
const amendedInOrder: [(body: { from?: LegalDate; lastDay?: LegalDate | null }) => boolean, (typeof spanInOrder)[1]] = [
  ({ from, lastDay }) => from === undefined || !lastDay || lastDay >= from,
  spanInOrder[1],
];

/** A new paper, or another validity of a known one, among what an institution reports. */
export const fileDocument = z
  .strictObject({
    documentId: idField.nullable().default(null).describe('续期、换发或补登的已登记材料；新材料为 null'),
    from: spanFields.from,
    ...amended,
  })
  .refine(...amendedInOrder)
  .refine((b) => b.documentId !== null || b.kind !== undefined, { path: ['kind'], message: '新材料须填种类。' });
export type FileDocument = z.output<typeof fileDocument>;

export const amendDocument = z
  .strictObject({
    from: dayField.optional().describe('自该日起；更正而起始日不变的可以不填'),
    ...amended,
    correct: z
      .boolean()
      .default(false)
      .describe('true 为更正：以本次内容代替该材料的全部记录；false 为续期、换发或补登，其他有效期保留'),
  })
  .refine(...amendedInOrder)
  .refine((b) => b.correct || b.from !== undefined, { path: ['from'], message: '续期、换发或补登须填起始日。' });
export type AmendDocument = z.output<typeof amendDocument>;

const document = z.object({
  id: z.string(),
  ...entryReply,
  kind: z.enum(documentKinds),
  title: z.string().nullable(),
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  fileId: z.string().nullable(),
  standing: z
    .enum(['not-yet', 'in-force', 'expiring', 'expired'])
    .describe('该日：尚未生效、有效、即将到期（expiringDays 日内）、已过期；由日期算出'),
});
export type DocumentView = z.input<typeof document>;

export const documentsReply = z.object({
  organisationId: z.string(),
  version: z.number().int(),
  ...momentReply,
  expiringDays: z.number().int(),
  items: z.array(document),
});
export type DocumentsReply = z.input<typeof documentsReply>;

export const documentItem = z.object({
  organisationId: z.string(),
  uscc: z.string(),
  organisationName: z.string(),
  ...document.shape,
});
export type DocumentItem = z.input<typeof documentItem>;

const expiringDays = z.coerce.number().int().min(0).max(3660).default(30).describe('提前提示的日数');

const tag = '组织登记';
const documentParams = z.object({ id: idField, documentId: idField });

export const documentRoutes = {
  listDocuments: route({
    method: 'get',
    path: '/organisations/:id/documents',
    summary: '证照和材料及其有效期 papers of a body with their validity',
    tag,
    access: { permission: 'register.read' },
    params: idParams,
    query: z.strictObject({ ...momentQuery, expiringDays }),
    reply: documentsReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  addDocument: route({
    method: 'post',
    path: '/organisations/:id/documents',
    summary: '登记证照或材料 record a paper',
    tag,
    access: { permission: 'organisation.amend' },
    params: idParams,
    body: addDocument,
    reply: documentsReply,
    events: ['organisation.document-recorded'],
    problems: ['request.not-found'],
    etag: true,
    ifMatch: true,
  }),
  amendDocument: route({
    method: 'post',
    path: '/organisations/:id/documents/:documentId/versions',
    summary: '证照续期、换发、补登或更正，未写明的项目保持不变 renew or correct a paper; what is left out stays',
    tag,
    access: { permission: 'organisation.amend' },
    params: documentParams,
    body: amendDocument,
    reply: documentsReply,
    events: ['organisation.document-recorded'],
    problems: ['request.not-found'],
    etag: true,
    ifMatch: true,
  }),
  withdrawDocument: route({
    method: 'post',
    path: '/organisations/:id/documents/:documentId/withdraw',
    summary: '撤下登记有误的材料（记录保留） take back a paper recorded in error',
    tag,
    access: { permission: 'organisation.amend' },
    params: documentParams,
    body: z.strictObject({ paper: paperField }),
    reply: documentsReply,
    status: 200,
    events: ['organisation.document-withdrawn'],
    problems: ['request.not-found'],
    etag: true,
    ifMatch: true,
  }),
  endingDocuments: route({
    method: 'get',
    path: '/organisation-documents',
    summary: '已过期和即将到期的材料 papers that have expired or soon will',
    tag,
    access: { permission: 'register.read' },
    query: z.strictObject({
      ...pageQuery,
      standing: z.enum(['expiring', 'expired', 'both']).default('both').describe('即将到期、已过期、两者'),
      asOf: dayField.optional().describe('按该日计算；缺省为今日'),
      expiringDays,
      kind: kindField.optional(),
    }),
    reply: pageOf(documentItem),
  }),
};

export const documentProblems: ProblemList = {};

export const documentEvents: EventCatalogue = {
  'organisation.document-recorded': { visibility: 'sealed', title: '登记证照或材料' },
  'organisation.document-withdrawn': { visibility: 'sealed', title: '撤下登记有误的材料' },
};
