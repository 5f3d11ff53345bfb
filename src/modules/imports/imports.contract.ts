import * as z from 'zod';
import { dayField, idField, idParams, lineField, paperField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { importStates } from './imports.states';

/** What may be imported; each register declares its own columns. */
export const importKinds = ['organisations', 'institutions', 'staff', 'mines'] as const;
export type ImportKind = (typeof importKinds)[number];

export const importModes = ['all-or-nothing', 'good-rows'] as const;
/** 全部正确才登记、只登记正确的行. */
export type ImportMode = (typeof importModes)[number];

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** How long anything of an import stays behind, in hours: told to the user, kept by a job. */
export const KEPT_AFTER_END_H = 24;
export const ABANDONED_AFTER_H = 72;

const reply = z.object({
  id: z.string(),
  kind: z.enum(importKinds),
  institutionId: z.string().nullable().describe('人员登记表所属的评估机构'),
  fileName: z.string(),
  sha256: z.string(),
  uploadedAt: z.string(),
  repeated: z.boolean().describe('同一文件此前已导入或正在导入，本次没有改变任何内容'),
  state: z.enum(importStates).describe('读取中、已检查、无法读取、登记中、已完成、已取消、已清除'),
  mode: z.enum(importModes).nullable().describe('全部正确才登记、只登记正确的行；选定前为 null'),
  format: z.enum(['csv', 'xlsx']),
  sheet: z.string().nullable().describe('所读工作表；CSV 为 null'),
  headerRow: z.number().int(),
  columns: z.array(z.object({ column: z.string(), title: z.string() })).describe('识别出的列'),
  unknownColumns: z.array(z.object({ column: z.string(), title: z.string() })).describe('不认识、未读取的列'),
  notes: z.array(z.string()).describe('读取时的提示：隐藏的行、未读的工作表等'),
  progress: z.object({
    row: z.number().int().describe('读取或登记到的行号；“全部正确才登记”在最后一行之后一并生效'),
    settled: z.boolean().describe('没有工作在进行'),
  }),
  counts: z
    .object({
      read: z.number().int(),
      good: z.number().int(),
      faulty: z.number().int(),
      repeated: z.number().int().describe('与前面的行或已登记的内容相同，不重复登记'),
      blank: z.number().int(),
      applied: z.number().int().describe('已登记的行；完成时等于 good'),
    })
    .describe('表头以下的行：read = good + faulty + repeated + blank'),
  stopped: z.string().nullable().describe('未能读完或未能登记的原因'),
  filesKeptUntil: z.string().nullable().describe('上传的文件和未登记的内容最迟在此时清除'),
  may: z.array(z.enum(['apply', 'cancel', 'sheet'])).describe('此时可做的操作'),
});
export type ImportReply = z.input<typeof reply>;

const faultRow = z.object({
  row: z.number().int(),
  verdict: z.enum(['faulty', 'repeated', 'remarked']).describe('有误、重复、通过但有提示'),
  faults: z.array(
    z.object({
      column: z.string().nullable().describe('列字母；整行的问题为 null'),
      title: z.string().nullable(),
      reason: z.string(),
    }),
  ),
});
export type ImportFaultRow = z.input<typeof faultRow>;

const tag = '导入导出';
const access = { permission: 'import.use' };
const wait = z.coerce.number().int().min(0).max(30).default(0).describe('最多等待几秒，直到读取或登记告一段落');

const readingProblems = [
  'request.media-type',
  'import.old-format',
  'import.encrypted',
  'import.html',
  'import.macros',
  'import.not-a-table',
  'import.encoding',
  'import.broken',
  'import.hostile',
  'import.too-large',
  'import.no-header',
  'import.columns-missing',
  'import.columns-doubled',
  'import.sheet-ambiguous',
  'import.no-such-sheet',
];

export const importRoutes = {
  template: route({
    method: 'get',
    path: '/imports/templates/:kind',
    summary: '导入模板，含填表说明和示例 template with notes and an example row',
    tag,
    access,
    params: z.object({ kind: z.enum(importKinds) }),
    query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    download: [XLSX, 'text/csv'],
  }),
  upload: route({
    method: 'post',
    path: '/imports/:kind',
    summary: '上传表格（XLSX 或 CSV），逐行检查，尚不登记 upload a sheet to be checked; nothing is registered yet',
    tag,
    access,
    params: z.object({ kind: z.enum(importKinds) }),
    query: z.strictObject({
      institutionId: idField.optional().describe('人员登记表所属的评估机构；机构经办人可不填'),
      from: dayField.optional().describe('各行内容自该日起（行内另有日期的以行内为准）；缺省为今日'),
      paper: paperField.optional().describe('登记依据；缺省为文件名'),
      sheet: lineField(100).optional().describe('有多个工作表适用时，所读工作表的名称'),
    }),
    upload: true,
    reply,
    status: 202,
    events: ['import.received', 'import.repeated'],
    problems: ['request.not-found', 'import.forbidden', 'import.institution-needed', ...readingProblems],
  }),
  list: route({
    method: 'get',
    path: '/imports',
    summary: '本单位的导入，新的在前 imports of one’s own office or institution',
    tag,
    access,
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(importStates).optional().describe('只列处于该状态的；已检查而未登记的为 checked'),
      withFaults: z.enum(['true', 'false']).optional().describe('true 只列有误行的，false 只列没有误行的'),
    }),
    reply: pageOf(reply),
  }),
  read: route({
    method: 'get',
    path: '/imports/:id',
    summary: '导入的进度和检查结果 progress and outcome of one import',
    tag,
    access,
    params: idParams,
    query: z.strictObject({ wait }),
    reply,
    problems: ['request.not-found'],
  }),
  faults: route({
    method: 'get',
    path: '/imports/:id/faults',
    summary: '有误、重复和有提示的行，逐项列出行、列、原因 every fault and remark with row, column and reason',
    tag,
    access,
    params: idParams,
    query: z.strictObject({
      ...pageQuery,
      verdict: z
        .enum(['faulty', 'repeated', 'remarked'])
        .optional()
        .describe('缺省为有误和重复的行；remarked 为通过但有提示的行'),
    }),
    reply: pageOf(faultRow),
    problems: ['request.not-found'],
  }),
  sheet: route({
    method: 'get',
    path: '/imports/:id/sheet',
    summary: '原表加“校验结果”列，有误的单元格标红（XLSX） the same sheet with a column of results',
    tag,
    access,
    params: idParams,
    download: [XLSX, 'text/csv'],
    problems: ['request.not-found', 'import.wrong-state', 'import.file-gone'],
  }),
  apply: route({
    method: 'post',
    path: '/imports/:id/apply',
    summary: '按所选方式登记 register: all rows or none, or the good ones',
    tag,
    access,
    params: idParams,
    body: z.strictObject({ mode: z.enum(importModes).describe('全部正确才登记、只登记正确的行') }),
    reply,
    status: 202,
    events: ['import.confirmed'],
    problems: ['request.not-found', 'import.forbidden', 'import.wrong-state', 'import.faulty', 'import.nothing-good'],
  }),
  cancel: route({
    method: 'post',
    path: '/imports/:id/cancel',
    summary:
      '取消或放弃尚未登记的导入（读取中、已检查、无法读取），清除上传的内容 cancel or discard; what was uploaded is removed',
    tag,
    access,
    params: idParams,
    reply,
    status: 200,
    events: ['import.cancelled'],
    problems: ['request.not-found', 'import.wrong-state'],
  }),
};

