import type * as z from 'zod';
import type { Clock } from '../../kernel/sources';
import { chineseDate, instantText, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import { Download } from '../../kernel/http/endpoint';
import type { Page, PageRequest } from '../../kernel/http/page';
import { mediaTypes, writeTable, type Cell, type SheetColumn } from '../../kernel/tables';
import type { PublicBar, SanctionViews } from '../sanctions';
import { barColumns, barWords } from '../workbench';
import {
  blacklistColumns,
  institutionColumns,
  type blacklistReply,
  type institutionsReply,
  type ListState,
  type PublicInstitution,
} from './public-registry.contract';
import { csvText } from './csv';
import type { LookUp } from './look-up.service';

type Blacklist = z.infer<typeof blacklistReply>;
type Institutions = z.infer<typeof institutionsReply>;
type Asked = { state: ListState; asOf?: LegalDate };

export interface PublicDeps {
  clock: Clock;
  views: Pick<SanctionViews, 'publicList'>;
  lookUp: Pick<LookUp, 'members'>;
  /** The name of the authority that owns the installation, for the head of tables. */
  unit(): Promise<string | undefined>;
}

const BATCH = 200;

type Turn<T> = (cursor?: string) => Promise<{ items: T[]; next: string | null }>;

/** Page by page, so that no statement holds the database for long and a file needs no more memory than a page. */
async function* pages<T>(turn: Turn<T>): AsyncIterable<T[]> {
  let cursor: string | undefined;
  do {
    const page = await turn(cursor);
    if (page.items.length > 0) yield page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

async function whole<T>(turn: Turn<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const items of pages(turn)) all.push(...items);
  return all;
}

const institutionWords: Readonly<Record<string, string>> = {
  enterprise: '企业',
  'public-institution': '事业单位',
  'industry-association': '行业协会',
  other: '其他',
  free: '不在不再采信期间',
  stayed: '停止执行期间',
  barred: '在不再采信期间内',
};

const institutionSheet: readonly [keyof PublicInstitution, string, width: number][] = [
  ['uscc', '统一社会信用代码', 21],
  ['name', '名称', 22],
  ['legalForm', '组织形式', 10],
  ['address', '住所', 22],
  ['authority', '行政区划代码', 10],
  ['authorityName', '主管机关', 18],
  ['admittedOn', '纳入之日', 12],
  ['bar', '不再采信', 14],
  ['lastBarredDay', '届满日', 12],
  ['freeFrom', '可再次采信之日', 12],
];

/** Only these columns are words of ours; whatever is stored stays as it is, even if it reads like one. */
const OWN_WORDS = new Set<string>(['kind', 'state', 'legalForm', 'bar']);

const cellsOf = <T extends object>(
  row: T,
  columns: readonly (readonly [keyof T, string, number])[],
  words: Readonly<Record<string, string>>,
): Cell[] =>
  columns.map(([key]) => {
    const value = row[key] as string | null;
    return value !== null && OWN_WORDS.has(String(key)) ? (words[value] ?? value) : value;
  });

const titlesOf = (columns: readonly (readonly [unknown, string, number])[]): SheetColumn[] =>
  columns.map(([, title, width]) => ({ title, width }));

/** Open data: published bars, and who stands in a register, each as on the day asked about. */
export function createPublicRegistry({ clock, views, lookUp, unit }: PublicDeps) {
  const today = (): LegalDate => legalDateOf(clock.now());
  const generatedAt = (): string => instantText(clock.now());

  const bars =
    ({ state }: Asked, asOf: LegalDate, limit = BATCH) =>
    (cursor?: string): Promise<Page<PublicBar>> =>
      views.publicList({ state, asOf, cursor, limit });

  const institutions =
    (asOf: LegalDate, limit = BATCH) =>
    async (cursor?: string): Promise<Page<PublicInstitution>> => {
      const page = await lookUp.members(asOf, { cursor, limit });
      const items = page.items.map(({ entry, institution: { uscc, name, legalForm, address, standing } }) => ({
        ...{ uscc, name, legalForm, address },
        authority: entry.authority,
        authorityName: entry.authorityName,
        admittedOn: entry.admittedOn,
        bar: standing.state,
        lastBarredDay: standing.lastBarredDay,
        freeFrom: standing.freeFrom,
      }));
      return { ...page, items };
    };

  async function page(query: Asked & PageRequest): Promise<Blacklist> {
    const asOf = query.asOf ?? today();
    const { items, next } = await bars(query, asOf, query.limit)(query.cursor);
    return { asOf, generatedAt: generatedAt(), items, next };
  }

  async function json(query: Asked): Promise<Blacklist> {
    const asOf = query.asOf ?? today();
    return { asOf, items: await whole(bars(query, asOf)), generatedAt: generatedAt(), next: null };
  }

  const csv = async (query: Asked): Promise<Buffer> =>
    Buffer.from(csvText(blacklistColumns, (await json(query)).items), 'utf8');

  async function institutionsPage(query: PageRequest & { asOf?: LegalDate }): Promise<Institutions> {
    const asOf = query.asOf ?? today();
    const { items, next } = await institutions(asOf, query.limit)(query.cursor);
    return { asOf, generatedAt: generatedAt(), items, next };
  }

  async function institutionsJson(query: { asOf?: LegalDate }): Promise<Institutions> {
    const asOf = query.asOf ?? today();
    return { asOf, items: await whole(institutions(asOf)), generatedAt: generatedAt(), next: null };
  }

  async function institutionsCsv(query: { asOf?: LegalDate }): Promise<Buffer> {
    const { items } = await institutionsJson(query);
    const rows = items.map((i) => Object.fromEntries(institutionColumns.map((c) => [c, i[c] ?? ''])));
    return Buffer.from(
      csvText(institutionColumns, rows as Record<(typeof institutionColumns)[number], string>[]),
      'utf8',
    );
  }

  /** A workbook with title, unit, maker and day above the table. */
  async function sheet(
    title: string,
    asOf: LegalDate,
    columns: readonly (readonly [unknown, string, number])[],
    batches: AsyncIterable<Cell[][]>,
    fileName: string,
  ): Promise<Download> {
    const layout = {
      sheet: title,
      title: `${title}（有效时点：${chineseDate(asOf)}）`,
      lines: [
        `单位：${(await unit()) ?? '未设定'}`,
        `制表：绿鉴公开查询；日期：${chineseDate(today())}；依据自然资规〔2024〕1号第（十七）条公开`,
      ],
      columns: titlesOf(columns),
      wrapped: true,
    };
    return new Download(writeTable('xlsx', layout, batches), mediaTypes.xlsx, fileName);
  }

  async function* cells<T extends object>(
    source: AsyncIterable<T[]>,
    columns: readonly (readonly [keyof T, string, number])[],
    words: Readonly<Record<string, string>>,
  ): AsyncIterable<Cell[][]> {
    for await (const items of source) yield items.map((item) => cellsOf(item, columns, words));
  }

  const xlsx = (query: Asked): Promise<Download> => {
    const asOf = query.asOf ?? today();
    const rows = cells(pages(bars(query, asOf)), barColumns, barWords);
    return sheet('黑名单（不再采信名单）', asOf, barColumns, rows, 'blacklist.xlsx');
  };

  const institutionsXlsx = (query: { asOf?: LegalDate }): Promise<Download> => {
    const asOf = query.asOf ?? today();
    const rows = cells(pages(institutions(asOf)), institutionSheet, institutionWords);
    return sheet('评估机构名录', asOf, institutionSheet, rows, 'institutions.xlsx');
  };

  return { page, whole: json, csv, xlsx, institutionsPage, institutionsJson, institutionsCsv, institutionsXlsx };
}

export type PublicRegistry = ReturnType<typeof createPublicRegistry>;
