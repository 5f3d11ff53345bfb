import { wholeService, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { typeSignIn } from './support/entering';

/** Not this machine's own name: to a browser plain http is safe on that only. */
const OTHER_NAME = 'lujian.test';

describeInBrowser(
  'the way into the console',
  (browsing) => {
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

    test('by the keyboard alone', async () => {
      const v = await browsing.open(whole.url);
      await v.visit('/console/');
      const { keyboard } = v.page;
      await keyboard.type(whole.bureau.username);
      await keyboard.press('Tab');
      await keyboard.type(whole.bureau.password);
      await keyboard.press('Enter');
      await v.page.getByRole('heading', { name: '工作台' }).waitFor();
      // The first stop is the way past the menu.
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      expect(await v.page.evaluate('document.activeElement.id')).toBe('content');
      await v.settle();
    });

    test('a wrong password says so, and how to go on', async () => {
      const v = await browsing.open(whole.url);
      await v.visit('/console/');
      v.mayRefuse(401, '/api/v1/session');
      await typeSignIn(v.page, whole.bureau.username, 'not the sentence');
      const said = await v.page.getByRole('alert').innerText();
      expect(said).toMatch(/用户名、口令或动态口令不对.*请核对后重试/);
      await v.checkAccess();
    });

    test('over plain http it says before any work that signing will not do, on this machine’s own name not', async () => {
      const v = await browsing.open(whole.url);
      const note = v.page.getByText('本页以未加密的 http 打开');
      await v.visit('/console/');
      expect(await note.count()).toBe(0);
      await v.page.goto(`${whole.url.replace('127.0.0.1', OTHER_NAME)}/console/`);
      await note.waitFor();
      expect(await v.page.locator('main').innerText()).toContain('npm run sign');
    });

    test('without JavaScript the page says where to look things up', async () => {
      const v = await browsing.open(whole.url, { javaScript: false });
      await v.page.goto('/console/');
      expect(await v.page.locator('body').innerText()).toContain('公开查询页');
    });
  },
  [`--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`],
);
