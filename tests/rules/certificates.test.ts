import { X509Certificate } from 'node:crypto';
import { instant, parseInstant } from '../../src/kernel/pure/time';
import { parseDer, readTime, sequence, time, toDer, integer, readInteger } from '../../src/modules/signing/core/asn1';
import { fromHex, toHex } from '../../src/modules/signing/core/bytes';
import { buildName, readName } from '../../src/modules/signing/core/names';
import { readPublicKey } from '../../src/modules/signing/core/public-key';
import {
  acceptRequest,
  checkChain,
  commonNameOf,
  DEMONSTRATION_AUTHORITY,
  fromPem,
  issueLeaf,
  makeRequest,
  makeRoot,
  nodeCrypto,
  nodeSigner,
  parseCertificate,
  publicKeyDerOf,
  SigningError,
  toPem,
  type NameAttribute,
  type SigningErrorCode,
} from '../../src/modules/signing/index';
import { aKey, anAuthority, aSigner, NOW, type Authority, type KeyKind } from '../support/signing';

const codeOf = async (work: () => unknown): Promise<SigningErrorCode> => {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof SigningError) return fault.code;
    throw fault;
  }
  throw new Error('was not refused');
};
const SIGNER = { name: '示例评估技术有限公司', role: '评估机构', field: 'a' };
const subject: NameAttribute[] = [{ type: 'commonName', value: '甲' }];
const flip = (der: Uint8Array, at: number): Uint8Array => {
  const changed = Uint8Array.from(der);
  changed.set([changed.at(at)! ^ 1], at < 0 ? der.length + at : at);
  return changed;
};

describe('DER', () => {
  test.each([
    ['trailing byte', '020101' + '00'],
    ['padded integer', '02020001'],
    ['long form for a short length', '02810101'],
    ['indefinite length', '30800000'],
    ['cut off', '0202'],
    ['empty', ''],
    ['nested too deep', '3080'.repeat(60)],
  ])('%s is refused', async (_name, hex) => {
    expect(await codeOf(() => parseDer(fromHex(hex)))).toBe('malformed-der');
  });

  test('a value above the limit is refused, one at it is read', async () => {
    const der = toDer(sequence(integer('01')));
    expect(toHex(toDer(parseDer(der, der.length)))).toBe(toHex(der));
    expect(await codeOf(() => parseDer(der, der.length - 1))).toBe('malformed-der');
  });

  test.each(['00', '7f', '80', 'ff', '0100', '8000'])('integer %s comes back', (hex) => {
    expect(readInteger(parseDer(toDer(integer(hex))))).toBe(hex);
  });

  test('times: UTCTime to the end of 2049, GeneralizedTime after', () => {
    const last = parseInstant('2049-12-31T23:59:59.000Z');
    expect(toHex(toDer(time(last)))).toMatch(/^170d/);
    expect(toHex(toDer(time(instant(last + 1000))))).toMatch(/^180f/);
    for (const at of [last, instant(last + 1000), NOW]) expect(readTime(parseDer(toDer(time(at))))).toBe(at);
  });
});

