import {
  anExpert,
  anInstitution,
  anOrganisation,
  bureau,
  codes,
  identityNumber,
  institutionActor,
  registerApp,
  secondOfficer,
  type RegisterApp,
} from '../support/register-app';

// What is on record already is answered so, with 200: nothing is written, counted or told.

let registers: RegisterApp;
beforeEach(async () => {
  registers = await registerApp();
});
afterEach(() => registers.database.drop());

const entries = async (): Promise<number> => (await registers.audited()).length;

/** Sends the amendment, then the same once more, then another one; the versions that each reply bears. */
async function thrice(address: string, first: number, body: object, other: object): Promise<number[]> {
  const { as, clock } = registers;
  clock.pass(1000);
  const made = await as(bureau).post(`${address}/versions`, body, first).expect(201);
  expect(made.body.unchanged).toBe(false);
  clock.pass(1000);
  const known = await entries();
  const again = await as(secondOfficer)
    .post(`${address}/versions`, body, made.body.version as number)
    .expect(200);
  expect(again.body).toEqual({ ...made.body, unchanged: true, knownAt: again.body.knownAt });
  expect(again.headers.etag).toBe(made.headers.etag);
  expect(await entries()).toBe(known);
  const changed = await as(bureau)
    .post(`${address}/versions`, { ...body, ...other }, again.body.version as number)
    .expect(201);
  expect(changed.body.unchanged).toBe(false);
  expect(await entries()).toBe(known + 1);
  return [made, again, changed].map((r) => r.body.version as number);
}

test('evidence of an institution', async () => {
  const id = await anInstitution(registers, codes.enterprise);
  const body = { from: '2026-01-01', paper: '材料清单', experience: '示例业绩材料一份' };
  expect(await thrice(`/institutions/${id}`, 1, body, { experience: '示例业绩材料两份' })).toEqual([2, 2, 3]);
  const history = await registers.as(bureau).get(`/institutions/${id}/history?superseded=true`).expect(200);
  // The first entry, its part before the amendment, the amendment twice.
  expect(history.body.entries).toHaveLength(4);
});

test('another paper for the same content is something new', async () => {
  const id = await anInstitution(registers, codes.enterprise);
  const body = { from: '2026-01-01', paper: '材料清单', experience: '示例业绩材料一份' };
  expect(await thrice(`/institutions/${id}`, 1, body, { paper: '另一材料清单' })).toEqual([2, 2, 3]);
});

test('title and specialties of a person', async () => {
  const { id } = await anExpert(registers, identityNumber(1));
  const title = { certificateNumber: '示例证书1号', fileId: 'file-1' };
  const proof = { specialty: 'geology', evidence: '示例学历', from: '2020-01-01' };
  const body = { from: '2026-01-01', paper: '职称证书', title, specialtyProofs: [proof], civilServant: false };
  const other = { title: { ...title, certificateNumber: '示例证书2号' } };
  expect(await thrice(`/experts/${id}`, 1, body, other)).toEqual([2, 2, 3]);
});

test('an organisation and a mine', async () => {
  const id = await anOrganisation(registers, { uscc: codes.association });
  const moved = { from: '2026-01-01', paper: '变更登记', address: '示例路1号' };
  expect(await thrice(`/organisations/${id}`, 1, moved, { address: '示例路2号' })).toEqual([2, 2, 3]);
  const mine = { name: '示例矿山', province: '370000', from: '2020-01-01', paper: '名录' };
  const { id: mineId } = (await registers.as(bureau).post('/mines', mine).expect(201)).body;
  const note = { from: '2026-01-01', paper: '说明', note: '示例备注' };
  expect(await thrice(`/mines/${mineId as string}`, 1, note, { note: '另一示例备注' })).toEqual([2, 2, 3]);
});

test('a signed sheet: the same bytes under the same name, whoever sends them', async () => {
  const { as, clock } = registers;
  const institutionId = await anInstitution(registers, codes.enterprise);
  const { platformNumber } = await anExpert(registers, identityNumber(1));
  const body = { platformNumber, institutionId, kind: 'full-time', from: '2025-01-01', paper: '劳动合同' };
  const { id } = (await as(institutionActor(institutionId)).post('/employments', body).expect(201)).body;
  const address = `/employments/${id as string}/sheet`;
  const sheet = { signedSheetFileId: 'file-1', paper: '确认单' };
  const first = await as(bureau).post(address, sheet).expect(200);
  expect(first.body).toMatchObject({ unchanged: false, version: 2 });
  clock.pass(60_000);
  const known = await entries();
  const again = await as(secondOfficer).post(address, sheet).expect(200);
  expect(again.body).toEqual({ ...first.body, unchanged: true });
  expect(again.body.sheet).toMatchObject({ fileId: 'file-1', enteredBy: 'acc-bureau' });
  expect(await entries()).toBe(known);
  // Whoever only sent it again has no hand in it and may check it.
  await as(bureau)
    .post(`/employments/${id as string}/confirm`)
    .expect(409);
  const renamed = await as(bureau)
    .post(address, { ...sheet, paper: '确认单（补签）' })
    .expect(200);
  expect(renamed.body).toMatchObject({ unchanged: false, version: 3 });
  await as(secondOfficer)
    .post(`/employments/${id as string}/confirm`)
    .expect(200);
});
