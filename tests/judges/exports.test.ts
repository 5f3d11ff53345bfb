import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { ask, describeWithJudges } from '../support/judges';
import { anEmployment, anExpert, anInstitution } from '../support/register-builders';
import { bytesOf, foreignRead, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Whole } from '../support/whole-service';

// A clerk prints a list: what a spreadsheet program puts on paper is all there, whole, and can be read.

interface Word {
  text: string;
  left: number;
  middle: number;
  top: number;
  height: number;
}

interface Printed {
  pages: Word[][];
  width: number;
  height: number;
}

const plain = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
  );

/** Where every word stands on every page, in points. */
function printedBy(bbox: string): Printed {
  const pages = bbox.split('<page ').slice(1);
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(pages[0]!)!.map(Number);
  const words = (page: string): Word[] =>
    [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)].map(
      (m) => {
        const [left, top, right, bottom] = m.slice(1, 5).map(Number) as [number, number, number, number];
        return { text: plain(m[5]!), left, middle: (left + right) / 2, top, height: bottom - top };
      },
    );
  return { pages: pages.map(words), width: width!, height: height! };
}

const bare = (text: string): string => text.replace(/\s/g, '');

/** Do words make up the whole text, each right behind the one before, or below the first of its line? */
function stands(words: readonly Word[], text: string): boolean {
  const wanted = bare(text);
  const goOn = (first: Word, before: Word, rest: string): boolean =>
    rest === '' ||
    words.some((w) => {
      if (!opens(w, rest) || w.top - before.top > 3 * before.height) return false;
      if (near(w.top, before.top)) return w.left > before.left && goOn(first, w, past(w, rest));
      const below = w.top > before.top && (near(w.left, first.left) || near(w.middle, first.middle));
      return below && goOn(w, w, past(w, rest));
    });
  return words.some((w) => opens(w, wanted) && goOn(w, w, past(w, wanted)));
}
const near = (a: number, b: number): boolean => Math.abs(a - b) < 3;
const opens = (w: Word, rest: string): boolean => w.text !== '' && rest.startsWith(w.text);
const past = (w: Word, rest: string): string => rest.slice(w.text.length);

const SCOPE =
  '示例经营范围：地质勘查技术服务；矿产资源储量评估；环境影响评价；生态恢复及生态保护服务（依法须经批准的项目除外）';
const CODE = /^[0-9A-Z]{17,}$/;

describeWithJudges('exported lists on paper', ['soffice', 'pdftotext'], () => {
  let whole: Whole;
  let folder: string;
  const lists = ['organisations', 'institutions', 'experts', 'staff', 'mines', 'blacklist'] as const;
  const sheets = new Map<string, unknown[][]>();
  const papers = new Map<string, Printed>();

  const registerAll = async (kind: string, rows: unknown[][]): Promise<void> => {
    const { id } = await done(
      whole.bureau.upload(`/imports/${kind}`, xlsxUpload(foreignXlsx({ sheets: { 表: rows } }))),
      202,
    );
    await done(whole.bureau.get(`/imports/${id}?wait=30`));
    await done(whole.bureau.post(`/imports/${id}/apply`, { mode: 'all-or-nothing' }), 202);
    expect(await done(whole.bureau.get(`/imports/${id}?wait=30`))).toMatchObject({ state: 'finished' });
  };

  beforeAll(async () => {
    whole = await wholeService();
    const bodies = Array.from({ length: 90 }, () => {
      const n = whole.next();
      const name = `示例绿色矿山第三方评估技术咨询服务有限责任公司第${n}号`;
      return [
        name,
        creditCodeOf(n),
        '企业',
        `示例省示例市示例区示例路${n}号示例大厦12层1201室`,
        SCOPE,
        '=1+1',
        '2024-04-01',
      ];
    });
    await registerAll('organisations', [
      ['名称', '信用代码', '组织形式', '住所', '经营范围', '法定代表人', '起始日期'],
      ...bodies,
    ]);
    await registerAll('mines', [
      ['矿山名称', '省份', '市县', '采矿许可证号', '生产规模', '开采方式', '信用代码'],
      [
        '示例集团有限责任公司示例铁矿采选工程示例矿区',
        '山东省',
        '示例市示例县',
        'C3700002009060000000001',
        '大型',
        '露天',
        bodies[0]![1],
      ],
    ]);
    const institution = await anInstitution(whole);
    await anEmployment(whole, await anExpert(whole), institution.id);
    folder = mkdtempSync(path.join(tmpdir(), 'lujian-paper-'));
    mkdirSync(path.join(folder, 'profile'));
    for (const list of lists) {
      const address = list === 'staff' ? `institutions/${institution.id}/staff` : list;
      const bytes = await bytesOf(whole.bureau.get(`/exports/${address}`));
      sheets.set(list, foreignRead(bytes).rows);
      writeFileSync(path.join(folder, `${list}.xlsx`), bytes);
    }
    const files = lists.map((list) => path.join(folder, `${list}.xlsx`));
    const own = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
    const to = ['--headless', '--convert-to', 'pdf', '--outdir', folder, ...files];
    const { status, text } = ask('soffice', [own, ...to]);
    if (status !== 0) throw new Error(text);
    for (const list of lists)
      papers.set(list, printedBy(ask('pdftotext', ['-bbox', path.join(folder, `${list}.pdf`), '-']).text));
  }, 240_000);
  afterAll(async () => {
    await whole?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test.each(lists)('%s: A4 across, title and unit, maker, day and every column on each page', (list) => {
    const { pages, width, height } = papers.get(list)!;
    expect([Math.round(width), Math.round(height)]).toEqual([842, 595]);
    const [title, unit, maker, head] = sheets.get(list)! as string[][];
    expect(unit![0]).toBe('单位：示例省自然资源厅');
    expect(maker![0]).toBe(`制表人：${whole.bureau.name}；日期：2026年3月2日`);
    pages.forEach((words, n) => {
      const wanted = [title![0]!, unit![0]!, maker![0]!, ...head!, `第${n + 1}页，共${pages.length}页`];
      expect(wanted.filter((text) => !stands(words, text))).toEqual([]);
    });
  });

  test.each(lists)('%s: every cell is there and whole, a code in one line, on no more pages than it takes', (list) => {
    const { pages } = papers.get(list)!;
    const rows = sheets.get(list)!.slice(4);
    const cells = rows.map((row) => row.filter((cell) => cell !== null && cell !== undefined).map(String));
    const lost = cells.flatMap((row) => {
      const page = pages.find((words) => row.every((text) => stands(words, text)));
      return page ? [] : [row];
    });
    expect(lost).toEqual([]);
    const words = new Set(pages.flat().map((w) => w.text));
    expect(cells.flat().filter((text) => CODE.test(text) && !words.has(text))).toEqual([]);
    expect(pages.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(rows.length / 5)));
  });

  test.each(lists)('%s: letters are not too small for paper', (list) => {
    const { pages } = papers.get(list)!;
    const heights = pages.flat().map((w) => w.height);
    expect(Math.min(...heights)).toBeGreaterThan(8);
  });
});