describe('certificates', () => {
  let authority: Authority;
  beforeAll(async () => {
    authority = await anAuthority('rsa-2048');
  });

  test.each<KeyKind>(['rsa-2048', 'p256'])(
    'a root on %s is one that node:crypto verifies, and says it is not licensed',
    async (kind) => {
      const { der } = await anAuthority(kind);
      const other = new X509Certificate(der);
      expect(other.ca).toBe(true);
      expect(other.verify(other.publicKey)).toBe(true);
      expect(other.subject).toContain('非许可机构');
      expect(commonNameOf(parseCertificate(der).subject)).toBe(commonNameOf(DEMONSTRATION_AUTHORITY));
    },
  );

  test.each<KeyKind>(['rsa-2048', 'rsa-3072', 'p256'])('a signer’s certificate on %s reads back', async (kind) => {
    const { certificateDer, key } = await aSigner(authority, kind, SIGNER);
    const certificate = parseCertificate(certificateDer);
    const other = new X509Certificate(certificateDer);
    expect(other.verify(new X509Certificate(authority.der).publicKey)).toBe(true);
    expect(other.checkIssued(new X509Certificate(authority.der))).toBe(true);
    expect(toHex(certificate.publicKeyDer)).toBe(toHex(publicKeyDerOf(key)));
    expect(certificate.isAuthority).toBe(false);
    expect(certificate.keyUsage).toEqual([0, 1]);
    expect(certificate.authorityKeyId).toBe(parseCertificate(authority.der).subjectKeyId);
    expect(certificate.unknownCritical).toEqual([]);
    expect(commonNameOf(certificate.subject)).toBe(SIGNER.name);
    expect(certificate.serial).toMatch(/^ff/);
  });

  test('names: Chinese as UTF-8, lengths at and above the bound', async () => {
    const name = (value: string): NameAttribute[] => [{ type: 'commonName', value }];
    expect(readName(toDer(buildName(name('鉴'.repeat(64)))))).toEqual(name('鉴'.repeat(64)));
    expect(await codeOf(() => buildName(name('鉴'.repeat(65))))).toBe('value-out-of-range');
    expect(await codeOf(() => buildName(name('')))).toBe('value-out-of-range');
    expect(await codeOf(() => buildName([{ type: 'countryName', value: '中国' }]))).toBe('value-out-of-range');
  });

  const issue = (changes: Partial<Parameters<typeof issueLeaf>[0]>): Promise<Uint8Array> => {
    const key = aKey('p256');
    const request = {
      subject,
      publicKeyDer: publicKeyDerOf(key),
      serial: '05',
      notBefore: NOW,
      notAfter: instant(NOW + 1000),
    };
    return issueLeaf(
      { ...request, ...changes },
      parseCertificate(authority.der),
      nodeSigner(authority.key),
      nodeCrypto,
    );
  };

  test.each(['', '0', '00', '0000', 'XY', '80' + '00'.repeat(19), '01'.repeat(21)])(
    'serial %j is refused',
    async (serial) => {
      expect(await codeOf(() => issue({ serial }))).toBe('value-out-of-range');
    },
  );

  test('the longest serial is taken, an empty validity and an empty subject are not', async () => {
    expect(parseCertificate(await issue({ serial: '7f'.repeat(20) })).serial).toBe('7f'.repeat(20));
    expect(await codeOf(() => issue({ notAfter: NOW }))).toBe('value-out-of-range');
    expect(await codeOf(() => issue({ subject: [] }))).toBe('value-out-of-range');
  });

  test('garbage and truncation are refused as malformed, never thrown raw', async () => {
    for (let length = 0; length < authority.der.length; length += 37) {
      expect(await codeOf(() => parseCertificate(authority.der.subarray(0, length)))).toBe('malformed-certificate');
    }
  });
});

describe('certificate requests', () => {
  const pem = `-----BEGIN CERTIFICATE REQUEST-----
MIIBCDCBrwIBADAPMQ0wCwYDVQQDDARUZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
-----END CERTIFICATE REQUEST-----`;

  test.each<KeyKind>(['rsa-2048', 'p256'])('a request on %s is taken with its proof', async (kind) => {
    const key = aKey(kind);
    const der = await makeRequest(subject, publicKeyDerOf(key), nodeSigner(key));
    const [again] = fromPem('CERTIFICATE REQUEST', toPem('CERTIFICATE REQUEST', der));
    const request = await acceptRequest(again!, nodeCrypto);
    expect(toHex(request.publicKeyDer)).toBe(toHex(publicKeyDerOf(key)));
    expect(request.subject).toEqual(subject);
  });

  test('a request signed by another key, or changed, is refused', async () => {
    const key = aKey('p256');
    const der = await makeRequest(subject, publicKeyDerOf(key), nodeSigner(aKey('p256')));
    expect(await codeOf(() => acceptRequest(der, nodeCrypto))).toBe('proof-of-possession-failed');
    const rsa = aKey('rsa-2048');
    const good = await makeRequest(subject, publicKeyDerOf(rsa), nodeSigner(rsa));
    expect(await codeOf(() => acceptRequest(flip(good, -1), nodeCrypto))).toBe('proof-of-possession-failed');
  });

  test('cut-off text is malformed', async () => {
    expect(await codeOf(() => acceptRequest(fromPem('CERTIFICATE REQUEST', pem)[0]!, nodeCrypto))).toBe(
      'malformed-request',
    );
  });

  test('keys outside the profile are refused: RSA of 1024 and 2040 bits, another curve', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    for (const modulusLength of [1024, 2040]) {
      const key = generateKeyPairSync('rsa', { modulusLength }).privateKey;
      expect(readPublicKey(publicKeyDerOf(key))).toMatchObject({ kind: 'rsa', bits: modulusLength });
      expect(await codeOf(() => nodeSigner(key))).toBe('unsupported-algorithm');
    }
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    expect(await codeOf(() => nodeSigner(other))).toBe('unsupported-algorithm');
  });
});

