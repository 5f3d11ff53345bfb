import fc from 'fast-check';
import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { resolve, ruleKinds, shippedVersions, type ProfileVersion, type RuleSetting } from '../../src/modules/policy';
import { belowLaw, judgeAdoption, judgeRepeal } from '../../src/modules/policy/profiles/profiles.rules';

const nation = shippedVersions()[0]!;
const start = legalDate('2026-03-02');
const lawEnd = legalDate('2029-04-15');
const draftOf = (rule: string, more: Partial<RuleSetting>, rest: Partial<ProfileVersion> = {}): ProfileVersion => ({
  ...nation,
  id: 'draft',
  effectiveFrom: null,
  basis: { number: '示例规', title: '示例办法', effectiveFrom: legalDate('2026-01-01'), validThrough: null },
  settings: { ...nation.settings, [rule]: { ...nation.settings[rule]!, ...more } },
  ...rest,
});
const review = (rule: string, result: 'upheld' | 'not-upheld') => ({
  ...{ rule, number: '示例合审', day: start, result, fairCompetition: null, recordedBy: 'x', recordedOn: start },
});
const below = (v: ProfileVersion, from: LegalDate = start) => belowLaw(v, nation, ruleKinds, from);

test.each<[string, string, Partial<RuleSetting>, boolean]>([
  ['as the law has it', 'institution.bars', {}, false],
  ['practice only informs', 'institution.bars', { certainty: 'practice' }, true],
  ['derived only informs', 'institution.bars', { certainty: 'derived' }, true],
  ['provincial refuses too', 'institution.bars', { certainty: 'provincial' }, false],
  ['disputed', 'institution.bars', { disputed: true }, true],
  ['only informing', 'institution.bars', { effect: 'inform' }, true],
  ['begins on the first day', 'bar.years', { effectiveFrom: start }, false],
  ['begins a day late', 'bar.years', { effectiveFrom: addDays(start, 1) }, true],
  ['begins never', 'bar.years', { effectiveFrom: legalDate('2099-01-01') }, true],
  ['ended before', 'fee.mine-payer', { validThrough: addDays(start, -1) }, true],
  ['ends while the law goes on', 'fee.mine-payer', { validThrough: addDays(lawEnd, -1) }, true],
  ['ends with the law', 'fee.mine-payer', { validThrough: lawEnd }, false],
  ['has no end', 'fee.mine-payer', { validThrough: null }, false],
  ['another number of years', 'bar.years', { value: 2 }, true],
  ['the annex may be departed from', 'staff.floor', { value: 3 }, false],
])('%s: %s', (_what, rule, more, falls) => {
  expect(below(draftOf(rule, more))).toEqual(falls ? [rule] : []);
});

test('a repeal counts from its day, and a review lets a departure pass but no absence', () => {
  const rule = 'bar.years';
  const repeals = [{ rule, day: addDays(start, 5), paper: '示例' }];
  expect(below(draftOf(rule, {}, { repeals }))).toEqual([rule]);
  const reviews = [review(rule, 'upheld')];
  expect(below(draftOf(rule, { value: 2 }, { reviews }))).toEqual([]);
  expect(below(draftOf(rule, { value: 2 }, { reviews: [...reviews, review(rule, 'not-upheld')] }))).toEqual([rule]);
  expect(below(draftOf(rule, { effectiveFrom: legalDate('2099-01-01') }, { reviews }))).toEqual([rule]);
  expect(below(draftOf(rule, {}, { reviews, repeals }))).toEqual([rule]);
});

test('what passes refuses on every day on which the law does', () => {
  const day = fc.integer({ min: -400, max: 1600 }).map((n) => addDays(start, n));
  const setting = fc.record({
    effectiveFrom: day,
    validThrough: fc.option(day),
    certainty: fc.constantFrom('law', 'circular', 'provincial', 'derived', 'practice'),
    disputed: fc.boolean(),
  });
  fc.assert(
    fc.property(setting, day, (more, on) => {
      fc.pre(on >= start && on <= lawEnd);
      const draft = draftOf('institution.bars', more);
      if (below(draft).length > 0) return;
      expect(resolve(draft, ruleKinds, on).rules['institution.bars']?.effect).toBe('refuse');
    }),
    { numRuns: 300 },
  );
});

test('the basis carries the first day of the version', () => {
  const asked = { effectiveFrom: start, today: start, persons: ['a'], drafters: ['b'] };
  const on = (validThrough: LegalDate | null, effectiveFrom = start) =>
    judgeAdoption(
      draftOf('bar.years', {}, { basis: { number: '示例', title: '示例', effectiveFrom, validThrough } }),
      asked,
      [],
    );
  expect(on(start)).toMatchObject({ ok: true });
  expect(on(null)).toMatchObject({ ok: true });
  expect(on(addDays(start, -1))).toMatchObject({ ok: false });
  expect(on(null, addDays(start, 1))).toMatchObject({ ok: false });
});

