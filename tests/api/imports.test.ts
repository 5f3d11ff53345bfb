import fs from 'node:fs';
import path from 'node:path';
import { done, type UploadedFile, type Json } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { anOrganisation } from '../support/register-builders';
import { bytesOf, csvUpload, foreignRead, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => (whole = await wholeService()));
afterAll(() => whole.close());

const upload = (by: Person, kind: string, file: UploadedFile, query = '', status = 202): Promise<Json> =>
  done(by.upload(`/imports/${kind}${query}`, file), status);
const settled = (by: Person, id: string): Promise<Json> => done(by.get(`/imports/${id}?wait=30`));
async function checked(by: Person, kind: string, file: UploadedFile, query = ''): Promise<Json> {
  return settled(by, (await upload(by, kind, file, query)).id as string);
}
async function applied(by: Person, id: string, mode: string): Promise<Json> {
  await done(by.post(`/imports/${id}/apply`, { mode }), 202);
  return settled(by, id);
}
const faultsOf = async (by: Person, id: string): Promise<Json[]> =>
  (await done(by.get(`/imports/${id}/faults?limit=200`))).items as Json[];

const HEAD = ['序号', '单位名称', '统一社会信用代码', '组织形式', '法定代表人', '起始日期'];
const organisations = (count: number): unknown[][] =>
  Array.from({ length: count }, () => {
    const n = whole.next();
    return [n, `示例导入公司第${n}号`, creditCodeOf(n), '企业', '示例某', '2024年4月'];
  });
const sheetOf = (rows: unknown[][]): UploadedFile => xlsxUpload(foreignXlsx({ sheets: { 表: [HEAD, ...rows] } }));

