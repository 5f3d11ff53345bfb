import { say } from '../../src/kernel/pure/wording';
import { legalDate } from '../../src/kernel/pure/time';
import { administrators, roles, type Role } from '../../src/modules/identity/permissions';
import {
  demandedFrom,
  demandedSince,
  hasSecondFactor,
  isGood,
  judgePolicy,
  shippedPolicy,
} from '../../src/modules/identity/sign-in-policy/sign-in-policy.rules';

const post = (role: Role, from = '2026-03-02') => ({ role, from: legalDate(from) });

test('is shipped for those who run the house, investigate, decide and keep a seal', () => {
  const asked = roles.filter((role) => demandedFrom(post(role), shippedPolicy) !== undefined);
  expect(asked.sort()).toEqual([
    'auditor',
    'bureau-lead',
    'inspector',
    'seal-keeper',
    'security-admin',
    'system-admin',
  ]);
  expect(judgePolicy(shippedPolicy)).toEqual({ ok: true, value: true });
});

test.each(administrators)('the %s is never taken out', (role) => {
  const secondFactorRoles = shippedPolicy.secondFactorRoles.filter((r) => r !== role);
  expect(judgePolicy({ ...shippedPolicy, secondFactorRoles })).toMatchObject({
    ok: false,
    refusal: { code: 'sign-in-policy.administrators', params: { missing: say(role) } },
  });
});

test.each([
  [0, '2026-03-02'],
  [1, '2026-03-03'],
  [30, '2026-04-01'],
])('a grace of %i days counts from the first day of the post', (graceDays, from) => {
  expect(demandedFrom(post('inspector'), { ...shippedPolicy, graceDays })).toBe(from);
});

test('of several posts the first that asks counts, and those that do not ask do not', () => {
  const since = (...posts: ReturnType<typeof post>[]) => demandedSince(posts, shippedPolicy);
  expect(since(post('bureau'), post('partner'))).toBeNull();
  expect(since()).toBeNull();
  expect(since(post('bureau', '2026-01-01'), post('inspector', '2026-03-05'), post('bureau-lead', '2026-03-04'))).toBe(
    '2026-03-04',
  );
});

test('has been shown by an own device, or by a provider that asked for several', () => {
  const [on, off] = [{ totpSecret: 'sealed' }, { totpSecret: null }];
  expect(hasSecondFactor(on, null)).toBe(true);
  expect(hasSecondFactor(off, 'provider')).toBe(true);
  for (const shown of ['off', null, undefined]) expect(hasSecondFactor(off, shown)).toBe(false);
});

test('a one-time password is good until its last moment, which is out', () => {
  expect([isGood(1000, 999), isGood(1000, 1000), isGood(null, 1e15)]).toEqual([true, false, true]);
});
