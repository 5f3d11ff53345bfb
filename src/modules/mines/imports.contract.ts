import * as z from 'zod';
import { dayField, idParams } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

/** Columns of a list; the first two are required, the rest may be left out. */
export const importColumns = [
  'mine_name',
  'province',
  'list',
  'status',
  'note',
  'source_url',
  'licence_number',
  'operator_uscc',
  'size_class',
] as const;
export type ImportColumn = (typeof importColumns)[number];

export interface RowFault {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  column: string | null;
  reason: string;
}

/** Faults beyond this many are counted, not listed. */
export const FAULTS_LISTED = 10_000;

export const importReply = z.object({
  id: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  repeated: z.boolean().describe('同一文件此前已导入，本次没有改变任何内容'),
  read: z.number().int().describe('读入行数（不含表头）= added + skipped + blank'),
  added: z.number().int(),
  skipped: z.number().int().describe('名称、省份与已登记的或前面的行相同，未重复登记'),
  blank: z.number().int().describe('空行'),
  visibleAt: z.string(),
});
export type ImportReply = z.input<typeof importReply>;

export const importRoutes = {
  importList: route({
    method: 'post',
    path: '/mines/imports',
    summary: '导入矿山名录（CSV，UTF-8），全部正确才登记 import a list, all rows or none',
    tag: '矿山登记',
    access: { permission: 'mine.import' },
    query: z.strictObject({ from: dayField.optional().describe('各行内容自该日起；缺省为今日') }),
    upload: true,
    reply: importReply,
    status: 200,
    events: ['mine.imported', 'mine.import-repeated'],
    problems: [
      'request.media-type',
      'mine.import-faulty',
      'mine.import-encoding',
      'mine.import-in-progress',
      'mine.import-overtaken',
    ],
  }),
  readImport: route({
    method: 'get',
    path: '/mines/imports/:id',
    summary: '一次已完成的导入 one finished import',
    tag: '矿山登记',
    access: { permission: 'mine.import' },
    params: idParams,
    reply: importReply,
    problems: ['request.not-found'],
  }),
};

export const importProblems: ProblemList = {
  'mine.import-faulty': {
    status: 422,
    title: '名录有误，未登记任何一行',
    detail: '共读入 {read} 行，{faulty} 行有误；请按 faults 逐项改正后重新上传整个文件。',
    en: {
      title: 'The list has faults, and no line was registered',
      detail:
        '{read} lines were read, {faulty} of them with faults; correct each as faults says and upload the whole file again.',
    },
  },
  'mine.import-encoding': {
    status: 422,
    title: '文件不是 UTF-8 编码',
    detail: '请在表格软件中选择“另存为 CSV UTF-8（逗号分隔）”后重新上传；未登记任何一行。',
    en: {
      title: 'The file is not in UTF-8',
      detail:
        'In the spreadsheet program choose “Save as CSV UTF-8 (comma delimited)” and upload it again; no line was registered.',
    },
  },
  'mine.import-in-progress': {
    status: 409,
    title: '同一文件正在导入',
    detail: '请在 {retryAfter} 秒后再试。',
    en: { title: 'The same file is being imported', detail: 'Try again in {retryAfter} seconds.' },
  },
  'mine.import-overtaken': {
    status: 409,
    title: '导入期间矿山登记有变',
    detail: '有其他人登记了与文件中相同的矿山或采矿许可证；未登记任何一行，请重新上传。',
    en: {
      title: 'Mines changed during the import',
      detail: 'Somebody else registered a mine or mining licence of the file; no line was registered. Upload it again.',
    },
  },
};

export const importEvents: EventCatalogue = {
  'mine.imported': { visibility: 'public', title: '导入矿山名录' },
  'mine.import-repeated': { visibility: 'public', title: '重复导入矿山名录，未作改变' },
};
