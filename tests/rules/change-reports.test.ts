import fc from 'fast-check';
import type { Outcome } from '../../src/kernel/pure/outcome';
import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import type { ChangeProposal } from '../../src/modules/institutions/changes/changes.contract';
import {
  changeKindsIn,
  judgeHappened,
  judgeLateness,
  judgeProposal,
  judgeReportBy,
  lastOverdueStart,
  type ReportFacts,
  type WorkingDays,
} from '../../src/modules/institutions/changes/changes.rules';
import { ownerChangeDays } from '../../src/modules/organisations/lists.rules';
import { addWorkingDays, calendarOf, workingDaysBetween } from '../../src/modules/policy/core/working-days';

const day = (text: string): LegalDate => legalDate(text);
const code = (o: Outcome<unknown>): string => (o.ok ? 'accepted' : o.refusal.code);

/** A year of its own: weekends, and one week off from 2 to 6 March 2026. */
const calendar = calendarOf([
  {
    year: 2026,
    revision: 1,
    documentNumber: '示例办发明电〔2025〕1号',
    publishedOn: day('2025-11-01'),
    periods: [{ name: '示例节', from: day('2026-03-02'), lastDay: day('2026-03-06') }],
    makeUpDays: [],
  },
]);
const days: WorkingDays = {
  due: (from, n) => addWorkingDays(calendar, from, n),
  between: (from, to) => workingDaysBetween(calendar, from, to),
};
const facts = (wished: Partial<ReportFacts> = {}): ReportFacts => ({
  state: 'reported',
  // A Monday. Twenty working days on, with a week off between: Monday, 9 March.
  happenedOn: day('2026-02-02'),
  reportedOn: null,
  requiredDays: 20,
  reportBy: null,
  ...wished,
});

describe('a change is reported within 20 working days (生态环境部令第9号第十一条 as model)', () => {
  test.each([
    ['2026-03-09', false, 0],
    ['2026-03-10', true, 1],
    ['2026-03-13', true, 4],
    // Saturday: no working day more than Friday.
    ['2026-03-14', true, 4],
    ['2026-03-16', true, 5],
  ])('reported on %s: late %s by %i', (on, late, by) => {
    const judged = judgeLateness(facts({ reportedOn: day(on), state: 'confirmed' }), day('2026-12-31'), days);
    expect(judged).toMatchObject({
      dueOn: '2026-03-09',
      late,
      lateWorkingDays: by,
      overdue: false,
      provisional: false,
    });
  });

  test.each([
    ['open', '2026-03-09', false],
    ['open', '2026-03-10', true],
    ['returned', '2026-03-10', true],
    ['reported', '2026-03-10', false],
    ['confirmed', '2026-03-10', false],
    ['dropped', '2026-03-10', false],
  ] as const)('%s and not reported on %s: overdue %s', (state, on, overdue) => {
    const reportedOn = state === 'reported' || state === 'confirmed' ? day('2026-02-03') : null;
    expect(judgeLateness(facts({ state, reportedOn }), day(on), days).overdue).toBe(overdue);
  });

  test('a later day set by the authority moves the mark, never the lateness', () => {
    const given = facts({ state: 'open', reportBy: day('2026-03-20') });
    expect(judgeLateness(given, day('2026-03-20'), days)).toMatchObject({ overdue: false, late: true });
    expect(judgeLateness(given, day('2026-03-21'), days)).toMatchObject({ overdue: true, lateWorkingDays: 9 });
    const earlier = facts({ state: 'open', reportBy: day('2026-02-20') });
    expect(judgeLateness(earlier, day('2026-03-09'), days).overdue).toBe(false);
  });

  test('what falls away was never late', () => {
    expect(judgeLateness(facts({ state: 'dropped' }), day('2026-12-01'), days)).toMatchObject({
      late: false,
      overdue: false,
    });
  });

  test('a year without a table is provisional', () => {
    const judged = judgeLateness(facts({ happenedOn: day('2026-12-20'), state: 'open' }), day('2026-12-21'), days);
    expect(judged.provisional).toBe(true);
  });

  test('the list of overdue ones asks for the same days as the mark', () => {
    const back = (d: LegalDate): LegalDate => addDays(d, -1);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 60 }),
        (t, n, ago) => {
          const today = addDays(day('2026-03-01'), t);
          const happenedOn = addDays(today, -ago);
          const marked = judgeLateness(facts({ state: 'open', happenedOn, requiredDays: n }), today, days).overdue;
          expect(happenedOn <= lastOverdueStart(today, n, days, back)).toBe(marked);
        },
      ),
    );
  });
});

