import { barTerm, legalDate } from '../../src/kernel/pure/time';
import { judgeBars } from '../../src/modules/screening/screening.rules';
import { shutOn } from '../../src/modules/sanctions/sanctions.rules';
import type { KnownBar } from '../../src/modules/sanctions/sanctions.store';
import { presentBar } from '../../src/modules/sanctions/sanctions.views';
import type { PublicBar } from '../../src/modules/sanctions';

const d = legalDate;

const known = (more: Partial<KnownBar> = {}): KnownBar => {
  const servedOn = more.servedOn ?? d('2026-11-23');
  const { lastBarredDay, freeFrom, steps } = barTerm(servedOn, 3);
  return {
    id: 'b1',
    subjectKind: 'institution',
    subjectId: 'i1',
    code: '91370000MA3X000106',
    name: '示例绿评咨询有限公司',
    ground: 'untrue-conclusion',
    decisionNumber: '示例自然资函〔2026〕1号',
    caseId: 'c1',
    caseSubjectId: 's1',
    authority: '370000',
    authorityName: '示例省自然资源厅',
    basis: '自然资规〔2024〕1号第（十七）条',
    profile: 'national-2024/1',
    servedOn,
    lastBarredDay,
    freeFrom,
    steps: [...steps],
    published: true,
    recordedAt: 0 as KnownBar['recordedAt'],
    annulledAt: null,
    annulledFrom: null,
    start: servedOn,
    changedAt: 0 as KnownBar['changedAt'],
    stays: [],
    ...more,
  };
};

const shown: Omit<PublicBar, 'state'> = {
  kind: 'institution',
  code: '91370000MA3X000106',
  name: '示例绿评咨询有限公司',
  ground: '评估结论严重失实',
  decisionNumber: '示例自然资函〔2026〕1号',
  authority: '示例省自然资源厅',
  basis: '自然资规〔2024〕1号第（十七）条',
  servedOn: '2026-11-23',
  lastBarredDay: '2029-11-23',
  freeFrom: '2029-11-24',
};

describe('what is shown of a bar', () => {
  test('nothing before its service day', () => {
    expect(presentBar(known(), d('2026-11-22'))).toBeUndefined();
  });

  test.each([
    ['2026-11-23', 'barred'],
    ['2029-11-23', 'barred'],
    ['2029-11-24', 'ended'],
  ] as const)('on %s it is %s, with exactly the columns of the interface', (day, state) => {
    expect(presentBar(known(), d(day))).toEqual({ ...shown, state });
  });

  test('a stay and an annulment, on their days', () => {
    const stayed = known({ stays: [{ from: d('2027-01-01'), to: d('2027-02-01') }] });
    expect(presentBar(stayed, d('2027-01-31'))?.state).toBe('stayed');
    expect(presentBar(stayed, d('2027-02-01'))?.state).toBe('barred');
    const annulled = known({ annulledFrom: d('2027-03-01') });
    expect(presentBar(annulled, d('2027-02-28'))?.state).toBe('barred');
    expect(presentBar(annulled, d('2027-03-01'))?.state).toBe('annulled');
    expect(presentBar(annulled, d('2031-01-01'))?.state).toBe('annulled');
  });
});

describe('the verdict', () => {
  const bar = (state: PublicBar['state'], decisionNumber = shown.decisionNumber): PublicBar => ({
    ...shown,
    state,
    decisionNumber,
  });
  const codes = (bars: PublicBar[], isKnown = true) => {
    const { verdict, reasons } = judgeBars(bars, isKnown);
    return [verdict, ...reasons.map((r) => r.code)];
  };

  test('on somebody without a bar is fit, and says so', () => {
    expect(judgeBars([], true)).toEqual({
      verdict: 'fit',
      reasons: [
        {
          code: 'no-bar',
          text: '没有对其不再采信的决定',
          citation: '自然资规〔2024〕1号第（十七）条',
          en: {
            text: 'There is no decision to bar it',
            citation: 'Article 17 of circular 自然资规〔2024〕1号',
          },
        },
      ],
    });
  });

  test('on somebody unknown is fit, for that reason', () => {
    expect(codes([], false)).toEqual(['fit', 'unknown-subject']);
  });

  test.each([
    [
      'barred',
      'not-fit',
      '不再采信期间内（示例自然资函〔2026〕1号），届满日2029-11-23，可再次采信之日2029-11-24',
      'Barred (示例自然资函〔2026〕1号); last barred day 2029-11-23, first free day 2029-11-24',
    ],
    [
      'stayed',
      'fit',
      '停止执行期间（示例自然资函〔2026〕1号），届满日2029-11-23，可再次采信之日2029-11-24',
      'Bar stayed (示例自然资函〔2026〕1号); last barred day 2029-11-23, first free day 2029-11-24',
    ],
    [
      'ended',
      'fit',
      '已届满（示例自然资函〔2026〕1号），届满日2029-11-23，可再次采信之日2029-11-24',
      'Bar ended (示例自然资函〔2026〕1号); last barred day 2029-11-23, first free day 2029-11-24',
    ],
    [
      'annulled',
      'fit',
      '决定已撤销或变更（示例自然资函〔2026〕1号）',
      'Decision annulled or changed (示例自然资函〔2026〕1号)',
    ],
  ] as const)('on a bar that is %s is %s', (state, verdict, text, english) => {
    const en = { text: english, citation: 'Article 17 of circular 自然资规〔2024〕1号' };
    expect(judgeBars([bar(state)], true)).toEqual({
      verdict,
      reasons: [{ code: `bar-${state}`, text, citation: shown.basis, en }],
    });
  });

  test('one bar in force among others decides, and all are said', () => {
    expect(codes([bar('ended', '1'), bar('barred', '2'), bar('annulled', '3'), bar('barred', '4')])).toEqual([
      'not-fit',
      'bar-ended',
      'bar-barred',
      'bar-annulled',
      'bar-barred',
    ]);
    expect(codes([bar('ended'), bar('stayed')])).toEqual(['fit', 'bar-ended', 'bar-stayed']);
  });

  test('a bar decides also on a subject of whom nothing else is known', () => {
    expect(codes([bar('barred')], false)[0]).toBe('not-fit');
  });
});

describe('a door', () => {
  const days = (bars: KnownBar[], today: string) => shutOn(bars, d(today)).map((b) => b.id);

  test.each([
    ['2026-11-23', ['b1']],
    ['2029-11-23', ['b1']],
    ['2029-11-24', []],
  ])('on %s is shut by %j', (today, ids) => expect(days([known()], today)).toEqual(ids));

  test('is shut by a bar whose service day this process has not reached yet', () => {
    expect(days([known()], '2026-11-22')).toEqual(['b1']);
  });

  test('stays open for a bar that is stayed or annulled on that first day', () => {
    const first = d('2026-11-23');
    expect(days([known({ stays: [{ from: first, to: null }] })], '2026-11-22')).toEqual([]);
    expect(days([known({ annulledFrom: first })], '2026-11-22')).toEqual([]);
  });

  test('is shut by each of two bars that hold', () => {
    const second = known({ id: 'b2', servedOn: d('2027-05-01') });
    expect(days([known(), second], '2027-06-01')).toEqual(['b1', 'b2']);
    expect(days([known(), second], '2030-01-01')).toEqual(['b2']);
  });
});
