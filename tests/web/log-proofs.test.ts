import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { anInstitution, type AnInstitution } from '../support/register-builders';
import { verifying } from '../support/verifying';
import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

// What is taken along from a record's screen, by hand in the console, and checked without the service.

describeInBrowser('proofs in the console', (browsing) => {
  let whole: Whole;
  let institution: AnInstitution;
  const verifier = verifying();
  beforeAll(async () => {
    whole = await wholeService();
    institution = await anInstitution(whole);
    await whole.service.log.integrate();
  }, 120_000);
  afterAll(async () => {
    verifier.clear();
    await whole.close();
  });

  async function fetched(page: Page, name: string): Promise<string> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).first().click(),
    ]);
    return verifier.file(file.suggestedFilename(), fs.readFileSync(await file.path(), 'utf8'));
  }

  test('a proof and an opened fact of a record hold under the published key', async () => {
    const officer = await browsing.open(whole.url, { as: whole.bureau });
    const { page } = officer;
    await officer.visit(`/console/institutions/${institution.id}`);
    await page.getByRole('tab', { name: '沿革' }).click();
    await page.getByText('登记评估机构', { exact: true }).first().waitFor();
    await officer.settle();
    const key = ['--vkey-file', verifier.file('log.vkey', (await whole.anyone.get('/public/log/log.vkey')).text)];
    const proof = await verifier.verify('proof', await fetched(page, '下载存证证明'), ...key);
    expect(proof.text).toContain('涉及 institution:');
    expect(proof.code).toBe(0);
    await page.getByRole('button', { name: '查看与开示事实', exact: true }).first().click();
    await page.getByText('/institutionId', { exact: true }).waitFor();
    await officer.settle();
    const fact = await verifier.verify('fact', await fetched(page, '下载开示文件'), ...key);
    expect(fact.code).toBe(0);
    expect(officer.faults()).toEqual([]);
  }, 120_000);
});
