import * as z from 'zod';
import { dayField, idParams, instantField } from './fields';
import { pageOf, pageQuery, route } from './route';

// What every register offers on the history of a record: difference of two moments, and who changed what. In a browser too.

/** Who made an entry. Accounts are named to those who may read accounts; others learn the office. */
export const recorderReply = z
  .object({
    office: z.string().nullable().describe('登记单位：主管机关（处室）或评估机构'),
    role: z.string().nullable().describe('岗位角色'),
    account: z.object({ id: z.string(), name: z.string() }).nullable().describe('登记人；无权查看账号的为 null'),
    postId: z.string().nullable().describe('登记岗位；无权查看账号的为 null'),
  })
  .describe('登记人');
export type RecorderReply = z.input<typeof recorderReply>;

/** What histories show of an entry beside what it says and `entryReply`. */
export const recordedReply = {
  supersededAt: z.string().nullable().describe('被更正或替代的时刻；仍有效的为 null'),
  recordedBy: recorderReply.nullable(),
};

/** Query of `/history`. */
export const historyQuery = z.strictObject({
  knownAt: instantField.optional().describe('记录时点：当时已知情况；缺省为现在'),
  superseded: z.enum(['true', 'false']).default('false').describe('true 时连同已被更正、替代的内容一并列出'),
});
export type HistoryQuery = z.output<typeof historyQuery>;

const madeEntry = z.object({
  from: z.string(),
  lastDay: z.string().nullable(),
  recordedAt: z.string(),
  supersededAt: z.string().nullable(),
  paper: z.string().nullable().describe('登记依据的材料名称或文号'),
  recordedBy: recorderReply.nullable(),
});
export type MadeEntry = z.input<typeof madeEntry>;

const value = z.unknown();

const fieldChange = z.object({
  field: z.string(),
  label: z.string().describe('字段的中文名称'),
  before: value.describe('此前；当时尚无内容为 null'),
  after: value.describe('此后；当时已无内容为 null'),
  items: z
    .array(
      z.object({
        key: z.string(),
        change: z.enum(['added', 'removed', 'changed']).describe('增加、减少、变更'),
        before: value,
        after: value,
      }),
    )
    .nullable()
    .describe('字段为列表时逐项比较；否则为 null'),
});
export type LabelledChange = z.input<typeof fieldChange>;

const moment = z.object({
  asOf: z.string(),
  knownAt: z.string(),
  held: z.boolean().describe('该时点有登记内容'),
});

export const diffQuery = z.strictObject({
  fromAsOf: dayField.optional().describe('前一时点的有效时点；缺省为今日'),
  fromKnownAt: instantField.optional().describe('前一时点的记录时点；缺省为现在'),
  toAsOf: dayField.optional().describe('后一时点的有效时点；缺省为今日'),
  toKnownAt: instantField.optional().describe('后一时点的记录时点；缺省为现在'),
});
export type DiffQuery = z.output<typeof diffQuery>;

export const diffReply = z.object({
  id: z.string(),
  from: moment,
  to: moment,
  changes: z.array(fieldChange).describe('不同之处，逐字段；相同的不列'),
  entries: z
    .array(madeEntry.extend({ fields: z.array(z.string()).describe('由该条登记造成不同的字段') }))
    .describe('造成不同的登记：何人、何时、依据何材料'),
});
export type DiffReply = z.input<typeof diffReply>;

export const changeItem = z.object({
  recordedAt: z.string(),
  list: z.object({ field: z.string(), label: z.string() }).nullable().describe('所属列表；记录本身的内容为 null'),
  key: z.string().nullable().describe('列表中的哪一项'),
  entries: z.array(madeEntry).describe('本次登记的内容'),
  stretches: z
    .array(z.object({ from: z.string(), lastDay: z.string().nullable(), changes: z.array(fieldChange) }))
    .describe('自哪日至哪日，与此前所知有何不同'),
});
export type ChangeItem = z.input<typeof changeItem>;

/** The two routes of one register; `path` names one record, `name` is the register in Chinese. */
export const historyRoutes = (of: { path: string; name: string; tag: string; permission: string }) => ({
  diff: route({
    method: 'get',
    path: `${of.path}/diff`,
    summary: `${of.name}在两个时点之间的不同 field by field between two moments, and by which entries`,
    tag: of.tag,
    access: { permission: of.permission },
    params: idParams,
    query: diffQuery,
    reply: diffReply,
    problems: ['request.not-found'],
  }),
  changes: route({
    method: 'get',
    path: `${of.path}/changes`,
    summary: `${of.name}的变更记录：何人何时依据何材料改了什么 who changed what, newest first`,
    tag: of.tag,
    access: { permission: of.permission },
    params: idParams,
    query: z.strictObject(pageQuery),
    reply: pageOf(changeItem),
    problems: ['request.not-found'],
  }),
});

interface Described {
  description?: string;
  def: { innerType?: unknown; in?: unknown };
}

/** The field's Chinese name: its description up to the first sign that begins an explanation. */
function labelOf(schema: Described): string | undefined {
  const own = schema.description?.split(/[：，；。（ ]/u)[0];
  if (own !== undefined && own !== '') return own;
  const inner = (schema.def.innerType ?? schema.def.in) as Described | undefined;
  return inner && labelOf(inner);
}

/** Field names to Chinese names, as the contract's descriptions give them. */
export const labelsOf = (shape: Readonly<Record<string, z.ZodType>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, labelOf(schema as unknown as Described) ?? field]),
  );
