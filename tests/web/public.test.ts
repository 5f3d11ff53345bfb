import { addDays } from '../../src/kernel/pure/time';
import { aCaseSubject } from '../support/line-builders';
import { publicWorld, type PublicWorld } from '../support/public-world';
import { anInstitution, anOrganisation } from '../support/register-builders';
import { describeInBrowser } from './support/browser';
import { looks } from './support/looks';
import type { Visitor } from './support/visitor';

/** What a reader presses and reads, in each language. */
const ways = [
  {
    name: 'Chinese',
    home: '/',
    label: '名称或统一社会信用代码',
    search: '查询',
    asOf: '有效时点',
    show: '查看该日',
    met: '不符合',
    before: '当日没有生效的不再采信决定',
    during: '届满日2029年3月2日（含当日），可再次采信之日2029年3月3日',
    blacklist: '黑名单',
    list: '查看',
    steps: '期限的计算',
    about: '关于',
    isNot: '它不是严重失信主体名单',
  },
  {
    name: 'English',
    home: '/en',
    label: 'Name or unified social credit code',
    search: 'Search',
    asOf: 'As of',
    show: 'Show that day',
    met: 'Not met',
    before: 'No bar is in force on that day',
    during: 'last barred day 2 March 2029 (included), may be accepted again from 3 March 2029',
    blacklist: 'Blacklist',
    list: 'Show',
    steps: 'How the term is counted',
    about: 'About',
    isNot: 'It is not the list of seriously dishonest entities',
  },
] as const;

describeInBrowser('public look-up', (browsing) => {
  let world: PublicWorld;
  beforeAll(async () => {
    world = await publicWorld();
  }, 120_000);
  afterAll(() => world.whole.close());

  const press = (v: Visitor, name: string): Promise<void> => v.page.getByRole('button', { name, exact: true }).click();
  const follow = (v: Visitor, name: string): Promise<void> =>
    v.page.getByRole('link', { name, exact: true }).first().click();
  const read = (v: Visitor): Promise<string> => v.page.locator('main').innerText();

  test.each(ways)('on a telephone without scripts, in $name', async (way) => {
    const v = await browsing.open(world.whole.url, { size: 'phone', javaScript: false });
    await v.visit(way.home);
    await v.page.getByLabel(way.label).fill(world.ready.name.slice(0, 4));
    await press(v, way.search);
    await v.settle();
    await follow(v, world.ready.name);
    await v.settle();
    expect(await read(v)).toContain(way.met);

    await v.visit(`${way.home === '/' ? '' : way.home}/institutions/${world.barred.uscc}`);
    expect(await read(v)).toContain(way.during);
    await v.page.getByLabel(way.asOf).fill(addDays(world.today, -1));
    await press(v, way.show);
    await v.settle();
    expect(await read(v)).toContain(way.before);

    await follow(v, way.blacklist);
    await v.page.getByLabel(way.asOf).fill('2029-03-02');
    await press(v, way.list);
    await v.settle();
    await v.page.locator(`a[href*="/blacklist/${world.barId}"]`).click();
    await v.settle();
    expect(await read(v)).toContain(way.steps);
    await follow(v, way.about);
    await v.settle();
    expect(await read(v)).toContain(way.isNot);
  });

  test('changes its language on the page where one is', async () => {
    const v = await browsing.open(world.whole.url, { size: 'phone', javaScript: false });
    await v.visit(`/blacklist/${world.barId}?asOf=2027-01-01`);
    await follow(v, 'English');
    expect(v.page.url()).toBe(`${world.whole.url}/en/blacklist/${world.barId}?asOf=2027-01-01`);
    expect(await v.page.locator('html').getAttribute('lang')).toBe('en');
    await follow(v, '中文');
    expect(v.page.url()).toBe(`${world.whole.url}/blacklist/${world.barId}?asOf=2027-01-01`);
  });

  test('lets the keyboard skip to the content and come to the search with few strokes', async () => {
    const v = await browsing.open(world.whole.url);
    await v.visit('/');
    await v.page.keyboard.press('Tab');
    await v.page.keyboard.press('Enter');
    await v.page.keyboard.press('Tab');
    await v.page.keyboard.type(world.ready.uscc);
    await v.page.keyboard.press('Enter');
    await v.page.getByRole('link', { name: world.ready.name, exact: true }).waitFor();
  });

  test('keeps nobody out: axe finds nothing serious on any kind of page, light and dark, at both sizes', async () => {
    const v = await browsing.open(world.whole.url);
    v.mayRefuse(422, '/institutions/12345');
    await v.visit('/');
    const kinds = [
      '/search?q=%E7%A4%BA%E4%BE%8B',
      '/search?q=913700000000001071',
      '/institutions',
      `/institutions/${world.ready.uscc}`,
      `/institutions/${world.barred.uscc}`,
      '/institutions/12345',
      '/blacklist?state=all',
      '/blacklist?state=past',
      `/blacklist/${world.barId}`,
      '/open-data',
      '/about',
    ];
    for (const look of looks) {
      const home = look.language === 'en' ? '/en' : '';
      await v.wear(look);
      // Colours and sizes are the same in both languages: English is looked at once.
      for (const path of look.language === 'en' && look.dark ? [''] : ['', ...kinds]) {
        await v.visit(home + path || '/');
        await v.checkAccess();
      }
    }
  }, 240_000);

  test('holds the longest name without a break on a telephone', async () => {
    const { whole } = world;
    const institution = await anInstitution(whole, await anOrganisation(whole, { name: 'A'.repeat(200) }));
    await world.enter(institution);
    const bar = await aCaseSubject(whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    const v = await browsing.open(whole.url, { size: 'phone', javaScript: false });
    // What is wider than the window is a fault of the visit.
    for (const path of [
      `/search?q=${institution.uscc}`,
      '/institutions',
      `/institutions/${institution.uscc}`,
      `/blacklist?q=${institution.uscc}`,
      `/blacklist/${bar.service!.bar.id}`,
    ]) {
      await v.visit(path);
      expect([path, await read(v)]).toEqual([path, expect.stringContaining('A'.repeat(200))]);
    }
  });

  test('prints without what only a screen needs', async () => {
    const v = await browsing.open(world.whole.url);
    await v.visit(`/institutions/${world.barred.uscc}`);
    await v.page.emulateMedia({ media: 'print' });
    for (const gone of ['form', '.top nav', '.skip', '.foot ul']) {
      for (const one of await v.page.locator(gone).all()) expect([gone, await one.isVisible()]).toEqual([gone, false]);
    }
    // On paper the address names the day, so that whoever holds it finds the same again.
    const address = `${world.whole.url}/institutions/${world.barred.uscc}?asOf=${world.today}`;
    expect(await v.page.locator('.foot .paper').innerText()).toBe(`本页地址：${address}`);
    for (const kept of ['h1', '.brand', 'ol.steps', '.foot p >> nth=1', '.foot .paper']) {
      expect([kept, await v.page.locator(kept).first().isVisible()]).toEqual([kept, true]);
    }
  });
});
