import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, paperOn } from '../support/line-builders';
import { asked, readOf, unlisted, publicWorld, type PublicWorld } from '../support/public-world';
import { aFile, anExpert } from '../support/register-builders';
import { AUTHORITY } from '../support/whole-service';

let world: PublicWorld;

beforeAll(async () => {
  world = await publicWorld();
}, 120_000);
afterAll(() => world.whole.close());

describe('the blacklist', () => {
  test('is narrowed by state and day, the last world.barred day included', async () => {
    const has = async (query: string): Promise<boolean> =>
      (await world.page(`/blacklist?q=${world.barred.uscc}&${query}`)).includes(`href="/blacklist/${world.barId}`);
    expect(await has(`asOf=${addDays(world.today, -1)}&state=all`)).toBe(false);
    expect(await has('')).toBe(true);
    expect(await has('asOf=2029-03-02')).toBe(true);
    expect(await has('asOf=2029-03-03')).toBe(false);
    expect(await has('asOf=2029-03-03&state=past')).toBe(true);
  });

  test('shows a decision in full, with the steps of its count', async () => {
    const text = readOf(await world.page(`/blacklist/${world.barId}`));
    for (const words of [
      '评估结论严重失实',
      world.bar.decisionNumber,
      AUTHORITY.name,
      '届满日 2029年3月2日',
      '可再次采信之日 2029年3月3日',
      '期间为3年，到期月为2029年3月',
      '民法典第二百零二条',
    ]) {
      expect(text).toContain(words);
    }
    const english = readOf(await world.page(`/en/blacklist/${world.barId}`));
    expect(english).toContain('Last barred day 2 March 2029');
    expect(english).toContain('Conclusions seriously at odds with the facts');
    expect(readOf(await world.page(`/blacklist/${world.barId}?asOf=2025-01-01`, 404))).toContain(
      '在2025年1月1日尚未送达',
    );
  });
});

describe('a person', () => {
  const places = (): string[] => [
    ...world.everyPage(),
    `/search?q=${asked(world.hidden.name)}`,
    `/search?q=${world.hidden.platformNumber}`,
    `/blacklist?state=all&q=${asked('人员')}`,
    '/feed.atom',
    '/api/v1/public/blacklist?state=all',
    '/api/v1/public/blacklist.json?state=all',
    '/api/v1/public/blacklist.csv?state=all',
    '/api/v1/public/institutions.json',
    '/api/v1/public/institutions.csv',
  ];

  test('who was not published stands nowhere', async () => {
    for (const path of places()) {
      const { text } = await world.at(path);
      // What was searched for stands in the box again; nothing else may say it.
      const told = path.includes(asked(world.hidden.name)) ? text.replaceAll(world.hidden.name, '') : text;
      for (const secret of [world.hidden.platformNumber, world.hidden.identity, world.hidden.name]) {
        const echoed = path.endsWith(`q=${secret}`);
        expect([path, secret, !echoed && told.includes(secret)]).toEqual([path, secret, false]);
      }
    }
    for (const q of [asked(world.hidden.name), world.hidden.platformNumber]) {
      expect(readOf(await world.page(`/search?q=${q}`))).toContain('黑名单中没有相符的记录');
    }
    for (const list of ['blacklist', 'institutions']) {
      const rows = JSON.stringify(
        await world.rowsOf(`/api/v1/public/${list}.xlsx?${list === 'blacklist' ? 'state=all' : ''}`),
      );
      expect(rows).not.toContain(world.hidden.name);
      expect(rows).not.toContain(world.hidden.platformNumber);
    }
    const { id } = (await done(world.whole.bureau.get('/bars?limit=200'))).items.find(
      (b: { code: string }) => b.code === world.hidden.platformNumber,
    );
    await world.page(`/blacklist/${id as string}`, 404);
  });

  test('whose published decision is changed is public under the former number only, until the new one is published', async () => {
    const { whole } = world;
    const person = await anExpert(whole, { name: '示例变更人员' });
    const subject = await aCaseSubject(whole, { kind: 'person', id: person.id }, { state: 'served' });
    const paper = paperOn(world.today, 0, await aFile(whole.lead));
    const publicise = async (): Promise<void> => {
      const impactAssessmentFileId = await aFile(whole.lead);
      const made = { ...paper, impactAssessmentFileId };
      await done(whole.secondLead.post(`/case-subjects/${subject.id}/publicise`, made));
    };
    await publicise();
    const decisionNumber = '示例函〔2026〕变更9号';
    const change = { ...paper, lastBarredDay: '2027-03-02', decisionNumber, reason: '示例变更' };
    await done(whole.secondLead.post(`/case-subjects/${subject.id}/change`, change));
    const listed = async (): Promise<string[]> =>
      (await done(whole.anyone.get('/public/blacklist.json?state=all'))).items
        .filter((b: { code: string }) => b.code === person.platformNumber)
        .map((b: { decisionNumber: string; state: string }) => `${b.decisionNumber} ${b.state}`);
    expect(await listed()).toEqual([`${subject.decisionNumber} annulled`]);
    const former = readOf(await world.page(`/blacklist/${subject.service!.bar.id}`));
    expect(former).toContain('撤销或变更自 2026年3月2日');
    expect(former).toContain('原期限的计算（决定已撤销或变更，不再适用）');
    expect(former).not.toContain('2027年3月2日');
    await publicise();
    expect((await listed()).sort()).toEqual([`${decisionNumber} barred`, `${subject.decisionNumber} annulled`].sort());
  });

  test('who was published is found by name and number, and no engine may list the page', async () => {
    const entry = `/blacklist/${world.shownBarId}`;
    for (const q of [asked(world.shown.name), world.shown.platformNumber]) {
      for (const path of [`/search?q=${q}`, `/en/blacklist?q=${q}`]) {
        const reply = await world.at(path);
        expect(reply.text).toContain(entry);
        expect(unlisted(reply)).toEqual([true, true]);
      }
    }
    expect(unlisted(await world.at(entry))).toEqual([true, true]);
    expect(unlisted(await world.at('/blacklist'))).toEqual([true, true]);
    expect(unlisted(await world.at(`/blacklist/${world.barId}`))).toEqual([false, false]);
    expect(unlisted(await world.at('/institutions'))).toEqual([false, false]);
    expect((await world.at('/api/v1/public/blacklist.json')).headers['x-robots-tag']).toBe('noindex');
    expect((await world.at('/feed.atom')).headers['x-robots-tag']).toBe('noindex');
    for (const path of places()) expect((await world.at(path)).text).not.toContain(world.shown.identity);
  });
});
