import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Cell, SheetStart } from '../../src/kernel/tables';
import { canonicalize } from '../../src/kernel/pure/jcs';
import { legalDate } from '../../src/kernel/pure/time';
import { readCell, type ImportColumn } from '../../src/modules/imports/columns';
import { chooseSheet, headerOf } from '../../src/modules/imports/header';
import { importMoves, importStates, mayImportMove } from '../../src/modules/imports/imports.states';
import { addLeaves, emptyRoot, rootOf } from '../../src/modules/imports/root';

// What cells and headers mean, without any file.

const csv = { format: 'csv', encoding: 'utf-8', delimiter: ',' } as const;
const xlsx = { format: 'xlsx', sheet: '表', date1904: false } as const;
const column = (kind: ImportColumn['kind'], more: Partial<ImportColumn> = {}): ImportColumn => ({
  key: 'k',
  title: '列',
  kind,
  ...more,
});

describe('a code', () => {
  test.each<[Cell, unknown]>([
    ['９１３７　0000MA3X000106', { value: '9137 0000MA3X000106' }],
    [' 12345 ', { value: '12345' }],
  ])('%j is text', (cell, read) => expect(readCell(column('code'), cell, csv)).toEqual(read));

  test.each<[Cell]>([
    [123],
    [1.23e17],
    [true],
    ['1.23E+17'],
    ['1.23457e+17'],
    [{ percent: 1 }],
    [{ day: legalDate('2024-01-01'), monthOnly: false }],
  ])('%j has lost digits and is refused', (cell) =>
    expect(readCell(column('code'), cell, xlsx)).toMatchObject({ fault: expect.stringContaining('文本') as string }),
  );
});

describe('a day', () => {
  const day = (cell: Cell, month?: 'first' | 'last', form: typeof csv | typeof xlsx = xlsx) =>
    readCell(column('day', { month }), cell, form);

  test('a month alone is what the column makes of it', () => {
    expect(day('2024年2月', 'first')).toEqual({ value: '2024-02-01' });
    expect(day('2024年2月', 'last')).toEqual({ value: '2024-02-29' });
    expect(day('2023.2', 'last')).toEqual({ value: '2023-02-28' });
    expect(day('2024年2月')).toHaveProperty('fault');
    expect(day({ day: legalDate('2024-12-01'), monthOnly: true }, 'last')).toEqual({ value: '2024-12-31' });
    expect(day('2024年2月3日', 'last')).toEqual({ value: '2024-02-03' });
  });

  test('a serial number is of the workbook’s own system, in CSV of the usual one', () => {
    expect(day(45383)).toEqual({ value: '2024-04-01' });
    expect(readCell(column('day'), 43921, { ...xlsx, date1904: true })).toEqual({ value: '2024-04-01' });
    expect(day('45383', undefined, csv)).toEqual({ value: '2024-04-01' });
    expect(day('45383')).toHaveProperty('fault');
  });

  test('full width and blanks do not matter', () => {
    expect(day('２０２４年４月　１日')).toEqual({ value: '2024-04-01' });
  });
});

describe('words', () => {
  const size = column('choice', {
    words: [
      ['large', '大型', '大'],
      ['small', '小型'],
    ],
  });
  const many = column('choices', {
    words: [
      ['a', '地质'],
      ['b', '采矿'],
      ['c', '选矿'],
    ],
  });

  test('of the glossary and their like', () => {
    expect(readCell(size, '大', csv)).toEqual({ value: 'large' });
    expect(readCell(size, 'LARGE', csv)).toEqual({ value: 'large' });
    expect(readCell(size, '中', csv)).toEqual({ fault: '只能填写：大型、小型。' });
    expect(readCell(many, '选矿、地质，地质', csv)).toEqual({ value: ['a', 'c'] });
    expect(readCell(many, '地质、林业', csv)).toHaveProperty('fault');
    expect(readCell(many, null, csv)).toEqual({ value: [] });
  });

  test('yes and no', () => {
    const asked = column('yes-no');
    expect(['是', '有', '√', '1', 'Y'].map((t) => readCell(asked, t, csv))).toEqual(Array(5).fill({ value: true }));
    expect(['否', '无', '0', false].map((t) => readCell(asked, t, csv))).toEqual(Array(4).fill({ value: false }));
    expect(readCell(asked, '也许', csv)).toHaveProperty('fault');
  });
});

test('text: bounds, numbers as people read them, faults of the cell, what must be there', () => {
  expect(readCell(column('text', { max: 3 }), 'abc', csv)).toEqual({ value: 'abc' });
  expect(readCell(column('text', { max: 3 }), 'abcd', csv)).toHaveProperty('fault');
  expect(readCell(column('text'), 13800000000, xlsx)).toEqual({ value: '13800000000' });
  expect(readCell(column('text'), 1e15, xlsx)).toHaveProperty('fault');
  expect(readCell(column('text'), { fault: '错误值' }, xlsx)).toEqual({ fault: '错误值' });
  expect(readCell(column('text', { required: true }), '　', xlsx)).toEqual({ fault: '必填。' });
  expect(readCell(column('text'), '\u200b ', xlsx)).toEqual({ value: null });
});

