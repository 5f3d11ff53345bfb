import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import {
  carryingOn,
  repealOf,
  requireBasis,
  resolve,
  ruleKinds,
  shippedVersions,
  type ProfileVersion,
  type RuleSetting,
} from '../../src/modules/policy';

// A version on the days on which its rules begin, run out and are repealed.

const nation = shippedVersions()[0]!;
const day = legalDate('2026-03-02');
const basis = { number: '示例规', title: '示例办法', effectiveFrom: legalDate('2026-01-01'), validThrough: null };
const versionOf = (rule: string, more: Partial<RuleSetting>, rest: Partial<ProfileVersion> = {}): ProfileVersion => ({
  ...{ ...nation, id: 'own', effectiveFrom: legalDate('2026-01-01'), basis },
  settings: { ...nation.settings, [rule]: { ...nation.settings[rule]!, ...more } },
  ...rest,
});
const on = (v: ProfileVersion, at: LegalDate) => resolve(v, ruleKinds, at);
const code = (ask: () => void): string => {
  try {
    ask();
    return 'holds';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a repealed rule', () => {
  const repeal = { day, paper: '示例废〔2026〕1号' };
  const beside = { repeals: [{ rule: 'staff.floor', ...repeal }] };
  test.each([
    ['in the version itself', versionOf('staff.floor', { repeal })],
    ['beside it', versionOf('staff.floor', {}, beside)],
  ])('%s holds on the day before and no longer on its day', (_where, v) => {
    expect(on(v, addDays(day, -1)).rules['staff.floor']?.value).toBe(15);
    expect(on(v, day).rules['staff.floor']).toBeUndefined();
    expect(on(v, addDays(day, 1)).rules['staff.floor']).toBeUndefined();
    expect(repealOf(v, 'staff.floor')).toEqual(repeal);
    expect(repealOf(v, 'team.size')).toBeUndefined();
    // It is gone, not run out: nothing waits for a successor and nothing is carried on by it.
    expect(on(v, day).lapsed).toEqual([]);
    expect(carryingOn(on(v, day)).rules['staff.floor']).toBeUndefined();
    // Tried against the past, it is gone as it is today.
    expect(resolve(v, ruleKinds, day, true).rules['staff.floor']).toBeUndefined();
    expect(resolve(v, ruleKinds, addDays(day, -1), true).rules['staff.floor']).toBeDefined();
  });

  test('twice, by the earlier day', () => {
    const later = { rule: 'staff.floor', day: addDays(day, 9), paper: '示例另一文件' };
    const v = versionOf('staff.floor', { repeal }, { repeals: [later] });
    expect(repealOf(v, 'staff.floor')).toEqual(repeal);
    const before = versionOf('staff.floor', { repeal: later }, beside);
    expect(repealOf(before, 'staff.floor')).toEqual(repeal);
  });
});

describe('a rule that has run out before its profile', () => {
  const v = versionOf('team.size', { validThrough: day });
  test('holds on its last day; from the next on new decisions of its scope wait, others do not', () => {
    const next = addDays(day, 1);
    expect(on(v, day).rules['team.size']).toBeDefined();
    expect(code(() => requireBasis(on(v, day), day, ['team']))).toBe('holds');
    expect(on(v, next).rules['team.size']).toBeUndefined();
    expect(on(v, next).lapsed).toMatchObject([
      { rule: 'team.size', scope: 'team', effect: 'refuse', validThrough: day },
    ]);
    expect(code(() => requireBasis(on(v, next), next, ['offer', 'team']))).toBe('policy.basis-lapsed');
    expect(code(() => requireBasis(on(v, next), next, ['fee']))).toBe('holds');
    expect(code(() => requireBasis(on(v, next), next))).toBe('holds');
  });
  test('goes on being asked of what was begun under it', () => {
    expect(carryingOn(on(v, addDays(day, 400))).rules['team.size']?.value).toBe(5);
    expect(carryingOn(on(v, day)).rules).toEqual(on(v, day).rules);
  });
  test('and only informs, keeps nothing waiting', () => {
    const advice = versionOf('team.specialties', { validThrough: day });
    const next = addDays(day, 1);
    expect(on(advice, next).lapsed).toMatchObject([{ rule: 'team.specialties', effect: 'inform' }]);
    expect(code(() => requireBasis(on(advice, next), next, ['team']))).toBe('holds');
  });
});

test('rules that run out with their profile are still shown, and the basis says that it is over', () => {
  const end = legalDate('2029-04-15');
  const after = on(nation, addDays(end, 1));
  expect(after.rules['staff.floor']?.value).toBe(15);
  expect(code(() => requireBasis(after, addDays(end, 1), ['readiness']))).toBe('policy.basis-lapsed');
  expect(code(() => requireBasis(on(nation, end), end, ['readiness', 'team', 'offer', 'fee', 'term']))).toBe('holds');
});

test('where a province’s measures have no end, what rests on the circular waits for its successor', () => {
  const zhejiang = shippedVersions()[1]!;
  const after = legalDate('2029-04-16');
  expect(code(() => requireBasis(on(zhejiang, after), after))).toBe('holds');
  for (const scope of ['readiness', 'team', 'offer', 'fee', 'term'] as const) {
    expect([scope, code(() => requireBasis(on(zhejiang, after), after, [scope]))]).toEqual([
      scope,
      'policy.basis-lapsed',
    ]);
  }
  expect(carryingOn(on(zhejiang, after)).rules['conflict.operator']).toBeDefined();
});
