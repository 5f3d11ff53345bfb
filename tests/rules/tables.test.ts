import fc from 'fast-check';
import { TableFault, writeTable, noRows, type Cell, type SheetLayout } from '../../src/kernel/tables';
import { dayOfSerial, formatKind, readDayNumber, readDayText } from '../../src/kernel/pure/written-days';
import { columnLetter, columnPlace } from '../../src/kernel/tables/cells';
import { csvField } from '../../src/kernel/tables/csv-write';
import { StringTable } from '../../src/kernel/tables/string-table';
import { inspectTable } from '../../src/kernel/tables/table-file';
import { addDays, legalDate } from '../../src/kernel/pure/time';
import { foreignRead, foreignXlsx, handMadeParts, inFile, readBack, zipped } from '../support/sheets';

const faultOf = async (bytes: Buffer): Promise<TableFault> => {
  const error: unknown = await readBack(bytes).then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof TableFault) return error;
  throw error instanceof Error ? error : new Error('the file was read');
};

async function written(layout: SheetLayout, batches: Cell[][][], format: 'xlsx' | 'csv' = 'xlsx'): Promise<Buffer> {
  async function* source(): AsyncIterable<Cell[][]> {
    for (const batch of batches) yield batch;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of writeTable(format, layout, source())) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

describe('days', () => {
  test.each([
    ['2024年4月', '2024-04-01', true],
    ['2024年4月1日', '2024-04-01', false],
    ['2024 年 4 月 1 日', '2024-04-01', false],
    ['2024.4', '2024-04-01', true],
    ['2024.10', '2024-10-01', true],
    ['2024/4/1', '2024-04-01', false],
    ['2024-04-01', '2024-04-01', false],
    ['2024-04', '2024-04-01', true],
    ['20240401', '2024-04-01', false],
    ['2024-04-01 00:00:00', '2024-04-01', false],
    ['2024-04-01T08:30:00.000Z', '2024-04-01', false],
  ])('%s is %s', (text, day, monthOnly) => expect(readDayText(text)).toEqual({ day, monthOnly }));

  test.each(['2023年2月29日', '2024-13-01', '2024年', '2024', '1899-01-01', '24-04-01', '四月', ''])(
    '%s is no day',
    (text) =>
      expect(readDayText(text)).toEqual({ fault: expect.stringMatching(/写成 2024-04-01|例如 2024年/) as string }),
  );

  test('a number is a serial of its system, a date in digits, or year and month; 2024.1 could be October', () => {
    expect(readDayNumber(45383, false)).toEqual({ day: '2024-04-01', monthOnly: false });
    expect(readDayNumber(45383 - 1462, true)).toEqual({ day: '2024-04-01', monthOnly: false });
    expect(readDayNumber(20240401, false)).toEqual({ day: '2024-04-01', monthOnly: false });
    expect(readDayNumber(2024.4, false)).toEqual({ day: '2024-04-01', monthOnly: true });
    expect(readDayNumber(2024.12, false)).toEqual({ day: '2024-12-01', monthOnly: true });
    expect(readDayNumber(2024.1, false)).toHaveProperty('fault');
    expect(readDayNumber(2024, false)).toHaveProperty('fault');
  });

  test('the 1900 system has a day that never was', () => {
    expect([1, 59, 60, 61].map((n) => dayOfSerial(n, false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      undefined,
      '1900-03-01',
    ]);
    expect([0, 1, 366].map((n) => dayOfSerial(n, true))).toEqual(['1904-01-01', '1904-01-02', '1905-01-01']);
    expect([-1, 0, 200_000, NaN].map((n) => dayOfSerial(n, false))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('every way of writing a day reads as that day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (n) => {
        const day = addDays(legalDate('1900-03-01'), n);
        const [y, m, d] = day.split('-').map(Number) as [number, number, number];
        for (const text of [day, `${y}年${m}月${d}日`, `${y}/${m}/${d}`, `${y}.${m}.${d}`, day.replaceAll('-', '')]) {
          expect(readDayText(text)).toEqual({ day, monthOnly: false });
        }
        expect(readDayText(`${y}年${m}月`)).toEqual({ day: `${day.slice(0, 8)}01`, monthOnly: true });
        expect(dayOfSerial(61 + n, false)).toBe(day);
        if (n >= 1401) expect(dayOfSerial(61 + n - 1462, true)).toBe(day);
      }),
    );
  });

  test.each([
    [14, undefined, 'day'],
    [57, undefined, 'month'],
    [31, undefined, 'day'],
    [164, 'yyyy"年"m"月"', 'month'],
    [164, 'yyyy\\-mm\\-dd', 'day'],
    [164, '[$-804]yyyy"年"m"月"d"日";@', 'day'],
    [164, 'yyyy', 'year'],
    [164, 'yyyy"年"', 'year'],
    [164, '[$-804]e"年";@', 'year'],
    [164, '[$-804]e"年"m"月"', 'month'],
    [164, '0.00E+00', 'plain'],
    [164, '[Red]0.00', 'plain'],
    [164, '0.0%', 'percent'],
    [10, undefined, 'percent'],
    [164, '"day"0', 'plain'],
    [164, 'General', 'plain'],
  ] as const)('format %s %s is %s', (id, code, kind) => expect(formatKind(id, code)).toBe(kind));
});

describe('columns', () => {
  test('letters and places', () => {
    expect([1, 26, 27, 702, 703, 16_384].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
    fc.assert(fc.property(fc.integer({ min: 1, max: 16_384 }), (n) => expect(columnPlace(columnLetter(n))).toBe(n)));
    expect(columnPlace('XFE')).toBe(0);
    expect(columnPlace('a')).toBe(0);
  });
});

describe('a workbook by another program', () => {
  test.each([false, true])('days under the date system 1904=%s', async (date1904) => {
    const serial = 45383 - (date1904 ? 1462 : 0);
    const bytes = foreignXlsx({
      sheets: { Sheet1: [['日', '月', '数', '年']] },
      cells: {
        A2: { t: 'n', v: serial, z: 'yyyy-mm-dd' },
        B2: { t: 'n', v: serial + 20, z: 'yyyy"年"m"月"' },
        C2: { t: 'n', v: serial },
        D2: { t: 'n', v: serial, z: 'yyyy"年"' },
      },
      date1904,
    });
    const { form, cells } = await readBack(bytes);
    expect(form).toMatchObject({ date1904 });
    const days = [false, true].map((monthOnly) => ({ day: '2024-04-01', monthOnly }));
    expect(cells(2)).toEqual([...days, serial, readDayText('2024年')]);
  });

  test('numbers, truths, errors, shares, formulas and texts come as what they are', async () => {
    const bytes = foreignXlsx({
      sheets: { Sheet1: [['a']] },
      cells: {
        A2: { t: 'n', v: 1.23e17 },
        B2: { t: 'b', v: true },
        C2: { t: 'e', v: 0x2a },
        D2: { t: 'n', v: 0.3, z: '0%' },
        E2: { t: 'n', v: 3, f: '1+2' },
        F2: { t: 's', v: '示例 &<>"' },
      },
    });
    const cells = (await readBack(bytes)).cells(2)!;
    expect(cells.slice(0, 2)).toEqual([1.23e17, true]);
    expect(cells[2]).toMatchObject({ fault: expect.stringContaining('#N/A') as string });
    expect(cells.slice(3)).toEqual([{ percent: 0.3 }, 3, '示例 &<>"']);
  });

  test('what is merged over rows holds for all of them, what is merged over columns for the first', async () => {
    const bytes = foreignXlsx({
      sheets: {
        Sheet1: [
          ['标题', null, null],
          ['单位', '人', '数'],
          ['甲', '一', 1],
          [null, '二', 2],
          [null, '三', 3],
          ['乙', '四', 4],
        ],
      },
      merges: ['A1:C1', 'A3:A5'],
      hiddenRows: [4],
    });
    const { rows, cells } = await readBack(bytes);
    expect(cells(1)).toEqual(['标题']);
    expect([3, 4, 5, 6].map((n) => cells(n)![0])).toEqual(['甲', '甲', '甲', '乙']);
    expect(rows.filter((r) => r.hidden).map((r) => r.row)).toEqual([4]);
  });

  test('hidden sheets are named and not read', async () => {
    const bytes = foreignXlsx({ sheets: { 藏: [['x']], 表: [['y']] }, hidden: { 藏: 2 } });
    const starts = await inFile(bytes, inspectTable);
    expect(starts.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
      ['藏', true, 0],
      ['表', false, 1],
    ]);
  });
});

describe('a workbook by hand', () => {
  test('rich text without its phonetic part, inline text, cells and rows without their places, a formula not computed', async () => {
    const texts =
      '<si><r><t>示</t></r><r><rPr><b/></rPr><t>例</t></r><rPh sb="0" eb="1"><t>shi</t></rPh></si><si><t xml:space="preserve"> 二 </t></si>';
    const sheet =
      '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="5"><c r="B5" t="inlineStr"><is><t>行内</t></is></c><c r="C5"><f>A1+1</f></c><c r="D5" t="d"><v>2024-04-01T00:00:00</v></c></row></sheetData>';
    const { rows } = await readBack(await zipped(handMadeParts(sheet, texts)));
    expect(rows).toEqual([
      { row: 1, cells: ['示例', ' 二 '] },
      { row: 5, cells: [null, '行内', { fault: expect.stringContaining('公式') as string }, '2024-04-01'] },
    ]);
  });

  test('a prefix before every name makes no difference', async () => {
    const parts = handMadeParts('');
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect((await readBack(await zipped(parts))).rows).toEqual([{ row: 1, cells: [7] }]);
  });

  test.each<[string, string, TableFault['code']]>([
    ['an entity of its own', '<!DOCTYPE w [<!ENTITY a "aaaa">]>', 'hostile'],
    ['an outside entity', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 'hostile'],
  ])('%s is refused', async (_what, doctype, code) => {
    const parts = handMadeParts('');
    parts['xl/worksheets/sheet1.xml'] =
      `<?xml version="1.0"?>${doctype}<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>`;
    expect((await faultOf(await zipped(parts))).code).toBe(code);
  });

  test.each<[string, string, TableFault['code']]>([
    ['undue depth', `<sheetData><row r="1">${'<a>'.repeat(100)}${'</a>'.repeat(100)}</row></sheetData>`, 'hostile'],
    [
      'a row twice',
      '<sheetData><row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row></sheetData>',
      'broken',
    ],
    ['XML cut off', '<sheetData><row r="2"><c><v>1', 'broken'],
    ['a text that is not there', '<sheetData><row r="1"><c t="s"><v>9</v></c></row></sheetData>', 'broken'],
    ['a cell far right', '<sheetData><row r="1"><c r="XFD1"><v>9</v></c></row></sheetData>', 'hostile'],
    [
      'a boundless text',
      `<sheetData><row r="1"><c t="inlineStr"><is><t>${'a'.repeat(40_000)}</t></is></c></row></sheetData>`,
      'hostile',
    ],
  ])('%s is refused', async (_what, sheet, code) => {
    expect((await faultOf(await zipped(handMadeParts(sheet)))).code).toBe(code);
  });

  test('a bomb is refused before it is unpacked', async () => {
    const parts: Record<string, string | Buffer> = handMadeParts('');
    parts['xl/worksheets/sheet1.xml'] = Buffer.alloc(64 * 1024 * 1024, 0x20);
    expect((await faultOf(await zipped(parts))).code).toBe('hostile');
  });

  test('a part that lies about its size, a file cut short, a zip that is no workbook, macros', async () => {
    const whole = await zipped(handMadeParts('<sheetData><row r="1"><c><v>1</v></c></row></sheetData>'));
    expect((await faultOf(whole.subarray(0, whole.length - 30))).code).toBe('broken');
    expect((await faultOf(await zipped({ 'word/document.xml': '<w/>' }))).code).toBe('not-a-table');
    expect((await faultOf(await zipped({ ...handMadeParts(''), 'xl/vbaProject.bin': 'x' }))).code).toBe('macros');
    // The size in the central directory, which is what is believed at first.
    const lying = Buffer.from(whole);
    const name = Buffer.from('xl/worksheets/sheet1.xml');
    const entry = lying.lastIndexOf(name) - 46;
    lying.writeUInt32LE(10, entry + 24);
    expect(['broken', 'hostile']).toContain((await faultOf(lying)).code);
  });

  test('what says something else than its ending does is told what to do', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]);
    const encrypted = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(512)]);
    const old = await faultOf(ole);
    expect([old.code, old.detail]).toEqual(['old-format', expect.stringContaining('请另存为 .xlsx')]);
    expect((await faultOf(encrypted)).code).toBe('encrypted');
    const html = await faultOf(Buffer.from('\ufeff<html xmlns:o="urn:x"><table><tr><td>1</td></tr></table></html>'));
    expect([html.code, html.detail]).toEqual(['html', expect.stringContaining('请另存为 .xlsx')]);
    expect((await faultOf(Buffer.from('%PDF-1.7 binary'))).code).toBe('not-a-table');
    expect((await faultOf(Buffer.alloc(0))).code).toBe('not-a-table');
  });
});

