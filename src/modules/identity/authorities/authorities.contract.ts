import * as z from 'zod';
import {
  dayField,
  entryReply,
  idField,
  idParams,
  instantField,
  lineField,
  momentReply,
  paperField,
} from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { authorityKinds } from './authorities.rules';

export { authorityKinds, type AuthorityKind } from './authorities.rules';

const codeField = z
  .string()
  .regex(/^\d{6}$/, '须为六位行政区划代码，全国为 100000。')
  .describe('行政区划代码 division code（GB/T 2260；全国 100000，新疆生产建设兵团 660000）');
const kindField = z.enum(authorityKinds).describe('机关类别：自然资源、生态环境、林草、其他');
const nameField = z.string().trim().min(2).max(100).describe('机关全称');

const authority = z.object({ code: codeField, name: nameField, kind: kindField });
export type AuthorityInput = z.output<typeof authority>;

const parentFields = {
  parentId: idField.nullable().default(null).describe('上级机关的 id；没有上级为 null'),
  parentBasis: lineField(200)
    .nullable()
    .default(null)
    .describe('上级机关的行政区划不含本机关时的隶属依据（文号），例如兵团各师'),
};

const newAuthority = z
  .object({
    code: codeField,
    kind: kindField,
    name: lineField(100).describe('机关全称'),
    ...parentFields,
    from: dayField.describe('设立之日'),
    paper: paperField,
  })
  .strict();
export type NewAuthority = z.output<typeof newAuthority>;

const amendment = z
  .object({
    name: lineField(100).describe('机关全称'),
    ...parentFields,
    from: dayField.describe('自该日起，不晚于今日'),
    paper: paperField,
  })
  .strict();
export type AuthorityAmendment = z.output<typeof amendment>;

const ending = z.object({ lastDay: dayField.describe('最后一日（含）'), paper: paperField }).strict();
export type AuthorityEnding = z.output<typeof ending>;

const shape = {
  id: z.string(),
  code: z.string().describe('行政区划代码'),
  kind: z.enum(authorityKinds),
  name: z.string(),
  parentId: z.string().nullable(),
  parentBasis: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable().describe('最后一日（含），长期为 null'),
  isOwner: z.boolean().describe('是否为本系统所属的机关'),
  version: z.number(),
  may: z.array(z.enum(['amend', 'end'])),
};
export const authorityView = z.object(shape);
export type AuthorityView = z.input<typeof authorityView>;

const authorityHistory = z.object({
  ...momentReply,
  ...shape,
  entries: z
    .array(
      z.object({
        ...entryReply,
        name: z.string(),
        parentId: z.string().nullable(),
        parentBasis: z.string().nullable(),
      }),
    )
    .describe('名称与隶属的沿革，最早的在前'),
});
export type AuthorityHistory = z.input<typeof authorityHistory>;

const tag = '主管机关';
const placing = ['authority.cycle', 'authority.parent-not-there', 'authority.parent-elsewhere', 'request.not-found'];

export const authorityRoutes = {
  setAuthority: route({
    method: 'put',
    path: '/installation/authority',
    summary: '设定本系统所属的主管机关（只设一次）Set the authority that owns the installation, once',
    tag: '系统',
    access: { permission: 'authority.set' },
    body: authority.strict(),
    reply: authority,
    events: ['authority.set', 'authority.confirmed'],
    problems: ['authority.already-set', 'authority.other-code'],
  }),
  readAuthority: route({
    method: 'get',
    path: '/installation/authority',
    summary: '查看本系统所属的主管机关 The authority that owns the installation',
    tag: '系统',
    access: 'account',
    reply: authority,
    problems: ['authority.not-set'],
  }),
  registerAuthority: route({
    method: 'post',
    path: '/authorities',
    summary: '登记主管机关及其上级 Register an authority and its place in the tree',
    tag,
    access: { permission: 'authority.register' },
    body: newAuthority,
    reply: authorityView,
    events: ['authority.registered'],
    problems: ['authority.present', ...placing],
  }),
  amendAuthority: route({
    method: 'post',
    path: '/authorities/:id/versions',
    summary: '变更机关名称或隶属，沿革保留 Change name or parent; the history stays',
    tag,
    access: { permission: 'authority.amend' },
    params: idParams,
    body: amendment,
    reply: authorityView,
    ifMatch: true,
    events: ['authority.amended'],
    problems: ['authority.day-in-future', 'authority.period', 'authority.already-ended', ...placing],
  }),
  endAuthority: route({
    method: 'post',
    path: '/authorities/:id/end',
    summary: '登记机关撤销 End an authority',
    tag,
    access: { permission: 'authority.end' },
    params: idParams,
    body: ending,
    reply: authorityView,
    status: 200,
    events: ['authority.ended'],
    problems: [
      'authority.is-owner',
      'authority.period',
      'authority.already-ended',
      'authority.children-open',
      'authority.posts-open',
      'request.not-found',
    ],
  }),
  listAuthorities: route({
    method: 'get',
    path: '/authorities',
    summary: '主管机关列表，可按上级逐层查看 List authorities, level by level by parent',
    tag,
    access: { permission: 'authority.read' },
    query: z
      .object({
        ...pageQuery,
        code: codeField.optional(),
        kind: kindField.optional(),
        parentId: idField.optional().describe('只列该机关的下级'),
      })
      .strict(),
    reply: pageOf(authorityView),
  }),
  showAuthority: route({
    method: 'get',
    path: '/authorities/:id',
    summary: '查看主管机关及其沿革 An authority with its history',
    tag,
    access: { permission: 'authority.read' },
    params: idParams,
    query: z.object({ asOf: dayField.optional(), knownAt: instantField.optional() }).strict(),
    reply: authorityHistory,
    etag: true,
    problems: ['request.not-found'],
  }),
};

