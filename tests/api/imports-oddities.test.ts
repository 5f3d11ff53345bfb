import { done, type Json, type UploadedFile } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { bytesOf, csvUpload, foreignXlsx, xlsxUpload, type Foreign } from '../support/sheets';
import { wholeService, type Whole } from '../support/whole-service';

// Sheets as offices send them: title rows, merged cells, line numbers, days in every form, old files, lost digits.

let whole: Whole;
beforeAll(async () => (whole = await wholeService()));
afterAll(() => whole.close());

async function checked(file: UploadedFile): Promise<Json> {
  const { id } = await done(whole.bureau.upload('/imports/organisations', file), 202);
  return done(whole.bureau.get(`/imports/${id}?wait=30`));
}
const applied = async (id: string): Promise<Json> => {
  await done(whole.bureau.post(`/imports/${id}/apply`, { mode: 'all-or-nothing' }), 202);
  return done(whole.bureau.get(`/imports/${id}?wait=30`));
};
async function recordOf(uscc: string): Promise<Json> {
  const { items } = await done(whole.bureau.get(`/organisations?q=${uscc}`));
  return (await done(whole.bureau.get(`/organisations/${items[0].id}`))).record as Json;
}
const faultsOf = async (id: string): Promise<Json[]> =>
  (await done(whole.bureau.get(`/imports/${id}/faults?limit=200`))).items as Json[];

const WRITTEN = [
  '2024年4月',
  '2024年4月1日',
  '2024年04月01号',
  '2024.4',
  '2024.04.01',
  '2024/4/1',
  '2024-04-01',
  '2024-04',
  '20240401',
  '２０２４年４月',
  '2024 年 4 月 1 日',
  '2024-04-01 00:00:00',
];

/** A printed list: two rows of title, merged; groups merged over their rows; lines numbered. */
function printed(days: readonly unknown[], more: Foreign = {}): { file: UploadedFile; codes: string[] } {
  const codes = days.map(() => creditCodeOf(whole.next()));
  const rows = days.map((day, i) => [
    i + 1,
    i % 2 === 0 ? '企业' : null,
    `示例怪表公司第${codes[i]!.slice(10, 17)}号`,
    codes[i],
    day,
  ]);
  const top = [['示例省第三方评估机构名录', null, null, null, null], ['填报单位：示例厅'], []];
  const head = ['序号', '组织形式', '单位名称（全称）', '统一社会\n信用代码', '起始日期*'];
  const merges = ['A1:E1', 'A2:E2'];
  // Every second cell of the form belongs to the merged one above it.
  for (let i = 0; i + 1 < days.length; i += 2) merges.push(`B${i + 5}:B${i + 6}`);
  const bytes = foreignXlsx({ ...more, sheets: { 名录: [...top, head, ...rows] }, merges });
  return { file: xlsxUpload(bytes, `示例怪表${codes[0]!}.xlsx`), codes };
}

test('days in every written form, below titles, beside merged cells and line numbers, are the same day', async () => {
  const { file, codes } = printed(WRITTEN);
  const report = await checked(file);
  const count = WRITTEN.length;
  expect(report).toMatchObject({ headerRow: 4, unknownColumns: [], counts: { read: count, good: count, faulty: 0 } });
  expect(await applied(report.id as string)).toMatchObject({ state: 'finished', counts: { applied: count } });
  for (const uscc of codes) expect(await recordOf(uscc)).toMatchObject({ from: '2024-04-01', legalForm: 'enterprise' });
});

test.each([false, true])('days as numbers, the date system of 1904 being %s', async (date1904) => {
  const serial = 45383 - (date1904 ? 1462 : 0);
  const { file, codes } = printed([null, null, null, null, null, null], {
    date1904,
    cells: {
      E5: { t: 'n', v: serial, z: 'yyyy-mm-dd' },
      E6: { t: 'n', v: serial, z: 'yyyy"年"m"月"d"日"' },
      E7: { t: 'n', v: serial + 20, z: 'yyyy"年"m"月"' },
      E8: { t: 'n', v: serial },
      E9: { t: 'n', v: 2024.4 },
      E10: { t: 'n', v: 20240401 },
    },
  });
  const report = await checked(file);
  expect(await faultsOf(report.id as string)).toEqual([]);
  expect(await applied(report.id as string)).toMatchObject({ counts: { read: 6, good: 6, applied: 6 } });
  for (const [i, uscc] of codes.entries()) {
    // Shown as a month: whatever day stands behind it, the month was meant.
    expect([i, (await recordOf(uscc)).from]).toEqual([i, '2024-04-01']);
  }
});