describe('chains', () => {
  let authority: Authority;
  beforeAll(async () => {
    authority = await anAuthority('p256');
  });
  const check = async (
    leafDer: Uint8Array,
    anchors: Uint8Array[],
    at = NOW,
    others: Uint8Array[] = [],
  ): Promise<string> => {
    const question = {
      leaf: parseCertificate(leafDer),
      others: others.map(parseCertificate),
      anchors: anchors.map(parseCertificate),
      at,
    };
    const outcome = await checkChain(question, nodeCrypto);
    return outcome.ok ? `trusted by ${outcome.value.length}` : outcome.refusal.code;
  };

  test('trusted from the first to the last second of the validity, and not outside', async () => {
    const { certificateDer } = await aSigner(authority, 'p256', SIGNER);
    const { notBefore, notAfter } = parseCertificate(certificateDer);
    expect(await check(certificateDer, [authority.der], notBefore)).toBe('trusted by 2');
    expect(await check(certificateDer, [authority.der], instant(notBefore - 1))).toBe(
      'signing.certificate-not-yet-valid',
    );
    expect(await check(certificateDer, [authority.der], instant(notAfter + 999))).toBe('trusted by 2');
    expect(await check(certificateDer, [authority.der], instant(notAfter + 1000))).toBe('signing.certificate-expired');
  });

  test('not trusted without the anchor, nor by another authority of the same name', async () => {
    const { certificateDer } = await aSigner(authority, 'p256', SIGNER);
    const namesake = await anAuthority('p256');
    expect(await check(certificateDer, [])).toBe('signing.certificate-not-trusted');
    expect(await check(certificateDer, [namesake.der])).toBe('signing.certificate-not-trusted');
    expect(await check(certificateDer, [namesake.der], NOW, [authority.der])).toBe('signing.certificate-not-trusted');
    expect(await check(certificateDer, [namesake.der, authority.der])).toBe('trusted by 2');
  });

  test('a changed certificate is not trusted', async () => {
    const { certificateDer } = await aSigner(authority, 'p256', SIGNER);
    const at = Buffer.from(certificateDer).indexOf(Buffer.from('示例'));
    expect(await check(flip(certificateDer, at + 2), [authority.der])).not.toMatch(/^trusted/);
  });

  test('a signer’s certificate issues nothing, and an authority’s signs nothing', async () => {
    const middle = await aSigner(authority, 'p256', SIGNER);
    const key = aKey('p256');
    const forged = await issueLeaf(
      { subject, publicKeyDer: publicKeyDerOf(key), serial: '06', notBefore: NOW, notAfter: instant(NOW + 1000) },
      parseCertificate(middle.certificateDer),
      nodeSigner(middle.key),
      nodeCrypto,
    );
    expect(await check(forged, [authority.der], NOW, [middle.certificateDer])).toBe('signing.certificate-not-trusted');
    expect(await check(authority.der, [authority.der])).toBe('signing.certificate-not-for-signing');
  });

  test('an anchor past its own end carries nothing', async () => {
    const key = aKey('p256');
    const facts = { subject: DEMONSTRATION_AUTHORITY, publicKeyDer: publicKeyDerOf(key), serial: '01' };
    const validity = { notBefore: instant(NOW - 10_000), notAfter: instant(NOW - 5000) };
    const der = await makeRoot({ ...facts, ...validity }, nodeSigner(key), nodeCrypto);
    const { certificateDer } = await aSigner({ key, der }, 'p256', SIGNER);
    expect(await check(certificateDer, [der])).toBe('signing.certificate-expired');
  });
});
