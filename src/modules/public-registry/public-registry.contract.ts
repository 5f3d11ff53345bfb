import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageQuery, route } from '../../kernel/http/route';
import { legalForms } from '../organisations/organisations.contract';
import { publicBar } from '../sanctions/sanctions.contract';

export const listStates = ['current', 'past', 'all'] as const;
export type ListState = (typeof listStates)[number];

const asOf = dayField.optional().describe('有效时点，默认今日');

const listQuery = {
  state: z.enum(listStates).default('current').describe('current 期间内（含停止执行），past 已届满、撤销'),
  asOf,
};

export const blacklistReply = z.object({
  asOf: z.string(),
  generatedAt: z.string(),
  items: z.array(publicBar),
  next: z.string().nullable(),
});

/** Columns of the CSV, in this order. */
export const blacklistColumns = [
  'kind',
  'code',
  'name',
  'ground',
  'decisionNumber',
  'authority',
  'basis',
  'servedOn',
  'lastBarredDay',
  'freeFrom',
  'state',
] as const;

/** What everybody may know of an assessor in a register; nothing of persons. */
export const publicInstitution = z.object({
  uscc: z.string().describe('统一社会信用代码'),
  name: z.string().describe('名称'),
  legalForm: z.enum(legalForms).nullable().describe('组织形式：企业、事业单位、行业协会、其他'),
  address: z.string().nullable().describe('住所'),
  authority: z.string().describe('纳入其名录的主管机关的行政区划代码'),
  authorityName: z.string().describe('主管机关'),
  admittedOn: z.string().describe('纳入之日'),
  bar: z.enum(['free', 'stayed', 'barred']).describe('当日不在不再采信期间、停止执行期间、在不再采信期间内'),
  lastBarredDay: z.string().nullable().describe('届满日；不在不再采信期间的，或因停止执行尚不能确定的，为 null'),
  freeFrom: z.string().nullable().describe('可再次采信之日；为 null 的情形同届满日'),
});
export type PublicInstitution = z.infer<typeof publicInstitution>;

export const institutionsReply = z.object({
  asOf: z.string(),
  generatedAt: z.string(),
  items: z.array(publicInstitution),
  next: z.string().nullable(),
});

/** Columns of the CSV, in this order. */
export const institutionColumns = [
  'uscc',
  'name',
  'legalForm',
  'address',
  'authority',
  'authorityName',
  'admittedOn',
  'bar',
  'lastBarredDay',
  'freeFrom',
] as const satisfies readonly (keyof PublicInstitution)[];

const tag = '公开查询';
const xlsx = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];
const open = { method: 'get', tag, access: 'public' } as const;
const inRegister = z.strictObject({ asOf });

export const publicRoutes = {
  blacklist: route({
    ...open,
    path: '/public/blacklist',
    summary: '黑名单（不再采信名单），依据自然资规〔2024〕1号第（十七）条 The blacklist, by pages',
    query: z.strictObject({ ...pageQuery, ...listQuery }),
    reply: blacklistReply,
  }),
  blacklistJson: route({
    ...open,
    path: '/public/blacklist.json',
    summary: '黑名单全表 JSON The whole list',
    query: z.strictObject(listQuery),
    reply: blacklistReply,
  }),
  blacklistCsv: route({
    ...open,
    path: '/public/blacklist.csv',
    summary: '黑名单全表 CSV（UTF-8） The whole list as CSV',
    query: z.strictObject(listQuery),
    download: ['text/csv'],
  }),
  blacklistXlsx: route({
    ...open,
    path: '/public/blacklist.xlsx',
    summary: '黑名单全表 XLSX，代码为文本 The whole list as a workbook, codes as text',
    query: z.strictObject(listQuery),
    download: xlsx,
  }),
  institutions: route({
    ...open,
    path: '/public/institutions',
    summary: '某日在名录中的评估机构 Assessors in a register on a day, by pages',
    query: z.strictObject({ ...pageQuery, asOf }),
    reply: institutionsReply,
  }),
  institutionsJson: route({
    ...open,
    path: '/public/institutions.json',
    summary: '评估机构名录全表 JSON The whole register',
    query: inRegister,
    reply: institutionsReply,
  }),
  institutionsCsv: route({
    ...open,
    path: '/public/institutions.csv',
    summary: '评估机构名录全表 CSV（UTF-8） The whole register as CSV',
    query: inRegister,
    download: ['text/csv'],
  }),
  institutionsXlsx: route({
    ...open,
    path: '/public/institutions.xlsx',
    summary: '评估机构名录全表 XLSX，代码为文本 The whole register as a workbook, codes as text',
    query: inRegister,
    download: xlsx,
  }),
};
