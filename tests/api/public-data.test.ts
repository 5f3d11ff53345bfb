import { SaxesParser } from 'saxes';
import { addDays, parseInstant } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, paperOn } from '../support/line-builders';
import { HOSTILE, readOf, publicWorld, type PublicWorld } from '../support/public-world';
import { aFile, anInstitution, anOrganisation, aReadyInstitution } from '../support/register-builders';
import { AUTHORITY } from '../support/whole-service';

let world: PublicWorld;

beforeAll(async () => {
  world = await publicWorld();
}, 120_000);
afterAll(() => world.whole.close());

describe('open data', () => {
  test('as JSON and CSV holds the same institutions, with where they stand', async () => {
    const { items, asOf, next } = await done(world.whole.anyone.get('/public/institutions.json'));
    expect({ asOf, next }).toEqual({ asOf: world.today, next: null });
    const own = items.find((i: { uscc: string }) => i.uscc === world.barred.uscc);
    expect(own).toEqual({
      uscc: world.barred.uscc,
      name: HOSTILE,
      legalForm: 'enterprise',
      address: null,
      authority: AUTHORITY.code,
      authorityName: AUTHORITY.name,
      admittedOn: world.today,
      bar: 'barred',
      lastBarredDay: '2029-03-02',
      freeFrom: '2029-03-03',
    });
    expect(items.some((i: { uscc: string }) => i.uscc === world.outside.uscc)).toBe(false);
    const csv = await world.whole.anyone.get('/public/institutions.csv');
    const [head, ...rows] = csv.text.trimEnd().split('\r\n');
    expect(head).toBe('uscc,name,legalForm,address,authority,authorityName,admittedOn,bar,lastBarredDay,freeFrom');
    expect(rows.map((r) => r.split(',')[0])).toEqual(items.map((i: { uscc: string }) => i.uscc));
    const paged = await done(world.whole.anyone.get('/public/institutions?limit=1'));
    expect(paged.items).toHaveLength(1);
    expect(paged.next).not.toBeNull();
    expect(
      (await done(world.whole.anyone.get(`/public/institutions.json?asOf=${addDays(world.today, -1)}`))).items,
    ).toEqual([]);
  });

  test('as a workbook says what, whose, by what and of which day; a name is no formula', async () => {
    const formula = await anInstitution(
      world.whole,
      await anOrganisation(world.whole, { name: '=HYPERLINK("http://x.example")' }),
    );
    await world.enter(formula);
    const rows = await world.rowsOf('/api/v1/public/institutions.xlsx');
    expect(rows[0]![0]).toBe('评估机构名录（有效时点：2026年3月2日）');
    expect(rows[1]![0]).toBe(`单位：${AUTHORITY.name}`);
    expect(rows[2]![0]).toMatch(/^制表：绿鉴公开查询；日期：2026年3月2日/);
    expect(rows[3]!.slice(0, 3)).toEqual(['统一社会信用代码', '名称', '组织形式']);
    const sheet = Object.values((await world.workbookOf('/api/v1/public/institutions.xlsx')).Sheets)[0]!;
    const cells = Object.entries(sheet).filter(([ref]) => /^[A-Z]+\d+$/.test(ref));
    const named = cells.find(([, c]) => (c as { v: string }).v === '=HYPERLINK("http://x.example")')!;
    expect(named[1]).toMatchObject({ t: 's' });
    expect(named[1]).not.toHaveProperty('f');
    expect(cells.find(([, c]) => (c as { v: string }).v === formula.uscc)![1]).toMatchObject({ t: 's' });
    const csv = (await world.whole.anyone.get('/public/institutions.csv')).text;
    expect(csv).toContain(`${formula.uscc},"'=HYPERLINK(""http://x.example"")"`);
  });

  test('of the blacklist as a workbook holds the rows of the JSON', async () => {
    const { items } = await done(world.whole.anyone.get('/public/blacklist.json?state=all'));
    const rows = await world.rowsOf('/api/v1/public/blacklist.xlsx?state=all');
    expect(rows[0]![0]).toBe('黑名单（不再采信名单）（有效时点：2026年3月2日）');
    expect(rows.slice(4).map((r) => r[1])).toEqual(items.map((i: { code: string }) => i.code));
    expect(rows.slice(4).map((r) => r[10])).toEqual(items.map(() => '不再采信期间内'));
  });
});