describe('what may be said', () => {
  const today = day('2026-03-02');
  test('a change has happened', () => {
    expect(code(judgeHappened(today, today))).toBe('accepted');
    expect(code(judgeHappened(day('2026-03-03'), today))).toBe('change.in-future');
  });

  test('the authority gives more time than the term, never less, and no day that is over', () => {
    const due = day('2026-03-09');
    expect(code(judgeReportBy(null, due, today))).toBe('accepted');
    expect(code(judgeReportBy(due, due, today))).toBe('accepted');
    expect(code(judgeReportBy(day('2026-03-08'), due, today))).toBe('change.shorter-than-term');
    const past = day('2026-01-05');
    expect(code(judgeReportBy(today, past, today))).toBe('accepted');
    expect(code(judgeReportBy(day('2026-03-01'), past, today))).toBe('change.shorter-than-term');
  });

  test('a report of a name says the name', () => {
    const proposal = (organisation: ChangeProposal['organisation']): ChangeProposal => ({
      organisation,
      documents: [],
    });
    expect(code(judgeProposal('name', proposal({ name: '示例' })))).toBe('accepted');
    expect(code(judgeProposal('name', proposal({ address: '示例路' })))).toBe('change.content-does-not-fit');
    expect(code(judgeProposal('name', null))).toBe('accepted');
    expect(code(judgeProposal('address', proposal({ registeredDivision: '370102' })))).toBe('accepted');
    expect(code(judgeProposal('owners', proposal({})))).toBe('accepted');
  });
});

describe('what changed', () => {
  const body = {
    name: '示例',
    legalForm: 'enterprise' as const,
    publicInstitutionClass: null,
    legalRepresentative: '示例甲',
    address: '示例路1号',
    phone: '1',
    certificateType: null,
    legalPersonality: null,
    businessScope: null,
    registeredDivision: null,
    registeredProvince: { byCode: '370000', byAddress: null },
  };
  test.each([
    [{ name: '新名' }, ['name']],
    [{ legalRepresentative: '示例乙' }, ['legal-representative']],
    [{ address: '示例路2号' }, ['address']],
    [{ legalForm: 'other' as const }, ['legal-form']],
    [{ businessScope: '示例' }, ['business-scope']],
    [{ phone: '2' }, []],
    [{ name: '新名', address: '示例路2号' }, ['name', 'address']],
  ])('%j: %j', (change, kinds) => expect(changeKindsIn(body, { ...body, ...change })).toEqual(kinds));
  test('a first entry is no change', () => expect(changeKindsIn(undefined, body)).toEqual([]));

  test('owners: what is new begins or ends on its day; a first list is no change', () => {
    const owner = (holderName: string, validFrom: string, validTo: string | null, shareBasisPoints = 5000) => ({
      relation: 'shareholder',
      holderCode: null,
      holderName,
      shareBasisPoints,
      validFrom: day(validFrom),
      validTo: validTo === null ? null : day(validTo),
    });
    const before = [owner('甲', '2020-01-01', null)];
    expect(ownerChangeDays([], before)).toEqual([]);
    expect(ownerChangeDays(before, before)).toEqual([]);
    const sold = [owner('甲', '2020-01-01', '2026-02-01'), owner('乙', '2026-02-01', null)];
    expect(ownerChangeDays(before, sold)).toEqual(['2026-02-01']);
  });
});
