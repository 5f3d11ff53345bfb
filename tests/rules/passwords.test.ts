import {
  judgePassword,
  normaliseUsername,
  oneTimePasswordFrom,
  usernameForm,
} from '../../src/modules/identity/accounts/accounts.rules';
import { apiKeyBytes, apiKeyText, judgeExpiry, judgeScopes } from '../../src/modules/identity/api-keys/api-keys.rules';
import { createQueue } from '../../src/modules/identity/accounts/hashing';
import { legalDate } from '../../src/kernel/pure/time';

const fits = (password: string, username = 'wang.fang', previous?: string): boolean =>
  judgePassword(password, username, previous).ok;

describe('passwords', () => {
  test.each([
    [11, false],
    [12, true],
    [128, true],
    [129, false],
  ])('%i characters: %s', (length, ok) => {
    expect(fits('矿'.repeat(length - 1) + 'x')).toBe(ok);
    expect(fits('𠮷'.repeat(length - 1) + 'x')).toBe(ok);
  });

  test('not the username, in whatever case or width', () => {
    expect(fits('Wang.Fang.Long', 'wang.fang.long')).toBe(false);
    expect(fits('ｗａｎｇ．ｆａｎｇ．ｌｏｎｇ', 'wang.fang.long')).toBe(false);
  });

  test.each(['Password1234', '123456789012', 'QWERTYUIOP12', 'woaini1314520'])('not the common %s', (password) => {
    expect(fits(password)).toBe(false);
  });

  test('not the previous one, also when it is composed otherwise', () => {
    expect(fits('cafe\u0301 au lait 12', 'u', 'caf\u00e9 au lait 12')).toBe(false);
    expect(fits('a different sentence', 'u', 'caf\u00e9 au lait 12')).toBe(true);
  });

  test('composed and decomposed spellings are one password', () => {
    const one = judgePassword('cafe\u0301 au lait 12', 'u');
    const other = judgePassword('caf\u00e9 au lait 12', 'u');
    expect(one).toEqual(other);
  });

  test('one-time passwords pass their own rule and use every byte', () => {
    const text = oneTimePasswordFrom(Uint8Array.from({ length: 20 }, (_, n) => n * 13));
    expect(text).toMatch(/^([a-km-z2-9]{5}-){3}[a-km-z2-9]{5}$/);
    expect(fits(text)).toBe(true);
    for (let n = 0; n < 20; n += 1) {
      const changed = Uint8Array.from({ length: 20 }, (_, i) => (i === n ? i * 13 + 1 : i * 13));
      expect(oneTimePasswordFrom(changed)).not.toBe(text);
    }
  });
});

describe('usernames', () => {
  test.each([
    ['  Wang.Fang ', 'wang.fang'],
    ['ＷＡＮＧ', 'wang'],
    ['王芳01', '王芳01'],
  ])('%s becomes %s', (typed, expected) => {
    expect(normaliseUsername(typed)).toBe(expected);
    expect(usernameForm.test(expected)).toBe(true);
  });
  test.each(['ab', '.abc', 'a b c', 'a'.repeat(65), 'abc/', ''])('%p is none', (text) => {
    expect(usernameForm.test(normaliseUsername(text))).toBe(false);
  });
  test.each(['abc', 'a'.repeat(64)])('%p is one', (text) => {
    expect(usernameForm.test(text)).toBe(true);
  });
});

describe('API keys', () => {
  const today = legalDate('2026-03-02');
  test.each([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2027-03-02', true],
    ['2027-03-03', false],
  ])('last day %s: %s', (lastDay, ok) => {
    expect(judgeExpiry(legalDate(lastDay), today).ok).toBe(ok);
  });

  test('scopes stay within the role', () => {
    expect(judgeScopes('auditor', ['audit.read']).ok).toBe(true);
    expect(judgeScopes('auditor', undefined).ok).toBe(true);
    expect(judgeScopes('auditor', ['audit.read', 'account.create']).ok).toBe(false);
    expect(judgeScopes('auditor', ['no-such.thing']).ok).toBe(false);
  });

  test('one text for one key', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, n) => 255 - n);
    const text = apiKeyText(bytes);
    expect(text).toMatch(/^ljk_[A-Za-z0-9_-]{43}$/);
    expect(apiKeyBytes(text)).toEqual(Buffer.from(bytes));
    // The last character carries two bits that decode to nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(text.at(-1)!);
    expect(apiKeyBytes(text.slice(0, -1) + alphabet[last ^ 1]!)).toBeUndefined();
    expect(apiKeyBytes(text.slice(0, -1))).toBeUndefined();
    expect(apiKeyBytes(text.replace('ljk_', ''))).toBeUndefined();
  });
});

describe('the queue before the password hash', () => {
  test('two at a time, the waiting in order, the rest refused', async () => {
    const queued = createQueue(2, 2);
    const finish: (() => void)[] = [];
    const begun: number[] = [];
    const work = (n: number) => (): Promise<number> => {
      begun.push(n);
      return new Promise((done) => finish.push(() => done(n)));
    };
    const results = [1, 2, 3, 4].map((n) => queued(work(n)));
    await expect(queued(work(5))).rejects.toMatchObject({ code: 'sign-in.busy' });
    expect(begun).toEqual([1, 2]);
    finish[0]!();
    await results[0];
    await new Promise(setImmediate);
    expect(begun).toEqual([1, 2, 3]);
    finish[1]!();
    finish[2]!();
    await new Promise(setImmediate);
    finish[3]!();
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4]);
  });

  test('a failure frees its place', async () => {
    const queued = createQueue(1, 0);
    await expect(queued(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queued(async () => 'yes')).resolves.toBe('yes');
  });
});