interface Entry {
  id: string;
  title: string;
  /** When it was recorded. */
  published: string;
  /** When what it says last changed. */
  updated: string;
  link: string;
  summary: string;
}

interface Feed {
  /** Addresses by relation. */
  links: Readonly<Record<string, string>>;
  updated: string;
  entries: Entry[];
}

/** Reads the feed as a reader of feeds does: it must be well-formed. */
function entriesOf(text: string): Feed {
  const entries: Entry[] = [];
  const links: Record<string, string> = {};
  let [updated, element] = ['', ''];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    element = local;
    if (local === 'entry') entries.push({ id: '', title: '', published: '', updated: '', link: '', summary: '' });
    const value = (name: string): string => attributes[name]?.value ?? '';
    if (local !== 'link') return;
    if (entries.length === 0) links[value('rel')] = value('href');
    else entries.at(-1)!.link = value('href');
  });
  parser.on('text', (said) => {
    const entry = entries.at(-1);
    if (entry && element in entry) entry[element as keyof Entry] += said.trim();
    if (!entry && element === 'updated') updated += said.trim();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return { links, updated, entries };
}

describe('the feed of changes', () => {
  const feedNow = async (path = '/feed.atom'): Promise<Feed> => {
    const reply = await world.at(path);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    return entriesOf(reply.text || (reply.body as Buffer).toString('utf8'));
  };
  const titlesOf = (entries: readonly Entry[], path: string): string[] =>
    entries.filter((e) => e.link.endsWith(path)).map((e) => e.title.split('：')[0]!);

  test('tells of listings, publications, entries and departures, each under a lasting id', async () => {
    const leaver = await aReadyInstitution(world.whole, { staff: 0 });
    await done(leaver.clerk.post(`/pool-entries/${leaver.poolEntryId}/withdraw`, { reason: '示例退出' }));
    const { links, updated, entries } = await feedNow();
    expect(links.self).toBe(`${world.whole.url}/feed.atom`);
    expect(new Set(entries.map((e) => e.id)).size).toBe(entries.length);
    const times = entries.map((e) => e.published);
    expect(times).toEqual([...times].sort().reverse());
    expect(updated).toBe(entries.map((e) => e.updated).reduce((a, b) => (a > b ? a : b)));
    for (const e of entries) {
      expect(e.id).toMatch(/^tag:127\.0\.0\.1,2024-04-15:lujian\/(bar|pool)\//);
      for (const time of [e.published, e.updated])
        expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
      expect(e.updated >= e.published).toBe(true);
      expect((await world.at(e.link.replace(world.whole.url, ''))).status).toBe(200);
    }
    expect(titlesOf(entries, world.barId)).toEqual(['列入黑名单 Listed']);
    expect(titlesOf(entries, world.shownBarId)).toEqual(['公开不再采信决定 Published']);
    expect(titlesOf(entries, leaver.uscc).sort()).toEqual(
      ['纳入名录 Entered the register', '退出名录 Left the register'].sort(),
    );
    const listing = entries.find((e) => e.link.endsWith(world.barId))!;
    expect(listing.title).toContain('示例<script>alert(1)</script>');
    expect(listing.summary).toContain('届满日2029年3月2日，可再次采信之日2029年3月3日');
    const again = await feedNow();
    expect(again.entries.map((e) => e.id)).toEqual(entries.map((e) => e.id));
  });

  test('tells of a stay and of an annulment', async () => {
    const institution = await anInstitution(world.whole);
    const subject = await aCaseSubject(world.whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    const scan = await aFile(world.whole.lead);
    const paper = paperOn(world.today, 0, scan);
    await done(
      world.whole.secondLead.post(`/case-subjects/${subject.id}/stays`, { ...paper, from: world.today, until: null }),
    );
    const stayedPage = readOf(await world.page(`/institutions/${institution.uscc}`));
    expect(stayedPage).toContain('有不再采信决定，当日停止执行');
    world.whole.clock.advance(1_000);
    await done(
      world.whole.secondLead.post(`/case-subjects/${subject.id}/annul`, {
        ...paper,
        from: world.today,
        reason: '示例撤销',
      }),
    );
    const { entries } = await feedNow();
    const barId = subject.service!.bar.id;
    expect(titlesOf(entries, barId).sort()).toEqual(
      [
        '列入黑名单 Listed',
        '不再采信决定停止执行 Execution stayed',
        '不再采信决定撤销或变更 Annulled or changed',
      ].sort(),
    );
    const shown = readOf(await world.page(`/blacklist/${subject.service!.bar.id}`));
    expect(shown).toContain('已撤销或变更');
    // Nobody is told that it still holds until some day.
    expect(shown).toContain('撤销或变更自 2026年3月2日 原届满日 2029年3月2日');
    expect(shown).not.toMatch(/当日仍不予采信|可再次采信之日 \d/);
    expect(readOf(await world.page(`/institutions/${institution.uscc}`))).not.toMatch(/可再次采信之日 \d/);
    const told = entries.filter((e) => e.link.endsWith(subject.service!.bar.id)).map((e) => e.summary);
    for (const summary of told) expect(summary).toMatch(/原届满日2029年3月2日。/);
    // What is told of the listing is another thing now, and readers of the feed are told that it is.
    const { published, updated } = entries.find((e) => e.title.startsWith('列入') && e.link.endsWith(barId))!;
    expect(updated > published).toBe(true);
  });

  test('names no last day where a stay without end is to come: record, lists, open data and feed say so in words', async () => {
    const institution = await anInstitution(world.whole);
    await world.enter(institution);
    const subject = await aCaseSubject(world.whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    const paper = paperOn(world.today, 0, await aFile(world.whole.lead));
    const days = { from: addDays(world.today, 10), until: null };
    await done(world.whole.secondLead.post(`/case-subjects/${subject.id}/stays`, { ...paper, ...days }));
    const open = '自2026年3月12日起停止执行，没有确定终止之日';
    const record = `/institutions/${institution.uscc}`;
    const entry = `/blacklist/${subject.service!.bar.id}`;
    for (const path of [record, `/search?q=${institution.uscc}`, entry, `/blacklist?q=${institution.uscc}`]) {
      const text = readOf(await world.page(path));
      expect([path, text]).toEqual([path, expect.stringContaining(open)]);
      // The eve of the stay is nobody's last day, and the day as decided is not told as if nothing were to come.
      const misleading = /2026年3月11日|(?<!决定所定)届满日 ?2029|可再次采信之日 ?\d/;
      expect([path, misleading.exec(text)?.[0]]).toEqual([path, undefined]);
    }
    expect(readOf(await world.page(`/en${record}`))).toContain(
      'execution is stayed from 12 March 2026 without a set end, so the last barred day is not yet known',
    );
    for (const day of ['2026-03-11', '2026-03-12', '2029-03-02']) {
      expect(readOf(await world.page(`${entry}?asOf=${day}`))).toContain('（决定所定届满日2029年3月2日）');
    }
    expect(readOf(await world.page(`${record}?asOf=2026-03-11`))).toContain('不得采信');
    expect(readOf(await world.page(`${record}?asOf=2026-03-12`))).toContain('可以采信 有不再采信决定，当日停止执行');
    // After the term as decided it is over, whether it was ever resumed or not.
    expect(readOf(await world.page(`${entry}?asOf=2029-03-03`))).toMatch(/已届满.*届满日 2029年3月2日 可再次采信之日/);
    const { items } = await done(world.whole.anyone.get('/public/institutions.json'));
    expect(items.find((i: { uscc: string }) => i.uscc === institution.uscc)).toMatchObject({
      ...{ bar: 'barred', lastBarredDay: null, freeFrom: null },
    });
    const told = (await feedNow()).entries.filter((e) => e.link.endsWith(entry)).map((e) => e.summary);
    expect(told).toHaveLength(2);
    for (const summary of told) expect(summary).toContain(`${open}（决定所定届满日2029年3月2日）`);
  });

  test('tells once what was entered twice', async () => {
    const institution = await anInstitution(world.whole);
    const subject = await aCaseSubject(world.whole, { kind: 'institution', id: institution.id }, { state: 'served' });
    const paper = paperOn(world.today, 0, await aFile(world.whole.lead));
    const days = { from: world.today, until: addDays(world.today, 5) };
    const { items } = await done(world.whole.bureau.get('/bars?limit=200'));
    const { caseSubjectId } = items.find((b: { id: string }) => b.id === world.shownBarId);
    const impactAssessmentFileId = await aFile(world.whole.lead);
    for (let n = 0; n < 2; n += 1) {
      await done(world.whole.secondLead.post(`/case-subjects/${subject.id}/stays`, { ...paper, ...days }));
      const again = { ...paper, impactAssessmentFileId };
      await done(world.whole.secondLead.post(`/case-subjects/${caseSubjectId}/publicise`, again));
    }
    const { entries } = await feedNow();
    expect(new Set(entries.map((e) => e.id)).size).toBe(entries.length);
    expect(titlesOf(entries, world.shownBarId)).toEqual(['公开不再采信决定 Published']);
  });

  test('goes back by pages as far as there is anything to tell, each change once', async () => {
    for (let n = 0; n < 55; n += 1) await world.enter(await anInstitution(world.whole));
    const seen: Entry[] = [];
    let path: string | undefined = '/feed.atom';
    for (let turn = 0; path !== undefined; turn += 1) {
      const { links, entries }: Feed = await feedNow(path);
      expect(links).toMatchObject({
        self: world.whole.url + path,
        first: `${world.whole.url}/feed.atom`,
        alternate: `${world.whole.url}/`,
      });
      if (links.next !== undefined) expect(entries).toHaveLength(50);
      expect(turn).toBeLessThan(5);
      seen.push(...entries);
      path = links.next?.replace(world.whole.url, '');
    }
    expect(seen.length).toBeGreaterThan(60);
    expect(new Set(seen.map((e) => e.id)).size).toBe(seen.length);
    const times = seen.map((e) => e.published);
    expect(times).toEqual([...times].sort().reverse());
    const { items } = await done(world.whole.anyone.get('/public/institutions.json'));
    const entered = seen.filter((e) => e.title.startsWith('纳入名录')).map((e) => e.link.slice(-18));
    expect(entered).toEqual(expect.arrayContaining(items.map((i: { uscc: string }) => i.uscc)));
    for (const place of ['garbage', '1.bar/', '99999999999999999.bar/x', '-1.bar/x', '1.bar/<script>']) {
      const wrong = await world.at(`/feed.atom?before=${encodeURIComponent(place)}`);
      expect([place, wrong.status]).toEqual([place, 400]);
      expect(readOf(wrong.text)).toContain('请不带 before 参数重新读取订阅');
    }
  });

  test('tells of the end of a term on the first free day, and not a day sooner', async () => {
    const { clock } = world.whole;
    const on = async (moment: string): Promise<Entry | undefined> => {
      clock.advance(parseInstant(moment) - clock.now());
      return (await feedNow()).entries.find(
        (e) => e.link.endsWith(world.barId) && e.title.startsWith('不再采信期间届满'),
      );
    };
    // 23:59 and 00:00 in Asia/Shanghai.
    expect(await on('2029-03-02T15:59:00.000Z')).toBeUndefined();
    expect(await on('2029-03-02T16:00:00.000Z')).toMatchObject({
      id: `tag:127.0.0.1,2024-04-15:lujian/bar/${world.barId}/ended`,
      updated: '2029-03-02T16:00:00.000Z',
    });
    expect(readOf(await world.page('/blacklist'))).toContain('2029年3月3日没有在不再采信期间内的机构或人员');
    expect(await world.page('/blacklist?state=past')).toContain(`href="/blacklist/${world.barId}"`);
  });
});