describe('a CSV file', () => {
  test('GB 18030 with signs of four bytes', async () => {
    const { form, rows } = await readBack(Buffer.from('c3fbb3c60ad6d08235873895328236' + '0a', 'hex'));
    expect(form).toMatchObject({ encoding: 'gb18030' });
    expect(rows.map((r) => r.cells)).toEqual([['名称'], ['中䶵𠀀']]);
  });

  test('UTF-8 with and without a mark, UTF-16 both ways', async () => {
    const text = '名称,值\r\n甲,1\r\n';
    const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    const files = [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), big];
    const read = await Promise.all(files.map(readBack));
    expect(read.map((r) => (r.form as { encoding: string }).encoding)).toEqual([
      'utf-8',
      'utf-8',
      'utf-16le',
      'utf-16be',
    ]);
    for (const { rows } of read)
      expect(rows.map((r) => r.cells)).toEqual([
        ['名称', '值'],
        ['甲', '1'],
      ]);
  });

  test('bytes of no encoding are refused', async () => {
    expect((await faultOf(Buffer.from([0x41, 0x2c, 0xff, 0xff, 0x0a]))).code).toBe('encoding');
    expect((await faultOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]))).code).toBe('encoding');
  });

  test.each([',', ';', '\t'])('columns between %j', async (sign) => {
    const text =
      ['名称', '值'].join(sign) + '\n' + ['"a,b;c"', '1'].join(sign) + '\n\n' + ['乙', '2'].join(sign) + '\n';
    const { rows } = await readBack(Buffer.from(text));
    expect(rows).toEqual([
      { row: 1, cells: ['名称', '值'] },
      { row: 2, cells: ['a,b;c', '1'] },
      { row: 4, cells: ['乙', '2'] },
    ]);
  });

  test('a quote that is not closed stops it, with the row', async () => {
    const fault = await faultOf(Buffer.from('a,b\n1,2\n"3,4\n5,6\n'));
    expect([fault.code, fault.row]).toEqual(['broken', 3]);
  });

  test('what would run as a formula is marked and read back without the mark', () => {
    expect(csvField('=1+1')).toBe("'=1+1");
    expect(csvField('@SUM(A1)')).toBe("'@SUM(A1)");
    expect(csvField('-12.5')).toBe('-12.5');
    expect(csvField('+86 10 5555')).toBe("'+86 10 5555");
    expect(csvField('a"b')).toBe('"a""b"');
  });
});