describe('organisations', () => {
  test('from a sheet with titles, numbered lines and months: checked, then registered, each once', async () => {
    const rows = organisations(3);
    const bytes = foreignXlsx({ sheets: { 名录: [['示例省第三方机构名录'], [], HEAD, ...rows] }, merges: ['A1:F1'] });
    const report = await checked(whole.bureau, 'organisations', xlsxUpload(bytes));
    expect(report).toMatchObject({
      state: 'checked',
      headerRow: 3,
      unknownColumns: [],
      counts: { read: 3, good: 3, faulty: 0, repeated: 0, blank: 0, applied: 0 },
      may: ['apply', 'cancel', 'sheet'],
    });
    const before = await whole.audit();
    const end = await applied(whole.bureau, report.id as string, 'all-or-nothing');
    expect(end).toMatchObject({ state: 'finished', counts: { good: 3, applied: 3 } });
    const [, name, uscc] = rows[0]!;
    const found = await done(whole.bureau.get(`/organisations?q=${encodeURIComponent(uscc as string)}`));
    expect(found.items).toEqual([expect.objectContaining({ name, uscc })]);
    const held = await done(whole.bureau.get(`/organisations/${found.items[0].id}`));
    expect(held.record).toMatchObject({ from: '2024-04-01', legalForm: 'enterprise', legalRepresentative: '示例某' });
    expect((await done(whole.bureau.get(`/organisations?q=${encodeURIComponent('示例导入公司')}`))).items).toHaveLength(
      3,
    );
    const known = new Set(before.map((row) => row.id));
    const entries = (await whole.audit()).filter((row) => !known.has(row.id)).map((row) => row.type);
    expect(entries.sort()).toEqual(['import.confirmed', 'import.finished']);

    const again = await upload(whole.bureau, 'organisations', xlsxUpload(bytes));
    expect(again).toMatchObject({ id: report.id, repeated: true, state: 'finished' });
    const resaved = foreignXlsx({ sheets: { 名录: [HEAD, ...rows] } });
    const same = await checked(whole.bureau, 'organisations', xlsxUpload(resaved));
    expect(same.counts).toMatchObject({ read: 3, good: 0, repeated: 3 });
    expect((await faultsOf(whole.bureau, same.id as string))[0]).toMatchObject({ row: 2, verdict: 'repeated' });
  });

  test('every fault with row, column and reason; the sheet comes back marked; the good rows by choice', async () => {
    const [good, twice, other] = organisations(3) as [unknown[], unknown[], unknown[]];
    const present = await anOrganisation(whole);
    const rows = [
      good,
      [1, '', creditCodeOf(whole.next()), '公司？', '某', '2024年13月'],
      [2, '数字代码', null, '企业', '某', '2024.4'],
      [],
      twice,
      twice,
      [3, '另一名称', twice[2], '企业', '某', '2024-04-01'],
      [4, '别的名称', present.uscc, '企业', '某', '2024-04-01'],
      other,
    ];
    const cells = { C4: { t: 'n' as const, v: 9137000012345e5 } };
    const bytes = foreignXlsx({ sheets: { 表: [HEAD, ...rows] }, cells });
    const report = await checked(whole.bureau, 'organisations', xlsxUpload(bytes, '名录.xlsx'));
    expect(report.counts).toEqual({ read: 9, good: 3, faulty: 4, repeated: 1, blank: 1, applied: 0 });
    const faults = await faultsOf(whole.bureau, report.id as string);
    expect(faults.map((f) => [f.row, f.verdict])).toEqual([
      [3, 'faulty'],
      [4, 'faulty'],
      [7, 'repeated'],
      [8, 'faulty'],
      [9, 'faulty'],
    ]);
    const columns = (f: Json): string[] => (f.faults as Json[]).map((x) => x.column as string);
    expect(columns(faults[0]!)).toEqual(['B', 'D', 'F']);
    expect(faults[1]!.faults).toEqual([
      { column: 'C', title: '统一社会信用代码', reason: expect.stringContaining('丢失') as string },
    ]);
    expect((faults[3]!.faults as Json[])[0]!.reason).toContain('第 6 行');
    expect(columns(faults[4]!)).toEqual(['B', 'E']);

    const marked = await bytesOf(whole.bureau.get(`/imports/${report.id}/sheet`));
    const { rows: back, book } = foreignRead(marked);
    expect(back[0]!.slice(0, 7)).toEqual([...HEAD, '校验结果']);
    expect(back[1]![6]).toBe('通过');
    expect(back[2]![6]).toContain('有误');
    expect(back[2]![6]).toContain('F 列“自何日起”');
    expect(back[6]![6]).toContain('重复');
    const sheet = book.Sheets['表']!;
    expect((sheet.F3 as { s?: { fgColor?: { rgb: string } } }).s?.fgColor?.rgb).toBe('FFC7CE');
    expect((sheet.A3 as { s?: { fgColor?: unknown } }).s?.fgColor).toBeUndefined();

    const refused = await whole.bureau.post(`/imports/${report.id}/apply`, { mode: 'all-or-nothing' });
    expect([refused.status, refused.body.type]).toEqual([422, expect.stringContaining('import/faulty')]);
    const end = await applied(whole.bureau, report.id as string, 'good-rows');
    expect(end).toMatchObject({
      state: 'finished',
      counts: { read: 9, good: 3, faulty: 4, repeated: 1, blank: 1, applied: 3 },
    });
    // The returned sheet, uploaded as it is: what was registered repeats, the faults stay.
    const returned = await checked(whole.bureau, 'organisations', xlsxUpload(marked, '退回.xlsx'));
    expect(returned).toMatchObject({
      unknownColumns: [],
      counts: { read: 9, good: 0, faulty: 4, repeated: 4, blank: 1 },
    });
  });

  test('CSV in GB 18030 with semicolons; the marked copy is UTF-8 with the same rows', async () => {
    const [row] = organisations(1) as [unknown[]];
    const gb = Buffer.concat([
      // 名称;统一社会信用代码
      Buffer.from('c3fbb3c63bcdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb0d0a', 'hex'),
      Buffer.from('cabec0fdb9abcbbe82358738', 'hex'),
      Buffer.from(`;${row[2] as string}\r\n=1+1;\r\n`),
    ]);
    const report = await checked(whole.bureau, 'organisations', csvUpload(gb));
    expect(report.counts).toMatchObject({ read: 2, good: 1, faulty: 1 });
    const text = await bytesOf(whole.bureau.get(`/imports/${report.id}/sheet`));
    expect(text.toString('utf8')).toBe(
      `\ufeff名称,统一社会信用代码,校验结果\r\n示例公司䶵,${row[2] as string},通过\r\n'=1+1,,有误：B 列“统一社会信用代码”：必填。\r\n`,
    );
    const cancelled = await done(whole.bureau.post(`/imports/${report.id}/cancel`));
    expect(cancelled).toMatchObject({ state: 'cancelled', may: [], filesKeptUntil: null });
    expect((await whole.bureau.get(`/imports/${report.id}/sheet`)).status).toBe(409);
  });

  test('others were quicker with one of many: not one row stays, and the report says which', async () => {
    const rows = organisations(1500);
    const report = await checked(whole.bureau, 'organisations', sheetOf(rows));
    await anOrganisation(whole, { uscc: rows[1490]![2] as string, name: '示例他人登记公司' });
    const end = await applied(whole.bureau, report.id as string, 'all-or-nothing');
    expect(end).toMatchObject({ state: 'checked', mode: null, counts: { good: 1499, faulty: 1, applied: 0 } });
    expect((await faultsOf(whole.bureau, report.id as string)).map((f) => f.row)).toEqual([1492]);
    expect((await done(whole.bureau.get(`/organisations?q=${rows[0]![2] as string}`))).items).toEqual([]);
    expect(await applied(whole.bureau, report.id as string, 'good-rows')).toMatchObject({
      state: 'finished',
      counts: { good: 1499, faulty: 1, applied: 1499 },
    });
  });

  test('rows far apart that meet one another: which one is said, and it ends', async () => {
    const mines = (count: number) =>
      Array.from({ length: count }, () => [`示例冲突矿山第${whole.next()}号`, '山东省', '', '2024-04-01']);
    const licence = `C370000200906${String(whole.next()).padStart(10, '0')}`;
    const rows = [
      ['示例同一矿山', '山东省', licence, '2024-04-01'],
      ...mines(2100),
      ['示例同一矿山', '山东省', '', '2024-04-01'],
    ];
    const sheet = foreignXlsx({ sheets: { 表: [['矿山名称', '省份', '采矿许可证号', '起始日期'], ...rows] } });
    const report = await checked(whole.bureau, 'mines', xlsxUpload(sheet));
    expect(report.counts).toMatchObject({ good: 2102, faulty: 0 });
    const end = await applied(whole.bureau, report.id as string, 'all-or-nothing');
    expect(end).toMatchObject({ state: 'checked', counts: { good: 2101, faulty: 1, applied: 0 } });
    const [fault] = await faultsOf(whole.bureau, report.id as string);
    expect(fault).toMatchObject({ row: 2103, faults: [{ reason: expect.stringContaining('请只保留一行') as string }] });
  });

  test('others were quicker: a small import of all or nothing goes back untouched', async () => {
    const rows = organisations(2);
    const report = await checked(whole.bureau, 'organisations', sheetOf(rows));
    await anOrganisation(whole, { uscc: rows[1]![2] as string, name: '示例他人登记公司' });
    const end = await applied(whole.bureau, report.id as string, 'all-or-nothing');
    expect(end).toMatchObject({
      state: 'checked',
      stopped: expect.stringContaining('未登记任何一行') as string,
      counts: { good: 1, faulty: 1, applied: 0 },
    });
    expect((await done(whole.bureau.get(`/organisations?q=${rows[0]![2] as string}`))).items).toEqual([]);
  });

  test('two uploads of one file at once are one import', async () => {
    const bytes = foreignXlsx({ sheets: { 表: [HEAD, ...organisations(50)] } });
    const both = await Promise.all(
      [1, 2, 3].map(() => whole.bureau.upload('/imports/organisations', xlsxUpload(bytes))),
    );
    const ids = new Set(both.filter((r) => r.status === 202).map((r) => r.body.id as string));
    expect(ids.size).toBe(1);
    for (const r of both) expect([202, 409]).toContain(r.status);
  });
});

