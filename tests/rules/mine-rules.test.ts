import { legalDate } from '../../src/kernel/pure/time';
import { judgeLicence } from '../../src/modules/mines/core/licence-number';
import { provinceCodeOf, provinces } from '../../src/modules/mines/core/provinces';
import { judgeBeside, judgeHeader, judgeRow } from '../../src/modules/mines/imports.rules';
import { judgeMarks, type KnownMine } from '../../src/modules/mines/mines.rules';

const licence = 'C1500002009064210023021';

describe('licence number', () => {
  test('the published example of 2009-06 is well formed', () => {
    expect(judgeLicence(licence)).toEqual({ ok: true, number: licence });
    expect(judgeLicence('ｃ150000-200906 4210023021')).toEqual({ ok: true, number: licence });
  });
  test.each([
    licence.slice(1),
    `${licence}0`,
    'C1500001809064210023021',
    'C1500001809064210023021',
    'C1500002009004210023021',
    'C1500002009134210023021',
    'C15000020090642100230O1',
    '1.5E+22',
    '',
  ])('%p is refused with a reason', (text) => {
    const judged = judgeLicence(text);
    expect(judged.ok ? '' : judged.reason).not.toBe('');
  });
});

describe('provinces', () => {
  test('32 of them, found by code, name and short name', () => {
    expect(Object.keys(provinces)).toHaveLength(32);
    for (const [code, name] of Object.entries(provinces)) {
      expect(provinceCodeOf(code)).toBe(code);
      expect(provinceCodeOf(` ${name} `)).toBe(code);
    }
    expect(['内蒙古', '广西', '西藏', '宁夏', '新疆', '北京', '浙江'].map(provinceCodeOf)).toEqual([
      '150000',
      '450000',
      '540000',
      '640000',
      '650000',
      '110000',
      '330000',
    ]);
    expect(['杭州市', '330100', 'constructor', ''].map(provinceCodeOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

const mine = (wished: Partial<KnownMine> = {}): KnownMine => ({
  mineId: 'm1',
  name: '甲矿',
  nameKey: '甲矿',
  provinceCode: '330000',
  licenceNumber: licence,
  operatorId: 'x',
  from: legalDate('2020-01-01'),
  to: null,
  ...wished,
});

describe('marks of mines', () => {
  const verdict = (next: Partial<KnownMine>, other: Partial<KnownMine> = {}): string => {
    const judged = judgeMarks(mine({ nameKey: '乙矿', ...next }), [mine(other)]);
    return judged.ok ? 'ok' : judged.refusal.code;
  };
  test('a licence is one mine’s on any day', () => {
    expect(verdict({ operatorId: 'y' })).toBe('mine.licence-of-another');
    expect(verdict({ operatorId: 'x' })).toBe('mine.licence-registered');
    expect(verdict({ operatorId: null })).toBe('mine.licence-registered');
    expect(verdict({ operatorId: 'y' }, { operatorId: null })).toBe('mine.licence-registered');
    expect(verdict({ licenceNumber: null })).toBe('ok');
  });
  test('on days that do not meet it may be another’s', () => {
    const ends = { to: legalDate('2025-01-01') };
    expect(verdict({ operatorId: 'y', from: legalDate('2025-01-01') }, ends)).toBe('ok');
    expect(verdict({ operatorId: 'y', from: legalDate('2024-12-31') }, ends)).toBe('mine.licence-of-another');
    expect(verdict({ operatorId: 'y', from: legalDate('2019-01-01'), to: legalDate('2020-01-01') })).toBe('ok');
    expect(verdict({ operatorId: 'y', from: legalDate('2019-01-01'), to: legalDate('2020-01-02') })).toBe(
      'mine.licence-of-another',
    );
  });
  test('name and province, unless two licences differ', () => {
    const twin = { nameKey: '甲矿' };
    expect(verdict({ ...twin, licenceNumber: null })).toBe('mine.already-registered');
    expect(verdict({ ...twin }, { licenceNumber: null })).toBe('mine.already-registered');
    expect(verdict({ ...twin, licenceNumber: 'C1500002009064210023022' })).toBe('ok');
    expect(verdict({ ...twin, licenceNumber: null, provinceCode: '340000' })).toBe('ok');
  });
});

describe('rows of a list', () => {
  const header = [
    'mine_name',
    'province',
    'list',
    'status',
    'note',
    'source_url',
    'licence_number',
    'operator_uscc',
    'size_class',
  ];
  const row = (...cells: string[]) => judgeRow(header, 2, [...cells, ...Array<string>(9 - cells.length).fill('')]);

  test('a header may leave out what is optional, in any order', () => {
    expect(judgeHeader(['province', ' mine_name '])).toEqual([]);
    expect(judgeHeader(header)).toEqual([]);
    expect(judgeHeader(['mine_name'])).toMatchObject([{ row: 1, column: 'province' }]);
  });
  test('words of both languages', () => {
    expect(row('矿', '山西', '', 'On List', '', '', '', '', '中型').row).toMatchObject({
      status: 'on-list',
      sizeClass: 'medium',
      provinceCode: '140000',
    });
    expect(row('矿', '山西', '', 'constructor').faults).toHaveLength(1);
    expect(row('矿', '山西', '', '已移出').row).toMatchObject({ status: 'removed', sizeClass: null });
  });
  test('limits at, below and above', () => {
    expect(row('矿'.repeat(200), '山西').faults).toEqual([]);
    expect(row('矿'.repeat(201), '山西').faults).toMatchObject([{ row: 2, column: 'mine_name' }]);
  });
  test('a code with look-alike letters tells the likely reading', () => {
    const { faults } = row('矿', '山西', '', '', '', '', '', '9137OOOOMA3X000106');
    expect(faults[0]).toMatchObject({ column: 'operator_uscc' });
    expect(faults[0]!.reason).toContain('91370000MA3X000106');
  });
  test('beside others: new, the same, in conflict', () => {
    const judged = row('甲矿', '浙江', '', '', '', '', licence).row!;
    expect(judgeBeside(judged, [])).toBe('new');
    expect(judgeBeside(judged, [mine()])).toBe('same');
    expect(judgeBeside(judged, [mine({ nameKey: '乙矿' })])).toMatchObject({ row: 2, column: 'licence_number' });
    expect(judgeBeside(judged, [mine({ licenceNumber: 'C1500002009064210023022' })])).toBe('new');
  });
});
