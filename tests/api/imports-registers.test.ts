import { done, type Json } from '../support/client';
import { anInstitution, anOrganisation } from '../support/register-builders';
import { csvUpload, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Whole } from '../support/whole-service';

// Mines and assessors from sheets.

let whole: Whole;
beforeAll(async () => (whole = await wholeService()));
afterAll(() => whole.close());

async function checked(kind: string, rows: unknown[][]): Promise<Json> {
  const file = xlsxUpload(foreignXlsx({ sheets: { 表: rows } }));
  const { id } = await done(whole.bureau.upload(`/imports/${kind}`, file), 202);
  return done(whole.bureau.get(`/imports/${id}?wait=30`));
}
async function applied(id: string, mode = 'good-rows'): Promise<Json> {
  await done(whole.bureau.post(`/imports/${id}/apply`, { mode }), 202);
  return done(whole.bureau.get(`/imports/${id}?wait=30`));
}
const faultsOf = async (id: string): Promise<Json[]> =>
  (await done(whole.bureau.get(`/imports/${id}/faults`))).items as Json[];

const licence = (n: number): string => `C370000200906${String(n).padStart(10, '0')}`;

test('mines: operators by code, choices by their Chinese words, licences once', async () => {
  const operator = await anOrganisation(whole);
  const head = ['序号', '矿山名称', '省', '采矿许可证号', '规模', '开采方式', '矿种', '信用代码', '名录状态', '备注'];
  const rows = [
    [1, '示例导入矿山甲', '山东省', licence(1), '大型', '露天开采', '石灰岩', operator.uscc, '在名录', null],
    [2, '示例导入矿山乙', '山东', licence(1), '小', '地下', '金矿', null, null, null],
    [3, '示例导入矿山丙', '山东', null, null, null, null, '91370000MA3X000106', null, null],
    [4, '示例导入矿山丁', '火星省', 'C37', '特大', null, null, null, null, null],
    [5, '示例导入矿山甲', '山东', null, null, null, null, null, null, null],
  ];
  const report = await checked('mines', [head, ...rows]);
  expect(report.counts).toMatchObject({ read: 5, good: 1, faulty: 4 });
  const faults = await faultsOf(report.id as string);
  expect(faults.map((f) => [f.row, (f.faults as Json[]).map((x) => x.column as string | null)])).toEqual([
    [3, [null]],
    [4, ['H']],
    [5, ['C', 'D', 'E']],
    [6, ['B']],
  ]);
  expect(await applied(report.id as string)).toMatchObject({ state: 'finished', counts: { applied: 1 } });
  const { items } = await done(whole.bureau.get(`/mines?q=${encodeURIComponent('示例导入矿山')}`));
  expect(items).toEqual([
    expect.objectContaining({
      name: '示例导入矿山甲',
      licenceNumber: licence(1),
      operatorId: operator.id,
      sizeClass: 'large',
      status: 'on-list',
    }),
  ]);
  const again = await checked('mines', [
    head,
    rows[0]!,
    [2, '示例导入矿山甲', '山东', licence(1), '中型', null, null, null, null, null],
  ]);
  expect(again.counts).toMatchObject({ repeated: 1, faulty: 1 });
});

test('assessors: the body must be there and fit; each leaves its own entry', async () => {
  const [body, present] = [await anOrganisation(whole), await anInstitution(whole)];
  const head = ['统一社会信用代码', '登记证书', '证书编号', '有效期至', '办公条件'];
  const report = await checked('institutions', [
    head,
    [body.uscc, '营业执照', '示例字001号', '2030年12月', '固定办公场所'],
    [present.uscc, null, null, null, '别的'],
    ['91370000MA3X000106', null, null, null, null],
    [body.uscc, '营业执照', null, null, null],
  ]);
  expect(report.counts).toMatchObject({ read: 4, good: 1, faulty: 3 });
  await applied(report.id as string);
  const { items } = await done(whole.bureau.get(`/institutions?q=${body.uscc}`));
  const held = await done(whole.bureau.get(`/institutions/${items[0].id}`));
  expect(held.record).toMatchObject({
    office: '固定办公场所',
    legalPersonEvidence: { kind: 'business-licence', validTo: '2030-12-31' },
  });
  const types = (await whole.audit()).map((row) => row.type);
  expect(types.filter((t) => t === 'institution.registered')).toHaveLength(2);
});

test.each(['organisations', 'institutions', 'staff', 'mines'])(
  'the template of %s is read back as its own',
  async (kind) => {
    const text = (await whole.bureau.get(`/imports/templates/${kind}?format=csv`)).text;
    const query = kind === 'staff' ? `?institutionId=${(await anInstitution(whole)).id}` : '';
    const { id } = await done(whole.bureau.upload(`/imports/${kind}${query}`, csvUpload(text)), 202);
    const report = await done(whole.bureau.get(`/imports/${id}?wait=30`));
    expect(report).toMatchObject({ state: 'checked', unknownColumns: [], counts: { read: 0 } });
    await done(whole.bureau.post(`/imports/${id}/cancel`));
  },
);