describe('what cannot be read', () => {
  const refusalOf = async (bytes: Buffer): Promise<[number, string]> => {
    const reply = await whole.bureau.upload('/imports/organisations', xlsxUpload(bytes));
    return [reply.status, String(reply.body.type).split('/problems/')[1] ?? ''];
  };
  test.each<[string, Buffer, string]>([
    ['.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'import/old-format'],
    ['HTML', Buffer.from('<html><table></table></html>'), 'import/html'],
    [
      'a sheet of something else',
      foreignXlsx({
        sheets: {
          表: [
            ['甲', '乙'],
            [1, 2],
          ],
        },
      }),
      'import/no-header',
    ],
    [
      'a column missing',
      foreignXlsx({
        sheets: {
          表: [
            ['名称', '组织形式'],
            ['x', '企业'],
          ],
        },
      }),
      'import/columns-missing',
    ],
    ['two sheets alike', foreignXlsx({ sheets: { 甲: [HEAD], 乙: [HEAD] } }), 'import/sheet-ambiguous'],
    ['a column twice', foreignXlsx({ sheets: { 甲: [['名称', '单位名称', '信用代码']] } }), 'import/columns-doubled'],
  ])('%s', async (_what, bytes, code) => expect(await refusalOf(bytes)).toEqual([422, code]));
});

test('templates open elsewhere and come back as they are: no rows', async () => {
  const bytes = await bytesOf(whole.bureau.get('/imports/templates/organisations'));
  const { book, rows } = foreignRead(bytes);
  expect(book.SheetNames).toEqual(['组织', '填表说明']);
  expect(rows[2]!.slice(0, 2)).toEqual(['统一社会信用代码', '名称']);
  const report = await checked(whole.bureau, 'organisations', xlsxUpload(bytes));
  expect(report.counts).toMatchObject({ read: 0 });
  expect((await whole.bureau.post(`/imports/${report.id}/apply`, { mode: 'good-rows' })).status).toBe(422);
});

describe('what is left behind', () => {
  const stored = (): string[] => {
    const folder = path.join(whole.directory, 'blobs', 'imports');
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  };
  const clear = (): Promise<unknown> => whole.service.jobs.find((job) => job.name === 'imports.clear')!.run();

  test('goes a day after the end, and three days after the last step of what was left lying', async () => {
    const sheet = () => xlsxUpload(foreignXlsx({ sheets: { 表: [HEAD, ...organisations(2)] } }));
    const ended = await checked(whole.bureau, 'organisations', sheet());
    await applied(whole.bureau, ended.id as string, 'all-or-nothing');
    const lying = await checked(whole.bureau, 'organisations', sheet());
    expect(lying.filesKeptUntil).toBe('2026-03-05T01:00:00.000Z');
    await clear();
    expect(stored()).toEqual(expect.arrayContaining([ended.id, lying.id]));
    await whole.moveTo('2026-03-03T01:00:01.000Z');
    await clear();
    expect(stored()).not.toContain(ended.id);
    expect(stored()).toContain(lying.id);
    expect((await whole.bureau.get(`/imports/${ended.id}/sheet`)).status).toBe(410);
    await whole.moveTo('2026-03-05T01:00:01.000Z');
    await clear();
    expect(stored()).toEqual([]);
    expect(await done(whole.bureau.get(`/imports/${lying.id}`))).toMatchObject({
      state: 'dropped',
      may: [],
      filesKeptUntil: null,
    });
    expect((await whole.audit()).map((row) => row.type)).toContain('import.dropped');
  });

  test('goes too where a process died between the sheet and its import', async () => {
    const folder = path.join(whole.directory, 'blobs', 'imports');
    const idOf = (ms: number): string => {
      const hex = ms.toString(16).padStart(12, '0');
      return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
    };
    const now = Date.parse('2026-03-05T01:00:01.000Z');
    const [old, young] = [idOf(now - 73 * 3600_000), idOf(now - 71 * 3600_000)];
    for (const id of [old, young]) fs.writeFileSync(path.join(folder, id), 'x');
    await clear();
    expect(stored()).toEqual([young]);
    fs.rmSync(path.join(folder, young));
  });
});
