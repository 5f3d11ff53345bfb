import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant, instantText } from '../../src/kernel/pure/time';
import {
  acceptRequest,
  assemble,
  buildSignedData,
  checkSignature,
  fromBase64,
  fromHex,
  fromPem,
  issueLeaf,
  nodeCrypto,
  nodeSigner,
  parseCertificate,
  prepareIncrement,
  toBase64,
  toHex,
  toPem,
  type PreparedIncrement,
} from '../../src/modules/signing/index';
import { anAuthority, aPdf, NOW, type Authority } from './signing';

export interface Exchange {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

interface Reply {
  status: number;
  body: unknown;
}

/**
 * The signing part of the service behind its HTTP contract, over the true library and without a database, for a client
 * that has to meet a service which lies: `tamper` may change any reply before it goes out.
 */
export interface PledgeService {
  url: string;
  exchanges: Exchange[];
  authority: Authority;
  tamper: (path: string, reply: Reply) => Reply;
  close: () => Promise<void>;
}

export async function aPledgeService(): Promise<PledgeService> {
  const authority = await anAuthority();
  const files = new Map<string, Uint8Array>();
  const routes = routesOver(authority, await aPdf(), files);
  const service: PledgeService = {
    url: '',
    exchanges: [],
    authority,
    tamper: (_path, reply) => reply,
    close: async () => undefined,
  };
  const answer = async (exchange: Exchange): Promise<Reply> => {
    const file = files.get(exchange.path);
    if (file) return { status: 200, body: file };
    const route = routes[exchange.path];
    return route ? route(JSON.parse(exchange.body) as never) : { status: 404, body: { title: '未找到' } };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const exchange = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      service.exchanges.push(exchange);
      void answer(exchange).then((given) => {
        const { status, body } = service.tamper(exchange.path, given);
        response.writeHead(status).end(body instanceof Uint8Array ? body : JSON.stringify(body));
      });
    });
  });
  service.url = await listen(server);
  service.close = () => new Promise((done) => server.close(() => done()));
  return service;
}

type Routes = Record<string, (body: never) => Promise<Reply>>;

function routesOver(authority: Authority, base: Uint8Array, files: Map<string, Uint8Array>): Routes {
  const certificates: Uint8Array[] = [];
  let revision: { prepared: PreparedIncrement; certificateDer: Uint8Array } | undefined;

  const issue = async ({ csr }: { csr: string }): Promise<Reply> => {
    const { publicKeyDer } = await acceptRequest(fromPem('CERTIFICATE REQUEST', csr)[0]!, nodeCrypto);
    const validity = { notBefore: NOW, notAfter: instant(NOW + 86_400_000) };
    // The root has serial 1: issuer and serial together name one certificate only.
    const serial = `1${certificates.length}`;
    const subject = [{ type: 'commonName' as const, value: '示例评估技术有限公司' }];
    const signer = nodeSigner(authority.key);
    const facts = { subject, publicKeyDer, serial, ...validity };
    const der = await issueLeaf(facts, parseCertificate(authority.der), signer, nodeCrypto);
    const id = `certificate-${certificates.push(der)}`;
    const [notBefore, notAfter] = [instantText(validity.notBefore), instantText(validity.notAfter)];
    const chain = [toPem('CERTIFICATE', authority.der)];
    return {
      status: 201,
      body: { id, certificate: toPem('CERTIFICATE', der), chain, serial, notBefore, notAfter, licensed: false },
    };
  };
  const prepare = async ({ certificateId }: { certificateId: string }): Promise<Reply> => {
    const certificateDer = certificates[Number(certificateId.slice(12)) - 1]!;
    const signer = { name: '示例评估技术有限公司', role: '评估机构', lines: ['非许可机构证书'] };
    const facts = { certificateDer, chainDer: [authority.der], claimedTime: NOW, field: { name: 'signer-1' } };
    const prepared = await prepareIncrement({ base: base, signer, ...facts });
    revision = { prepared, certificateDer };
    files.set('/files/prepared.pdf', Buffer.concat([base, prepared.increment]));
    const { byteRange, digestHex: digest } = prepared;
    const signedAttributes = toBase64(prepared.signedAttributesDer);
    const expiresAt = instantText(instant(NOW + 600_000));
    return {
      status: 200,
      body: { revisionId: 'r1', pdfUrl: '/files/prepared.pdf', byteRange, signedAttributes, digest, expiresAt },
    };
  };
  const complete = async ({ signature }: { signature: string }): Promise<Reply> => {
    const { prepared, certificateDer } = revision!;
    const { signedAttributesDer, byteRange, increment, digestHex } = prepared;
    const question = {
      documentDigest: fromHex(digestHex),
      signedAttributesDer,
      signature: fromBase64(signature),
      certificateDer,
    };
    if (!(await checkSignature(question, nodeCrypto)).ok) return { status: 422, body: { title: '签名不符' } };
    const cmsDer = buildSignedData({ ...question, chainDer: [authority.der] });
    const signed = assemble({ base: base, increment, byteRange, cmsDer });
    files.set('/files/signed.pdf', signed);
    const fileSha256 = toHex(await nodeCrypto.sha256(signed));
    return { status: 200, body: { state: 'complete', fileSha256, pdfUrl: '/files/signed.pdf' } };
  };
  return {
    '/api/v1/certificates': issue,
    '/api/v1/pledges/p-1/signatures/prepare': prepare,
    '/api/v1/pledges/p-1/signatures/complete': complete,
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
