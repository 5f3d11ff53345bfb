import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
  idParams,
  leftOpen,
  leftOpenNote,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  spanInOrder,
  unchangedReply,
} from '../../kernel/http/fields';
import { historyQuery, historyRoutes, recordedReply } from '../../kernel/http/history-routes';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { mineListEvents, mineListProblems, mineListRoutes, mineSideReply } from './lists.contract';
import { importEvents, importProblems, importRoutes } from './imports.contract';
import { contactEvents, contactProblems, contactRoutes } from './contacts.contract';
import {
  divisionCodeField,
  licenceNumber,
  listStatuses,
  mineralsField,
  miningMethods,
  operations,
  provinceField,
  sizeClasses,
} from './fields.contract';

export {
  licenceNumber,
  listStatuses,
  provinceField,
  sizeClasses,
  type ListStatus,
  type SizeClass,
} from './fields.contract';

/** What an entry says of a mine. */
export const mineContent = {
  name: lineField(200).describe('矿山名称'),
  province: provinceField,
  division: lineField(100).nullable().default(null).describe('市、县'),
  divisionCode: divisionCodeField.nullable().default(null),
  sizeClass: z.enum(sizeClasses).nullable().default(null).describe('生产规模'),
  minerals: mineralsField.nullable().default(null),
  miningMethod: z
    .enum(miningMethods)
    .nullable()
    .default(null)
    .describe('开采方式：露天、地下、露天加地下、溶浸（水溶）、钻井、其他'),
  operation: z.enum(operations).nullable().default(null).describe('生产状态：在建、在产、停产、闭坑'),
  licenceNumber: licenceNumber.nullable().default(null),
  operatorId: idField.nullable().default(null).describe('矿山企业（采矿权人）的组织编号'),
  list: lineField(100).nullable().default(null).describe('所列名录'),
  status: z.enum(listStatuses).nullable().default(null).describe('名录状态'),
  note: lineField(500).nullable().default(null).describe('备注'),
};

export const registerMine = z.strictObject({
  from: dayField.describe('以下内容自该日起'),
  paper: paperField,
  ...mineContent,
});
export type RegisterMine = z.output<typeof registerMine>;

export const amendMine = z
  .strictObject({ ...spanFields, paper: paperField, ...leftOpen(mineContent) })
  .refine(...spanInOrder);
export type AmendMine = z.output<typeof amendMine>;

/** An amendment with all that it leaves out. */
export type MineEntry = Pick<AmendMine, 'from' | 'lastDay' | 'paper'> & z.output<z.ZodObject<typeof mineContent>>;

const record = z.object({
  ...entryReply,
  name: z.string(),
  provinceCode: z.string(),
  province: z.string(),
  division: z.string().nullable(),
  divisionCode: z.string().nullable(),
  sizeClass: z.enum(sizeClasses).nullable(),
  minerals: z.string().nullable(),
  mineralList: z.array(z.string()).describe('矿种清单，主矿种在前'),
  miningMethod: z.enum(miningMethods).nullable(),
  operation: z.enum(operations).nullable(),
  licenceNumber: z.string().nullable(),
  operatorId: z.string().nullable(),
  list: z.string().nullable(),
  status: z.enum(listStatuses).nullable(),
  note: z.string().nullable(),
});

export const mineReply = z.object({
  id: z.string(),
  version: z.number().int(),
  importId: z.string().nullable().describe('随哪次导入登记'),
  ...momentReply,
  record: record.nullable().describe('该时点的内容；当时尚无内容为 null'),
  ...mineSideReply,
});
export type MineReply = z.input<typeof mineReply>;

export const mineItem = z.object({
  id: z.string(),
  name: z.string().nullable(),
  province: z.string().nullable(),
  sizeClass: z.enum(sizeClasses).nullable(),
  licenceNumber: z.string().nullable(),
  operatorId: z.string().nullable(),
  list: z.string().nullable(),
  status: z.enum(listStatuses).nullable(),
});
export type MineItem = z.input<typeof mineItem>;

export const mineHistory = z.object({ id: z.string(), entries: z.array(record.extend(recordedReply)) });
export type MineHistory = z.input<typeof mineHistory>;

const tag = '矿山登记';

const clashes = [
  'mine.licence-of-another',
  'mine.licence-registered',
  'mine.already-registered',
  'mine.operator-missing',
  'mine.division-not-in-province',
];

