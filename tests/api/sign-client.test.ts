import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/sign/main';
import { connect } from '../../src/cli/sign/service-connection';
import { enrol, signPledge } from '../../src/cli/sign/sign-client';
import { makeKeyFile } from '../../src/cli/sign/key-files';
import { aPdf } from '../support/signing';
import { aPledgeService, type PledgeService } from '../support/pledge-service';

describe('npm run sign', () => {
  let service: PledgeService;
  let folder: string;
  let said: string[];
  let complained: string[];
  let ids: number;

  beforeEach(async () => {
    service = await aPledgeService();
    folder = mkdtempSync(path.join(tmpdir(), 'lujian-sign-'));
    [said, complained, ids] = [[], [], 0];
  });
  afterEach(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string): string => path.join(folder, name);
  const newId = (): string => `id-${(ids += 1)}`;
  const runWith = (args: string[], ask?: (question: string) => Promise<string>): Promise<number> => {
    const terminal = {
      say: (line: string) => void said.push(line),
      complain: (line: string) => void complained.push(line),
      ask,
    };
    return run(args, terminal, newId);
  };
  const usual = (...more: string[]): string[] => [
    '--url',
    service.url,
    '--api-key',
    'secret-key',
    '--pledge',
    'p-1',
    '--signer',
    's-1',
    '--key',
    file('key.pem'),
    '--out',
    file('out.pdf'),
    ...more,
  ];
  const paths = (): string[] => service.exchanges.map((exchange) => exchange.path);

  test.each(['p256', 'rsa-2048', 'rsa-3072'])(
    'makes a %s key, enrols, checks, signs and keeps the file',
    async (kind) => {
      const code = await runWith(usual('--new-key', '--key-type', kind));
      expect({ code, complained }).toEqual({ code: 0, complained: [] });
      expect(statSync(file('key.pem')).mode & 0o777).toBe(0o600);
      expect(readFileSync(file('out.pdf')).subarray(0, 9).toString()).toBe('%PDF-1.7\n');
      expect(said.join('\n')).toContain('非许可机构证书');
      expect(paths()).toEqual([
        '/api/v1/certificates',
        '/api/v1/pledges/p-1/signatures/prepare',
        '/files/prepared.pdf',
        '/api/v1/pledges/p-1/signatures/complete',
        '/files/signed.pdf',
      ]);
    },
  );

  test('every request bears the key of the API, every command its own idempotency key, none the private key', async () => {
    await runWith(usual('--new-key'));
    expect(service.exchanges.every(({ headers }) => headers.authorization === 'Bearer secret-key')).toBe(true);
    const commands = service.exchanges.filter(({ method }) => method === 'POST');
    expect(new Set(commands.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
    const secret = readFileSync(file('key.pem'), 'utf8').replace(/-----.*-----|\s/g, '');
    for (const { body } of service.exchanges) {
      expect(body).not.toContain('PRIVATE');
      expect(body.replaceAll('\\n', '')).not.toContain(secret.slice(40, 80));
    }
  });

  test('a second run uses the certificate it has; a stored API key works as well', async () => {
    expect(await runWith(usual('--new-key'))).toBe(0);
    writeFileSync(file('api-key'), 'secret-key\n');
    service.exchanges.length = 0;
    const args = usual().filter((arg) => arg !== '--api-key' && arg !== 'secret-key');
    expect(await runWith([...args, '--api-key-file', file('api-key')])).toBe(0);
    expect(paths()[0]).toBe('/api/v1/pledges/p-1/signatures/prepare');
    expect(service.exchanges[0]!.headers.authorization).toBe('Bearer secret-key');
  });

  test('a new key never overwrites a file', async () => {
    writeFileSync(file('key.pem'), 'precious');
    expect(await runWith(usual('--new-key'))).toBe(1);
    expect(readFileSync(file('key.pem'), 'utf8')).toBe('precious');
  });

  test('asks a person, with the document at hand, and signs only on yes', async () => {
    let seen = false;
    const ask = (answer: string) => async (): Promise<string> => {
      seen = existsSync(file('out.to-sign.pdf'));
      return answer;
    };
    expect(await runWith(usual('--new-key'), ask('no'))).toBe(4);
    expect(seen).toBe(true);
    expect(paths()).not.toContain('/api/v1/pledges/p-1/signatures/complete');
    expect(await runWith(usual(), ask('yes'))).toBe(0);
  });

  test('a document swapped between preparing and signing is caught; nothing is signed', async () => {
    const other = await aPdf({ title: '另一份文件' });
    service.tamper = (where, reply) => {
      if (where !== '/files/prepared.pdf') return reply;
      const prepared = Buffer.from(reply.body as Uint8Array);
      return { ...reply, body: Buffer.concat([other, prepared.subarray(other.length)]).subarray(0, prepared.length) };
    };
    expect(await runWith(usual('--new-key'))).toBe(3);
    expect(complained.join()).toContain('未签署');
    expect(paths()).not.toContain('/api/v1/pledges/p-1/signatures/complete');
    expect(existsSync(file('out.pdf'))).toBe(false);
  });

  test('one changed byte of the document is caught', async () => {
    service.tamper = (at, reply) => {
      if (at !== '/files/prepared.pdf') return reply;
      return { ...reply, body: Buffer.from(reply.body as Uint8Array).fill('X', 200, 201) };
    };
    expect(await runWith(usual('--new-key'))).toBe(3);
  });

  test.each([
    ['other attributes', { signedAttributes: 'MQA=' }, 3],
    ['another digest', { digest: '00'.repeat(32) }, 3],
    ['another byte range', { byteRange: [0, 1, 2, 3] }, 3],
    ['no digest', { digest: undefined }, 1],
    ['a file on another host', { pdfUrl: 'http://127.0.0.2:9/prepared.pdf' }, 1],
  ])('a prepare reply with %s is not signed', async (_name, changes, code) => {
    service.tamper = (at, reply) =>
      at.endsWith('/prepare') ? { ...reply, body: { ...(reply.body as object), ...changes } } : reply;
    expect(await runWith(usual('--new-key'))).toBe(code);
    expect(paths()).not.toContain('/api/v1/pledges/p-1/signatures/complete');
  });

  test('a certificate for another key is not kept', async () => {
    const other = await aPledgeService();
    const key = makeKeyFile(file('other.pem'), 'p256');
    const options = { baseUrl: other.url, headers: () => ({}), newIdempotencyKey: newId };
    const foreign = await enrol(connect(options), key, 's-2');
    const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(foreign.certificateDer).toString('base64')}\n-----END CERTIFICATE-----\n`;
    service.tamper = (at, reply) =>
      at.endsWith('/certificates') ? { ...reply, body: { ...(reply.body as object), certificate } } : reply;
    expect(await runWith(usual('--new-key'))).toBe(1);
    expect(existsSync(file('key.pem.cert.pem'))).toBe(false);
    await other.close();
  });

  test('a signed file that is not what was signed is not kept', async () => {
    service.tamper = (at, reply) => {
      if (at !== '/files/signed.pdf') return reply;
      const body = Buffer.from(reply.body as Uint8Array);
      body[300]! ^= 1;
      return { ...reply, body };
    };
    expect(await runWith(usual('--new-key'))).toBe(1);
    expect(complained.join()).toContain('取回的已签文件有误');
    expect(existsSync(file('out.pdf'))).toBe(false);
  });

  test('a problem of the service is told in full', async () => {
    const problem = {
      type: '/problems/pledge/barred',
      title: '签署人在不再采信期间内',
      detail: '届满日 2029-11-23',
      errors: [{ pointer: '/x', detail: '甲' }],
    };
    service.tamper = (at, reply) => (at.endsWith('/prepare') ? { status: 409, body: problem } : reply);
    expect(await runWith(usual('--new-key'))).toBe(1);
    for (const part of ['409', '/problems/pledge/barred', '签署人在不再采信期间内', '届满日 2029-11-23', '/x 甲']) {
      expect(complained.join('\n')).toContain(part);
    }
  });

  test('a service that is not there is said to be so', async () => {
    await service.close();
    expect(await runWith(usual('--new-key'))).toBe(1);
    expect(complained.join()).toContain('无法连接服务');
    service = await aPledgeService();
  });

  test.each([
    ['no key', ['--url', 'https://x', '--api-key', 'k', '--pledge', 'p', '--signer', 's']],
    ['no API key', ['--url', 'https://x', '--pledge', 'p', '--signer', 's', '--key', 'k']],
    [
      'two API keys',
      ['--url', 'https://x', '--api-key', 'k', '--api-key-file', 'f', '--pledge', 'p', '--signer', 's', '--key', 'k'],
    ],
    [
      'an API key with a line end',
      ['--url', 'https://x', '--api-key', 'k\nx', '--pledge', 'p', '--signer', 's', '--key', 'k'],
    ],
    ['an unknown option', ['--frobnicate']],
    [
      'an unknown kind of key',
      ['--url', 'https://x', '--api-key', 'k', '--pledge', 'p', '--signer', 's', '--key', 'k', '--key-type', 'dsa'],
    ],
  ])('usage: %s', async (_name, args) => {
    expect(await runWith(args)).toBe(2);
    expect(complained.join('\n')).toContain('用法');
  });

  test.each([
    ['http://example.org', false],
    ['ftp://localhost', false],
    ['nonsense', false],
    ['https://example.org', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', true],
    ['http://[::1]:3000', true],
    ['http://127.0.0.1.example.org', false],
  ])('address %s is allowed: %s', (baseUrl, isAllowed) => {
    const work = () => connect({ baseUrl, headers: () => ({}), newIdempotencyKey: newId });
    if (isAllowed) expect(work).not.toThrow();
    else expect(work).toThrow('https');
  });

  test('as a library, with a cookie jar instead of an API key', async () => {
    const headers = () => ({ cookie: 'session=1', 'x-csrf-token': 't' });
    const connection = connect({ baseUrl: service.url, headers, newIdempotencyKey: newId });
    const key = makeKeyFile(file('key.pem'), 'p256');
    const certificate = await enrol(connection, key, 's-1');
    const signed = await signPledge(connection, { pledgeId: 'p-1', key, certificate, confirm: () => true });
    expect(signed.state).toBe('complete');
    expect(service.exchanges.every((exchange) => exchange.headers.cookie === 'session=1')).toBe(true);
  });
});
