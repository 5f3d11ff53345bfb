import { creditCodeOf } from '../support/credit-codes';
import { done } from '../support/client';
import { aCaseSubject } from '../support/line-builders';
import { anInstitution, anOrganisation } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
}, 60_000);
afterAll(() => whole.close());

const etag = (version: number) => ({ 'if-match': `"${version}"` });
const screen = async (uscc: string) => done(whole.anyone.get(`/public/screening/${uscc}`));
const codesOf = (reply: { reasons: { code: string }[] }): string[] => reply.reasons.map((r) => r.code);

test('a bar is found under the code at its time, under the new one, and beyond a merger', async () => {
  const { bureau, lead } = whole;
  const barred = await anInstitution(whole);
  const subject = await aCaseSubject(whole, { kind: 'institution', id: barred.id }, { state: 'in-force' });
  expect(subject.id).toBeTruthy();
  expect((await screen(barred.uscc)).verdict).toBe('not-fit');

  const fresh = creditCodeOf(whole.next());
  const change = { uscc: fresh, from: whole.today(), paper: '示例换发通知' };
  await done(bureau.post(`/organisations/${barred.organisationId}/code-changes`, change, etag(1)), 201);
  const [byNew, byOld] = [await screen(fresh), await screen(barred.uscc)];
  expect(byNew).toMatchObject({ verdict: 'not-fit', bars: [{ code: barred.uscc }] });
  expect(byOld).toMatchObject({ verdict: 'not-fit', bars: [{ code: barred.uscc }] });
  expect(codesOf(byNew)).not.toContain('former-code');
  expect(codesOf(byOld)).toContain('former-code');

  const heir = await anOrganisation(whole);
  const line = { organisationId: heir.id, kind: 'absorbed', from: whole.today() };
  const list = { paper: '示例合并公告', items: [line] };
  await done(bureau.put(`/organisations/${barred.organisationId}/successors`, list, etag(2)));
  const taken = await screen(heir.uscc);
  // A body that took a barred one over is not barred by that; a person must look.
  expect(taken).toMatchObject({ verdict: 'needs-person', bars: [] });
  expect(codesOf(taken)).toContain('predecessor-barred');
  expect(codesOf(await screen(fresh))).toContain('succeeded');
  await done(lead.get(`/organisation-codes/${barred.uscc}`));
}, 60_000);