export const authorityProblems: ProblemList = {
  'authority.not-set': {
    status: 409,
    title: '尚未设定主管机关',
    detail: '本系统尚未设定所属的主管机关；请由安全管理员先设定（PUT /api/v1/installation/authority）。',
    en: {
      title: 'No authority set yet',
      detail:
        'The authority that this system belongs to is not set yet; a security administrator sets it first (PUT /api/v1/installation/authority).',
    },
  },
  'authority.already-set': {
    status: 409,
    title: '主管机关已设定',
    detail: '本系统所属的主管机关为 {code} {name}，设定后不能更改；另一机关请另行部署。',
    en: {
      title: 'The authority is set',
      detail:
        'This system belongs to {code} {name}, which cannot be changed once set; another authority needs an installation of its own.',
    },
  },
  'authority.other-code': {
    status: 409,
    title: '与部署设置不一致',
    detail: '部署设置 LUJIAN_AUTHORITY 为 {configured}，与所填代码 {code} 不同；请改填，或由系统管理员更正设置。',
    en: {
      title: 'Differs from the installation’s setting',
      detail:
        'The installation sets LUJIAN_AUTHORITY to {configured}, which is not the code {code} given here; change it, or let the system administrator correct the setting.',
    },
  },
  'authority.present': {
    status: 409,
    title: '该机关已登记',
    detail: '行政区划代码 {code} 的同类机关自 {from} 起已登记（id {id}）；更名请用变更，另设请先登记其撤销。',
    en: {
      title: 'The authority is on record',
      detail:
        'An authority of the same kind with division code {code} has been on record since {from} (id {id}); record a change if it was renamed, or its dissolution before another is set up.',
    },
  },
  'authority.cycle': {
    status: 422,
    title: '隶属关系成环',
    detail: '所填上级机关 {parent} 是本机关或其下级；请另填上级。',
    en: {
      title: 'The hierarchy runs in a circle',
      detail: 'The superior authority {parent} is this authority itself or below it; name another.',
    },
  },
  'authority.parent-not-there': {
    status: 422,
    title: '上级机关当日不存在',
    detail: '上级机关 {parent} 的存续期间为 {from} 至 {to}，不含所填起始日；请更正日期或上级。',
    en: {
      title: 'The superior authority did not exist on that day',
      detail:
        'The superior authority {parent} exists from {from} to {to}, which does not include the first day given; correct the day or the superior.',
    },
  },
  'authority.parent-elsewhere': {
    status: 422,
    title: '上级机关的行政区划不含本机关',
    detail: '{parent} 不含 {code}；确有隶属关系的，请在 parentBasis 填写依据文号。',
    en: {
      title: 'Outside the division of the superior authority',
      detail:
        '{parent} does not contain {code}; if it is subordinate all the same, give the number of the paper in parentBasis.',
    },
  },
  'authority.period': {
    status: 422,
    title: '日期早于设立之日',
    detail: '所填日期 {lastDay} 早于设立之日 {from}；请更正。',
    en: {
      title: 'Before the authority was set up',
      detail: 'The day {lastDay} is before {from}, when it was set up; correct it.',
    },
  },
  'authority.day-in-future': {
    status: 422,
    title: '日期晚于今日',
    detail: '变更自 {from} 起，晚于今日 {today}；请在当日办理。',
    en: {
      title: 'The day is still to come',
      detail: 'The change begins on {from}, which is after today, {today}; record it on that day.',
    },
  },
  'authority.already-ended': {
    status: 409,
    title: '机关已撤销',
    detail: '该机关的最后一日为 {to}。',
    en: { title: 'The authority is dissolved', detail: 'The last day of this authority was {to}.' },
  },
  'authority.is-owner': {
    status: 409,
    title: '本系统所属的机关不能撤销',
    detail: '{code} 为本系统所属的机关；机构改革请变更其名称，另一机关请另行部署。',
    en: {
      title: 'The authority of this system cannot be dissolved',
      detail:
        'This system belongs to {code}; after a reform change its name; another authority needs an installation of its own.',
    },
  },
  'authority.children-open': {
    status: 409,
    title: '尚有下级机关',
    detail: '下级机关 {codes} 在该日之后仍存续；请先变更其隶属或登记其撤销。',
    en: {
      title: 'There are still authorities below it',
      detail:
        'The subordinate authorities {codes} exist beyond that day; first place them elsewhere or record their dissolution.',
    },
  },
  'authority.posts-open': {
    status: 409,
    title: '尚有在任岗位',
    detail: '该机关尚有 {count} 个岗位在 {lastDay} 之后仍有效；请先交接工作并结束岗位。',
    en: {
      title: 'Posts are still held',
      detail: 'The authority still has {count} posts beyond {lastDay}; hand over the work and end the posts first.',
    },
  },
};

export const authorityEvents: EventCatalogue = {
  'authority.set': { visibility: 'public', title: '设定主管机关' },
  'authority.confirmed': { visibility: 'sealed', title: '重复提交相同的主管机关' },
  'authority.registered': { visibility: 'public', title: '登记主管机关' },
  'authority.amended': { visibility: 'public', title: '变更主管机关的名称或隶属' },
  'authority.ended': { visibility: 'public', title: '登记主管机关撤销' },
};
