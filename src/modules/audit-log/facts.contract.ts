import * as z from 'zod';
import { idField, idParams } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';

// Opening facts of entries for those who may see them, and finding the entries of a record.

/** What the list of a record's entries says of each. */
export const entryItem = z.object({
  entryId: z.string().describe('存证编号'),
  at: z.string().describe('登记时刻'),
  type: z.string().describe('事项代码'),
  title: z.string().describe('事项'),
  sealed: z.boolean().describe('存证内容是否封存：封存的只公开承诺'),
  erased: z.boolean().describe('事实已依决定清除，承诺和证明仍在'),
  position: z.number().nullable().describe('在日志中的位置，从 0 起；尚未写入为 null'),
});
export type EntryItem = z.input<typeof entryItem>;

export const factsReply = entryItem.extend({
  facts: z
    .array(z.object({ path: z.string().describe('JSON Pointer（RFC 6901）'), value: z.unknown() }))
    .describe('您可以查看的事实；已清除的为空'),
  hidden: z.number().describe('另有几项事实您无权查看'),
});
export type FactsReply = z.input<typeof factsReply>;

const entryParams = z.object({ entryId: idField.describe('存证编号') });
const tag = '透明日志';
const access = { permission: 'fact.read' } as const;

export const factRoutes = {
  entries: route({
    method: 'get',
    path: '/log/records/:id/entries',
    summary: '某一记录的存证，最近的在前 entries of the log about a record, the latest first',
    tag,
    access,
    params: idParams,
    query: z.strictObject(pageQuery),
    reply: pageOf(entryItem),
  }),
  facts: route({
    method: 'get',
    path: '/log/entries/:entryId/facts',
    summary: '查看某条存证的事实 the facts of an entry that one may see',
    tag,
    access,
    params: entryParams,
    reply: factsReply,
    problems: ['request.not-found'],
  }),
  factFile: route({
    method: 'get',
    path: '/log/entries/:entryId/fact',
    summary: '开示单项事实的文件（lujian-fact-opening/1），其余事实不公开 a file that opens one fact and no other',
    tag,
    access,
    params: entryParams,
    query: z.strictObject({
      path: z
        .string()
        .max(500)
        .regex(/^(?:\/[^/]*)*$/, '路径为 JSON Pointer，例如 /lastBarredDay。')
        .describe('哪一项事实，JSON Pointer')
        .meta({ examples: ['/lastBarredDay'] }),
    }),
    download: ['application/json'],
    problems: ['request.not-found', 'log.fact-erased', 'log.not-integrated', 'log.files-damaged'],
  }),
};

export const factProblems: ProblemList = {
  'log.fact-erased': {
    status: 410,
    title: '事实已依法清除',
    detail: '存证 {id} 的事实已依决定清除，不能再开示；存证本身及其证明仍可核对。',
    en: {
      title: 'The facts were erased',
      detail:
        'The facts of entry {id} were erased by order and cannot be opened any more; the entry and its proof stand.',
    },
  },
};