const saveAs = '{detail}';
const kept = '未登记任何内容。';

export const importProblems: ProblemList = {
  'import.old-format': {
    status: 422,
    title: '旧格式的表格文件',
    detail: saveAs,
    en: { title: 'A table file of an old format', detail: '{detail}' },
  },
  'import.encrypted': {
    status: 422,
    title: '文件已加密',
    detail: saveAs,
    en: { title: 'The file is encrypted', detail: '{detail}' },
  },
  'import.html': {
    status: 422,
    title: '文件实际是网页',
    detail: saveAs,
    en: { title: 'The file is in fact a web page', detail: '{detail}' },
  },
  'import.macros': {
    status: 422,
    title: '工作簿含有宏',
    detail: saveAs,
    en: { title: 'The workbook contains macros', detail: '{detail}' },
  },
  'import.not-a-table': {
    status: 422,
    title: '文件不是表格',
    detail: saveAs,
    en: { title: 'The file is no table', detail: '{detail}' },
  },
  'import.encoding': {
    status: 422,
    title: '无法识别文字编码',
    detail: saveAs,
    en: { title: 'The text encoding is not recognised', detail: '{detail}' },
  },
  'import.broken': {
    status: 422,
    title: '文件不完整或已损坏',
    detail: saveAs,
    en: { title: 'The file is incomplete or damaged', detail: '{detail}' },
  },
  'import.hostile': {
    status: 422,
    title: '文件内容异常',
    detail: saveAs,
    en: { title: 'The content of the file is abnormal', detail: '{detail}' },
  },
  'import.too-large': {
    status: 422,
    title: '文件过大',
    detail: saveAs,
    en: { title: 'The file is too large', detail: '{detail}' },
  },
  'import.no-header': {
    status: 422,
    title: '没有找到表头',
    detail: '前 40 行内没有可识别的表头；请使用模板，或使表头含有：{columns}。',
    en: {
      title: 'No header found',
      detail: 'The first 40 lines hold no header that is known; use the template, or a header with: {columns}.',
    },
  },
  'import.columns-missing': {
    status: 422,
    title: '缺少必填的列',
    detail: '工作表“{sheet}”的表头缺少：{columns}；请补上后重新上传。',
    en: {
      title: 'Needed columns are missing',
      detail: 'The header of the sheet “{sheet}” lacks: {columns}; add them and upload it again.',
    },
  },
  'import.columns-doubled': {
    status: 422,
    title: '列重复出现',
    detail: '下列表头含义相同或重复：{columns}；请删去多余的列。',
    en: {
      title: 'Columns stand twice',
      detail: 'These headers mean the same or stand twice: {columns}; delete what is too much.',
    },
  },
  'import.sheet-ambiguous': {
    status: 422,
    title: '有多个工作表适用',
    detail: '工作表 {sheets} 的表头都符合；请用 sheet 指明要导入的一个。',
    en: {
      title: 'Several sheets fit',
      detail: 'The headers of the sheets {sheets} all fit; name the one to import in sheet.',
    },
  },
  'import.no-such-sheet': {
    status: 422,
    title: '没有这个工作表',
    detail: '没有名为“{sheet}”的可见工作表；现有：{sheets}。',
    en: { title: 'No such sheet', detail: 'There is no visible sheet named “{sheet}”; there are: {sheets}.' },
  },
  'import.institution-needed': {
    status: 422,
    title: '请指明评估机构',
    detail: '人员登记表属于一家评估机构；请用 institutionId 指明。',
    en: {
      title: 'Please name the institution',
      detail: 'A staff form belongs to one institution; name it in institutionId.',
    },
  },
  'import.forbidden': {
    status: 403,
    title: '无权导入此类内容',
    detail: '您的岗位不能登记“{title}”。',
    en: { title: 'You may not import this', detail: 'Your post may not register “{title}”.' },
  },
  'import.wrong-state': {
    status: 409,
    title: '此时不能这样做',
    detail: '该导入现为“{state}”；请查看 may 中可做的操作。',
    en: { title: 'Not possible now', detail: 'The import is “{state}” now; see in may what can be done.' },
  },
  'import.faulty': {
    status: 422,
    title: '有行未通过检查',
    detail: `有 {faulty} 行有误，未登记任何一行；请改正后重新上传，或选择“只登记正确的行”。`,
    en: {
      title: 'Some lines did not pass',
      detail:
        '{faulty} lines have faults, and no line was registered; correct them and upload it again, or choose “register only the good lines”.',
    },
  },
  'import.nothing-good': {
    status: 422,
    title: '没有可登记的行',
    detail: `各行均有误、重复或为空，${kept}`,
    en: {
      title: 'No line to register',
      detail: 'Every line has faults, is double or is empty; nothing was registered.',
    },
  },
  'import.file-gone': {
    status: 410,
    title: '文件已清除',
    detail: '上传的文件在取消时、完成后 24 小时或搁置 72 小时后清除；请查看已保存的检查结果，或重新上传。',
    en: {
      title: 'The file is cleared',
      detail:
        'The uploaded file is cleared on cancellation, 24 hours after completion or after 72 hours of rest; look at the result of the check that was kept, or upload it again.',
    },
  },
};

export const importEvents: EventCatalogue = {
  'import.received': { visibility: 'sealed', title: '上传待导入的表格' },
  'import.repeated': { visibility: 'sealed', title: '重复上传同一表格，未作改变' },
  'import.confirmed': { visibility: 'sealed', title: '选定导入方式' },
  'import.cancelled': { visibility: 'sealed', title: '取消导入' },
  'import.returned': { visibility: 'sealed', title: '他人已先登记或表中行互相冲突，导入退回，未登记任何一行' },
  'import.given-up': { visibility: 'sealed', title: '导入多次中断或被拒绝，停止重试' },
  'import.finished': { visibility: 'public', title: '完成导入' },
  'import.dropped': { visibility: 'sealed', title: '清除搁置的导入' },
};
