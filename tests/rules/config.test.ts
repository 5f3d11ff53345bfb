import { ConfigError, readConfig } from '../../src/config';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { witnessSigner } from '../support/log-keys';

const WITNESS = `witness w ${vkeyText(witnessSigner('witness.example/w').key)} https://witness.example/\n`;

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

it('needs nothing: the defaults are a laptop', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    publicUrl: 'http://localhost:3000',
    trustProxy: false,
    maxUpload: 200 * 1024 ** 2,
  });
  expect(config.routes).toEqual(['public', 'partner', 'bureau']);
  expect(Object.isFrozen(config)).toBe(true);
});

it.each([
  ['none', false],
  ['1', 1],
  ['loopback', 'loopback'],
  ['127.0.0.1, 10.1.0.0/16', '127.0.0.1, 10.1.0.0/16'],
  ['::1/128', '::1/128'],
])('takes the proxies %s', (text, expected) => {
  expect(readConfig({ LUJIAN_TRUST_PROXY: text }).trustProxy).toBe(expected);
});

it.each(['banana', '10.0.0.0/33', '::1/129', '1.2.3', '127.0.0.1,', '100'])('refuses the proxies %s', (text) => {
  expect(faultsOf({ LUJIAN_TRUST_PROXY: text })).toEqual([expect.stringContaining('LUJIAN_TRUST_PROXY')]);
});

it.each([
  [{ LUJIAN_PORT: '70000' }, 'LUJIAN_PORT'],
  [{ LUJIAN_PUBLIC_URL: 'http://example.org' }, 'LUJIAN_PUBLIC_URL'],
  [{ LUJIAN_DATABASE_URL: 'postgres://x/y' }, 'LUJIAN_DATABASE_URL'],
  [{ LUJIAN_DATABASE_URL: 'mysql://root@127.0.0.1:3306/x' }, 'LUJIAN_MASTER_KEY'],
  [{ LUJIAN_MASTER_KEY: 'short' }, 'LUJIAN_MASTER_KEY'],
  [{ LUJIAN_AUTHORITY: '37000' }, 'LUJIAN_AUTHORITY'],
  [{ LUJIAN_ROUTES: 'public,private' }, 'LUJIAN_ROUTES'],
  [{ LUJIAN_MAX_UPLOAD: '2 GB' }, 'LUJIAN_MAX_UPLOAD'],
  [{ LUJIAN_PROT: '80' }, 'LUJIAN_PROT'],
  [{ LUJIAN_SMTP_URL: 'http://mail.example', LUJIAN_MAIL_FROM: 'a@example.org' }, 'LUJIAN_SMTP_URL'],
  [{ LUJIAN_SMTP_URL: 'smtps://mail.example' }, 'LUJIAN_MAIL_FROM'],
  [{ LUJIAN_MAIL_FROM: 'a@example.org' }, 'LUJIAN_SMTP_URL'],
  [{ LUJIAN_SMTP_URL: 'smtps://mail.example', LUJIAN_MAIL_FROM: 'nobody' }, 'LUJIAN_MAIL_FROM'],
  [{ LUJIAN_SMTP_CA: '/etc/hostname' }, 'LUJIAN_SMTP_CA'],
  [{ LUJIAN_LOG_WITNESSES: '/no/such/file' }, 'cannot be read (ENOENT)'],
  [{ LUJIAN_LOG_WITNESSES: 'quorum none\n' }, 'names no witness'],
  [{ LUJIAN_LOG_WITNESSES: 'witness w bad\nquorum w\n' }, 'line 1 of the policy'],
  [{ LUJIAN_LOG_WITNESSES: `${WITNESS}quorum v\n` }, 'line 2 of the policy'],
  [{ LUJIAN_LOG_WITNESSES: WITNESS }, 'defines no quorum'],
  [{ LUJIAN_LOG_WITNESSES: `${WITNESS.replace('https', 'ftp')}quorum w` }, 'the address of w must be http'],
  [
    { LUJIAN_SMTP_URL: 'smtps://m.example', LUJIAN_MAIL_FROM: 'a@b.c', LUJIAN_SMTP_CA: '/no/such/file' },
    'LUJIAN_SMTP_CA',
  ],
  [{ LUJIAN_SMS_URL: 'https://sms.example/send' }, 'LUJIAN_SMS_KEY'],
  [{ LUJIAN_SMS_URL: 'http://sms.example/send', LUJIAN_SMS_KEY: 'k'.repeat(32) }, 'LUJIAN_SMS_URL'],
  [{ LUJIAN_SMS_URL: 'https://sms.example/send', LUJIAN_SMS_KEY: 'short' }, 'LUJIAN_SMS_KEY'],
])('names the setting that is wrong in %j', (env, named) => {
  expect(faultsOf(env as Record<string, string>).join('\n')).toContain(named);
});

it.each([
  ['smtps://mail.example:465', true],
  ['smtp://user:p%40ss@mail.example:587', true],
  ['smtp://127.0.0.1:2525', false],
])('%s requires TLS: %s', (url, requireTls) => {
  const config = readConfig({ LUJIAN_SMTP_URL: url, LUJIAN_MAIL_FROM: 'lujian@example.org' });
  expect(config.mail).toEqual({ url, from: 'lujian@example.org', requireTls });
});

it('sends nothing without settings', () => {
  expect(readConfig({})).not.toHaveProperty('mail');
  expect(readConfig({})).not.toHaveProperty('sms');
});

it('lists all faults at once', () => {
  const three = { LUJIAN_TRUST_PROXY: 'x', LUJIAN_ROUTES: 'y', LUJIAN_MAX_UPLOAD: 'z' };
  expect(faultsOf(three)).toHaveLength(3);
  expect(faultsOf({ ...three, LUJIAN_PORT: '70000', LUJIAN_PROT: '1' })).toHaveLength(5);
});

it('takes the witnesses of the log as text; nobody by default', () => {
  expect(readConfig({ LUJIAN_LOG_WITNESSES: `${WITNESS}quorum w` }).logWitnesses?.witnesses).toMatchObject([
    { name: 'w', url: 'https://witness.example/' },
  ]);
  expect(readConfig({}).logWitnesses).toBeUndefined();
});