export const mineRoutes = {
  // Before `/mines/:id`: routes are tried in their order.
  ...importRoutes,
  ...mineListRoutes,
  ...contactRoutes,
  register: route({
    method: 'post',
    path: '/mines',
    summary: '登记矿山 register a mine',
    tag,
    access: { permission: 'mine.register' },
    body: registerMine,
    reply: mineReply,
    events: ['mine.registered'],
    problems: clashes,
    etag: true,
  }),
  amend: route({
    method: 'post',
    path: '/mines/:id/versions',
    summary: `登记矿山企业、许可证、名录状态等的变更或更正；${leftOpenNote.zh} record what holds from a day on; ${leftOpenNote.en}`,
    tag,
    access: { permission: 'mine.amend' },
    params: idParams,
    body: amendMine,
    reply: mineReply.extend(unchangedReply),
    events: ['mine.amended'],
    problems: ['request.not-found', ...clashes],
    etag: true,
    ifMatch: true,
  }),
  list: route({
    method: 'get',
    path: '/mines',
    summary: '矿山列表，可按名称（含曾用名）或采矿许可证号查找 list, found by any name or by licence',
    tag,
    access: { permission: 'mine.read' },
    query: z.strictObject({ ...pageQuery, q: lineField(200).optional(), province: provinceField.optional() }),
    reply: pageOf(mineItem),
  }),
  read: route({
    method: 'get',
    path: '/mines/:id',
    summary: '矿山在某时点的情况 one mine as of a day, as known at an instant',
    tag,
    access: { permission: 'mine.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: mineReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  ...historyRoutes({ path: '/mines/:id', name: '矿山', tag, permission: 'mine.read' }),
  history: route({
    method: 'get',
    path: '/mines/:id/history',
    summary: '矿山的全部登记内容，含登记人 all entries known at an instant, with who made them',
    tag,
    access: { permission: 'mine.read' },
    params: idParams,
    query: historyQuery,
    reply: mineHistory,
    problems: ['request.not-found'],
  }),
};

export const mineProblems: ProblemList = {
  ...importProblems,
  ...mineListProblems,
  ...contactProblems,
  'mine.licence-of-another': {
    status: 409,
    title: '该采矿许可证属于其他矿山企业',
    detail:
      '采矿许可证号 {licenceNumber} 已登记在另一矿山企业名下（矿山 {mineName}，编号 {mineId}）；请核对许可证，采矿权转让的请在该矿山上登记变更。',
    en: {
      title: 'The mining licence belongs to another operator',
      detail:
        'The mining licence {licenceNumber} is on record under another operator (mine {mineName}, number {mineId}); check the licence, and record a transfer of the mining right on that mine.',
    },
  },
  'mine.licence-registered': {
    status: 409,
    title: '该采矿许可证号已登记',
    detail: '采矿许可证号 {licenceNumber} 已登记为矿山 {mineName}（编号 {mineId}）；请在该矿山上登记变更。',
    en: {
      title: 'The mining licence is on record',
      detail:
        'The mining licence {licenceNumber} is on record as the mine {mineName} (number {mineId}); record a change there.',
    },
  },
  'mine.already-registered': {
    status: 409,
    title: '该矿山已登记',
    detail: '同省已有同名矿山 {mineName}（编号 {mineId}）；确为不同矿山的，请填写各自的采矿许可证号。',
    en: {
      title: 'The mine is registered',
      detail:
        'The province has a mine of the same name, {mineName} (number {mineId}); if it is another mine, give the licence number of each.',
    },
  },
  'mine.division-not-in-province': {
    status: 422,
    title: '行政区划代码不在该省',
    detail: '市、县代码 {divisionCode} 不属于省级代码 {provinceCode}；请核对所在地。',
    en: {
      title: 'The division is not in the province',
      detail:
        'The division code {divisionCode} does not belong to the province {provinceCode}; check where the mine lies.',
    },
  },
  'mine.operator-missing': {
    status: 422,
    title: '矿山企业尚未登记',
    detail: '没有编号为 {operatorId} 的组织；请先登记该矿山企业。',
    en: {
      title: 'The operator is not registered',
      detail: 'There is no organisation with the number {operatorId}; register the operator first.',
    },
  },
};

export const mineEvents: EventCatalogue = {
  ...importEvents,
  ...mineListEvents,
  ...contactEvents,
  'mine.registered': { visibility: 'public', title: '登记矿山' },
  'mine.amended': { visibility: 'sealed', title: '登记矿山变更' },
};
