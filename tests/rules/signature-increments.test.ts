import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { instant } from '../../src/kernel/pure/time';
import {
  assemble,
  buildSignedData,
  checkPrepared,
  checkSignature,
  checkSignedData,
  contentsReserve,
  firstDerValue,
  nodeCrypto,
  nodeSigner,
  parseCertificate,
  parseSignedData,
  prepareIncrement,
  SigningError,
  toHex,
  type PreparedDocument,
  type PreparedIncrement,
} from '../../src/modules/signing/index';
import { parseDer, partsOf, readOid, setOf, Tag, toDer } from '../../src/modules/signing/core/asn1';
import { readSignedAttributes, signedAttributesFor } from '../../src/modules/signing/core/signed-attributes';
import { crossReferences } from '../../src/modules/signing/core/xref';
import {
  aKey,
  anAuthority,
  aPdf,
  aSigner,
  NOW,
  prepareFor,
  signOn,
  type Authority,
  type TestSigner,
} from '../support/signing';

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest());
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof SigningError) return fault.code;
    throw fault;
  }
  throw new Error('was not refused');
};

let authority: Authority;
let rsa: TestSigner;
let ec: TestSigner;
let base: Uint8Array;
let prepared: PreparedIncrement;

beforeAll(async () => {
  authority = await anAuthority();
  rsa = await aSigner(authority, 'rsa-2048', { name: '示例评估技术有限公司', role: '评估机构', field: 'signer-1' });
  ec = await aSigner(authority, 'p256', { name: '欧阳示例', role: '评估组组长', field: 'signer-2' });
  base = await aPdf();
  prepared = await prepareFor(base, rsa, authority);
});

describe('signed attributes', () => {
  test('are exactly the three, in DER order, without signing-time', async () => {
    const der = await signedAttributesFor(sha256(base), rsa.certificateDer, nodeCrypto);
    const members = partsOf(parseDer(der), Tag.set);
    expect(members.map((member) => readOid(partsOf(member, Tag.sequence)[0])).sort()).toEqual([
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
    ]);
    expect(toHex(toDer(setOf(...members)))).toBe(toHex(der));
    const { messageDigest, certificateDigest, serial } = readSignedAttributes(der);
    expect(toHex(messageDigest)).toBe(toHex(sha256(base)));
    expect(toHex(certificateDigest)).toBe(toHex(sha256(rsa.certificateDer)));
    expect(serial).toBe(parseCertificate(rsa.certificateDer).serial);
  });

  test('a digest of another length is refused', async () => {
    const work = (length: number) => signedAttributesFor(new Uint8Array(length), rsa.certificateDer, nodeCrypto);
    expect(await codeOf(() => work(31))).toBe('value-out-of-range');
    expect(await codeOf(() => work(33))).toBe('value-out-of-range');
  });

  test('fewer, more or doubled attributes are refused', async () => {
    const der = await signedAttributesFor(sha256(base), rsa.certificateDer, nodeCrypto);
    const members = partsOf(parseDer(der), Tag.set);
    for (const chosen of [members.slice(1), [...members, members[0]!], [members[0]!, members[0]!, members[1]!]]) {
      expect(await codeOf(() => readSignedAttributes(toDer(setOf(...chosen))))).toBe('malformed-cms');
    }
  });
});