test('a day that is none, or could be another, is told with what to write', async () => {
  const wrong = ['2023年13月', '2024年2月30日', '2024年', '长期', '24-04-01', '1899-12-31'];
  const { file } = printed([...wrong, null], { cells: { E11: { t: 'n', v: 2024.1 } } });
  const report = await checked(file);
  expect(report.counts).toMatchObject({ read: 7, good: 0, faulty: 7 });
  const faults = await faultsOf(report.id as string);
  expect(faults.map((f) => [f.row, ...(f.faults as Json[]).map((x) => x.column as string)])).toEqual(
    [5, 6, 7, 8, 9, 10, 11].map((row) => [row, 'E']),
  );
  for (const { faults: told } of faults)
    expect((told as Json[])[0]!.reason).toMatch(/请.*(2024-04-01|2024年4月|2024年10月)/);
});

test('codes that are numbers, or became powers of ten, are refused for their lost digits; counted in is counted out', async () => {
  const { file, codes } = printed(['2024.4', '2024.4', '2024.4', '2024.4'], {
    cells: { D5: { t: 'n', v: 913700001234567800 }, D6: { t: 's', v: '9.1370000123457E+17' } },
  });
  const report = await checked(file);
  expect(report.counts).toEqual({ read: 4, good: 2, faulty: 2, repeated: 0, blank: 0, applied: 0 });
  const faults = await faultsOf(report.id as string);
  expect(faults.map((f) => [f.row, (f.faults as Json[])[0]!.column])).toEqual([
    [5, 'D'],
    [6, 'D'],
  ]);
  for (const f of faults) expect((f.faults as Json[])[0]!.reason).toMatch(/已经丢失.*“文本”格式/);
  await done(whole.bureau.post(`/imports/${report.id}/apply`, { mode: 'good-rows' }), 202);
  const { counts } = await done(whole.bureau.get(`/imports/${report.id}?wait=30`));
  expect(counts).toEqual({ read: 4, good: 2, faulty: 2, repeated: 0, blank: 0, applied: 2 });
  expect((await done(whole.bureau.get(`/organisations?q=${codes[2]!}`))).items).toHaveLength(1);
});

/** GB 18030 as far as its two bytes reach; Node reads it and does not write it. */
function gb(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const known = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1)
      if (low !== 0x7f) known.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  }
  return Buffer.from([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : known.get(c)!)));
}

test.each(['utf-8', 'utf-8 with a mark', 'gb 18030'])('a CSV file in %s says the same', async (encoding) => {
  const uscc = creditCodeOf(whole.next());
  const text = [
    '示例省第三方评估机构名录,,,',
    '序号,名称,统一社会信用代码,组织形式,起始日期',
    `1,示例编码公司（${uscc.slice(10, 17)}）,${uscc},企业,2024年4月`,
    '',
  ].join('\r\n');
  const bytes = encoding === 'gb 18030' ? gb(text) : Buffer.from(`${encoding === 'utf-8' ? '' : '\ufeff'}${text}`);
  const report = await checked(csvUpload(bytes, `${uscc}.csv`));
  expect(report).toMatchObject({ headerRow: 2, counts: { read: 1, good: 1 } });
  expect(await applied(report.id as string)).toMatchObject({ counts: { applied: 1 } });
  expect(await recordOf(uscc)).toMatchObject({ name: `示例编码公司（${uscc.slice(10, 17)}）`, from: '2024-04-01' });
});

test.each(['.xls', '.et'])('%s is told to be saved as .xlsx, whatever its name says', async (ending) => {
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  for (const name of [`示例${ending}`, '示例.xlsx']) {
    const reply = await whole.bureau.upload('/imports/organisations', {
      bytes: old,
      name,
      mediaType: 'application/octet-stream',
    });
    expect([reply.status, reply.body.type, reply.body.detail]).toEqual([
      422,
      '/problems/import/old-format',
      expect.stringContaining('另存为 .xlsx'),
    ]);
  }
});

test('an empty file is told so, with what to do', async () => {
  const reply = await whole.bureau.upload('/imports/organisations', xlsxUpload(Buffer.alloc(0)));
  expect([reply.status, reply.body.detail]).toEqual([422, expect.stringContaining('重新上传')]);
});

test('what goes out comes back marked: the same rows, the titles above them, and the column of results', async () => {
  const { file, codes } = printed(['2024.4', '某日']);
  const report = await checked(file);
  const marked = await bytesOf(whole.bureau.get(`/imports/${report.id}/sheet`));
  const returned = await checked(xlsxUpload(marked, `退回${codes[0]!}.xlsx`));
  expect(returned).toMatchObject({ headerRow: 4, unknownColumns: [], counts: { read: 2, good: 1, faulty: 1 } });
  const [fault] = await faultsOf(returned.id as string);
  expect(fault).toMatchObject({ row: 6, verdict: 'faulty' });
});
