import type { Wording } from '../../src/kernel/pure/wording';
import type { Outcome } from '../../src/kernel/pure/outcome';
import { legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { judgeOwnTime, maskContact, mayCall, operatorOf } from '../../src/modules/mines/contacts.rules';
import { listStatuses, mineralsOf, type ListStatus } from '../../src/modules/mines/fields.contract';
import { listMoves } from '../../src/modules/mines/list-entries.states';
import type { LicenceLine, ListLine } from '../../src/modules/mines/lists.contract';
import {
  correctByOf,
  judgeDivision,
  judgeLicences,
  judgeListEntries,
  mainStanding,
  operatorRuns,
} from '../../src/modules/mines/lists.rules';

const day = (text: string): LegalDate => legalDate(text);
const said = (o: Outcome<unknown>): string => {
  if (o.ok) return 'accepted';
  const { line, fault } = o.refusal.params as { line?: number; fault?: Wording };
  return fault === undefined ? o.refusal.code : `${line} ${fault.zh}`;
};

const line = (
  status: ListStatus,
  from: string,
  lastDay: string | null = null,
  wished: Partial<ListLine> = {},
): ListLine => ({
  level: 'provincial',
  list: '示例省绿色矿山名录',
  status,
  from: day(from),
  lastDay: lastDay === null ? null : day(lastDay),
  announcementNumber: '示例公告 1 号',
  announcedOn: day('2024-01-01'),
  correctBy: null,
  ...wished,
});
const judge = (...lines: ListLine[]): string => said(judgeListEntries(lines, []));

describe('standing in one list', () => {
  // Written by hand from 自然资规〔2024〕1号 art. 9 and 17 and annex 2; nothing of src is read for it.
  const grid: Record<ListStatus, readonly ListStatus[]> = {
    'public-notice': ['on-list'],
    'on-list': ['correction', 'removed'],
    correction: ['on-list', 'removed'],
    removed: ['public-notice', 'on-list'],
  };
  const leadingTo: Record<ListStatus, ListLine[]> = {
    'public-notice': [],
    'on-list': [],
    correction: [line('on-list', '2020-01-01', '2020-12-31')],
    removed: [line('on-list', '2020-01-01', '2020-12-31')],
  };
  for (const from of listStatuses) {
    for (const to of listStatuses) {
      const may = grid[from].includes(to);
      test(`${from} → ${to}: ${may ? 'yes' : 'no'}`, () => {
        const course = [...leadingTo[from], line(from, '2021-01-01', '2021-06-30'), line(to, '2021-07-01')];
        const answer = judge(...course);
        if (may) expect(answer).toBe('accepted');
        else expect(answer).toMatch(new RegExp(`^${course.length} .*之后不能是`));
      });
    }
  }
  test('the table says the same', () => expect(listMoves).toEqual(grid));

  test.each([
    ['public-notice', true],
    ['on-list', true],
    ['correction', false],
    ['removed', false],
  ] as const)('may begin with %s: %s', (status, may) =>
    expect(judge(line(status, '2024-01-01'))).toMatch(may ? /accepted/ : /不能自.*开始/),
  );

  test('a notice may end without listing and come again; a listed mine does not drop out by the way', () => {
    const notice = line('public-notice', '2023-01-01', '2023-01-10');
    expect(judge(notice)).toBe('accepted');
    expect(judge(notice, line('public-notice', '2024-01-01', '2024-01-10'))).toBe('accepted');
    expect(judge(line('on-list', '2023-01-01', '2023-12-31'))).toBe('1 在名录已止，须登记其后的状态。');
    const gap = judge(line('on-list', '2023-01-01', '2023-12-31'), line('removed', '2024-01-02'));
    expect(gap).toMatch(/^2 .*未说明其间的状态/);
    expect(judge(line('on-list', '2023-01-01', '2023-12-31'), line('removed', '2024-01-01'))).toBe('accepted');
    expect(judge(line('on-list', '2023-01-01', '2023-12-31'), line('removed', '2023-12-31'))).toMatch(/重叠/);
    expect(judge(line('on-list', '2023-01-01'), line('removed', '2024-01-01'))).toMatch(/重叠/);
  });

  test('lists run side by side, each with its own course; the order of lines does not matter', () => {
    const national = line('on-list', '2023-06-01', null, { level: 'national', list: '全国绿色矿山名录' });
    const province = [line('correction', '2024-01-01'), line('on-list', '2023-01-01', '2023-12-31')];
    expect(judge(national, ...province)).toBe('accepted');
  });

  test('removal is by announcement, with number and day', () => {
    const on = line('on-list', '2023-01-01', '2023-12-31');
    expect(judge(on, line('removed', '2024-01-01', null, { announcementNumber: null }))).toMatch(/^2 .*公告文号/);
    expect(judge(on, line('removed', '2024-01-01', null, { announcedOn: null }))).toMatch(/^2 .*公告日期/);
  });

  test('goes on from what the record says of the same list', () => {
    const recorded = [{ list: '示例省绿色矿山名录', status: 'on-list' as const, from: day('2020-01-01') }];
    const removed = line('removed', '2024-01-01');
    expect(said(judgeListEntries([removed], recorded))).toBe('accepted');
    expect(said(judgeListEntries([removed], [{ ...recorded[0]!, list: '另一名录' }]))).toMatch(/不能自/);
    expect(said(judgeListEntries([removed], [{ ...recorded[0]!, from: day('2024-01-01') }]))).toMatch(/不能自/);
    expect(said(judgeListEntries([line('public-notice', '2024-01-01')], recorded))).toMatch(/登记内容为在名录/);
  });

  test('six months of correction, unless the paper says another day', () => {
    const entry = { status: 'correction' as const, validFrom: day('2025-08-31'), correctBy: null };
    expect(correctByOf(entry)).toBe('2026-02-28');
    expect(correctByOf({ ...entry, correctBy: day('2025-12-31') })).toBe('2025-12-31');
    expect(correctByOf({ ...entry, status: 'on-list' })).toBeNull();
    expect(judge(line('on-list', '2024-01-01', null, { correctBy: day('2024-02-01') }))).toMatch(/只有整改中/);
    const course = line('on-list', '2023-01-01', '2023-12-31');
    expect(judge(course, line('correction', '2024-01-01', null, { correctBy: day('2023-12-31') }))).toMatch(/早于/);
    expect(judge(course, line('correction', '2024-01-01', null, { correctBy: day('2024-01-01') }))).toBe('accepted');
  });

  test('where only one has a place: that of the list named, else the latest', () => {
    const a = { list: '甲', from: day('2020-01-01') };
    const b = { list: '乙', from: day('2024-01-01') };
    expect(mainStanding([b, a], '甲')).toBe(a);
    expect(mainStanding([b, a], null)).toBe(b);
    expect(mainStanding([b, a], '丙')).toBe(b);
    expect(mainStanding([], '甲')).toBeUndefined();
  });
});

describe('licences of one mine', () => {
  const licence = (from: string, lastDay: string | null, number = 'C3300002009064210023021'): LicenceLine => ({
    number,
    from: day(from),
    lastDay: lastDay === null ? null : day(lastDay),
    issuer: null,
    areaSquareMetres: null,
  });
  test('several at once, each number once on a day', () => {
    const other = licence('2020-01-01', null, 'C3300002010014210023021');
    expect(said(judgeLicences([licence('2020-01-01', null), other]))).toBe('accepted');
    const renewed = licence('2025-01-01', null);
    expect(said(judgeLicences([licence('2020-01-01', '2024-12-31'), renewed]))).toBe('accepted');
    expect(said(judgeLicences([licence('2020-01-01', '2025-01-01'), renewed]))).toMatch(/^2 .*重叠/);
    expect(said(judgeLicences([licence('2020-01-02', '2020-01-01')]))).toMatch(/^1 .*早于/);
  });
});

test('runs of one operator are one, gaps and returns are not', () => {
  const run = (operatorId: string | null, validFrom: string, validTo: string | null) => ({
    operatorId,
    validFrom: day(validFrom),
    validTo: validTo === null ? null : day(validTo),
  });
  const entries = [
    run('a', '2020-01-01', '2021-01-01'),
    run('a', '2021-01-01', '2022-01-01'),
    run('b', '2022-01-01', '2023-01-01'),
    run(null, '2023-01-01', '2024-01-01'),
    run('a', '2024-01-01', null),
  ];
  expect(operatorRuns(entries)).toEqual([
    run('a', '2020-01-01', '2022-01-01'),
    run('b', '2022-01-01', '2023-01-01'),
    run('a', '2024-01-01', null),
  ]);
});

test('a county code lies in the province, abolished ones too', () => {
  expect(said(judgeDivision('370000', '370102'))).toBe('accepted');
  // 莱芜 was dissolved in 2019; its code stays in old papers.
  expect(said(judgeDivision('370000', '371202'))).toBe('accepted');
  expect(said(judgeDivision('370000', null))).toBe('accepted');
  expect(said(judgeDivision('370000', '330106'))).toBe('mine.division-not-in-province');
});

test('minerals of a text', () => {
  expect(mineralsOf('铁矿、铜矿，金矿; 银矿')).toEqual(['铁矿', '铜矿', '金矿', '银矿']);
  expect(mineralsOf(null)).toEqual([]);
});

describe('contacts', () => {
  test.each([
    ['bureau', true],
    ['bureau-lead', true],
    ['inspector', true],
    ['mine', false],
    ['partner', false],
    ['auditor', false],
    ['institution', false],
    ['expert', false],
  ])('%s may call a mine: %s', (role, calls) => expect(mayCall(role)).toBe(calls));

  describe('whose person a contact is', () => {
    const entry = (validFrom: string, validTo: string | null, operatorId: string | null) => ({
      ...{ validFrom: day(validFrom), validTo: validTo === null ? null : day(validTo), operatorId },
    });
    const entries = [
      entry('2022-01-01', '2024-01-01', 'second'),
      entry('2018-01-01', '2020-01-01', null),
      entry('2024-01-01', null, 'first'),
      entry('2020-01-01', '2022-01-01', 'first'),
    ];
    test.each([
      ['2021-12-31', null, 'first'],
      ['2022-01-01', null, 'second'],
      ['2023-12-31', '2024-06-01', 'second'],
      ['2024-01-01', null, 'first'],
      // Known before anybody was on record for the mine, and still there then.
      ['2010-01-01', null, undefined],
      ['2010-01-01', '2017-12-31', undefined],
      ['2019-06-01', null, undefined],
    ])('from %s to before %s: %s', (from, to, whose) => {
      expect(operatorOf({ validFrom: day(from), validTo: to === null ? null : day(to) }, entries)).toBe(whose);
    });
    test('an operator proposes people of its own time only; the first other line is named', () => {
      const line = (from: string, lastDay: string | null = null) => ({
        ...{ name: '示例', role: '矿长', phone: '00000000000' },
        ...{ from: day(from), lastDay: lastDay === null ? null : day(lastDay) },
      });
      expect(said(judgeOwnTime([line('2020-01-01'), line('2024-01-01')], 'first', entries))).toBe('accepted');
      expect(said(judgeOwnTime([line('2024-01-01'), line('2023-12-31')], 'first', entries))).toMatch(/^2 起始日不在/);
      expect(said(judgeOwnTime([line('2010-01-01', '2011-01-01')], 'first', entries))).toMatch(/^1 起始日不在/);
    });
  });

  test('masked: the last four digits and the family name stay', () => {
    expect(maskContact({ name: '示例甲', phone: '139 1234 5678' })).toEqual({ name: '示*', phone: '139****5678' });
    expect(maskContact({ name: '𠮷某', phone: '1234567' })).toEqual({ name: '𠮷*', phone: '****' });
  });
});
