import * as z from 'zod';
import { idParams, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { normaliseUsername, usernameForm } from './accounts.rules';

export const accountActions = ['disable', 'enable', 'password-reset', 'totp-reset'] as const;

export const accountView = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string().describe('姓名'),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  oneTimePasswordUntil: z.string().nullable().describe('尚未更改的一次性口令有效至；已更改的为 null'),
  totp: z.enum(['on', 'off']).describe('动态口令'),
  lastSignIn: z.string().nullable(),
  createdAt: z.string(),
  may: z.array(z.enum(accountActions)).describe('此处可用的操作'),
});
export type AccountView = z.input<typeof accountView>;

const newAccount = z
  .object({
    username: z
      .string()
      .overwrite(normaliseUsername)
      .regex(usernameForm, '3 至 64 个字符：字母、汉字、数字、点、下划线、短横，首字符为字母、汉字或数字。')
      .describe('用户名，不区分大小写'),
    name: lineField(100).describe('姓名，一人一号'),
  })
  .strict();
export type NewAccount = z.output<typeof newAccount>;

const oneTime = z.object({
  id: z.string(),
  username: z.string(),
  oneTimePassword: z.string().optional().describe('一次性口令，只显示一次，首次登录后须更改'),
  oneTimePasswordUntil: z.string().describe('一次性口令有效至'),
});
export type OneTime = z.input<typeof oneTime>;

const shared = { tag: '账号', params: idParams, status: 200 } as const;
const reset = { permission: 'account.reset' } as const;
const disable = { permission: 'account.disable' } as const;

export const accountRoutes = {
  createAccount: route({
    method: 'post',
    path: '/accounts',
    summary: '新建账号（一人一号）Create an account for one person',
    tag: '账号',
    access: { permission: 'account.create' },
    body: newAccount,
    reply: oneTime,
    events: ['account.created'],
    problems: ['account.username-taken', 'sign-in.busy'],
    secrets: ['oneTimePassword'],
  }),
  listAccounts: route({
    method: 'get',
    path: '/accounts',
    summary: '账号列表 List accounts',
    tag: '账号',
    access: { permission: 'account.read' },
    query: z.object({ ...pageQuery, q: lineField(100).optional().describe('姓名或用户名中的文字') }).strict(),
    reply: pageOf(accountView),
  }),
  readAccount: route({
    method: 'get',
    path: '/accounts/:id',
    summary: '查看账号 Read an account',
    tag: '账号',
    access: { permission: 'account.read' },
    params: idParams,
    reply: accountView,
    problems: ['request.not-found'],
  }),
  disableAccount: route({
    ...shared,
    method: 'post',
    path: '/accounts/:id/disable',
    summary: '停用账号并结束其会话 Disable an account and end its sessions',
    access: disable,
    reply: accountView,
    events: ['account.disabled'],
    problems: ['request.not-found', 'account.last-security-admin', 'account.not-yourself'],
  }),
  enableAccount: route({
    ...shared,
    method: 'post',
    path: '/accounts/:id/enable',
    summary: '恢复账号 Enable an account again',
    access: disable,
    reply: accountView,
    events: ['account.enabled'],
    problems: ['request.not-found'],
  }),
  resetPassword: route({
    ...shared,
    method: 'post',
    path: '/accounts/:id/password-reset',
    summary: '重置口令 Give a new one-time password',
    access: reset,
    reply: oneTime,
    events: ['account.password-reset'],
    problems: ['request.not-found', 'account.not-yourself', 'sign-in.busy'],
    secrets: ['oneTimePassword'],
  }),
  resetTotp: route({
    ...shared,
    method: 'post',
    path: '/accounts/:id/totp-reset',
    summary: '清除动态口令 Take the second factor off',
    access: reset,
    reply: accountView,
    events: ['account.totp-reset'],
    problems: ['request.not-found', 'account.not-yourself'],
  }),
  endAccountSessions: route({
    ...shared,
    method: 'post',
    path: '/accounts/:id/sessions-end',
    summary: '结束账号的全部会话 End all sessions of an account',
    access: reset,
    reply: z.object({ ended: z.number().int() }),
    events: ['account.sessions-ended'],
    problems: ['request.not-found', 'account.not-yourself'],
  }),
};

export const accountProblems: ProblemList = {
  'account.username-taken': {
    status: 409,
    title: '用户名已被使用',
    detail: '用户名 {username} 已有账号（不区分大小写）；请另取一个。',
    en: {
      title: 'The user name is taken',
      detail: 'There is already an account named {username} (capitals make no difference); choose another name.',
    },
  },
  'account.password-unfit': {
    status: 422,
    title: '口令不合要求',
    detail: '{reason}',
    en: { title: 'The password does not fit', detail: '{reason}' },
  },
  'account.old-password-wrong': {
    status: 422,
    title: '原口令不对',
    detail: '口令未更改；请重新填写原口令，忘记时由安全管理员重置。',
    en: {
      title: 'The old password is wrong',
      detail:
        'The password was not changed; enter the old password again. If it is forgotten, a security administrator resets it.',
    },
  },
  'account.not-confirmed': {
    status: 422,
    title: '未能确认是本人',
    detail: '口令或动态口令不对（同一动态口令只能用一次），未办理；请核对后重试。',
    en: {
      title: 'Not confirmed as yourself',
      detail:
        'The password or the one-time code is wrong (a code can be used once only), and nothing was done; check them and try again.',
    },
  },
  'account.last-security-admin': {
    status: 409,
    title: '最后一名安全管理员',
    detail: '此后将没有安全管理员；请先为另一人设立长期的安全管理员岗位。',
    en: {
      title: 'The last security administrator',
      detail:
        'There would be no security administrator left; first give another person a lasting post of security administrator.',
    },
  },
  'account.not-yourself': {
    status: 409,
    title: '不能对本人账号操作',
    detail: '停用和重置须由另一名安全管理员办理；本人更改口令请用 PUT /api/v1/session/password。',
    en: {
      title: 'Not on your own account',
      detail:
        'Deactivation and reset are for another security administrator to do; to change your own password use PUT /api/v1/session/password.',
    },
  },
};

export const accountEvents: EventCatalogue = {
  'account.created': { visibility: 'sealed', title: '新建账号' },
  'account.disabled': { visibility: 'sealed', title: '停用账号' },
  'account.enabled': { visibility: 'sealed', title: '恢复账号' },
  'account.password-reset': { visibility: 'sealed', title: '重置口令' },
  'account.password-changed': { visibility: 'sealed', title: '更改口令' },
  'account.password-refused': { visibility: 'sealed', title: '更改口令时原口令不对' },
  'account.sessions-ended': { visibility: 'sealed', title: '结束账号的全部会话' },
  'account.totp-reset': { visibility: 'sealed', title: '清除动态口令' },
  'account.totp-prepared': { visibility: 'sealed', title: '生成动态口令密钥' },
  'account.totp-confirmed': { visibility: 'sealed', title: '启用动态口令' },
};
