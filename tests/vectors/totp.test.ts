import fs from 'node:fs';
import { parse } from 'csv-parse/sync';
import { matchingStep, totpCard, totpCode, type TotpForm } from '../../src/modules/identity/totp/totp';
import { sharedData } from '../support/shared-data';

interface Vector {
  unix_time: string;
  hash: TotpForm['algorithm'];
  secret_ascii: string;
  secret_base32: string;
  digits: string;
  step: string;
  expected: string;
}

const vectors = parse<Vector>(fs.readFileSync(sharedData('otp', 'rfc6238_vectors.csv')), { columns: true });

test('all vectors are there', () => {
  expect(vectors).toHaveLength(18);
});

test.each(vectors)('RFC 6238 at $unix_time with $hash', (v) => {
  const step = Math.floor(Number(v.unix_time) / Number(v.step));
  const secret = Buffer.from(v.secret_ascii, 'ascii');
  expect(totpCode(secret, step, { algorithm: v.hash, digits: Number(v.digits) })).toBe(v.expected);
});

const sha1 = vectors.filter((v) => v.hash === 'SHA1');

describe('codes as people type them: SHA1, six digits', () => {
  test.each(sha1)('at $unix_time', (v) => {
    const secret = Buffer.from(v.secret_ascii, 'ascii');
    const now = Number(v.unix_time) * 1000;
    const step = Math.floor(now / 30_000);
    // RFC 4226 5.3: fewer digits are the last digits of more.
    const code = v.expected.slice(-6);
    expect(matchingStep(secret, code, now, 0)).toBe(step);
    expect(matchingStep(secret, code, (step + 2) * 30_000 - 1, 0)).toBe(step);
    expect(matchingStep(secret, code, (step - 1) * 30_000, 0)).toBe(step);
    expect(matchingStep(secret, code, (step + 2) * 30_000, 0)).toBeUndefined();
    expect(matchingStep(secret, code, (step - 1) * 30_000 - 1, 0)).toBeUndefined();
    expect(matchingStep(secret, code, now, step)).toBeUndefined();
    expect(matchingStep(secret, code, now, step - 1)).toBe(step);
    expect(totpCard(secret, 'wang').secret).toBe(v.secret_base32);
  });
});

test('what is no code matches nothing', () => {
  const secret = Buffer.from('12345678901234567890');
  for (const code of ['', '12345', '1234567', '28708２', 'abcdef', ' 287082']) {
    expect(matchingStep(secret, code, 59_000, 0)).toBeUndefined();
  }
  expect(matchingStep(secret, '287082', 59_000, 0)).toBe(1);
});

test('the address for apps', () => {
  const { uri } = totpCard(Buffer.from('12345678901234567890'), '王芳');
  const address = new URL(uri);
  expect(address.protocol).toBe('otpauth:');
  const { secret, issuer, algorithm, digits, period } = Object.fromEntries(address.searchParams);
  expect({ secret, issuer, algorithm, digits, period }).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'Lujian',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
