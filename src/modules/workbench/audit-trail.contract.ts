import * as z from 'zod';
import { dayField, idParams, lineField } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';

const party = z.object({ id: z.string(), name: z.string(), username: z.string() });

const entryShape = {
  id: z.string(),
  at: z.string().describe('记录时刻'),
  type: z.string().describe('记录类型'),
  title: z.string().describe('所为之事'),
  sealed: z.boolean().describe('封存：公开日志中只有其摘要'),
  role: z.string().describe('以何岗位'),
  authority: z.string().nullable().describe('岗位所属机关的行政区划代码'),
  account: party.nullable().describe('经办人；系统自行办理或未登录的为 null'),
  represented: party.nullable().describe('被代办人；本人办理的为 null'),
  subjects: z.array(z.string()).describe('公开的对象，“类别:公开编号”；封存的没有'),
  requestId: z.string().describe('同一次请求留下的记录编号相同'),
};

const entryView = z.object(entryShape);
export type EntryView = z.input<typeof entryView>;

const entryDetail = z.object({
  ...entryShape,
  postId: z.string().nullable(),
  facts: z
    .array(
      z.object({
        path: z.string().describe('JSON Pointer'),
        value: z.string().describe('值，JSON 文本'),
      }),
    )
    .nullable()
    .describe('记录的内容；不得查看或已依令清除的为 null'),
  withheld: z
    .enum(['permission', 'nobody', 'erased'])
    .nullable()
    .describe('内容为何不显示：须另有权限、仅本人可看、已依令清除'),
  needs: z.string().nullable().describe('withheld 为 permission 时所须的权限'),
  leaf: z.string().describe('日志所承诺的原文'),
});
export type EntryDetail = z.input<typeof entryDetail>;

/** Filters of the trail; its export takes the same. */
export const trailFilters = {
  type: lineField(80).optional().describe('记录类型，见 /audit-event-types'),
  subject: z
    .string()
    .regex(/^[a-z-]{1,30}:[0-9A-Za-z_.-]{1,64}$/, '格式为“类别:公开编号”，例如 institution:91370000MA3X000106。')
    .optional()
    .describe('公开的对象，“类别:公开编号”'),
  account: lineField(100).optional().describe('经办人的用户名或全名'),
  role: lineField(32).optional().describe('以何岗位办理；系统自行办理的为 system'),
  from: dayField.optional().describe('自该日起（含）'),
  to: dayField.optional().describe('至该日止（含）'),
};

const access = { permission: 'audit.read' };
const tag = '日志';

/** The auditor's reading of the log. */
export const trailRoutes = {
  list: route({
    method: 'get',
    path: '/audit-entries',
    summary: '查阅日志，新的在前 Read the log, the latest first',
    tag,
    access,
    query: z.object({ ...pageQuery, ...trailFilters }).strict(),
    reply: pageOf(entryView),
    problems: ['request.unprocessable'],
  }),
  read: route({
    method: 'get',
    path: '/audit-entries/:id',
    summary:
      '查看一条记录；无权查看其内容的只给记录头 Read one entry, with its facts as far as the reader may see them',
    tag,
    access,
    params: idParams,
    reply: entryDetail,
    problems: ['request.not-found'],
  }),
  types: route({
    method: 'get',
    path: '/audit-event-types',
    summary: '记录类型 Types of entries',
    tag,
    access,
    reply: z.object({
      items: z.array(z.object({ type: z.string(), title: z.string(), sealed: z.boolean() })),
    }),
  }),
};
