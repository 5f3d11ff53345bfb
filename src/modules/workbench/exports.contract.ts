import * as z from 'zod';
import { dayField, idParams, lineField, momentQuery } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import { provinceField } from '../mines/mines.contract';
import { trailFilters } from './audit-trail.contract';

const format = z.enum(['xlsx', 'csv']).default('xlsx').describe('XLSX 或 CSV（UTF-8）');
const download = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'];
const tag = '导入导出';
const access = { permission: 'register.read' };
const q = lineField(200).optional().describe('与列表相同：名称（含曾用名）或代码');

/** Lists as files, with the filters of the list routes; identity numbers are in none of them. */
export const exportRoutes = {
  organisations: route({
    method: 'get',
    path: '/exports/organisations',
    summary: '导出组织名录 the list of bodies as a file',
    tag,
    access,
    query: z.strictObject({ format, q }),
    download,
  }),
  institutions: route({
    method: 'get',
    path: '/exports/institutions',
    summary: '导出评估机构名录 the list of assessors as a file',
    tag,
    access,
    query: z.strictObject({ format, q }),
    download,
  }),
  experts: route({
    method: 'get',
    path: '/exports/experts',
    summary: '导出评估人员名录，不含证件号码 the list of persons as a file, without identity numbers',
    tag,
    access,
    query: z.strictObject({ format, number: lineField(32).optional().describe('公开编号或其开头') }),
    download,
  }),
  staff: route({
    method: 'get',
    path: '/exports/institutions/:id/staff',
    summary: '导出机构在某时点的人员 staff of an institution as a file',
    tag,
    access,
    params: idParams,
    query: z.strictObject({ format, ...momentQuery }),
    download,
    problems: ['request.not-found'],
  }),
  mines: route({
    method: 'get',
    path: '/exports/mines',
    summary: '导出矿山名录 the list of mines as a file',
    tag,
    access,
    query: z.strictObject({ format, q, province: provinceField.optional() }),
    download,
  }),
  blacklist: route({
    method: 'get',
    path: '/exports/blacklist',
    summary: '导出黑名单（不再采信名单） the blacklist as a file',
    tag,
    access,
    query: z.strictObject({
      format,
      state: z.enum(['current', 'past', 'all']).default('current').describe('期间内（含停止执行）、已届满或撤销、全部'),
      asOf: dayField.optional().describe('有效时点，默认今日'),
    }),
    download,
  }),
  auditEntries: route({
    method: 'get',
    path: '/exports/audit-entries',
    summary: '导出所查阅的日志，不含记录内容 the log as filtered as a file, without payloads',
    tag,
    access: { permission: 'audit.read' },
    query: z.strictObject({ format, ...trailFilters }),
    download,
    problems: ['request.unprocessable'],
  }),
};
