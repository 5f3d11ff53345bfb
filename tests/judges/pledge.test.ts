import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/sign/main';
import type { Pool } from '../../src/kernel/workers/pool';
import { ask, describeWithJudges } from '../support/judges';
import { clerk, paperApp, paperPool, USCC, type PaperApp } from '../support/paper-app';
import { aClerk, movingClock, newKey, type Clerk } from '../support/pledge-signing';

describeWithJudges(
  'the sign client against the service',
  ['pdfsig', 'certutil', 'openssl', 'qpdf', 'pdftotext'],
  () => {
    let folder: string;
    let t: PaperApp;
    let pool: Pool;
    let c: Clerk;
    beforeAll(() => {
      pool = paperPool();
    });
    beforeEach(async () => {
      t = await paperApp(movingClock(), pool);
      c = aClerk(t);
      folder = mkdtempSync(path.join(tmpdir(), 'lujian-pledge-'));
    });
    afterEach(async () => {
      await t.close();
      rmSync(folder, { recursive: true, force: true });
    });
    afterAll(() => pool.close());
    const at = (name: string): string => path.join(folder, name);

    async function trustAnchors(): Promise<void> {
      const reply = await fetch(`${t.url}/api/v1/public/trust-anchors.pem`);
      expect(reply.headers.get('content-type')).toBe('application/x-pem-file');
      writeFileSync(at('anchors.pem'), await reply.text());
      writeFileSync(at('empty'), '\n');
      mkdirSync(at('nss'));
      expect(ask('certutil', ['-N', '-d', `sql:${at('nss')}`, '-f', at('empty')]).status).toBe(0);
      const trust = ['-A', '-d', `sql:${at('nss')}`, '-n', 'root', '-t', 'C,C,C', '-i', at('anchors.pem')];
      expect(ask('certutil', trust)).toEqual({ status: 0, text: '' });
    }

    /** What openssl says of the CMS in the file, over the bytes that its ByteRange names. */
    function opensslVerdict(pdf: Buffer): string {
      const [, a, b, from, rest] = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1'))!.map(Number);
      const cms = Buffer.from(pdf.subarray(a! + b! + 1, from! - 1).toString('latin1'), 'hex');
      writeFileSync(at('content.bin'), Buffer.concat([pdf.subarray(a, a! + b!), pdf.subarray(from, from! + rest!)]));
      writeFileSync(at('cms.der'), cms.subarray(0, 4 + cms.readUInt16BE(2)));
      const args = ['cms', '-verify', '-cades', '-inform', 'DER', '-in', at('cms.der'), '-binary'];
      return ask('openssl', [...args, '-content', at('content.bin'), '-CAfile', at('anchors.pem'), '-out', at('out')])
        .text;
    }

    test.each(['p256', 'rsa-3072'])(
      '%s: enrols, checks, signs; foreign judges find it valid, trusted, whole',
      async (kind) => {
        t.world.evidence = [{ kind: 'report', sha256: 'ab'.repeat(32) }];
        const id = await c.makePledge();
        const said: string[] = [];
        const terminal = {
          say: (line: string) => void said.push(line),
          complain: (line: string) => void said.push(line),
        };
        const args = ['--url', t.url, '--api-key', clerk, '--pledge', id, '--signer', '1', '--key', at('key.pem')];
        const code = await run([...args, '--new-key', '--key-type', kind, '--out', at('pledge.pdf')], terminal, newKey);
        expect({ code, said: said.join('\n') }).toEqual({ code: 0, said: expect.stringContaining('非许可机构证书') });
        await trustAnchors();
        const pdf = readFileSync(at('pledge.pdf'));
        const verdict = ask('pdfsig', ['-nssdir', `sql:${at('nss')}`, at('pledge.pdf')]).text;
        for (const words of [
          'Signature is Valid.',
          'Certificate is Trusted.',
          'Total document signed',
          'ETSI.CAdES.detached',
        ]) {
          expect(verdict).toContain(words);
        }
        expect(opensslVerdict(pdf)).toContain('CAdES Verification successful');
        expect(ask('qpdf', ['--check', at('pledge.pdf')]).text).toContain('No syntax or stream encoding errors found');
        const text = ask('pdftotext', ['-layout', at('pledge.pdf'), '-']).text;
        for (const words of [
          '真实性承诺书',
          USCC,
          '示例铁矿',
          '组长',
          '非许可机构证书签署，仅供演示和测试',
          'ab'.repeat(32),
        ]) {
          expect(text.replace(/(?<=[0-9a-f])\n\s*(?=[0-9a-f])/g, '')).toContain(words);
        }
        expect(existsSync(at('key.pem.cert.pem'))).toBe(true);
      },
    );
  },
);
