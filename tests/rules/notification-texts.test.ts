import fc from 'fast-check';
import { legalDate } from '../../src/kernel/pure/time';
import { normaliseAddress, judgeCode, judgeSending } from '../../src/modules/notifications/contacts.rules';
import { codeFrom } from '../../src/modules/notifications/contacts.service';
import { notificationKindNames, notificationKinds } from '../../src/modules/notifications/kinds.contract';
import { backOff, MOST_ATTEMPTS } from '../../src/modules/notifications/retry.rules';
import {
  codeText,
  inboxText,
  keptParams,
  maskEmail,
  paramsOf,
  shortText,
} from '../../src/modules/notifications/texts.rules';

const day = legalDate('2026-11-27');

test('a message asks to sign in and tells the last day without leading zeros', () => {
  expect(shortText('assignment.offered', day)).toBe('您有1项待办，请登录绿鉴查看，截止2026年11月27日。');
  expect(shortText('assignment.offered', legalDate('2026-03-02'))).toContain('2026年3月2日');
  expect(shortText('assignment.offered', null)).toBe('您有1项待办，请登录绿鉴查看。');
});

/** Everything that a short text may hold beside its day. */
const plain = /^[您有项条待办通知请登录绿鉴查看，。截止已于到期尚未办结的截止日有变动现为1]+$/;
const withoutDay = (text: string): string => text.replace(/\d{4}年\d{1,2}月\d{1,2}日/g, '');

describe.each(notificationKindNames)('%s', (kind) => {
  test.each([day, null])('says nothing of its matter outside the house (%s)', (deadline) => {
    expect(withoutDay(shortText(kind, deadline))).toMatch(plain);
    expect(withoutDay(shortText(kind, deadline)).replace(/1[项条]/, '')).not.toMatch(/\d/);
  });

  test('keeps of hostile parameters only what its sentence asks for', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (hostile, name) => {
        const params = { ...hostile, ...Object.fromEntries(paramsOf(kind).map((p) => [p, name])) };
        const kept = keptParams(kind, params);
        expect(Object.keys(kept).sort()).toEqual([...paramsOf(kind)].sort());
        // Whatever the parameters are, the text that leaves is the same.
        expect(withoutDay(shortText(kind, day))).toMatch(plain);
        expect(inboxText(kind, kept, day)).not.toContain('undefined');
      }),
      { numRuns: 30 },
    );
  });

  test('has a title and a sentence in the words of the glossary', () => {
    const { title, detail } = notificationKinds[kind];
    for (const text of [title, detail]) expect(text).not.toMatch(/失信|处罚|嫌疑|拉黑|第三方公司|undefined/);
    expect(detail).toMatch(/。$/);
  });
});

test('a parameter that is missing is a fault of the caller, told at once', () => {
  expect(() => keptParams('deadline.moved', { title: '示例' })).toThrow(/before/);
});

test('days among the parameters are shown in Chinese', () => {
  const params = { title: '答复委托', before: '2027-01-04', table: '2027年节假日安排' };
  expect(inboxText('deadline.moved', params, legalDate('2027-01-05'))).toBe(
    '“答复委托”的截止日由2027年1月4日调整为2027年1月5日，依据：2027年节假日安排。',
  );
});

test('a code is told with nothing beside it', () => {
  expect(codeText('012345', 10)).toBe('绿鉴验证码012345，10分钟内有效，请勿告知他人。');
});

test('addresses are shown masked', () => {
  expect(maskEmail('zhang@example.org')).toBe('z***@example.org');
});

test.each([
  ['email', 'name@example.org', 'name@example.org'],
  ['email', 'a.b+c@mail.example.org', 'a.b+c@mail.example.org'],
  ['email', 'name@localhost', undefined],
  ['email', 'name@example.org,other@example.org', undefined],
  ['email', 'Name <name@example.org>', undefined],
  ['email', 'name@example.org\r\nBcc: other@example.org', undefined],
  ['email', '.name@example.org', undefined],
  ['email', 'na..me@example.org', undefined],
  ['sms', '13812345678', '13812345678'],
  ['sms', '+86 138-1234-5678', '13812345678'],
  ['sms', '008613812345678', '13812345678'],
  ['sms', '12812345678', undefined],
  ['sms', '1381234567', undefined],
  ['sms', '+8521234567', undefined],
] as const)('%s %j is kept as %j', (channel, typed, kept) => {
  expect(normaliseAddress(channel, typed)).toBe(kept);
});

test('a code may be tried until it runs out, is used or was missed five times', () => {
  const good = { hasCode: true, codeUntil: 1000, codeTries: 4 };
  expect(judgeCode(good, 1000).ok).toBe(true);
  expect(judgeCode(good, 1001).ok).toBe(false);
  expect(judgeCode({ ...good, codeTries: 5 }, 0).ok).toBe(false);
  expect(judgeCode({ ...good, hasCode: false }, 0).ok).toBe(false);
});

test('codes are sent once a minute and five times an hour', () => {
  expect(judgeSending(null, 0, 0).ok).toBe(true);
  expect(judgeSending(0, 1, 59_999)).toMatchObject({ ok: false });
  expect(judgeSending(0, 1, 60_000).ok).toBe(true);
  expect(judgeSending(0, 4, 60_000).ok).toBe(true);
  expect(judgeSending(0, 5, 60_000).ok).toBe(false);
});

test('codes have six digits, leading zeros too, and no draw above the last multiple counts', () => {
  const bytes = [Buffer.from('ffffffff', 'hex'), Buffer.from('0000002a', 'hex')];
  expect(codeFrom({ bytes: () => bytes.shift()! })).toBe('000042');
});

test('pauses between tries double up to six hours', () => {
  expect([1, 2, 3].map(backOff)).toEqual([30_000, 60_000, 120_000]);
  expect(backOff(MOST_ATTEMPTS + 20)).toBe(6 * 3600_000);
});
