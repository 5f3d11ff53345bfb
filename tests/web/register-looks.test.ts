import { identityCheck } from '../../src/modules/experts/core/identity-number';
import { done } from '../support/client';
import { playMineLists } from '../support/play-registers';
import {
  aMine,
  anEmployment,
  anExpert,
  aReadyInstitution,
  type AnExpert,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

// The registers' screens with something in each of them, in every look.

/** Of the same name and born on the same day. */
function twinOf({ name, identity }: AnExpert): { name: string; identity: string } {
  const first17 = `${identity.slice(0, 14)}999`;
  return { name, identity: first17 + identityCheck(first17) };
}

describeInBrowser('the screens of the registers', (browsing) => {
  let whole: Whole;
  let institution: ReadyInstitution;
  let person: Person;
  let employment: string;
  let objection: string;
  let doubt: string;
  let merge: string;
  let correction: string;
  let change: string;
  let mine: string;
  beforeAll(async () => {
    whole = await wholeService();
    institution = await aReadyInstitution(whole, { staff: 1 });
    await playMineLists(whole);
    mine = await aMine(whole, institution.organisationId);
    const expert = await anExpert(whole);
    const twin = await anExpert(whole, twinOf(institution.staff[0]!));
    employment = await anEmployment(whole, expert, institution.id);
    person = await whole.enlist('expert', { expertId: expert.id });
    const object = person.post(`/employments/${employment}/objections`, { reason: '从未受聘' });
    objection = (await done(object, 201)).id as string;
    const wish = { from: whole.today(), changes: { phone: '00000000000' }, reason: '号码已更换' };
    correction = (await done(person.post('/experts/me/corrections', wish), 201)).id as string;
    const numbers = { from: twin.platformNumber, into: expert.platformNumber };
    const proposal = { ...numbers, reason: '同一人', paper: '核实记录' };
    merge = (await done(whole.bureau.post('/expert-merges', proposal), 201)).id as string;
    doubt = (await done(whole.bureau.get('/expert-doubts'))).items[0].id as string;
    const told = { note: '已迁址', proposal: { organisation: { address: '示例市示例路2号' } } };
    const report = { kind: 'address', happenedOn: whole.today(), ...told };
    const reported = institution.clerk.post(`/institutions/${institution.id}/changes`, report);
    change = (await done(reported, 201)).id as string;
  }, 120_000);
  afterAll(() => whole.close());

  const tabs = (base: string, ...names: string[]): string[] => names.map((name) => `${base}?tab=${name}`);

  test('bodies and institutions, to an officer', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    const body = `organisations/${institution.organisationId}`;
    const pages = [
      'organisations',
      ...tabs(body, 'record', 'papers', 'owners'),
      'institutions',
      ...tabs(`institutions/${institution.id}`, 'file', 'readiness', 'staff'),
      `institution-changes/${change}`,
    ];
    for (const page of pages) await v.checkLooks(`/console/${page}`);
  }, 400_000);

  test('persons, to an officer', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    const pages = [
      'experts',
      ...tabs(`experts/${institution.staff[0]!.id}`, 'content', 'identities'),
      `employments/${employment}`,
      `employment-objections/${objection}`,
      `expert-doubts/${doubt}`,
      `expert-merges/${merge}`,
      `expert-corrections/${correction}`,
    ];
    for (const page of pages) await v.checkLooks(`/console/${page}`);
  }, 400_000);

  test('mines and sheets, to an officer', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    const pages = [
      'mines',
      ...tabs(`mines/${mine}`, 'content', 'standings', 'contacts'),
      `mines/${mine}/file`,
      'imports/new?kind=staff',
      'exports',
    ];
    for (const page of pages) await v.checkLooks(`/console/${page}`);
  }, 400_000);

  test('an institution’s clerk sees the own institution, a person the own record', async () => {
    const clerk = await browsing.open(whole.url, { as: institution.clerk });
    await clerk.checkLooks('/console/institutions');
    expect(clerk.page.url()).toContain(`/institutions/${institution.id}`);
    await clerk.checkLooks('/console/imports/new');
    const own = await browsing.open(whole.url, { as: person });
    await own.checkLooks('/console/own-record');
  }, 240_000);
});
