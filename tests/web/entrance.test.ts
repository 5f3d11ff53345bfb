import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';

describeInBrowser('the way into the console', (browsing) => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await wholeService();
  });
  afterAll(() => whole.close());

  test('the first page loads without a word in the browser’s console, in every look', async () => {
    const visitor = await browsing.open(whole.url);
    await visitor.checkLooks('/console/');
    expect(await visitor.page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
  });

  test('who is signed in finds the work, in every look', async () => {
    const visitor = await browsing.open(whole.url, { as: whole.bureau });
    await visitor.checkLooks('/console/');
  });
});
