import { national2024 } from '../../src/modules/policy';
import { done } from '../support/client';
import { anOrganisation, aMine, anInstitution, aReadyInstitution } from '../support/register-builders';
import { creditCodeOf } from '../support/credit-codes';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
}, 60_000);
afterAll(() => whole.close());

/** An offer of one mine of a new lot bought by the method; the answer. */
async function offer(method: string, institutionId: string) {
  const { bureau } = whole;
  const mineId = await aMine(whole);
  const purchase = { method, projectNumber: '示例项目' };
  const lot = { name: `示例批次第${whole.next()}号`, purpose: 'producing-mine', purchase, mineIds: [mineId] };
  const { id } = await done(bureau.post('/lots', lot), 201);
  await done(bureau.post(`/lots/${id}/candidates`, { institutionIds: [institutionId] }));
  const body = { institutionId, mineIds: [mineId], answerBy: whole.today() };
  return bureau.post(`/lots/${id}/assignments`, body);
}

// 政府购买服务管理办法 art. 8; domain.md 9: at the lot, by the method of purchase, and not in the institution's conditions.
test.each([
  ['one', 'government-purchase', 409],
  ['one', 'entrusted-by-budget', 201],
  ['two', 'government-purchase', 201],
  ['two', 'entrusted-by-budget', 201],
])(
  'a public institution of class %s, bought by %s: %i',
  async (publicInstitutionClass, method, status) => {
    const uscc = creditCodeOf(whole.next(), '12370000');
    const organisation = await anOrganisation(whole, { uscc, legalForm: 'public-institution', publicInstitutionClass });
    const institution = await anInstitution(whole, organisation);
    const clerk = await whole.enlist('institution', { institutionId: institution.id });
    await done(clerk.post('/pool-entries', { institutionId: institution.id }), 201);
    const reply = await offer(method, institution.id);
    expect(reply.status).toBe(status);
    if (status === 409) {
      expect(reply.body.type).toBe('/problems/assignment/not-a-supplier');
      expect(reply.body.detail).toContain(national2024.rules['purchase.first-class-institution']!.citation);
    }
  },
  30_000,
);

test('readiness asks nothing of the class', async () => {
  const ready = await aReadyInstitution(whole, { staff: 0 });
  const { rules } = await done(whole.bureau.get(`/institutions/${ready.id}/readiness`));
  const names = (rules as { rule: string }[]).map((r) => r.rule);
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((n) => /class|purchase/.test(n))).toEqual([]);
});
