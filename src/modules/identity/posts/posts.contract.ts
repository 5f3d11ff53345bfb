import * as z from 'zod';
import { dayField, idField, idParams, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import {
  letterEvents,
  letterField,
  letterProblemCodes,
  letterProblems,
  letterRoutes,
  shownLetter,
} from '../letters/letters.contract';
import { roles } from '../permissions';

/** What a session shows of a post. */
export const postShape = {
  id: z.string(),
  role: z.enum(roles).describe('岗位角色'),
  authority: z.string().nullable().describe('主管机关行政区划代码'),
  authorityId: z.string().nullable().describe('主管机关 id'),
  office: z.string().nullable().describe('处室'),
  institutionId: z.string().nullable(),
  organisationId: z.string().nullable(),
  expertId: z.string().nullable(),
  from: z.string().describe('起始日'),
  to: z.string().nullable().describe('最后一日（含），长期为 null；有授权书的不晚于其最后一日'),
  letter: shownLetter.nullable().describe('评估机构经办人、用印员的授权书；没有为 null'),
};
export const ownPost = z.object({
  ...postShape,
  deputyship: z
    .object({
      postId: z.string().describe('被代办的岗位'),
      accountId: z.string().describe('被代办人账号'),
      name: z.string().describe('被代办人'),
    })
    .nullable()
    .describe('代办（AB岗）：此项的 id 即 Lujian-Post 所填；本人岗位为 null'),
});
export type OwnPost = z.input<typeof ownPost>;

export const postView = z.object({
  ...postShape,
  accountId: z.string(),
  holder: z.string().describe('姓名'),
  may: z.array(z.enum(['end', 'renew'])),
});
export type PostView = z.input<typeof postView>;

const newPost = z
  .object({
    accountId: idField,
    role: z.enum(roles),
    institutionId: idField.optional().describe('评估机构：institution、seal-keeper 岗位必填'),
    organisationId: idField.optional().describe('矿山企业：mine 岗位必填'),
    expertId: idField.optional().describe('评估人员：expert 岗位必填'),
    authorityId: idField.optional().describe('机关岗位所属的主管机关 id；缺省为本系统所属的机关'),
    office: lineField(100).optional().describe('处室'),
    letter: letterField.optional().describe('评估机构的授权书：institution、seal-keeper 岗位'),
    from: dayField.describe('起始日'),
    to: dayField.nullable().default(null).describe('最后一日（含），长期为 null'),
  })
  .strict();
export type NewPost = z.output<typeof newPost>;

export const postRoutes = {
  grantPost: route({
    method: 'post',
    path: '/posts',
    summary: '设立岗位 Grant a post',
    tag: '岗位',
    access: { permission: 'post.grant' },
    body: newPost,
    reply: postView,
    events: ['post.granted'],
    problems: [
      'authority.not-set',
      'post.party-mismatch',
      'post.party-unknown',
      'post.period',
      'post.roles-conflict',
      'post.overlap',
      'post.letter-misplaced',
      ...letterProblemCodes,
      'request.not-found',
    ],
  }),
  ...letterRoutes,
  endPost: route({
    method: 'post',
    path: '/posts/:id/end',
    summary: '结束岗位 End a post',
    tag: '岗位',
    access: { permission: 'post.end' },
    params: idParams,
    body: z.object({ lastDay: dayField.describe('最后一日（含）') }).strict(),
    reply: postView,
    status: 200,
    events: ['post.ended'],
    problems: ['post.period', 'post.already-ended', 'account.last-security-admin', 'request.not-found'],
  }),
  listPosts: route({
    method: 'get',
    path: '/posts',
    summary: '岗位列表 List posts',
    tag: '岗位',
    access: { permission: 'account.read' },
    query: z
      .object({
        ...pageQuery,
        accountId: idField.optional(),
        letters: z
          .enum(['expiring', 'missing'])
          .optional()
          .describe('只列有效岗位中授权书三十日内到期的（expiring）或没有授权书的（missing）'),
      })
      .strict(),
    reply: pageOf(postView),
  }),
};

export const postProblems: ProblemList = {
  ...letterProblems,
  'post.letter-misplaced': {
    status: 422,
    title: '此岗位不用授权书',
    detail: '授权书只用于评估机构的 institution、seal-keeper 岗位，{role} 岗位不填 letter；处室只用于机关岗位。',
    en: {
      title: 'This post takes no letter',
      detail:
        'Letters of authorisation are for the posts institution and seal-keeper only; the post {role} has no letter. An office is for posts of authorities only.',
    },
  },
  'post.party-mismatch': {
    status: 422,
    title: '岗位所属不对',
    detail: '{role} 岗位须填 {expected}，且不填其他所属；机关岗位不填。',
    en: {
      title: 'The post belongs elsewhere',
      detail: 'The post {role} needs {expected} and nothing else to belong to; posts of authorities need none.',
    },
  },
  'post.party-unknown': {
    status: 422,
    title: '没有这个所属单位或人员',
    detail: '{field} {id} 不存在；请先登记或更正编号。',
    en: {
      title: 'No such body or person',
      detail: '{field} {id} does not exist; register it first, or correct the number.',
    },
  },
  'post.period': {
    status: 422,
    title: '岗位期间不对',
    detail: '最后一日 {lastDay} 早于起始日 {from}；请更正。',
    en: { title: 'Dates not right', detail: 'The last day {lastDay} is before the first day {from}; correct it.' },
  },
  'post.roles-conflict': {
    status: 409,
    title: '岗位不相容',
    detail:
      '审计、安全、系统三员须由不同的人担任，且不得兼任其他岗位：已有 {held} 岗位（{from} 起），不能再设 {wanted}。',
    en: {
      title: 'Posts that exclude each other',
      detail:
        'Auditor, security administrator and system administrator must be different people with no other post: the post {held} is held already (from {from}), and {wanted} cannot be added.',
    },
  },
  'post.overlap': {
    status: 409,
    title: '岗位重复',
    detail: '同一期间已有相同的岗位 {post}；请先结束它，或改用不重叠的期间。',
    en: {
      title: 'The post is there already',
      detail: 'The same post {post} is held at the same time; end it first, or choose a time that does not overlap.',
    },
  },
  'post.already-ended': {
    status: 409,
    title: '岗位已结束',
    detail: '该岗位的最后一日为 {to}，不能改为更晚或相同的日期；需要延长请另设岗位。',
    en: {
      title: 'The post has an end',
      detail:
        'The last day of the post is {to}, and it cannot be moved to the same or a later day; give another post to go on.',
    },
  },
};

export const postEvents: EventCatalogue = {
  ...letterEvents,
  'post.granted': { visibility: 'sealed', title: '设立岗位' },
  'post.ended': { visibility: 'sealed', title: '结束岗位' },
};
