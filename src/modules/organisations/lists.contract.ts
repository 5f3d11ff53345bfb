import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
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
import { creditCode } from './fields.contract';

// Dated lists of a body: each is sent and read whole, every line with its days. A line that stays as it was keeps the
// instant at which it was recorded.

export const ownerRelations = ['shareholder', 'sponsor', 'supervisor'] as const;
/** 股东（出资人）、举办单位、主管单位. */
export type OwnerRelation = (typeof ownerRelations)[number];

export const holderKinds = ['organisation', 'person', 'foreign-organisation'] as const;
export type HolderKind = (typeof holderKinds)[number];

const LONGEST_LIST = 200;

const owner = z.strictObject({
  ...spanFields,
  relation: z.enum(ownerRelations).describe('股东（出资人）、举办单位、主管单位'),
  holderKind: z.enum(holderKinds).describe('组织（有统一社会信用代码）、自然人、境外组织'),
  uscc: creditCode.nullable().default(null).describe('组织的统一社会信用代码'),
  name: lineField(200).nullable().default(null).describe('自然人姓名或境外组织名称'),
  shareBasisPoints: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('出资比例，万分之几；不详为 null'),
});
export type OwnerLine = z.output<typeof owner>;

export const formerCodeKinds = ['credit-code', 'registration-number', 'organisation-code', 'other'] as const;
/** 曾用统一社会信用代码、旧注册号（13 至 15 位）、组织机构代码、其他. */
export type FormerCodeKind = (typeof formerCodeKinds)[number];

const formerCode = z.strictObject({
  kind: z.enum(formerCodeKinds).describe('曾用统一社会信用代码、旧注册号、组织机构代码、其他'),
  code: z.string().min(1).max(64).describe('代码，按所填种类校验'),
  from: dayField.nullable().default(null).describe('启用日；不详为 null'),
  lastDay: dayField.nullable().default(null).describe('最后使用日；不详为 null'),
});
export type FormerCodeLine = z.output<typeof formerCode>;

export const successionKinds = ['absorbed', 'merged', 'divided', 'converted'] as const;
/** 吸收合并、新设合并、分立、改制. */
export type SuccessionKind = (typeof successionKinds)[number];

const successor = z.strictObject({
  organisationId: idField.describe('承继组织的编号'),
  kind: z.enum(successionKinds).describe('吸收合并、新设合并、分立、改制'),
  from: dayField.describe('生效日'),
});
export type SuccessorLine = z.output<typeof successor>;

const listOf = <T extends z.ZodType>(line: T) =>
  z.strictObject({ paper: paperField, items: z.array(line).max(LONGEST_LIST).describe('完整清单，代替原清单') });

const reportedOn = dayField.nullable().default(null).describe('机构报告该变更的日期；不是机构报告的为 null');

export const putOwners = listOf(owner).extend({ reportedOn });
export const putFormerCodes = listOf(formerCode);
export const putSuccessors = listOf(successor);

const replyOf = <T extends z.ZodType>(line: T) =>
  z.object({ organisationId: z.string(), version: z.number().int(), ...momentReply, items: z.array(line) });

const holds = z.boolean().describe('在该有效时点是否成立');

export const ownersReply = replyOf(
  z.object({
    ...entryReply,
    holds,
    relation: z.enum(ownerRelations),
    holderKind: z.enum(holderKinds),
    uscc: z.string().nullable(),
    organisationId: z.string().nullable().describe('该代码已登记为组织时的编号'),
    name: z.string().nullable(),
    shareBasisPoints: z.number().int().nullable(),
  }),
);
export const formerCodesReply = replyOf(
  z.object({
    ...entryReply,
    from: z.string().nullable(),
    kind: z.enum(formerCodeKinds),
    code: z.string(),
  }),
);
export const successorsReply = replyOf(
  z.object({
    ...entryReply,
    holds,
    organisationId: z.string(),
    uscc: z.string(),
    name: z.string(),
    kind: z.enum(successionKinds),
  }),
);
export type OwnersReply = z.input<typeof ownersReply>;
export type FormerCodesReply = z.input<typeof formerCodesReply>;
export type SuccessorsReply = z.input<typeof successorsReply>;

const link = z.object({
  organisationId: z.string(),
  uscc: z.string(),
  name: z.string(),
  kind: z.enum(successionKinds),
  from: z.string(),
});
export const linksReply = { successors: z.array(link), predecessors: z.array(link) };
export type SuccessionLinks = z.input<z.ZodObject<typeof linksReply>>;

export const codeReply = z.object({
  asked: z.string().describe('查询的代码，已规范化'),
  matched: z.enum(['present', 'former']).describe('现行代码、曾用代码'),
  organisationId: z.string(),
  uscc: z.string().describe('现行统一社会信用代码'),
  name: z.string(),
  formerCode: z
    .object({ kind: z.enum(formerCodeKinds), from: z.string().nullable(), lastDay: z.string().nullable() })
    .nullable(),
  ...linksReply,
});
export type CodeReply = z.input<typeof codeReply>;

