import * as z from 'zod';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

export const issuedReply = z.object({
  id: z.string(),
  certificate: z.string().describe('证书（PEM）'),
  chain: z.array(z.string()).describe('签发者证书（PEM），自近及远'),
  serial: z.string().describe('序列号，十六进制'),
  notBefore: z.string(),
  notAfter: z.string(),
  licensed: z.boolean().describe('是否由依法许可的电子认证机构签发；否为非许可机构证书'),
});
export type IssuedReply = z.infer<typeof issuedReply>;

export const certificateView = z.object({
  id: z.string(),
  subject: z.string().describe('证书持有人'),
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  licensed: z.boolean(),
  state: z.enum(['valid', 'not-yet-valid', 'expired', 'revoked']),
  issuedAt: z.string(),
});
export type CertificateView = z.infer<typeof certificateView>;

const tag = '证书';

export const signingRoutes = {
  request: route({
    method: 'post',
    path: '/certificates',
    tag,
    summary: '凭证书请求申请签名证书（持有人以登记为准） Request a certificate',
    access: { permission: 'certificate.request' },
    body: z.strictObject({ csr: z.string().min(1).max(20_000).describe('PKCS#10 证书请求（PEM）') }),
    reply: issuedReply,
    events: ['certificate.issued'],
    problems: [
      'certificate.request-malformed',
      'certificate.key-not-supported',
      'certificate.possession-not-proven',
      'certificate.no-subject',
    ],
  }),
  list: route({
    method: 'get',
    path: '/certificates',
    tag,
    summary: '本机构的证书 Own certificates',
    access: { permission: 'certificate.request' },
    query: z.strictObject(pageQuery),
    reply: pageOf(certificateView),
  }),
  anchors: route({
    method: 'get',
    path: '/public/trust-anchors.pem',
    tag,
    summary: '信任锚（根证书） Trust anchors',
    access: 'public',
    download: ['application/x-pem-file'],
  }),
};

export const signingProblems: ProblemList = {
  'certificate.request-malformed': {
    status: 422,
    title: '证书请求无法读取',
    detail: '须为一份 PEM 格式的 PKCS#10 证书请求。',
    en: {
      title: 'The certificate request cannot be read',
      detail: 'It must be one PKCS#10 certificate request in PEM.',
    },
  },
  'certificate.key-not-supported': {
    status: 422,
    title: '不支持的密钥',
    detail: '只接受 RSA 2048 至 4096 位（指数 65537）或 P-256 密钥，签名算法为 SHA-256。',
    en: {
      title: 'The key is not supported',
      detail: 'Only RSA keys of 2048 to 4096 bits (exponent 65537) and P-256 keys are taken, signed with SHA-256.',
    },
  },
  'certificate.possession-not-proven': {
    status: 422,
    title: '不能证明持有私钥',
    detail: '证书请求不是由其中公钥对应的私钥签署的；请用本人的私钥重新生成。',
    en: {
      title: 'Possession of the private key is not proven',
      detail:
        'The request is not signed by the private key that belongs to its public key; make it again with your own private key.',
    },
  },
  'certificate.no-subject': {
    status: 409,
    title: '岗位没有所属机构',
    detail: '证书签发给登记在册的机构；当前岗位不属于任何机构。',
    en: {
      title: 'The post belongs to no institution',
      detail: 'Certificates are issued to registered institutions, and the present post belongs to none.',
    },
  },
  'certificate.not-own': {
    status: 422,
    title: '不是本机构的证书',
    detail: '没有编号为 {id} 的证书，或它不属于签署机构。',
    en: {
      title: 'Not a certificate of the institution',
      detail: 'There is no certificate with the number {id}, or it does not belong to the signing institution.',
    },
  },
  'certificate.revoked': {
    status: 409,
    title: '证书已吊销',
    detail: '序列号 {serial} 的证书已吊销；请申请新证书。',
    en: {
      title: 'The certificate is revoked',
      detail: 'The certificate with serial number {serial} is revoked; apply for a new one.',
    },
  },
  // What preparing and checking a signature can come to; most codes are those of `checkSignature` and `checkChain`.
  'signing.certificate-used': {
    status: 409,
    title: '该证书已签署过本文件',
    detail: '同一证书在一份文件中只签署一次；请换用另一证书。',
    en: {
      title: 'The certificate has signed this document',
      detail: 'One certificate signs a document once; use another.',
    },
  },
  'signing.field-signed': {
    status: 409,
    title: '该签名域已签署',
    detail: '此处已有签名，不能重复签署。',
    en: {
      title: 'The signature field is signed',
      detail: 'There is a signature here already; it cannot be signed again.',
    },
  },
  'signing.other-document': {
    status: 422,
    title: '签名不属于本文件',
    detail: '待签属性中的摘要与文件不符；请重新取得待签文件。',
    en: {
      title: 'The signature is not of this document',
      detail: 'The digest in the signed attributes does not match the document; have it prepared again.',
    },
  },
  'signing.other-certificate': {
    status: 422,
    title: '签名不属于所用证书',
    detail: '待签属性与证书不符；请重新取得待签文件。',
    en: {
      title: 'The signature is not of this certificate',
      detail: 'The signed attributes do not match the certificate; have it prepared again.',
    },
  },
  'signing.signature-wrong': {
    status: 422,
    title: '签名校验未通过',
    detail: '签名不是由该证书的私钥对待签属性作出的；请核对私钥与证书后重新签署。',
    en: {
      title: 'The signature does not verify',
      detail:
        'It was not made over the signed attributes by the private key of this certificate; check key and certificate, then sign again.',
    },
  },
  'signing.certificate-not-for-signing': {
    status: 422,
    title: '证书不能用于签名',
    detail: '证书的用途不含文件签名（{reason}）。',
    en: {
      title: 'The certificate is not for signing',
      detail: 'Its uses do not include the signing of documents ({reason}).',
    },
  },
  'signing.certificate-not-trusted': {
    status: 422,
    title: '证书不受信任',
    detail: '序列号 {serial} 的证书不在受信任的签发链上。',
    en: {
      title: 'The certificate is not trusted',
      detail: 'The certificate with serial number {serial} is not on a trusted chain.',
    },
  },
  'signing.certificate-not-yet-valid': {
    status: 409,
    title: '证书尚未生效',
    detail: '序列号 {serial} 的证书尚未生效。',
    en: {
      title: 'The certificate is not valid yet',
      detail: 'The certificate with serial number {serial} is not valid yet.',
    },
  },
  'signing.certificate-expired': {
    status: 409,
    title: '证书已过期',
    detail: '序列号 {serial} 的证书已过期；请申请新证书。',
    en: {
      title: 'The certificate has expired',
      detail: 'The certificate with serial number {serial} has expired; apply for a new one.',
    },
  },
  'signing.certificate-unknown-extension': {
    status: 422,
    title: '证书含未知的关键扩展',
    detail: '序列号 {serial} 的证书不能使用。',
    en: {
      title: 'The certificate has an unknown critical extension',
      detail: 'The certificate with serial number {serial} cannot be used.',
    },
  },
};

export const signingEvents: EventCatalogue = { 'certificate.issued': { visibility: 'sealed', title: '签发证书' } };