describe('what is written', () => {
  const layout: SheetLayout = {
    sheet: '示例',
    title: '示例名录',
    lines: ['单位：示例厅', '日期：2026-03-02'],
    columns: [{ title: '代码' }, { title: '名称', choices: ['甲', '乙'] }, { title: '日' }, { title: '数' }],
    notes: ['说明'],
    prepared: 100,
  };
  const row: Cell[] = [
    '012345678901234567',
    '=HYPERLINK("http://x")',
    { day: legalDate('2024-04-01'), monthOnly: false },
    12.5,
  ];

  test('an independent reader finds texts as texts, days as days, the frame and the lists', async () => {
    const { book, rows } = foreignRead(await written(layout, [[row], [row]]));
    expect(rows[0]![0]).toBe('示例名录');
    expect(rows[3]).toEqual(['代码', '名称', '日', '数']);
    expect(rows[4]!.slice(0, 2)).toEqual(['012345678901234567', '=HYPERLINK("http://x")']);
    const sheet = book.Sheets['示例']!;
    expect(sheet.A5).toMatchObject({ t: 's', z: '@' });
    expect(sheet.B5).not.toHaveProperty('f');
    expect(sheet.C5).toMatchObject({ t: 'n', v: 45383 });
    expect(book.SheetNames).toEqual(['示例', '填表说明']);
    const names = book.Workbook!.Names!.map((n) => [n.Name, n.Ref]);
    expect(names).toEqual([
      ['_xlnm.Print_Area', "'示例'!$A$1:$D$6"],
      ['_xlnm.Print_Titles', "'示例'!$1:$4"],
    ]);
  });

  test('and our own reader finds the same in both formats', async () => {
    const xlsx = await readBack(await written(layout, [[row]]));
    expect(xlsx.cells(5)).toEqual(row);
    const csv = await readBack(await written(layout, [[row]], 'csv'));
    expect(csv.cells(5)).toEqual(['012345678901234567', '=HYPERLINK("http://x")', '2024-04-01', '12.5']);
  });

  test('any text comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 20 }),
        async (texts) => {
          const clean = texts.map((t) => t.replace(/[\ufffe\uffff\r]/g, '').replace(/[\ud800-\udfff]/g, '') || 'x');
          const { cells } = await readBack(
            await written({ ...layout, notes: undefined }, [clean.map((t) => [t, 'y'])]),
          );
          expect(clean.map((_, i) => cells(5 + i)![0])).toEqual(clean);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('an empty one is a template', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of writeTable('xlsx', { ...layout, examples: [['示例', '甲', null, null]] }, noRows()))
      chunks.push(chunk as Buffer);
    expect(foreignRead(Buffer.concat(chunks)).rows[4]![0]).toBe('示例');
  });
});

describe('texts by number', () => {
  test('come back in any order, also once they no longer fit memory', () => {
    const table = new StringTable();
    const text = (n: number): string => `第${n}条${'文'.repeat(n % 97)}`;
    const count = 300_000;
    for (let n = 0; n < count; n += 1) table.add(text(n));
    expect(table.spilled).toBe(true);
    for (let n = 0; n < count; n += 1009) expect(table.get(n)).toBe(text(n));
    for (let n = count - 1; n > 0; n -= 7919) expect(table.get(n)).toBe(text(n));
    expect([-1, 0.5, count].map((n) => table.get(n))).toEqual([undefined, undefined, undefined]);
    table.close();
  });
});
