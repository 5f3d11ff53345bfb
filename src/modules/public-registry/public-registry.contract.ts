import * as z from 'zod';
import { dayField } from '../../kernel/http/fields';
import { pageQuery, route } from '../../kernel/http/route';
import { publicBar } from '../sanctions/sanctions.contract';

const listQuery = {
  state: z
    .enum(['current', 'past', 'all'])
    .default('current')
    .describe('current 期间内（含停止执行），past 已届满、撤销'),
  asOf: dayField.optional().describe('有效时点，默认今日'),
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

const tag = '公开查询';

export const publicRoutes = {
  blacklist: route({
    method: 'get',
    path: '/public/blacklist',
    tag,
    summary: '黑名单（不再采信名单），依据自然资规〔2024〕1号第（十七）条 The blacklist, by pages',
    access: 'public',
    query: z.strictObject({ ...pageQuery, ...listQuery }),
    reply: blacklistReply,
  }),
  blacklistJson: route({
    method: 'get',
    path: '/public/blacklist.json',
    tag,
    summary: '黑名单全表 JSON The whole list',
    access: 'public',
    query: z.strictObject(listQuery),
    reply: blacklistReply,
  }),
  blacklistCsv: route({
    method: 'get',
    path: '/public/blacklist.csv',
    tag,
    summary: '黑名单全表 CSV（UTF-8） The whole list as CSV',
    access: 'public',
    query: z.strictObject(listQuery),
    download: ['text/csv'],
  }),
};
