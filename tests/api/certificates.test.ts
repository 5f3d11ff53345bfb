import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createVault } from '../../src/kernel/vault/vault';
import type { Pool } from '../../src/kernel/workers/pool';
import { ensureAuthority, fromPem, makeRequest, nodeSigner, publicKeyDerOf, toPem } from '../../src/modules/signing';
import { CertificateRow } from '../../src/modules/signing/certificates.store';
import {
  clerk,
  credential,
  officer,
  OWN,
  paperApp,
  paperPool,
  stranger,
  USCC,
  type PaperApp,
} from '../support/paper-app';
import { aClerk, aP256Key, movingClock, type Clerk } from '../support/pledge-signing';

const YEAR_MS = 365 * 86_400_000;

describe('certificates of the built-in authority', () => {
  let t: PaperApp;
  let pool: Pool;
  let clock: ReturnType<typeof movingClock>;
  let c: Clerk;
  beforeAll(() => {
    pool = paperPool();
  });
  beforeEach(async () => {
    clock = movingClock();
    t = await paperApp(clock, pool);
    c = aClerk(t);
  });
  afterEach(() => t.close());
  afterAll(() => pool.close());

  const requestFor = async (key = aP256Key()): Promise<string> => {
    const subject = [{ type: 'commonName' as const, value: '冒充他人的名称' }];
    return toPem('CERTIFICATE REQUEST', await makeRequest(subject, key.publicKeyDer, key.signer));
  };

  test('the subject is the register’s, never the request’s; the chain ends at the published anchor', async () => {
    const key = aP256Key();
    const { body } = await c.post('/certificates', { csr: await requestFor(key) }).expect(201);
    expect(body).toMatchObject({ licensed: false, serial: expect.stringMatching(/^[4-7][0-9a-f]{31}$/) });
    const leaf = new X509Certificate(body.certificate as string);
    expect(leaf.subject).toContain('CN=示例绿色矿山评估有限公司');
    expect(leaf.subject).toContain(`NTRCN-${USCC}`);
    expect(leaf.subject).not.toContain('冒充');
    expect(leaf.issuer).toContain('非许可机构');
    expect(leaf.ca).toBe(false);
    const anchor = new X509Certificate(await (await fetch(`${t.url}/api/v1/public/trust-anchors.pem`)).text());
    expect(body.chain).toEqual([anchor.toString()]);
    expect(leaf.verify(anchor.publicKey)).toBe(true);
    expect(
      leaf.publicKey.equals(createPublicKey({ key: Buffer.from(key.publicKeyDer), format: 'der', type: 'spki' })),
    ).toBe(true);
    const life = Date.parse(leaf.validTo) - Date.parse(leaf.validFrom) + 1000;
    expect([YEAR_MS, YEAR_MS + 86_400_000]).toContain(life);
    expect(Date.parse(leaf.validFrom)).toBeLessThanOrEqual(clock.now());
    expect(await t.auditTypes()).toEqual(['certificate.issued']);
  });

  test('serial numbers differ, the authority’s own included', async () => {
    const serials = [t.authority.certificate.serial];
    for (let n = 0; n < 5; n += 1) {
      const { body } = await c.post('/certificates', { csr: await requestFor() }).expect(201);
      serials.push(body.serial as string);
    }
    expect(new Set(serials).size).toBe(6);
  });

  test('the authority stays the same from start to start', async () => {
    const again = await ensureAuthority(
      createVault(t.database.db, 'a master key for tests, long enough'),
      t.database.db.sources,
    );
    expect(again.certificatePem).toBe(t.authority.certificatePem);
  });

  test('a request that proves nothing, cannot be read or bears another kind of key is refused by its reason', async () => {
    const tell = async (csr: string): Promise<string> => (await c.post('/certificates', { csr }).expect(422)).body.type;
    const der = Buffer.from(fromPem('CERTIFICATE REQUEST', await requestFor())[0]!);
    const forged = Buffer.from(der);
    forged.write('X', forged.indexOf('冒'));
    expect(await tell(toPem('CERTIFICATE REQUEST', forged))).toMatch(/possession-not-proven|request-malformed/);
    const swapped = Buffer.from(der);
    swapped.write('A'.repeat(3), swapped.indexOf(Buffer.from('冒')));
    expect(await tell(toPem('CERTIFICATE REQUEST', swapped))).toBe('/problems/certificate/possession-not-proven');
    expect(await tell('nonsense')).toBe('/problems/certificate/request-malformed');
    expect(await tell((await requestFor()) + (await requestFor()))).toBe('/problems/certificate/request-malformed');
    expect(await tell('-----BEGIN CERTIFICATE REQUEST-----\nAAA\n-----END CERTIFICATE REQUEST-----')).toBe(
      '/problems/certificate/request-malformed',
    );
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const p256 = aP256Key();
    const weak = Buffer.from(fromPem('CERTIFICATE REQUEST', await requestFor(p256))[0]!);
    const at = weak.indexOf(Buffer.from(p256.publicKeyDer));
    // The request of a good key with a weak key put in its place, lengths and all.
    const shorter = Buffer.concat([weak.subarray(0, at), Buffer.from(publicKeyDerOf(small)), weak.subarray(at + 91)]);
    expect(await tell(toPem('CERTIFICATE REQUEST', shorter))).toBe('/problems/certificate/request-malformed');
    expect(() => nodeSigner(small)).toThrow('RSA key of 1024 bits');
    expect(await t.database.db.m.count(CertificateRow)).toBe(0);
  });

  test('issued to institutions only, and listed to their own', async () => {
    await aClerk(t, officer)
      .post('/certificates', { csr: await requestFor() })
      .expect(403);
    const nowhere = credential({ role: 'institution', institutionId: null, accountId: 'account-4' });
    const refused = await aClerk(t, nowhere)
      .post('/certificates', { csr: await requestFor() })
      .expect(409);
    expect(refused.body.type).toBe('/problems/certificate/no-subject');
    await c.certify();
    const own = await aClerk(t, clerk).get('/certificates').expect(200);
    expect(own.body.items).toMatchObject([{ subject: '示例绿色矿山评估有限公司', state: 'valid', licensed: false }]);
    expect((await aClerk(t, stranger).get('/certificates').expect(200)).body.items).toEqual([]);
  });

  test('another institution’s, a revoked and an expired certificate do not sign, prepared or not', async () => {
    const id = await c.makePledge();
    const foreign = await aClerk(t, stranger).certify();
    for (const certificateId of [foreign, 'nothing']) {
      const refused = await c.tryPrepare(id, certificateId);
      expect(refused).toMatchObject({ status: 422, body: { type: '/problems/certificate/not-own' } });
    }
    const prepared = await c.prepare(id);
    const change = (revokedAt: number | null): Promise<unknown> =>
      inTransaction(t.database.db, (tx) => tx.m.update(CertificateRow, { institutionId: OWN }, { revokedAt }));
    await change(clock.now());
    const revoked = { status: 409, body: { type: '/problems/certificate/revoked' } };
    expect(await c.tryPrepare(id)).toMatchObject(revoked);
    expect(await c.complete(id, prepared)).toMatchObject(revoked);
    expect((await c.get('/certificates')).body.items).toMatchObject([{ state: 'revoked' }]);
    await change(null);
    clock.pass(YEAR_MS + 2 * 86_400_000);
    const expired = await c.tryPrepare(id);
    expect(expired).toMatchObject({ status: 409, body: { type: '/problems/signing/certificate-expired' } });
    expect((await c.get('/certificates')).body.items).toMatchObject([{ state: 'expired' }]);
  });
});
