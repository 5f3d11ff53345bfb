import { done } from '../support/client';
import { aCaseSubject, anAssignment, anEvaluation, type ACaseSubject } from '../support/line-builders';
import { aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

// The screens from the register of assessors to the bar, as each role sees them, in every look.

describeInBrowser('the screens of the line', (browsing) => {
  let whole: Whole;
  let institution: ReadyInstitution;
  let offered: { id: string; lotId: string };
  let evaluation: { id: string };
  let subject: ACaseSubject;
  let entry: string;
  let bar: string;
  beforeAll(async () => {
    whole = await wholeService();
    institution = await aReadyInstitution(whole);
    const other = await aReadyInstitution(whole, { staff: 1 });
    evaluation = await anEvaluation(whole, institution, { state: 'accepted' });
    offered = await anAssignment(whole, institution, { takenUp: false });
    subject = await aCaseSubject(whole, { kind: 'institution', id: other.id }, { state: 'served' });
    entry = (await done(whole.bureau.get(`/pool-entries?institutionId=${other.id}`))).items[0].id as string;
    bar = (await done(whole.bureau.get(`/bars?caseId=${subject.caseId}`))).items[0].id as string;
  }, 120_000);
  afterAll(() => whole.close());

  test('of an officer who commissions', async () => {
    const v = await browsing.open(whole.url, { as: whole.bureau });
    for (const page of ['pool-entries', `pool-entries/${entry}`, 'lots', `lots/${offered.lotId}`, 'engagements']) {
      await v.checkLooks(`/console/${page}`);
    }
  }, 240_000);

  test('of an officer who judges', async () => {
    const v = await browsing.open(whole.url, { as: whole.lead });
    for (const page of ['evaluations', `evaluations/${evaluation.id}`, 'replay', 'findings', 'dashboard']) {
      await v.checkLooks(`/console/${page}`);
    }
  }, 240_000);

  test('of an inspector', async () => {
    const v = await browsing.open(whole.url, { as: whole.inspector });
    const pages = [
      'cases',
      `cases/${subject.caseId}`,
      `case-subjects/${subject.id}`,
      'bars',
      `bars/${bar}`,
      'screening',
    ];
    for (const page of pages) await v.checkLooks(`/console/${page}`);
  }, 240_000);

  test('of an assessor’s clerk', async () => {
    const v = await browsing.open(whole.url, { as: institution.clerk });
    for (const page of ['assignments', `assignments/${offered.id}`, `evaluations/${evaluation.id}`, 'pledges']) {
      await v.checkLooks(`/console/${page}`);
    }
  }, 240_000);
});
