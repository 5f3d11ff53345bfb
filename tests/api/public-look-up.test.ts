import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { asked, headingOf, readOf, publicWorld, type PublicWorld } from '../support/public-world';
import { aCaseSubject } from '../support/line-builders';
import { anInstitution, aReadyInstitution } from '../support/register-builders';
import { AUTHORITY } from '../support/whole-service';

let world: PublicWorld;

beforeAll(async () => {
  world = await publicWorld();
}, 120_000);
afterAll(() => world.whole.close());

describe('a look-up', () => {
  test('finds by part of a name and by the beginning of a code, in both languages', async () => {
    for (const prefix of ['', '/en']) {
      for (const q of [
        world.ready.name.slice(2),
        world.ready.uscc,
        world.ready.uscc.toLowerCase(),
        world.ready.uscc.slice(0, 17),
      ]) {
        const text = await world.page(`${prefix}/search?q=${asked(q)}`);
        expect(text).toContain(`href="${prefix}/institutions/${world.ready.uscc}"`);
      }
    }
    expect(readOf(await world.page(`/search?q=${asked(world.ready.name)}`))).toContain(
      `${AUTHORITY.name}名录，自2026年3月2日起`,
    );
    expect(readOf(await world.page(`/en/search?q=${asked(world.ready.name)}`))).toContain('since 2 March 2026');
  });

  test('finds what is stored under a hostile name, and shows it as text', async () => {
    const text = await world.page(`/search?q=${asked('<script>alert')}`);
    expect(text).toContain('示例&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;javascript:公司');
    expect(text).toContain('value="&lt;script&gt;alert"');
    expect(headingOf(text)).toBe('“&lt;script&gt;alert”的查询结果');
    // In the register and in the blacklist at once.
    expect(text).toContain(`href="/institutions/${world.barred.uscc}"`);
    expect(text).toContain(`href="/blacklist/${world.barId}"`);
    expect(readOf(text)).toContain('届满日2029年3月2日（含当日），可再次采信之日2029年3月3日');
  });

  test('finds a world.barred institution under the name it took later', async () => {
    const { version } = await done(world.whole.bureau.get(`/organisations/${world.barred.organisationId}`));
    const renamed = { from: world.today, paper: '变更登记', name: '示例改名后的评估有限公司' };
    const address = `/organisations/${world.barred.organisationId}/versions`;
    await done(world.whole.bureau.post(address, renamed, { 'if-match': `"${version as number}"` }), 201);
    for (const q of ['改名后的', '<script>']) {
      const text = await world.page(`/blacklist?q=${asked(q)}`);
      expect([q, text.includes(`href="/blacklist/${world.barId}"`)]).toEqual([q, true]);
    }
    const record = await world.page(`/institutions/${world.barred.uscc}`);
    expect(headingOf(record)).toBe('示例改名后的评估有限公司');
    expect(readOf(record)).toContain('示例&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(
      headingOf(await world.page(`/institutions/${world.barred.uscc}?asOf=${addDays(world.today, -1)}`)),
    ).toContain('&lt;script&gt;');
  });

  test('without a hit says so, and what to try', async () => {
    const text = readOf(await world.page(`/search?q=${asked('查无此名')}`));
    expect(text).toContain('没有名称或代码含“查无此名”的评估机构。请少输几个字再试');
    expect(text).toContain('没有列入黑名单，不等于对其能力或信誉的认可');
    expect(readOf(await world.page('/search'))).toContain('请先输入要查的名称或代码');
    expect(readOf(await world.page('/search?q=%20%E3%80%80'))).toContain('请先输入要查的名称或代码');
    expect(readOf(await world.page(`/blacklist?q=${asked('查无此名')}`))).toContain('把状态改为“全部”');
    expect(readOf(await world.page(`/en/blacklist?state=past`))).toContain(
      'No bar had ended or been annulled by 2 March 2026',
    );
  });

  test('by a code with a slip names the one that is likely meant', async () => {
    const { uscc } = world.ready;
    const wrongCheck = uscc.slice(0, 17) + (uscc.endsWith('0') ? '1' : '0');
    const text = await world.page(`/search?q=${wrongCheck}`);
    expect(readOf(text)).toContain('代码有误');
    expect(readOf(text)).toContain('可能应为：');
    expect(text).toContain(`href="/institutions/${uscc}"`);
    const unknown = creditCodeOf(9_999);
    const wrong = unknown.slice(0, 17) + (unknown.endsWith('0') ? '1' : '0');
    expect(readOf(await world.page(`/en/search?q=${wrong}`))).toContain(
      `the 18th (check character) is ${unknown.at(-1)!}`,
    );
    const refused = await world.page(`/institutions/${wrong}`, 422);
    expect(headingOf(refused)).toBe('统一社会信用代码有误');
  });

  test('goes on by pages, and back', async () => {
    for (let n = 0; n < 21; n += 1) await world.enter(await anInstitution(world.whole));
    const seen: string[] = [];
    let path = `/institutions?q=x`;
    for (let turn = 0; turn < 3 && path !== ''; turn += 1) {
      const text = await world.page(path);
      seen.push(...[...text.matchAll(/<h3><a href="\/institutions\/(\w{18})"/g)].map((m) => m[1]!));
      path = (/<a rel="next" href="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
      if (turn > 0) expect(text).toContain('rel="prev"');
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(23);
    expect(seen).toContain(world.ready.uscc);
    expect(seen).not.toContain(world.outside.uscc);
    const found = await world.page(`/search?q=${asked('示例有限公司')}`);
    expect(readOf(found)).toContain('下一页');
  });
});

describe('the record of an institution', () => {
  test('shows its registers, conditions with measure and basis, names and days', async () => {
    const text = readOf(await world.page(`/institutions/${world.ready.uscc}`));
    expect(text).toContain('可以采信');
    expect(text).toContain(`${AUTHORITY.name} 纳入之日 2026年3月2日`);
    expect(text).toMatch(/相关专业技术人员不少于 要求值 15 人 实有值 2 人 是否符合 不符合/);
    expect(text).toContain('自然资规〔2024〕1号附件1');
    const english = readOf(await world.page(`/en/institutions/${world.ready.uscc}`));
    expect(english).toContain('May be accepted');
    expect(english).toMatch(/Professional staff, at least Required 15 people Found 2 people Met\? Not met/);
  });

  test('shows no person: no representative, no staff, no telephone, no way to cure by numbers', async () => {
    const { version } = await done(world.whole.bureau.get(`/organisations/${world.ready.organisationId}`));
    const said = {
      from: world.today,
      paper: '变更登记',
      legalRepresentative: '示例代表甲',
      phone: '0531-0000000',
      address: '示例路1号',
    };
    const address = `/organisations/${world.ready.organisationId}/versions`;
    await done(world.whole.bureau.post(address, said, { 'if-match': `"${version as number}"` }), 201);
    for (const prefix of ['', '/en']) {
      const text = await world.page(`${prefix}/institutions/${world.ready.uscc}`);
      expect(text).toContain('示例路1号');
      for (const secret of [
        '示例代表甲',
        '0531-0000000',
        '/api/v1/experts',
        ...world.ready.staff.flatMap((p) => [p.name, p.platformNumber, p.identity]),
      ]) {
        expect([prefix, secret, text.includes(secret)]).toEqual([prefix, secret, false]);
      }
    }
  });

  test('says of no one that he is barred, in doubt, or waiting: the count is enough', async () => {
    const institution = await aReadyInstitution(world.whole, { staff: 2 });
    const party = { kind: 'person' as const, id: institution.staff[0]!.id };
    await aCaseSubject(world.whole, party, { state: 'served' });
    for (const prefix of ['', '/en']) {
      const text = readOf(await world.page(`${prefix}/institutions/${institution.uscc}`));
      expect(text).toContain(prefix === '' ? '15 人 实有值 1 人 是否符合' : '15 people Found 1 person Met?');
      expect(text).not.toMatch(/另有|1 barred|在不再采信期间 是否/);
    }
    // An officer is told.
    const { rules } = await done(world.whole.bureau.get(`/institutions/${institution.id}/readiness`));
    const floor = rules.find((r: { rule: string }) => r.rule === 'staff.floor');
    expect(floor.measured).toBe('1 人（另有 1 人在不再采信期间）');
  });

  test('tells since when a name is borne, not since when anything else is', async () => {
    const institution = await anInstitution(world.whole);
    const at = `/organisations/${institution.organisationId}`;
    const { version } = await done(world.whole.bureau.get(at));
    const moved = { from: '2025-06-01', paper: '变更登记', address: '示例路2号' };
    await done(world.whole.bureau.post(`${at}/versions`, moved, { 'if-match': `"${version as number}"` }), 201);
    const text = readOf(await world.page(`/institutions/${institution.uscc}`));
    expect(text).toContain('示例路2号');
    expect(text).toContain(`${institution.name} 自 2020年1月1日 至 至今`);
  });

  test('of a day before the bar, on its last world.barred day, and on the day after', async () => {
    const on = async (day: string): Promise<string> =>
      readOf(await world.page(`/institutions/${world.barred.uscc}?asOf=${day}`));
    const before = await on(addDays(world.today, -1));
    expect(before).toContain('可以采信 当日没有生效的不再采信决定');
    expect(before).toContain('没有公开的不再采信决定');
    const during = await on(world.today);
    expect(during).toContain('不得采信 在不再采信期间内：届满日2029年3月2日（含当日），可再次采信之日2029年3月3日');
    expect(during).toContain('开始的当日不计入，自2026年3月3日开始计算（民法典第二百零一条）');
    expect(await on('2029-03-02')).toContain('不得采信');
    // A day to come is reckoned, not told.
    expect(before + during).not.toContain('尚未到来');
    expect(await on('2029-03-02')).toContain('2029年3月2日尚未到来：以下按目前的登记推算');
    for (const path of ['/institutions', '/blacklist', `/blacklist/${world.barId}`]) {
      expect([path, readOf(await world.page(`${path}?asOf=${addDays(world.today, 1)}`))]).toEqual([
        path,
        expect.stringContaining('2026年3月3日尚未到来'),
      ]);
      expect([path, readOf(await world.page(`${path}?asOf=${world.today}`))]).toEqual([
        path,
        expect.not.stringContaining('尚未到来'),
      ]);
    }
    const after = await on('2029-03-03');
    expect(after).toContain('可以采信');
    expect(after).toContain('已届满');
  });

  test('is another page at once after a change: who kept it is not told that it is the same', async () => {
    const institution = await anInstitution(world.whole);
    const paths = [`/institutions/${institution.uscc}`, `/search?q=${institution.uscc}`, '/blacklist', '/feed.atom'];
    const kept = new Map<string, string>();
    for (const path of paths) kept.set(path, (await world.at(path)).headers['etag'] as string);
    for (const path of paths) {
      expect([path, (await world.at(path, { 'if-none-match': kept.get(path)! })).status]).toEqual([path, 304]);
    }
    await aCaseSubject(world.whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    for (const path of paths) {
      expect([path, (await world.at(path, { 'if-none-match': kept.get(path)! })).status]).toEqual([path, 200]);
    }
    expect(readOf(await world.page(paths[0]!))).toContain('不得采信');
  });

  test('on a day on which it was in no register shows no conditions, and says why', async () => {
    const text = readOf(await world.page(`/institutions/${world.outside.uscc}`));
    expect(text).toContain('没有纳入任何机关的名录');
    expect(text).toContain('条件符合情况只公开名录中的机构');
    expect(text).not.toContain('相关专业技术人员不少于');
  });

  test('under a former code, or in small letters, leads to the present one', async () => {
    const institution = await anInstitution(world.whole);
    const { version } = await done(world.whole.bureau.get(`/organisations/${institution.organisationId}`));
    const uscc = creditCodeOf(8_888);
    const change = { uscc, from: world.today, paper: '换发证照', reportedOn: null };
    const address = `/organisations/${institution.organisationId}/code-changes`;
    await done(world.whole.bureau.post(address, change, { 'if-match': `"${version as number}"` }), 201);
    const old = await world.at(`/en/institutions/${institution.uscc}?asOf=${world.today}`).redirects(0);
    expect({ status: old.status, to: old.headers['location'] as string }).toEqual({
      status: 302,
      to: `/en/institutions/${uscc}?asOf=${world.today}`,
    });
    const { uscc: lettered } = world.ready;
    expect(lettered.toLowerCase()).not.toBe(lettered);
    const small = await world.at(`/institutions/${lettered.toLowerCase()}`).redirects(0);
    expect(small.headers['location']).toBe(`/institutions/${lettered}`);
  });
});
