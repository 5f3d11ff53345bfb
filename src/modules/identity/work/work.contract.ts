import * as z from 'zod';
import { idField, idParams } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { roles } from '../permissions';
import { workKinds, type WorkKind } from './work.rules';

export { workKinds } from './work.rules';

const kinds = Object.keys(workKinds) as [WorkKind, ...WorkKind[]];

export const workView = z.object({
  id: z.string(),
  kind: z
    .enum(kinds)
    .describe(
      '事项类别：批次、名录申请、委托单、评估、案件、当事人；须由另一人核对的：聘用确认单、聘用异议、疑似同一人、人员合并、规则草案',
    ),
  title: z.string().describe('事项类别的中文名称'),
  ref: z.string().describe('事项编号'),
  link: z.string().describe('在何处查看'),
  check: z.boolean().describe('须由另一人核对：凡有权且未经手的人员都可办理，不领取、不分派'),
  role: z.enum(roles).describe('由哪一岗位角色办理'),
  authorityId: z.string().nullable(),
  institutionId: z.string().nullable(),
  postId: z.string().nullable().describe('在办岗位；待领取为 null'),
  openedAt: z.string().describe('自何时起待办'),
  dueOn: z.string().nullable().describe('截止日（含当日）；未定期限的为 null'),
  orphaned: z.boolean().describe('在办岗位已结束（或授权书已到期、缺失，或账号已停用），尚未交接'),
  version: z.number(),
});
export type WorkView = z.input<typeof workView>;

const tag = '待办';

export const workRoutes = {
  listWork: route({
    method: 'get',
    path: '/work',
    summary:
      '当前岗位的待办：在办的、本机关（机构）同类岗位待领取的，以及须由另一人核对而本人未经手的 Open work of the acting post, and what waits for a second person',
    tag,
    access: { permission: 'work.read' },
    query: z
      .object({
        ...pageQuery,
        kind: z.enum(kinds).optional(),
        held: z.enum(['own', 'pool']).optional().describe('own 在办，pool 待领取和待核对；缺省为两者'),
      })
      .strict(),
    reply: pageOf(workView),
  }),
  overseeWork: route({
    method: 'get',
    path: '/work/overview',
    summary: '本机关范围内的待办，可按岗位查看，可只看待交接的 Open work in the scope, by post, or orphaned',
    tag,
    access: { permission: 'work.oversee' },
    query: z
      .object({
        ...pageQuery,
        kind: z.enum(kinds).optional(),
        postId: idField.optional(),
        orphaned: z.enum(['true']).optional().describe('只列无人在办、待交接的（orphaned 为真的）'),
      })
      .strict(),
    reply: pageOf(workView),
  }),
  assignWork: route({
    method: 'post',
    path: '/work/:id/assign',
    summary: '领取待办，或由处室负责人分派 Take an item, or assign it as lead',
    tag,
    access: { permission: 'work.read' },
    params: idParams,
    body: z.object({ postId: idField.describe('分派给的岗位；领取时为本人岗位') }).strict(),
    reply: workView,
    status: 200,
    events: ['work.assigned'],
    problems: ['work.not-yours', 'work.for-any', 'work.post-unfit', 'work.there-already', 'request.not-found'],
  }),
};

export const workProblems: ProblemList = {
  'work.not-yours': {
    status: 403,
    title: '不能分派此事项',
    detail: '本人只能领取待领取的事项；在办事项由所在机关的处室负责人分派，或办理工作交接。',
    en: {
      title: 'You may not assign this item',
      detail:
        'You can only take what waits to be taken; what is in hand is assigned by the head of the office, or handed over.',
    },
  },
  'work.for-any': {
    status: 409,
    title: '此事项不分派',
    detail: '此事项须由另一人核对，凡有权且未经手的人员都可直接办理（见 link），无须领取或分派。',
    en: {
      title: 'This item is not assigned',
      detail:
        'A second person must check this item: anybody who may and has had no hand in it does so directly (see link); nothing is taken or assigned.',
    },
  },
  'work.post-unfit': {
    status: 409,
    title: '岗位不合适',
    detail: '该事项须由范围内有效的 {role} 岗位办理；请改选。',
    en: {
      title: 'The post does not fit',
      detail: 'The item needs a valid post of {role} whose scope covers it; choose again.',
    },
  },
  'work.there-already': {
    status: 409,
    title: '已在该岗位',
    detail: '该事项已由所选岗位办理，无须分派。',
    en: {
      title: 'Already with this post',
      detail: 'The item is with the chosen post already; there is nothing to assign.',
    },
  },
};

export const workEvents: EventCatalogue = {
  'work.assigned': { visibility: 'sealed', title: '分派或领取待办' },
};