test.each<[string | null, LegalDate, string[], string | true]>([
  ['fee.mine-payer', start, ['a'], 'policy.binding-rule'],
  ['institution.bars', addDays(start, 400), ['a'], 'policy.binding-rule'],
  ['bar.years', start, ['a'], 'policy.binding-rule'],
  ['staff.floor', start, ['a'], true],
  ['staff.floor', addDays(start, -1), ['a'], 'policy.retroactive'],
  ['staff.floor', start, ['a', 'drafter'], 'policy.same-person'],
  [null, start, ['a'], true],
])('the repeal of %s from %s by %j: %s', (rule, day, persons, answer) => {
  const reviews = [review('fee.mine-payer', 'upheld')];
  const asked = { repeal: { rule, day, paper: '示例' }, today: start, persons, drafters: ['drafter'] };
  const version = draftOf('bar.years', {}, { reviews, effectiveFrom: start });
  const judged = judgeRepeal(version, asked, nation, ruleKinds);
  expect(judged.ok || judged.refusal.code).toBe(answer);
});

describe('by which review a disputed rule binds', () => {
  const rule = 'institution.registered-in-province';
  const inForce = legalDate('2026-04-01');
  const version = (reviews: [string, 'upheld' | 'not-upheld'][], effectiveFrom: LegalDate | null = inForce) => ({
    ...nation,
    effectiveFrom,
    settings: {
      [rule]: {
        ...{ value: true, number: '示例', citation: '示例', certainty: 'provincial', effect: 'refuse', disputed: true },
        ...{ effectiveFrom: legalDate('2026-01-01'), validThrough: null },
      } as RuleSetting,
    },
    reviews: reviews.map(([on, result]) => ({ ...review(rule, result), number: on, recordedOn: legalDate(on) })),
  });
  const effects = (reviews: [string, 'upheld' | 'not-upheld'][], days: string[], from?: LegalDate | null) =>
    days.map((d) => {
      const { effect, upheldBy } = resolve(version(reviews, from), ruleKinds, legalDate(d)).rules[rule]!;
      return upheldBy ? `${effect} ${upheldBy.number}` : effect;
    });

  test('it informs until the day on which an upholding review is recorded', () => {
    const days = ['2026-04-30', '2026-05-01', '2099-01-01'];
    expect(effects([], days)).toEqual(['inform', 'inform', 'inform']);
    const binds = 'refuse 2026-05-01';
    expect(effects([['2026-05-01', 'upheld']], days)).toEqual(['inform', binds, binds]);
    expect(effects([['2026-05-01', 'not-upheld']], days)).toEqual(['inform', 'inform', 'inform']);
  });

  test('once in force and binding, a later finding against it takes nothing back', () => {
    const days = ['2026-04-30', '2026-05-01', '2026-06-01', '2026-06-02'];
    const binds = 'refuse 2026-05-01';
    const later: [string, 'upheld' | 'not-upheld'][] = [
      ['2026-05-01', 'upheld'],
      ['2026-06-01', 'not-upheld'],
    ];
    expect(effects(later, days)).toEqual(['inform', binds, binds, binds]);
    // Nor does one of the same day, for a decision of that day may rest on it.
    expect(effects([later[0]!, ['2026-05-01', 'not-upheld']], days)).toEqual(['inform', binds, binds, binds]);
    // First not upheld, then upheld: it binds from then.
    const turned = 'refuse 2026-06-01';
    expect(
      effects(
        [
          ['2026-05-01', 'not-upheld'],
          ['2026-06-01', 'upheld'],
        ],
        days,
      ),
    ).toEqual([...['inform', 'inform', turned, turned]]);
  });

  test('before it is in force the last review speaks', () => {
    const days = ['2026-04-01', '2026-05-01'];
    const before: [string, 'upheld' | 'not-upheld'][] = [
      ['2026-02-01', 'upheld'],
      ['2026-03-31', 'not-upheld'],
    ];
    expect(effects(before, days)).toEqual(['inform', 'inform']);
    expect(effects([before[0]!, ['2026-04-01', 'not-upheld']], days)).toEqual(Array(2).fill('refuse 2026-02-01'));
    // A draft binds nobody.
    expect(effects(before, ['2026-03-01', '2026-05-01'], null)).toEqual(['refuse 2026-02-01', 'inform']);
  });

  test('a repeal and the next version end it', () => {
    const held = version([
      ['2026-05-01', 'upheld'],
      ['2026-06-01', 'not-upheld'],
    ]);
    const repealed = { ...held, repeals: [{ rule, day: legalDate('2026-07-01'), paper: '示例' }] };
    const on = (v: ProfileVersion, d: string) => resolve(v, ruleKinds, legalDate(d)).rules[rule]?.effect;
    expect([on(repealed, '2026-06-30'), on(repealed, '2026-07-01')]).toEqual(['refuse', undefined]);
    expect(on({ ...held, id: 'next', reviews: [] }, '2026-08-01')).toBe('inform');
  });
});
