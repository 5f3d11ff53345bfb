import * as z from 'zod';
import {
  dayField,
  entryReply,
  idParams,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
} from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { licenceNumber, listLevels, listStatuses } from './fields.contract';

// Dated lists of a mine: each is sent and read whole, every line with its days.

const LONGEST_LIST = 200;

const licence = z.strictObject({
  ...spanFields,
  number: licenceNumber,
  issuer: lineField(200).nullable().default(null).describe('发证机关'),
  areaSquareMetres: z
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .default(null)
    .describe('矿区面积，平方米'),
});
export type LicenceLine = z.output<typeof licence>;

const listEntry = z.strictObject({
  ...spanFields,
  level: z.enum(listLevels).describe('国家级名录、省级名录'),
  list: lineField(100).describe('名录名称'),
  status: z.enum(listStatuses).describe('在名录、公示中、整改中、已移出'),
  announcementNumber: lineField(100).nullable().default(null).describe('公告文号'),
  announcedOn: dayField.nullable().default(null).describe('公告日期'),
  correctBy: dayField.nullable().default(null).describe('整改期限；整改中而未填的，自起始日起 6 个月'),
});
export type ListLine = z.output<typeof listEntry>;

const listOf = <T extends z.ZodType>(line: T) =>
  z.strictObject({ paper: paperField, items: z.array(line).max(LONGEST_LIST).describe('完整清单，代替原清单') });

const replyOf = <T extends z.ZodType>(line: T) =>
  z.object({ mineId: z.string(), version: z.number().int(), ...momentReply, items: z.array(line) });

const holds = z.boolean().describe('在该有效时点是否成立');

const licenceShown = z.object({
  ...entryReply,
  holds,
  number: z.string(),
  issuer: z.string().nullable(),
  areaSquareMetres: z.number().int().nullable(),
});
const listShown = z.object({
  ...entryReply,
  holds,
  level: z.enum(listLevels),
  list: z.string(),
  status: z.enum(listStatuses),
  announcementNumber: z.string().nullable(),
  announcedOn: z.string().nullable(),
  correctBy: z.string().nullable(),
  correctionOverdue: z.boolean().describe('该日仍在整改中且已过整改期限；由日期算出'),
});
export type ListShown = z.input<typeof listShown>;

export const licencesReply = replyOf(licenceShown);
export const listEntriesReply = replyOf(listShown);
export type LicencesReply = z.input<typeof licencesReply>;
export type ListEntriesReply = z.input<typeof listEntriesReply>;

/** What every reading of a mine says beside its record. */
export const mineSideReply = {
  licences: z
    .array(
      z.object({ number: z.string(), issuer: z.string().nullable(), areaSquareMetres: z.number().int().nullable() }),
    )
    .describe('该时点有效的采矿许可证'),
  operators: z
    .array(
      z.object({
        organisationId: z.string(),
        uscc: z.string(),
        name: z.string(),
        from: z.string(),
        lastDay: z.string().nullable(),
        present: z.boolean().describe('该时点的矿山企业；否则为曾任'),
      }),
    )
    .describe('矿山企业（采矿权人），含以往'),
  listStatuses: z
    .array(
      z.object({
        level: z.enum(listLevels).nullable().describe('登记内容未说明的为 null'),
        list: z.string().nullable(),
        status: z.enum(listStatuses),
        from: z.string(),
        announcementNumber: z.string().nullable(),
        announcedOn: z.string().nullable(),
        correctBy: z.string().nullable(),
        correctionOverdue: z.boolean(),
      }),
    )
    .describe('该时点在各名录中的状态'),
};
export type MineSide = z.input<z.ZodObject<typeof mineSideReply>>;

const tag = '矿山登记';
const query = z.strictObject(momentQuery);
const reading = {
  method: 'get',
  tag,
  access: { permission: 'mine.read' },
  params: idParams,
  query,
  etag: true,
} as const;
const writing = {
  method: 'put',
  tag,
  access: { permission: 'mine.amend' },
  params: idParams,
  etag: true,
  ifMatch: true,
} as const;

export const mineListRoutes = {
  readLicences: route({
    ...reading,
    path: '/mines/:id/licences',
    summary: '采矿许可证（含以往） licences, past ones too',
    reply: licencesReply,
    problems: ['request.not-found'],
  }),
  putLicences: route({
    ...writing,
    path: '/mines/:id/licences',
    summary: '登记采矿许可证的完整清单 record the whole dated list of licences',
    body: listOf(licence),
    reply: licencesReply,
    events: ['mine.licences-recorded'],
    problems: ['request.not-found', 'mine.list-faulty', 'mine.licence-of-another', 'mine.licence-registered'],
  }),
  readListEntries: route({
    ...reading,
    path: '/mines/:id/list-entries',
    summary: '在各级名录中的状态（含以往） standing in the lists, past ones too',
    reply: listEntriesReply,
    problems: ['request.not-found'],
  }),
  putListEntries: route({
    ...writing,
    path: '/mines/:id/list-entries',
    summary: '登记名录状态的完整清单 record the whole dated list of standings',
    body: listOf(listEntry),
    reply: listEntriesReply,
    events: ['mine.list-entries-recorded'],
    problems: ['request.not-found', 'mine.list-faulty'],
  }),
};

export const mineListProblems: ProblemList = {
  'mine.list-faulty': {
    status: 422,
    title: '清单内容有误',
    detail: '第 {line} 行：{fault}请改正后重新提交完整清单。',
    en: { title: 'The list has faults', detail: 'Line {line}: {fault} Correct it and send the whole list again.' },
  },
};

export const mineListEvents: EventCatalogue = {
  'mine.licences-recorded': { visibility: 'sealed', title: '登记采矿许可证' },
  'mine.list-entries-recorded': { visibility: 'public', title: '登记名录状态' },
};
