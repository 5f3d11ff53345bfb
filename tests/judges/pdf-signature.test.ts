import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toPem } from '../../src/modules/signing/index';
import { ask, describeWithJudges } from '../support/judges';
import { anAuthority, aPdf, aSigner, signOn, type Authority } from '../support/signing';

const VALID = 'Signature Validation: Signature is Valid.';
const TRUSTED = 'Certificate Validation: Certificate is Trusted.';
const TOTAL = 'Total document signed';

describeWithJudges('signed PDFs before foreign judges', ['pdfsig', 'certutil', 'openssl', 'qpdf', 'mutool'], () => {
  let folder: string;
  let authority: Authority;
  let base: Uint8Array;
  let once: Uint8Array;
  let twice: Uint8Array;
  const file = (name: string): string => path.join(folder, name);
  const put = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(file(name), bytes);
    return file(name);
  };
  // Without -no-ocsp: pdfsig 22.12 then trusts nothing, not even its own signatures. No certificate here names a server.
  /** What pdfsig says of each field, split by signature. */
  const pdfsig = (name: string): string[] =>
    ask('pdfsig', ['-nssdir', `sql:${file('nss')}`, file(name)])
      .text.split(/^Signature #\d+:$/m)
      .slice(1);
  /** The content and CMS of the signature whose ByteRange stands as the nth in the file. */
  const takeOut = (pdf: Uint8Array, nth: number): { content: string; cms: string } => {
    const text = Buffer.from(pdf).toString('latin1');
    const [, a, b, c, d] = [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/g)][nth]!.map(Number);
    const hex = text.slice(a! + b! + 1, c! - 1);
    const cms = Buffer.from(hex, 'hex');
    return {
      content: put('content.bin', Buffer.concat([pdf.slice(a, a! + b!), pdf.slice(c, c! + d!)])),
      cms: put('cms.der', cms.subarray(0, 4 + cms.readUInt16BE(2))),
    };
  };
  const opensslCms = (pdf: Uint8Array, nth: number, purpose: string[] = []): string => {
    const { content, cms } = takeOut(pdf, nth);
    const args = ['cms', '-verify', '-cades', '-inform', 'DER', '-in', cms, '-binary', '-content', content];
    return ask('openssl', [...args, '-CAfile', file('root.pem'), ...purpose, '-out', file('out.bin')]).text;
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lujian-judges-'));
    authority = await anAuthority('rsa-3072');
    put('root.pem', toPem('CERTIFICATE', authority.der));
    writeFileSync(file('empty-password'), '\n');
    const store = `sql:${file('nss')}`;
    mkdirSync(file('nss'));
    expect(ask('certutil', ['-N', '-d', store, '-f', file('empty-password')]).status).toBe(0);
    const trust = ['-A', '-d', store, '-n', 'root', '-t', 'C,C,C', '-i', file('root.pem')];
    expect(ask('certutil', trust).status).toBe(0);
    base = await aPdf();
    const first = { name: '示例评估技术有限公司', role: '评估机构', field: 'signer-1' };
    const second = { name: '欧阳示例', role: '评估组组长', field: 'signer-2' };
    once = await signOn(base, await aSigner(authority, 'rsa-2048', first), authority);
    twice = await signOn(once, await aSigner(authority, 'p256', second), authority);
    put('base.pdf', base);
    put('once.pdf', once);
    put('twice.pdf', twice);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('earlier bytes stay untouched under each increment', () => {
    expect(Buffer.from(once.subarray(0, base.length)).equals(base)).toBe(true);
    expect(Buffer.from(twice.subarray(0, once.length)).equals(once)).toBe(true);
  });

  test('one signature: pdfsig finds it valid, trusted, CAdES, over the total document', () => {
    const [first] = pdfsig('once.pdf');
    expect(first).toContain(VALID);
    expect(first).toContain(TRUSTED);
    expect(first).toContain(TOTAL);
    expect(first).toContain('Signature Type: ETSI.CAdES.detached');
    expect(first).toContain('Signing Hash Algorithm: SHA-256');
  });

  test('two signatures, RSA-2048 and P-256: both valid and trusted, only the second over the total document', () => {
    const [first, second] = pdfsig('twice.pdf');
    for (const verdict of [first, second]) {
      expect(verdict).toContain(VALID);
      expect(verdict).toContain(TRUSTED);
    }
    expect(first).not.toContain(TOTAL);
    expect(second).toContain(TOTAL);
  });

  test('pdfsig trusts nothing without the root', async () => {
    const stranger = await anAuthority();
    const signer = await aSigner(stranger, 'p256', { name: '冒名示例', role: '评估机构', field: 'signer-1' });
    put('stranger.pdf', await signOn(base, signer, stranger));
    const [first] = pdfsig('stranger.pdf');
    expect(first).toContain(VALID);
    expect(first).not.toContain(TRUSTED);
  });

  test('openssl cms -verify -cades agrees, with its default purpose and with any', () => {
    for (const purpose of [[], ['-purpose', 'any']]) {
      expect(opensslCms(once, 0, purpose)).toContain('CAdES Verification successful');
      expect(opensslCms(twice, 0, purpose)).toContain('CAdES Verification successful');
      expect(opensslCms(twice, 1, purpose)).toContain('CAdES Verification successful');
    }
  });

  test('qpdf finds no fault', () => {
    for (const name of ['base.pdf', 'once.pdf', 'twice.pdf']) {
      const { status, text } = ask('qpdf', ['--check', file(name)]);
      expect(text).toContain('No syntax or stream encoding errors found');
      expect(text).not.toMatch(/warning/i);
      expect(status).toBe(0);
    }
  });

  test('mutool sign -v sees the newest unchanged and the earlier one valid with later edits', () => {
    expect(ask('mutool', ['sign', '-v', file('once.pdf')]).text).toMatch(
      /has not been modified|unchanged since signing/,
    );
    const { text } = ask('mutool', ['sign', '-v', file('twice.pdf')]);
    expect(text).toMatch(/valid but edits since|changed since signing/);
    expect(text).toMatch(/has not been modified|unchanged since signing/);
  });

  test('one changed byte is caught: inside the first, both fail; inside the second increment, only the second', () => {
    const change = (at: number): string[] => {
      const bytes = Uint8Array.from(twice);
      bytes[at]! ^= 1;
      put('changed.pdf', bytes);
      return pdfsig('changed.pdf').map((verdict) => /Signature Validation: (.*)/.exec(verdict)![1]!);
    };
    const inTitle = Buffer.from(base).indexOf('stream\n') + 40;
    expect(change(inTitle)).toEqual(['Digest Mismatch.', 'Digest Mismatch.']);
    const inSecond = Buffer.from(twice).indexOf('/M (D:2026', once.length) + 8;
    expect(change(inSecond)).toEqual(['Signature is Valid.', 'Digest Mismatch.']);
  });

  test('bytes appended after the end are seen: the total document is no longer signed', () => {
    put('appended.pdf', Buffer.concat([once, Buffer.from('\n% more\n')]));
    expect(pdfsig('appended.pdf')[0]).not.toContain(TOTAL);
    expect(readFileSync(file('appended.pdf')).length).toBe(once.length + 8);
  });
});
