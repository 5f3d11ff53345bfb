import { headingOf, publicWorld, readOf, type PublicWorld } from '../support/public-world';
import { verifying, type Verifying } from '../support/verifying';

let world: PublicWorld;
let verifier: Verifying;

beforeAll(async () => {
  world = await publicWorld();
  verifier = verifying();
}, 180_000);
afterAll(async () => {
  verifier.clear();
  await world.whole.close();
});

const linksIn = (page: string): string[] =>
  [...page.matchAll(/href="(\/api\/v1\/public\/log\/proofs\/[^"]+)"/g)].map((m) => m[1]!);

/** One file from the page, and the published key, are all that a reader needs. */
async function verdictOf(link: string) {
  const proof = await world.at(link).buffer(true);
  expect(proof.status).toBe(200);
  const key = await world.at('/api/v1/public/log/log.vkey').buffer(true);
  return verifier.verify(
    'proof',
    verifier.file('p.tlog-proof', proof.text),
    '--vkey-file',
    verifier.file('log.vkey', key.text),
  );
}

test('the page of a decision gives the proof that it was entered, which holds without this service', async () => {
  const page = await world.page(`/blacklist/${world.barId}`);
  expect(readOf(page)).toMatch(/存证证明.*不再采信开始.*下载证明.*不必联系本站/);
  const [link] = linksIn(page);
  const verdict = await verdictOf(link!);
  expect(verdict.text).toContain(`涉及 institution:${world.barred.uscc}`);
  expect(verdict.code).toBe(0);
  const english = await world.page(`/en/blacklist/${world.barId}`);
  expect(readOf(english)).toMatch(/Proofs.*Bar begun.*Download the proof/);
  expect(headingOf(english)).not.toBe('');
});

test("an institution's page gives the proofs of its registration, admission and bar, none after the day asked about", async () => {
  const page = await world.page(`/institutions/${world.barred.uscc}`);
  const text = readOf(page);
  for (const words of ['登记为评估机构', '纳入名录', '不再采信开始']) expect(text).toContain(words);
  expect((await verdictOf(linksIn(page).at(-1)!)).code).toBe(0);
  expect(linksIn(await world.page(`/institutions/${world.barred.uscc}?asOf=2026-03-01`))).toEqual([]);
});

test("a person's page shows the publicity decision, whose leaf names nobody", async () => {
  const page = await world.page(`/blacklist/${world.shownBarId}`);
  expect(readOf(page)).toContain('公开不再采信决定');
  const verdict = await verdictOf(linksIn(page)[0]!);
  expect(verdict.code).toBe(0);
  expect(verdict.text).toContain('涉及 —');
});
