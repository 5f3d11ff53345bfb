import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { connect, type ServiceConnection } from '../../src/cli/sign/service-connection';
import { enrol, type EnrolledCertificate, type OwnKey } from '../../src/cli/sign/sign-client';
import { instant, type Instant } from '../../src/kernel/pure/time';
import { systemClock } from '../../src/kernel/sources';
import { fromBase64, nodeSigner, publicKeyDerOf, toBase64 } from '../../src/modules/signing';
import { clerk, type PaperApp } from './paper-app';

/** The true time, moved on by what the test lets pass: foreign judges look at their own clock. */
export function movingClock(): { now(): Instant; pass(ms: number): void } {
  let offset = 0;
  return {
    now: () => instant(systemClock.now() + offset),
    pass: (ms) => {
      offset += ms;
    },
  };
}

export const aP256Key = (): OwnKey => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return { signer: nodeSigner(key), publicKeyDer: publicKeyDerOf(key) };
};

let keys = 0;
export const newKey = (): string => `test-key-${(keys += 1).toString().padStart(6, '0')}`;

export const connectTo = ({ url }: PaperApp, who = clerk): ServiceConnection =>
  connect({ baseUrl: url, headers: () => ({ authorization: `Bearer ${who}` }), newIdempotencyKey: newKey });

export interface Prepared {
  revisionId: string;
  pdfUrl: string;
  byteRange: [number, number, number, number];
  signedAttributes: string;
  digest: string;
  expiresAt: string;
}

/** What a clerk does over HTTP, step by step. */
export function aClerk(t: PaperApp, who = clerk) {
  const post = (address: string, body: object = {}, headers: Record<string, string> = {}) =>
    request(t.app)
      .post(`/api/v1${address}`)
      .set({ authorization: `Bearer ${who}`, ...headers })
      .send(body);
  const get = (address: string) =>
    request(t.app)
      .get(`/api/v1${address}`)
      .set({ authorization: `Bearer ${who}` });
  const key = aP256Key();
  let certificate: EnrolledCertificate | undefined;
  const certify = async (): Promise<string> => (certificate ??= await enrol(connectTo(t, who), key, '任意名称')).id;
  const makePledge = async (): Promise<string> => {
    const { body } = await post('/evaluations/evaluation-1/pledges').expect(201);
    return body.id as string;
  };
  const tryPrepare = async (pledgeId: string, certificateId?: string) =>
    post(`/pledges/${pledgeId}/signatures/prepare`, { certificateId: certificateId ?? (await certify()) });
  const prepare = async (pledgeId: string): Promise<Prepared> => {
    const reply = await tryPrepare(pledgeId);
    if (reply.status !== 201) throw new Error(`prepare answered ${reply.status}: ${reply.text}`);
    return reply.body as Prepared;
  };
  const answer = async ({ revisionId, signedAttributes }: Prepared) => {
    const signature = await key.signer.sign(fromBase64(signedAttributes));
    return { revisionId, signature: toBase64(signature) };
  };
  const complete = async (pledgeId: string, prepared: Prepared, headers: Record<string, string> = {}) =>
    post(`/pledges/${pledgeId}/signatures/complete`, await answer(prepared), headers);
  return { post, get, key, certify, makePledge, tryPrepare, prepare, answer, complete };
}

export type Clerk = ReturnType<typeof aClerk>;
