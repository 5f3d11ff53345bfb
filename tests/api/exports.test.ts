import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { anEmployment, anExpert, anInstitution } from '../support/register-builders';
import { bytesOf, csvUpload, foreignRead, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Whole } from '../support/whole-service';

// Lists as files: what the list shows, and what comes back changes nothing.

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
  const organisations = [
    ['名称', '信用代码', '组织形式', '住所', '经营范围', '起始日期'],
    ...Array.from({ length: 230 }, () => {
      const n = whole.next();
      return [`示例导出公司第${n}号`, creditCodeOf(n), '企业', '示例市', '=1+1', '2024-04-01'];
    }),
  ];
  const mines = [
    ['矿山名称', '省份', '采矿许可证号', '生产规模', '信用代码'],
    ['示例导出矿山', '山东省', 'C3700002009060000000001', '大型', organisations[1]![1]],
    ['示例导出矿山二', '浙江省', null, null, null],
  ];
  for (const [kind, rows] of Object.entries({ organisations, mines })) {
    const file = xlsxUpload(foreignXlsx({ sheets: { 表: rows } }));
    const { id } = await done(whole.bureau.upload(`/imports/${kind}`, file), 202);
    await done(whole.bureau.get(`/imports/${id}?wait=30`));
    await done(whole.bureau.post(`/imports/${id}/apply`, { mode: 'all-or-nothing' }), 202);
    expect(await done(whole.bureau.get(`/imports/${id}?wait=30`))).toMatchObject({ state: 'finished' });
  }
});
afterAll(() => whole.close());

const exported = (address: string, by = whole.bureau): Promise<Buffer> => bytesOf(by.get(`/exports/${address}`));

test.each(['organisations', 'mines'])('%s come back in both formats and change nothing', async (kind) => {
  const [xlsx, csv] = [await exported(kind), await exported(`${kind}?format=csv`)];
  const { rows, book } = foreignRead(xlsx);
  expect(rows[1]![0]).toBe('单位：示例省自然资源厅');
  expect(rows[2]![0]).toContain(`制表人：${whole.bureau.name}`);
  expect(rows[2]![0]).toContain('2026年3月2日');
  expect(book.Workbook!.Names!.map((n) => n.Name)).toContain('_xlnm.Print_Titles');
  for (const file of [xlsxUpload(xlsx), csvUpload(csv)]) {
    const { id } = await done(whole.bureau.upload(`/imports/${kind}`, file), 202);
    const report = await done(whole.bureau.get(`/imports/${id}?wait=30`));
    const count = kind === 'mines' ? 2 : 230;
    expect(report).toMatchObject({ unknownColumns: [], counts: { read: count, repeated: count, good: 0, faulty: 0 } });
  }
});

test('filters are those of the list; nothing is a formula', async () => {
  const { rows } = foreignRead(await exported(`mines?province=${encodeURIComponent('浙江')}`));
  expect(rows.slice(4).map((r) => r[0])).toEqual(['示例导出矿山二']);
  const csv = (await exported('organisations?format=csv')).toString('utf8');
  expect(csv).toContain("'=1+1");
  expect(csv).not.toContain(',=1+1');
});

test('persons come without their documents; a clerk exports the own people only', async () => {
  const institution = await anInstitution(whole);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const [own, other] = [await anExpert(whole), await anExpert(whole)];
  await anEmployment(whole, own, institution.id);
  const all = foreignRead(await exported('experts')).rows.flat();
  expect(all).toEqual(expect.arrayContaining([own.name, other.name, own.platformNumber]));
  for (const number of whole.identities) expect(JSON.stringify(all)).not.toContain(number.slice(6, 14));
  const theirs = foreignRead(await exported('experts', clerk)).rows.flat();
  expect(theirs).toContain(own.name);
  expect(theirs).not.toContain(other.name);
  const staff = foreignRead(await exported(`institutions/${institution.id}/staff`, clerk)).rows;
  expect(staff[4]).toEqual([
    own.platformNumber,
    own.name,
    null,
    '副高级',
    '地质、采矿、选矿、生态、环境',
    '全职',
    '是',
  ]);
  expect((await clerk.get(`/exports/institutions/${(await anInstitution(whole)).id}/staff`)).status).toBe(404);
});

test('assessors and the blacklist', async () => {
  const { rows } = foreignRead(await exported('institutions'));
  expect(rows[3]).toContain('办公条件');
  const bars = foreignRead(await exported('blacklist?state=all')).rows;
  expect(bars[3]).toContain('届满日');
});