describe('CMS', () => {
  test.each(['rsa', 'ec'])(
    'a signature on %s is read back and holds; the certificates keep their bytes',
    async (kind) => {
      const signer = kind === 'rsa' ? rsa : ec;
      const digest = sha256(base);
      const signedAttributesDer = await signedAttributesFor(digest, signer.certificateDer, nodeCrypto);
      const signature = await nodeSigner(signer.key).sign(signedAttributesDer);
      const { certificateDer } = signer;
      const cms = parseSignedData(
        buildSignedData({ signedAttributesDer, signature, certificateDer, chainDer: [authority.der] }),
      );
      expect(toHex(cms.signer.der)).toBe(toHex(certificateDer));
      expect(cms.certificates.map(({ der }) => toHex(der)).sort()).toEqual(
        [toHex(certificateDer), toHex(authority.der)].sort(),
      );
      expect(toHex(cms.signedAttributesDer)).toBe(toHex(signedAttributesDer));
      expect((await checkSignedData(cms, digest, nodeCrypto)).ok).toBe(true);
      const other = await checkSignedData(cms, sha256(base, base), nodeCrypto);
      expect(other).toEqual({ ok: false, refusal: { code: 'signing.other-document', params: {} } });
    },
  );

  test('another certificate for the same key, another key, and a changed signature are told apart', async () => {
    const documentDigest = sha256(base);
    const signedAttributesDer = await signedAttributesFor(documentDigest, rsa.certificateDer, nodeCrypto);
    const signature = await nodeSigner(rsa.key).sign(signedAttributesDer);
    const ask = async (changes: object): Promise<string> => {
      const question = {
        documentDigest,
        signedAttributesDer,
        signature,
        certificateDer: rsa.certificateDer,
        ...changes,
      };
      const outcome = await checkSignature(question, nodeCrypto);
      return outcome.ok ? 'holds' : outcome.refusal.code;
    };
    expect(await ask({})).toBe('holds');
    expect(await ask({ certificateDer: ec.certificateDer })).toBe('signing.other-certificate');
    const byOther = await nodeSigner(aKey('rsa-2048')).sign(signedAttributesDer);
    expect(await ask({ signature: byOther })).toBe('signing.signature-wrong');
    expect(await ask({ signature: signature.subarray(1) })).toBe('signing.signature-wrong');
    expect(await ask({ signature: new Uint8Array(0) })).toBe('signing.signature-wrong');
  });

  test('truncated CMS is refused as malformed at every length', async () => {
    const signed = await signOn(base, ec, authority);
    const cms = cmsIn(signed);
    for (let length = 0; length < cms.length; length += 53) {
      expect(await codeOf(() => parseSignedData(cms.subarray(0, length)))).toBe('malformed-cms');
    }
  });
});

function cmsIn(signed: Uint8Array): Uint8Array {
  const text = Buffer.from(signed).toString('latin1');
  const start = text.lastIndexOf('/Contents <') + 11;
  return firstDerValue(Buffer.from(text.slice(start, text.indexOf('>', start)), 'hex'));
}