describe('a header', () => {
  const columns: ImportColumn[] = [
    { key: 'name', title: '名称', also: ['单位名称', 'name'], required: true, kind: 'text' },
    { key: 'code', title: '代码', also: ['credit code'], required: true, kind: 'code' },
    { key: 'phone', title: '电话', kind: 'text' },
  ];
  const start = (rows: Cell[][], name = '表', hidden = false): SheetStart => ({
    name,
    hidden,
    form: { ...xlsx, sheet: name },
    rows: rows.map((cells, i) => ({ row: i + 1, cells })).filter(({ cells }) => cells.length > 0),
  });
  const header = (rows: Cell[][]) => headerOf(columns, start(rows));

  test.each<[string, Cell[][], number, Record<string, number>]>([
    ['in the first row', [['名称', '代码']], 1, { name: 0, code: 1 }],
    ['below titles', [['单位名称一览表'], [], ['填报单位：示例'], ['序号', '代码', '名称']], 4, { code: 1, name: 2 }],
    [
      'with brackets, stars and blanks',
      [['*名 称（必填）', '代码[18位]：', '电话']],
      1,
      { name: 0, code: 1, phone: 2 },
    ],
    ['in English', [['Name', 'Credit Code', '#']], 1, { name: 0, code: 1 }],
    [
      'in two rows',
      [
        ['基本情况', null, '电话'],
        ['名称', '代码', null],
      ],
      2,
      { name: 0, code: 1, phone: 2 },
    ],
  ])('%s', (_where, rows, row, places) => expect(header(rows)).toMatchObject({ header: { row, places } }));

  test('what is not known is told with its place; line numbers and our own results are not', () => {
    expect(header([['序号', '名称', '代码', '颜色', '校验结果']])).toEqual({
      header: { row: 1, places: { name: 1, code: 2 }, unknown: [{ place: 3, title: '颜色' }], result: 4 },
    });
  });

  test('what is missing or doubled is named', () => {
    expect(header([['名称', '电话']])).toMatchObject({
      fault: { code: 'import.columns-missing', params: { columns: '代码' } },
    });
    expect(header([['名称', '代码', '单位名称']])).toMatchObject({ fault: { code: 'import.columns-doubled' } });
    expect(header([['甲'], ['乙']])).toMatchObject({ fault: { code: 'import.no-header' } });
  });

  test('finds the right sheet; a hidden one is none; the name decides between two', () => {
    const [good, bad] = [[['名称', '代码']], [['甲', '乙']]];
    const found = chooseSheet(columns, [start(bad, '说明'), start(good, '数据'), start(good, '藏', true)], undefined);
    expect(found).toMatchObject({ chosen: { form: { sheet: '数据' }, others: ['说明', '藏（隐藏）'] } });
    const two = [start(good, '甲'), start(good, '乙')];
    expect(chooseSheet(columns, two, undefined)).toMatchObject({ fault: { code: 'import.sheet-ambiguous' } });
    expect(chooseSheet(columns, two, '乙')).toMatchObject({ chosen: { form: { sheet: '乙' } } });
    expect(chooseSheet(columns, two, '丙')).toMatchObject({ fault: { code: 'import.no-such-sheet' } });
  });
});

test('states: final ones stay final, and only checked ones are registered', () => {
  for (const from of importStates) {
    for (const to of importStates) {
      expect(mayImportMove(from, to)).toBe((importMoves[from] as readonly string[]).includes(to));
      if (['finished', 'cancelled', 'dropped'].includes(from)) expect(mayImportMove(from, to)).toBe(false);
      if (to === 'applying') expect(mayImportMove(from, to)).toBe(from === 'checked');
    }
  }
});

describe('the root over records', () => {
  const sha = (...parts: Buffer[]): Buffer => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
  /** RFC 6962 2.1, as it is written there. */
  function treeHash(leaves: readonly unknown[]): Buffer {
    if (leaves.length === 0) return sha();
    if (leaves.length === 1) return sha(Buffer.from([0]), Buffer.from(canonicalize(leaves[0])));
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return sha(Buffer.from([1]), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
  }

  test('is that of RFC 6962, however the rows were cut into transactions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), (cuts) => {
        const leaves = Array.from({ length: cuts.reduce((a, b) => a + b, 0) }, (_, n) => ({ id: `r${n}`, n }));
        let state = emptyRoot;
        let at = 0;
        for (const cut of cuts) state = addLeaves(state, leaves.slice(at, (at += cut)));
        expect(state.size).toBe(leaves.length);
        expect(rootOf(state)).toBe(treeHash(leaves).toString('hex'));
      }),
    );
  });
});
