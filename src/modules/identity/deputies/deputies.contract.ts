import * as z from 'zod';
import { dayField, idField, idParams, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { roles } from '../permissions';

const person = z.object({ accountId: z.string(), name: z.string() });

const view = z.object({
  id: z.string().describe('填入请求头 Lujian-Post 即以代办人身份办理'),
  postId: z.string().describe('被代办的岗位'),
  role: z.enum(roles),
  office: z.string().nullable(),
  holder: person.describe('被代办人'),
  deputy: person.describe('代办人'),
  from: z.string(),
  to: z.string().describe('最后一日（含）'),
  reason: z.string(),
  appointedBy: z.string().nullable().describe('指定人账号'),
  revoked: z.boolean(),
  may: z.array(z.enum(['revoke'])),
});
export type DeputyshipView = z.input<typeof view>;

const appointment = z
  .object({
    postId: idField.describe('被代办的岗位'),
    deputyAccountId: idField.describe('代办人账号'),
    from: dayField.describe('起始日'),
    to: dayField.describe('最后一日（含）'),
    reason: lineField(200).describe('事由：出差、请假、AB岗安排等'),
  })
  .strict();
export type NewDeputyship = z.output<typeof appointment>;

const tag = '代办（AB岗）';

export const deputyRoutes = {
  appointDeputy: route({
    method: 'post',
    path: '/deputyships',
    summary: '指定代办人，由本人、处室负责人或安全管理员办理 Appoint a deputy for named days',
    tag,
    access: 'signed-in',
    body: appointment,
    reply: view,
    events: ['deputyship.appointed'],
    problems: [
      'sign-in.session-only',
      'sign-in.forgery',
      'deputyship.not-yours',
      'deputyship.administrator',
      'deputyship.personal',
      'deputyship.same-person',
      'deputyship.not-yourself',
      'deputyship.period',
      'deputyship.past',
      'deputyship.outside-post',
      'deputyship.overlap',
      'deputyship.roles-conflict',
      'deputyship.not-colleague',
      'request.not-found',
    ],
  }),
  revokeDeputy: route({
    method: 'post',
    path: '/deputyships/:id/revoke',
    summary: '收回代办，立即生效 Revoke a deputyship at once',
    tag,
    access: 'signed-in',
    params: idParams,
    reply: view,
    status: 200,
    events: ['deputyship.revoked'],
    problems: [
      'sign-in.session-only',
      'sign-in.forgery',
      'deputyship.not-yours',
      'deputyship.revoked-already',
      'request.not-found',
    ],
  }),
  listDeputies: route({
    method: 'get',
    path: '/deputyships',
    summary: '代办安排：本人的；处室负责人、安全管理员可按岗位查看 Deputyships',
    tag,
    access: 'signed-in',
    query: z.object({ ...pageQuery, postId: idField.optional() }).strict(),
    reply: pageOf(view),
    problems: ['sign-in.session-only', 'deputyship.not-yours', 'request.not-found'],
  }),
};

export const deputyProblems: ProblemList = {
  'deputyship.not-yours': {
    status: 403,
    title: '不能安排此岗位的代办',
    detail: '代办由岗位本人、所在机关的处室负责人或安全管理员安排，代办人不能再转给他人；请以有此权限的岗位办理。',
    en: {
      title: 'You may not arrange a deputy for this post',
      detail:
        'A deputy is arranged by the holder of the post, by the head of the office or by a security administrator, and a deputy cannot pass it on; use a post that may do so.',
    },
  },
  'deputyship.administrator': {
    status: 409,
    title: '三员岗位不能代办',
    detail: '{role} 岗位不得由他人代办；需要时请另设该岗位。',
    en: {
      title: 'No deputies for administrators',
      detail: 'The post of {role} cannot be exercised by a deputy; give another person the post if needed.',
    },
  },
  'deputyship.personal': {
    status: 409,
    title: '评估人员岗位不能代办',
    detail: '评估人员的确认和签署只能由本人作出；请由本人登录办理。',
    en: {
      title: 'No deputies for assessors',
      detail: 'An assessor confirms and signs in person only; let the person sign in.',
    },
  },
  'deputyship.same-person': {
    status: 422,
    title: '代办人与本人相同',
    detail: '代办人须为另一人；请改选。',
    en: { title: 'The deputy is the same person', detail: 'The deputy must be another person; choose again.' },
  },
  'deputyship.not-yourself': {
    status: 409,
    title: '不能指定自己代办',
    detail: '代办人不能由代办人自己指定；请由岗位本人或另一名负责人指定。',
    en: {
      title: 'You cannot make yourself deputy',
      detail: 'A deputy is not named by the deputy; the holder of the post or another head names one.',
    },
  },
  'deputyship.period': {
    status: 422,
    title: '代办期间不对',
    detail: '最后一日 {to} 早于起始日 {from}；请更正。',
    en: { title: 'Dates not right', detail: 'The last day {to} is before the first day {from}; correct it.' },
  },
  'deputyship.past': {
    status: 422,
    title: '代办期间已过',
    detail: '最后一日 {to} 早于今日 {today}；请更正。',
    en: { title: 'The time is over', detail: 'The last day {to} is before today, {today}; correct it.' },
  },
  'deputyship.outside-post': {
    status: 422,
    title: '代办期间超出岗位期间',
    detail: '该岗位的期间为 {from} 至 {to}；请改在其内。',
    en: { title: 'Beyond the term of the post', detail: 'The post is held from {from} to {to}; stay within it.' },
  },
  'deputyship.overlap': {
    status: 409,
    title: '代办期间重复',
    detail: '同一人对该岗位已有期间重叠的代办；请先收回，或改用不重叠的期间。',
    en: {
      title: 'Times overlap',
      detail:
        'The same person is already deputy for this post at an overlapping time; revoke that first, or choose a time that does not overlap.',
    },
  },
  'deputyship.roles-conflict': {
    status: 409,
    title: '岗位不相容',
    detail:
      '代办人在该期间担任 {held} 岗位，不能代办 {role} 岗位（调查与决定须为不同的人，三员与其他岗位不兼任）；请改选。',
    en: {
      title: 'Posts that exclude each other',
      detail:
        'At that time the deputy holds the post of {held} and cannot act as {role} (who investigates does not decide, and administrators hold no other post); choose again.',
    },
  },
  'deputyship.not-colleague': {
    status: 409,
    title: '不是同一单位的人员',
    detail: '代办人在起始日须担任同一机关（或同一评估机构、矿山企业）的岗位；请改选。',
    en: {
      title: 'Not of the same house',
      detail:
        'On the first day the deputy must hold a post at the same authority (or the same institution or mine operator); choose again.',
    },
  },
  'deputyship.revoked-already': {
    status: 409,
    title: '代办已收回',
    detail: '该代办已经收回，无须再办。',
    en: { title: 'Already revoked', detail: 'The deputyship has been revoked already; nothing is left to do.' },
  },
};

export const deputyEvents: EventCatalogue = {
  'deputyship.appointed': { visibility: 'sealed', title: '指定代办人' },
  'deputyship.revoked': { visibility: 'sealed', title: '收回代办' },
};