describe('increments', () => {
  test('the digest is that of all bytes but the Contents string', () => {
    const [start, length, next, rest] = prepared.byteRange;
    const pdf = Buffer.concat([base, prepared.increment]);
    expect([start, next + rest]).toEqual([0, pdf.length]);
    expect(prepared.digestHex).toBe(toHex(sha256(pdf.subarray(0, length), pdf.subarray(next))));
    expect(pdf.subarray(length, next).toString('latin1')).toMatch(/^<0+>$/);
    expect(pdf.toString('latin1')).toContain(`/ByteRange [${prepared.byteRange.join(' ')}]`);
  });

  test('the reserve is chain, signature, 8 KiB and 1 KiB, in whole 4 KiB', () => {
    const certificate = parseCertificate(rsa.certificateDer);
    const reserveFor = (extra: number): number => {
      const fixed = certificate.der.length + 256 + 8192 + 1024;
      return contentsReserve(certificate, [new Uint8Array(16_384 - fixed + extra)]);
    };
    expect(reserveFor(-1)).toBe(16_384);
    expect(reserveFor(0)).toBe(16_384);
    expect(reserveFor(1)).toBe(20_480);
    const gap = prepared.byteRange[2] - prepared.byteRange[1];
    expect(gap).toBe(contentsReserve(certificate, [authority.der]) * 2 + 2);
  });

  test('same request, same bytes; another claimed time, other bytes', async () => {
    const again = await prepareFor(base, rsa, authority);
    expect(toHex(again.increment)).toBe(toHex(prepared.increment));
    const later = await prepareIncrement({
      base,
      signer: { name: rsa.name, role: rsa.role },
      certificateDer: rsa.certificateDer,
      chainDer: [],
      claimedTime: instant(NOW + 1000),
      field: { name: 'signer-1' },
    });
    expect(Buffer.from(later.increment).toString('latin1')).toContain("/M (D:20261123070406+00'00')");
  });

  test('a field that is signed, a field nobody knows, a certificate that has signed are refused', async () => {
    const signed = await signOn(base, rsa, authority);
    const refused = (changes: Partial<TestSigner>, on = signed) =>
      codeOf(() => prepareFor(on, { ...ec, ...changes }, authority));
    expect(await refused({ field: 'signer-1' })).toBe('field-already-signed');
    expect(await refused({ field: 'signer-9' })).toBe('field-unknown');
    expect(await refused({ certificateDer: rsa.certificateDer })).toBe('certificate-already-signed');
  });

  test('a field may be added where none was prepared, also on top of a signature', async () => {
    const bare = await aPdf({ signatures: [] });
    const place = async (on: Uint8Array, signer: TestSigner, name: string): Promise<Uint8Array> => {
      const { certificateDer } = signer;
      const field = { name, page: 0, rectangle: [60, 60, 240, 120] } as const;
      const request = { base: on, signer, certificateDer, chainDer: [], claimedTime: NOW, field };
      const { increment, byteRange, signedAttributesDer } = await prepareIncrement(request);
      const signature = await nodeSigner(signer.key).sign(signedAttributesDer);
      const cmsDer = buildSignedData({ signedAttributesDer, signature, certificateDer, chainDer: [] });
      return assemble({ base: on, increment, byteRange, cmsDer });
    };
    const twice = await place(await place(bare, rsa, 'first'), ec, 'second');
    const pdf = await PDFDocument.load(twice, { updateMetadata: false });
    expect(
      pdf
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(['first', 'second']);
  });

  test('files that do not end as ours do are refused', async () => {
    for (const bytes of [
      base.subarray(0, -3),
      Buffer.concat([base, Buffer.from('x')]),
      new Uint8Array(0),
      Buffer.from('%PDF-1.7'),
    ]) {
      expect(await codeOf(() => prepareFor(bytes, rsa, authority))).toBe('malformed-pdf');
    }
  });

  test('assembling takes only the empty gap that was prepared, and a CMS that fits', async () => {
    const { increment, byteRange } = prepared;
    const reserve = (byteRange[2] - byteRange[1] - 2) / 2;
    const assembled = assemble({ base, increment, byteRange, cmsDer: new Uint8Array(reserve).fill(0xab) });
    expect(toHex(assembled.subarray(0, base.length))).toBe(toHex(base));
    expect(Buffer.from(assembled.subarray(byteRange[1], byteRange[1] + 5)).toString()).toBe('<abab');
    expect(await codeOf(() => assemble({ base, increment, byteRange, cmsDer: new Uint8Array(reserve + 1) }))).toBe(
      'reserve-too-small',
    );
    const used = assembled.subarray(base.length);
    expect(await codeOf(() => assemble({ base, increment: used, byteRange, cmsDer: new Uint8Array(1) }))).toBe(
      'malformed-pdf',
    );
    expect(
      await codeOf(() => assemble({ base: base.subarray(1), increment, byteRange, cmsDer: new Uint8Array(1) })),
    ).toBe('malformed-pdf');
  });

  test('cross-reference entries take 20 bytes, one subsection per run of numbers', () => {
    const entry = (number: number) => ({ number, generation: 0, offset: 1234 });
    expect(crossReferences([entry(9), entry(3), entry(4)])).toBe(
      'xref\n3 2\n0000001234 00000 n \n0000001234 00000 n \n9 1\n0000001234 00000 n \n',
    );
  });
});

describe('what the signer’s machine checks', () => {
  const shown = (changes: Partial<PreparedDocument> = {}): PreparedDocument => ({
    pdf: Buffer.concat([base, prepared.increment]),
    byteRange: prepared.byteRange,
    signedAttributesDer: prepared.signedAttributesDer,
    certificateDer: rsa.certificateDer,
    ...changes,
  });
  const verdict = async (changes: Partial<PreparedDocument> = {}): Promise<string> => {
    const outcome = await checkPrepared(shown(changes), nodeCrypto);
    return outcome.ok
      ? `ok ${outcome.value.digestHex}`
      : `${outcome.refusal.code} ${(outcome.refusal.params.reason as string | undefined) ?? ''}`.trim();
  };
  const withRange = (change: (range: number[]) => void): Partial<PreparedDocument> => {
    const byteRange = [...prepared.byteRange];
    change(byteRange);
    return { byteRange };
  };

  test('the document as prepared passes', async () => {
    expect(await verdict()).toBe(`ok ${prepared.digestHex}`);
  });

  test('a document swapped after preparing is caught, also by one byte and of the same length', async () => {
    const pdf = Buffer.from(shown().pdf);
    pdf[pdf.indexOf('stream\n') + 20]! ^= 1;
    expect(await verdict({ pdf })).toBe('signing.prepared-other-document');
    const swapped = await aPdf({ title: '绿色矿山第三方评估真实性承诺甲' });
    const other = await prepareFor(swapped, rsa, authority);
    const swap = { pdf: Buffer.concat([swapped, other.increment]), byteRange: other.byteRange };
    expect(await verdict(swap)).toBe('signing.prepared-other-document');
  });

  test('attributes for another certificate, or of another form, are caught', async () => {
    const [, length, next] = prepared.byteRange;
    const { pdf } = shown();
    const digest = sha256(pdf.subarray(0, length), pdf.subarray(next));
    const forOther = await signedAttributesFor(digest, ec.certificateDer, nodeCrypto);
    expect(await verdict({ signedAttributesDer: forOther })).toBe('signing.prepared-other-certificate');
    expect(await verdict({ certificateDer: ec.certificateDer })).toBe('signing.prepared-other-certificate');
    const members = partsOf(parseDer(prepared.signedAttributesDer), Tag.set);
    const fewer = toDer(setOf(...members.slice(1)));
    expect(await verdict({ signedAttributesDer: fewer })).toBe('signing.prepared-attributes-wrong');
    expect(await verdict({ signedAttributesDer: new Uint8Array(0) })).toBe('signing.prepared-attributes-wrong');
    // The bytes of a transfer order instead of attributes: whatever they are, they are not the three.
    expect(await verdict({ signedAttributesDer: Buffer.from('pay') })).toBe('signing.prepared-attributes-wrong');
  });

  test.each<[string, (range: number[]) => void, string]>([
    ['does not begin at 0', (range) => (range[0] = 1), 'cover'],
    ['ends before the file does', (range) => (range[3]! -= 1), 'cover'],
    ['overlaps itself', (range) => (range[1] = range[2]! + 1), 'cover'],
    ['leaves a byte before Contents out', (range) => (range[1]! -= 1), 'gap'],
    ['takes a bracket in', (range) => (range[1]! += 1), 'gap'],
    ['has three numbers', (range) => range.pop(), 'form'],
    ['has a fraction', (range) => (range[1]! += 0.5), 'form'],
    ['is negative', (range) => (range[0] = -1), 'form'],
  ])('a byte range that %s is caught', async (_name, change, reason) => {
    expect(await verdict(withRange(change))).toBe(`signing.prepared-range-wrong ${reason}`);
  });

  test('bytes after the end, and a gap that is not empty, are caught', async () => {
    expect(await verdict({ pdf: Buffer.concat([shown().pdf, Buffer.from('\n')]) })).toBe(
      'signing.prepared-range-wrong cover',
    );
    const pdf = Buffer.from(shown().pdf);
    pdf[prepared.byteRange[1] + 10] = 0x31;
    expect(await verdict({ pdf })).toBe('signing.prepared-range-wrong gap');
  });

  test('a gap that is not the Contents of a signature with this byte range is caught', async () => {
    const change = async (from: string, to: string): Promise<string> => {
      const pdf = Buffer.from(shown().pdf);
      pdf.write(to, pdf.lastIndexOf(from), 'latin1');
      return verdict({ pdf });
    };
    expect(await change('/Contents <', '/Contenus <')).toBe('signing.prepared-range-wrong dictionary');
    expect(await change('/ByteRange [0', '/ByteRange [1')).toBe('signing.prepared-range-wrong dictionary');
    expect(await change('/SubFilter', '/SubFiltre')).toBe('signing.prepared-range-wrong dictionary');
  });

  test('a prepared second signature passes too, and the first stays whole', async () => {
    const once = await signOn(base, rsa, authority);
    const second = await prepareFor(once, ec, authority);
    const pdf = Buffer.concat([once, second.increment]);
    const { byteRange, signedAttributesDer } = second;
    expect(await verdict({ pdf, byteRange, signedAttributesDer, certificateDer: ec.certificateDer })).toBe(
      `ok ${second.digestHex}`,
    );
    const twice = await signOn(once, ec, authority);
    expect(toHex(twice.subarray(0, once.length))).toBe(toHex(once));
  });

  test('inputs and outputs can be handed to a worker thread', async () => {
    expect(structuredClone(prepared)).toEqual(prepared);
    const outcome = await checkPrepared(shown(), nodeCrypto);
    expect(structuredClone(outcome)).toEqual(outcome);
    const parsed = parseSignedData(cmsIn(await signOn(base, ec, authority)));
    expect(structuredClone(parsed)).toEqual(parsed);
  });
});
