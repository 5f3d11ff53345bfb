import * as z from 'zod';
import { idField, idParams, lineField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

const signerView = z.object({
  no: z.number(),
  kind: z.enum(['institution', 'person']),
  partyId: z.string(),
  name: z.string(),
  role: z.string(),
  signedAt: z.string().nullable(),
  certificateId: z.string().nullable(),
  may: z.array(z.enum(['sign'])).describe('当前岗位在此可做的事'),
});

export const pledgeView = z.object({
  id: z.string(),
  evaluationId: z.string(),
  institutionId: z.string(),
  state: z.enum(['prepared', 'part-signed', 'complete', 'void']).describe('待签署、签署中、签署完成、已作废'),
  template: z.string(),
  notice: z.string().nullable().describe('每页所载提示'),
  level: z.enum(['B-B']).nullable().describe('签名等级（PAdES）；未签署为 null'),
  licensed: z.boolean().describe('所用证书是否均由许可机构签发'),
  baseSha256: z.string(),
  fileSha256: z.string().describe('当前文件的 SHA-256'),
  revision: z.number(),
  voidReason: z.string().nullable(),
  preparedAt: z.string(),
  completedAt: z.string().nullable(),
  signers: z.array(signerView),
  may: z.array(z.enum(['void'])),
  version: z.number(),
});
export type PledgeView = z.infer<typeof pledgeView>;

export const preparedReply = z.object({
  revisionId: z.string(),
  pdfUrl: z.string().describe('待签文件的地址'),
  byteRange: z.tuple([z.int(), z.int(), z.int(), z.int()]).describe('签名覆盖的字节范围'),
  signedAttributes: z.string().describe('待签属性（DER，base64）'),
  digest: z.string().describe('所签字节的 SHA-256，十六进制'),
  expiresAt: z.string(),
});
export type PreparedReply = z.infer<typeof preparedReply>;

export const completedReply = z.object({
  state: z.enum(['part-signed', 'complete']),
  fileSha256: z.string(),
  pdfUrl: z.string(),
});
export type CompletedReply = z.infer<typeof completedReply>;

const tag = '真实性承诺';
const read = { permission: 'pledge.read' };
const standing = [
  'request.not-found',
  'evaluation.frozen',
  'evaluation.wrong-state',
  'pledge.no-team',
  'sanctions.barred',
  'sanctions.needs-person',
];
const paper = ['document.character-without-glyph', 'document.not-makeable'];
const signing = [
  ...standing,
  'pledge.wrong-state',
  'pledge.not-a-signer',
  'pledge.already-signed',
  'pledge.base-changed',
  'certificate.not-own',
  'certificate.revoked',
  'signing.certificate-expired',
  'signing.certificate-not-yet-valid',
  'signing.certificate-not-trusted',
  'signing.certificate-not-for-signing',
  'signing.certificate-unknown-extension',
];

export const pledgeRoutes = {
  prepare: route({
    method: 'post',
    path: '/evaluations/:id/pledges',
    tag,
    summary: '制作真实性承诺书 Make the pledge',
    access: { permission: 'pledge.prepare' },
    params: idParams,
    reply: pledgeView,
    events: ['pledge.prepared', 'door.refused'],
    problems: [...standing, ...paper, 'pledge.open-already'],
  }),
  list: route({
    method: 'get',
    path: '/evaluations/:id/pledges',
    tag,
    summary: '单矿评估的承诺书 Pledges of an evaluation',
    access: read,
    params: idParams,
    reply: z.object({ items: z.array(pledgeView) }),
    problems: ['request.not-found'],
  }),
  listToSeal: route({
    method: 'get',
    path: '/pledges/to-seal',
    tag,
    summary: '本机构待用印的承诺书 Pledges that wait for the seal of the own institution',
    access: { permission: 'pledge.sign' },
    query: z.object(pageQuery).strict(),
    reply: pageOf(pledgeView),
  }),
  show: route({
    method: 'get',
    path: '/pledges/:id',
    tag,
    summary: '承诺书 One pledge',
    access: read,
    params: idParams,
    reply: pledgeView,
    etag: true,
    problems: ['request.not-found'],
  }),
  file: route({
    method: 'get',
    path: '/pledges/:id/file',
    tag,
    summary: '承诺书文件（缺省为当前文件） The file',
    access: read,
    params: idParams,
    query: z.strictObject({
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe('取此前某一版文件时，其 SHA-256'),
    }),
    download: ['application/pdf'],
    problems: ['request.not-found'],
  }),
  prepareSignature: route({
    method: 'post',
    path: '/pledges/:id/signatures/prepare',
    tag,
    summary: '取得待签文件与待签属性 Prepare a signature',
    access: { permission: 'pledge.sign' },
    params: idParams,
    body: z.strictObject({ certificateId: idField }),
    reply: preparedReply,
    events: ['pledge.signature-prepared', 'door.refused'],
    problems: [...signing, ...paper, 'signing.certificate-used', 'signing.field-signed'],
  }),
  preparedFile: route({
    method: 'get',
    path: '/pledges/:id/revisions/:revisionId/file',
    tag,
    summary: '待签文件 The file that is to be signed',
    access: read,
    params: z.object({ id: idField, revisionId: idField }),
    download: ['application/pdf'],
    problems: ['request.not-found'],
  }),
  completeSignature: route({
    method: 'post',
    path: '/pledges/:id/signatures/complete',
    tag,
    summary: '交回签名 Complete a signature',
    access: { permission: 'pledge.sign' },
    params: idParams,
    body: z.strictObject({ revisionId: idField, signature: z.base64().min(4).max(2_000).describe('签名值（base64）') }),
    reply: completedReply,
    status: 200,
    events: ['pledge.signed', 'pledge.completed', 'door.refused'],
    problems: [
      ...signing,
      'pledge.revision-expired',
      'pledge.signing-in-progress',
      'signing.other-document',
      'signing.other-certificate',
      'signing.signature-wrong',
    ],
  }),
  void: route({
    method: 'post',
    path: '/pledges/:id/void',
    tag,
    summary: '作废尚未签署完成的承诺书 Void a pledge that is not complete',
    access: { permission: 'pledge.prepare' },
    params: idParams,
    body: z.strictObject({ reason: lineField(500) }),
    reply: pledgeView,
    status: 200,
    events: ['pledge.voided'],
    problems: ['request.not-found', 'pledge.wrong-state'],
  }),
};

export const pledgeProblems: ProblemList = {
  'pledge.no-team': {
    status: 409,
    title: '尚未组建评估组',
    detail: '承诺书须载明评估组；请先组建评估组。',
    en: { title: 'No team yet', detail: 'The pledge names the team; name it first.' },
  },
  'pledge.open-already': {
    status: 409,
    title: '已有待签署的承诺书',
    detail: '承诺书 {pledgeId} 尚未签署完成；请签署该份，或将其作废后重新制作。',
    en: {
      title: 'A pledge is waiting to be signed',
      detail: 'The pledge {pledgeId} is not complete yet; sign it, or void it and make another.',
    },
  },
  'pledge.wrong-state': {
    status: 409,
    title: '承诺书状态不符',
    detail: '承诺书当前状态为 {state}，不能执行“{act}”。',
    en: { title: 'The pledge is in another state', detail: 'The pledge is {state} now: “{act}” cannot be done.' },
  },
  'pledge.not-a-signer': {
    status: 409,
    title: '不是签署人',
    detail: '当前岗位所属机构或人员不在本承诺书的签署人之列。',
    en: {
      title: 'Not a signer',
      detail: 'The institution or person of the present post is not among the signers of this pledge.',
    },
  },
  'pledge.already-signed': {
    status: 409,
    title: '已经签署',
    detail: '本签署人已签署，无需重复。',
    en: { title: 'Already signed', detail: 'This signer has signed; it need not be done again.' },
  },
  'pledge.base-changed': {
    status: 409,
    title: '待签文件已不是最新',
    detail: '文件已由本次或他人的签署更新，原待签内容不再可用；如仍需签署，请重新取得待签文件（prepare）。',
    en: {
      title: 'The document to be signed is out of date',
      detail:
        'This or another signature has renewed the document, and what was prepared can no longer be used; if it is still to be signed, have it prepared again (prepare).',
    },
  },
  'pledge.revision-expired': {
    status: 409,
    title: '待签文件已过期',
    detail: '待签文件有效期为30分钟；请重新取得待签文件（prepare）后签署。',
    en: {
      title: 'The document to be signed has run out',
      detail: 'What is prepared for signing holds for 30 minutes; have it prepared again (prepare), then sign.',
    },
  },
  'pledge.signing-in-progress': {
    status: 409,
    title: '正在保存签署',
    detail: '本承诺书的一次签署正在保存；请在 {retryAfter} 秒后查看，未成功时重试。',
    en: {
      title: 'A signature is being stored',
      detail:
        'A signature of this pledge is being stored; look again in {retryAfter} seconds, and try again if it failed.',
    },
  },
};

export const pledgeEvents: EventCatalogue = {
  'pledge.prepared': { visibility: 'public', title: '制作真实性承诺书' },
  'pledge.signature-prepared': { visibility: 'sealed', title: '取得待签文件' },
  'pledge.signed': { visibility: 'public', title: '签署真实性承诺书' },
  'pledge.completed': { visibility: 'public', title: '真实性承诺书签署完成' },
  'pledge.voided': { visibility: 'public', title: '真实性承诺书作废' },
};
