import * as z from 'zod';
import {
  checkPrepared,
  checkSignedData,
  digestOfRange,
  firstDerValue,
  fromBase64,
  fromHex,
  fromPem,
  makeRequest,
  nodeCrypto,
  parseCertificate,
  parseSignedData,
  SigningError,
  toBase64,
  toHex,
  toPem,
  type ByteRange,
  type CheckedDocument,
  type Signer,
} from '../../modules/signing/index';
import { SignClientError } from './errors';
import type { ServiceConnection } from './service-connection';

const certificateReply = z.object({
  id: z.string(),
  certificate: z.string(),
  chain: z.array(z.string()),
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  licensed: z.boolean(),
});

const prepareReply = z.object({
  revisionId: z.string(),
  pdfUrl: z.string(),
  byteRange: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  signedAttributes: z.base64(),
  digest: z.string(),
  expiresAt: z.string(),
});

const completeReply = z.object({ state: z.string(), fileSha256: z.string(), pdfUrl: z.string() });

/** The private half stays with whoever made the signer. */
export interface OwnKey {
  signer: Signer;
  publicKeyDer: Uint8Array;
}

export interface OwnCertificate {
  /** The service's id for it. */
  id: string;
  certificateDer: Uint8Array;
  chainDer: Uint8Array[];
}

export interface EnrolledCertificate extends OwnCertificate {
  serial: string;
  notBefore: string;
  notAfter: string;
  /** False for the built-in authority: 非许可机构证书. */
  licensed: boolean;
}

/** What the signer is shown before the key is used. */
export interface DocumentToSign extends CheckedDocument {
  pdf: Uint8Array;
  expiresAt: string;
}

export interface SignRequest {
  pledgeId: string;
  key: OwnKey;
  certificate: OwnCertificate;
  /** Shows the checked document; false or a throw ends without a signature. */
  confirm: (document: DocumentToSign) => boolean | Promise<boolean>;
}

export interface SignedPledge {
  state: string;
  fileSha256: string;
  pdf: Uint8Array;
}

/**
 * Sends a certificate request made with the own key and takes the certificate. `label` becomes the request's subject,
 * which the service does not go by. Throws SignClientError.
 */
export async function enrol(connection: ServiceConnection, key: OwnKey, label: string): Promise<EnrolledCertificate> {
  const subject = [{ type: 'commonName' as const, value: label }];
  const csr = toPem('CERTIFICATE REQUEST', await makeRequest(subject, key.publicKeyDer, key.signer));
  const reply = await connection.post('/api/v1/certificates', { csr }, certificateReply);
  const [certificateDer] = fromPem('CERTIFICATE', reply.certificate);
  const chainDer = reply.chain.flatMap((pem) => fromPem('CERTIFICATE', pem));
  if (!certificateDer) throw new SignClientError('reply-not-understood', '答复中没有证书');
  requireOwn(certificateDer, key);
  const { id, serial, notBefore, notAfter, licensed } = reply;
  return { id, certificateDer, chainDer, serial, notBefore, notAfter, licensed };
}

/** Throws SignClientError `certificate-not-for-this-key`. */
export function requireOwn(certificateDer: Uint8Array, key: OwnKey): void {
  if (toHex(parseCertificate(certificateDer).publicKeyDer) !== toHex(key.publicKeyDer)) {
    throw new SignClientError('certificate-not-for-this-key', '证书与本机私钥不匹配');
  }
}

/**
 * Prepare, check, sign here, complete (architecture 5.3). The key is used only after the document's digest has been
 * recomputed from the bytes that were shown. Throws SignClientError.
 */
export async function signPledge(connection: ServiceConnection, request: SignRequest): Promise<SignedPledge> {
  const { key, certificate } = request;
  requireOwn(certificate.certificateDer, key);
  const path = `/api/v1/pledges/${encodeURIComponent(request.pledgeId)}/signatures`;
  const prepared = await connection.post(`${path}/prepare`, { certificateId: certificate.id }, prepareReply);
  const pdf = await connection.download(prepared.pdfUrl);
  const signedAttributesDer = fromBase64(prepared.signedAttributes);
  const { certificateDer } = certificate;
  const checked = await checkPrepared(
    { pdf, byteRange: prepared.byteRange, signedAttributesDer, certificateDer },
    nodeCrypto,
  );
  if (!checked.ok) {
    const { code, params } = checked.refusal;
    throw new SignClientError('document-check-failed', `待签文件核对不符（${code} ${JSON.stringify(params)}），未签署`);
  }
  if (checked.value.digestHex !== prepared.digest) {
    throw new SignClientError('document-check-failed', '服务所报摘要与待签文件不符，未签署');
  }
  if (!(await request.confirm({ ...checked.value, pdf, expiresAt: prepared.expiresAt }))) {
    throw new SignClientError('not-confirmed', '未确认，未签署');
  }
  const signature = await key.signer.sign(signedAttributesDer);
  const body = { revisionId: prepared.revisionId, signature: toBase64(signature) };
  const reply = await connection.post(`${path}/complete`, body, completeReply);
  const signed = await connection.download(reply.pdfUrl);
  await requireSameDocument(signed, reply.fileSha256, prepared.byteRange, checked.value.digestHex, certificateDer);
  return { state: reply.state, fileSha256: reply.fileSha256, pdf: signed };
}

/** The stored file must hold, at the same byte range, the document that was signed, with the own signature on it. */
async function requireSameDocument(
  signed: Uint8Array,
  fileSha256: string,
  byteRange: ByteRange,
  digestHex: string,
  certificateDer: Uint8Array,
): Promise<void> {
  const differs = (what: string): SignClientError =>
    new SignClientError('signed-file-differs', `取回的已签文件有误：${what}`);
  if (toHex(await nodeCrypto.sha256(signed)) !== fileSha256) throw differs('SHA-256 与答复不符');
  const [, length, next] = byteRange;
  try {
    const digest = await digestOfRange(signed, byteRange, nodeCrypto);
    if (toHex(digest) !== digestHex) throw differs('内容不是所签的文件');
    const hex = Buffer.from(signed.subarray(length + 1, next - 1)).toString('latin1');
    const cms = parseSignedData(firstDerValue(fromHex(hex)));
    const verdict = await checkSignedData(cms, digest, nodeCrypto);
    if (!verdict.ok || toHex(verdict.value.der) !== toHex(certificateDer)) throw differs('签名不是本机所签');
  } catch (fault) {
    if (fault instanceof SigningError || fault instanceof RangeError) throw differs(fault.message);
    throw fault;
  }
}