const tag = '组织登记';
const query = z.strictObject(momentQuery);
const reading = { method: 'get', tag, access: { permission: 'register.read' }, params: idParams, query } as const;
const writing = {
  method: 'put',
  tag,
  access: { permission: 'organisation.amend' },
  params: idParams,
  etag: true,
  ifMatch: true,
} as const;

export const listRoutes = {
  readOwners: route({
    ...reading,
    path: '/organisations/:id/owners',
    summary: '股东、举办单位、主管单位（含以往） owners, past ones too',
    reply: ownersReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  putOwners: route({
    ...writing,
    path: '/organisations/:id/owners',
    summary: '登记股东、举办单位、主管单位的完整清单 record the whole dated list of owners',
    body: putOwners,
    reply: ownersReply,
    events: ['organisation.owners-recorded'],
    problems: ['request.not-found', 'organisation.list-faulty'],
  }),
  readFormerCodes: route({
    ...reading,
    path: '/organisations/:id/former-codes',
    summary: '曾用代码 codes formerly borne',
    reply: formerCodesReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  putFormerCodes: route({
    ...writing,
    path: '/organisations/:id/former-codes',
    summary: '登记曾用代码的完整清单 record the whole list of former codes',
    body: putFormerCodes,
    reply: formerCodesReply,
    events: ['organisation.former-codes-recorded'],
    problems: ['request.not-found', 'organisation.list-faulty', 'organisation.code-of-another'],
  }),
  readSuccessors: route({
    ...reading,
    path: '/organisations/:id/successors',
    summary: '合并、分立、改制后的承继组织 successors',
    reply: successorsReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  putSuccessors: route({
    ...writing,
    path: '/organisations/:id/successors',
    summary: '登记承继组织 record successors by merger, division, conversion',
    body: putSuccessors,
    reply: successorsReply,
    events: ['organisation.successors-recorded'],
    problems: ['request.not-found', 'organisation.list-faulty', 'organisation.succession-circle'],
  }),
  changeCode: route({
    method: 'post',
    path: '/organisations/:id/code-changes',
    summary: '统一社会信用代码换发：原代码转为曾用代码 a new credit code; the old one becomes a former code',
    tag,
    access: { permission: 'organisation.amend' },
    params: idParams,
    body: z.strictObject({ uscc: creditCode, from: dayField.describe('新代码启用日'), paper: paperField, reportedOn }),
    reply: codeReply,
    events: ['organisation.code-changed'],
    problems: [
      'request.not-found',
      'organisation.code-of-another',
      'organisation.form-does-not-fit',
      'organisation.list-faulty',
    ],
    ifMatch: true,
  }),
  byCode: route({
    method: 'get',
    path: '/organisation-codes/:code',
    summary: '按现行或曾用代码查找组织 find a body by a present or a former code',
    tag,
    access: { permission: 'register.read' },
    params: z.object({ code: z.string().min(1).max(64) }),
    reply: codeReply,
    problems: ['request.not-found'],
  }),
};

export const listProblems: ProblemList = {
  'organisation.list-faulty': {
    status: 422,
    title: '清单内容有误',
    detail: '第 {line} 行：{fault}请改正后重新提交完整清单。',
    en: { title: 'The list has faults', detail: 'Line {line}: {fault} Correct it and send the whole list again.' },
  },
  'organisation.code-of-another': {
    status: 409,
    title: '该代码属于其他组织',
    detail: '代码 {code} 是另一组织（编号 {id}）的现行或曾用代码；如两者已合并，请在被合并的组织上登记承继组织。',
    en: {
      title: 'The code belongs to another organisation',
      detail:
        '{code} is a present or former code of another organisation (number {id}); if the two merged, record the successor on the one that was taken over.',
    },
  },
  'organisation.succession-circle': {
    status: 422,
    title: '承继关系成环',
    detail: '组织 {id} 已直接或间接由本组织承继，不能再登记为承继组织；请核对合并、分立文件。',
    en: {
      title: 'The succession runs in a circle',
      detail:
        'The organisation {id} was itself succeeded, directly or through others, by this one and cannot be recorded as its successor; check the papers of the merger or division.',
    },
  },
};

export const listEvents: EventCatalogue = {
  'organisation.owners-recorded': { visibility: 'sealed', title: '登记股东、举办单位、主管单位' },
  'organisation.former-codes-recorded': { visibility: 'public', title: '登记曾用代码' },
  'organisation.successors-recorded': { visibility: 'public', title: '登记承继组织' },
  'organisation.code-changed': { visibility: 'public', title: '统一社会信用代码换发' },
};
