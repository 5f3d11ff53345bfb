import { done } from '../support/client';
import { aFile, anInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

interface Answer {
  rule: string;
  measured: string;
  met: boolean;
  cure: string | null;
}

test('what is typed shows nothing; the cure names the route, and a dated paper with a file meets the rule', async () => {
  const { bureau } = whole;
  const { id, organisationId } = await anInstitution(whole);
  const office = async (query = ''): Promise<Answer> => {
    const { rules } = await done(bureau.get(`/institutions/${id}/readiness${query}`));
    return (rules as Answer[]).find((r) => r.rule === 'institution.office')!;
  };
  const typed = { from: '2026-01-01', paper: '材料清单', office: '无' };
  await done(bureau.send('post', `/institutions/${id}/versions`, typed, { 'if-match': '"1"' }), 201);
  const unmet = await office();
  expect(unmet).toMatchObject({ met: false, measured: '仅有文字说明，没有办公场所证明' });
  const route = `/organisations/${organisationId}/documents`;
  expect(unmet.cure).toContain(`POST /api/v1${route}`);
  const paper = { kind: 'office-proof', title: '租赁合同', from: '2026-02-01', lastDay: '2026-03-02', paper: '清单' };
  const bare = await done(bureau.send('post', route, paper, { 'if-match': '"1"' }), 201);
  expect(await office()).toMatchObject({ met: false, measured: '已登记办公场所证明，未附文件' });
  const { cure } = await office();
  const again = /POST \/api\/v1(\/organisations\/[^，]+\/versions)/.exec(cure!)![1]!;
  const withFile = { ...paper, fileId: await aFile(bureau), correct: true };
  await done(bureau.send('post', again, withFile, { 'if-match': `"${bare.version as number}"` }), 201);
  expect(await office()).toMatchObject({
    met: true,
    cure: null,
    measured: '办公场所证明，有效期2026-02-01至2026-03-02，文件已存',
  });
  // The day before it began, told as past; the day after its last one.
  const before = await office('?asOf=2026-01-31');
  expect(before).toMatchObject({ met: false, measured: '当日仅有文字说明，没有办公场所证明' });
  expect(before.cure).toMatch(/^当日（2026-01-31）如已具备而未登记的，可按当日补登/);
  expect(await office('?asOf=2026-03-03')).toMatchObject({ met: false, measured: '办公场所证明已于2026-03-02到期' });
});
