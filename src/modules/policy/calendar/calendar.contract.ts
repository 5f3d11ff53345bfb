import * as z from 'zod';
import { dayField, lineField } from '../../../kernel/http/fields';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { LONGEST_TERM } from '../core/working-days';

const tag = '工作日';

export const tableRef = z.object({ year: z.number(), revision: z.number(), documentNumber: z.string() });

const period = { name: z.string().describe('节日'), from: z.string(), lastDay: z.string().describe('含当日') };

export const calendarTable = tableRef.extend({
  publishedOn: z.string(),
  periods: z.array(z.object(period)).describe('放假'),
  makeUpDays: z.array(z.string()).describe('调休上班的周末'),
  source: z.enum(['shipped', 'entered']).describe('随程序提供，或由人员载入'),
  recordedAt: z.string(),
  revisions: z.array(z.object({ revision: z.number(), documentNumber: z.string(), recordedAt: z.string() })),
});
export type CalendarTable = z.infer<typeof calendarTable>;

const year = z.coerce.number().int().min(2000).max(2199);

const tableBody = z.strictObject({
  documentNumber: lineField(100).describe('发文字号，如 国办发明电〔2025〕7号'),
  publishedOn: dayField.describe('公布日'),
  periods: z
    .array(z.strictObject({ name: lineField(40), from: dayField, lastDay: dayField }))
    .min(1)
    .max(30)
    .describe('放假起止，含假期内的周末'),
  makeUpDays: z.array(dayField).max(60).describe('调休上班的周末'),
});

export const reckoned = z.object({
  day: z.string(),
  provisional: z.boolean().describe('暂定：所涉年度的安排未载入，只按周末推算'),
  tables: z.array(tableRef).describe('所依据的年度安排'),
  steps: z.array(z.string()).describe('计算步骤'),
});

export const calendarRoutes = {
  listTables: route({
    method: 'get',
    path: '/calendar',
    summary: '已载入的各年节假日安排 Years whose table is held',
    tag,
    access: 'public',
    reply: z.object({ years: z.array(tableRef) }),
  }),
  workingDays: route({
    method: 'get',
    path: '/calendar/working-days',
    summary: '推算工作日：自某日起若干个工作日 The day on which so many working days are full',
    tag,
    access: 'public',
    query: z.strictObject({
      from: dayField.describe('开始之日'),
      days: z.coerce.number().int().min(0).max(LONGEST_TERM),
      firstDayCounts: z.enum(['true', 'false']).default('false').describe('开始的当日是否计入；缺省不计入'),
    }),
    reply: reckoned.extend({ from: z.string(), days: z.number() }),
    problems: ['calendar.out-of-range'],
  }),
  readTable: route({
    method: 'get',
    path: '/calendar/:year',
    summary: '某年的节假日安排 The table of one year',
    tag,
    access: 'public',
    params: z.object({ year }),
    reply: calendarTable,
    problems: ['request.not-found'],
  }),
  loadTable: route({
    method: 'put',
    path: '/calendar/:year',
    summary: '载入或更正某年的节假日安排，未办结期限随之重算 Load or correct a year; open deadlines are recomputed',
    tag,
    access: { permission: 'calendar.load' },
    params: z.object({ year }),
    body: tableBody,
    reply: calendarTable.extend({
      moved: z.number().describe('截止日随之变动、已告知有关人员的期限数'),
      pending: z.boolean().describe('其余未办结期限是否仍在后台重算'),
    }),
    events: ['calendar.loaded', 'calendar.confirmed'],
    problems: ['request.unprocessable', 'request.conflict'],
  }),
};

export const calendarProblems: ProblemList = {
  'calendar.out-of-range': {
    status: 422,
    title: '超出可推算的范围',
    detail: '自 {from} 起推算的结果超出 2999 年，请核对日期与天数。',
    en: {
      title: 'Beyond what can be counted',
      detail: 'Counting from {from} leads beyond the year 2999; check day and number of days.',
    },
  },
};

export const calendarEvents: EventCatalogue = {
  'calendar.shipped': { visibility: 'public', title: '随程序提供的节假日安排' },
  'calendar.loaded': { visibility: 'public', title: '载入节假日安排' },
  'calendar.confirmed': { visibility: 'sealed', title: '重复载入相同的节假日安排' },
};
