import * as z from 'zod';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { ownPost } from '../posts/posts.contract';
import { givenCodes } from '../recovery/recovery.contract';

export const session = z.object({
  account: z.object({ id: z.string(), username: z.string(), name: z.string() }),
  posts: z
    .array(ownPost)
    .describe(
      '今日有效的岗位，以及可代办的岗位（deputyship 非 null）；多于一个时以请求头 Lujian-Post 选定，代办须选定',
    ),
  authority: z.object({ code: z.string(), name: z.string() }).nullable().describe('本系统所属机关，未设定为 null'),
  csrfToken: z.string().describe('更改类请求须放入请求头 X-CSRF-Token'),
  mustChangePassword: z.boolean(),
  totp: z.enum(['on', 'off']),
  mustEnrolTotp: z.boolean().describe('岗位要求启用动态口令而尚未启用：此前不能办理其他事项'),
  totpDueFrom: z.string().nullable().describe('自该日起须已启用动态口令；不要求或已启用的为 null'),
  recoveryCodesLeft: z.number().int().describe('尚未使用的恢复码个数'),
  lastSignIn: z.string().nullable().describe('上一次登录的时刻'),
  failedSince: z.number().int().describe('本次登录之前连续未成功的登录次数'),
  openedAt: z.string().describe('本次登录的时刻'),
  idleUntil: z.string().describe('无操作时会话结束的时刻（约计：活动时刻每分钟记录一次）'),
  endsAt: z.string().describe('会话最迟结束的时刻'),
});
export type SessionView = z.input<typeof session>;

/** A password as typed: judged by hashing it, so only its size is looked at. */
const typed = z.string().min(1).max(512);
const code = z.string().regex(/^\d{6}$/, '须为六位数字。');

const signIn = z
  .object({
    username: z.string().min(1).max(200),
    password: typed,
    totp: z.string().max(60).optional().describe('动态口令，或一个未用过的恢复码'),
  })
  .strict();

/** What an act asks for once more that is not done on a session alone. */
export const confirmation = z
  .object({
    password: typed.describe('本人口令'),
    totp: code.optional().describe('已启用动态口令的须填：当前的动态口令，不收恢复码'),
  })
  .strict();
export type Confirmation = z.output<typeof confirmation>;

const ownSession = z.object({
  id: z.string(),
  present: z.boolean().describe('即当前会话'),
  via: z.enum(['password', 'oidc']).nullable().describe('登录方式：口令、统一身份认证'),
  address: z.string().nullable().describe('来源网段'),
  agent: z.string().nullable().describe('浏览器和系统类别'),
  openedAt: z.string(),
  lastSeenAt: z.string(),
  idleUntil: z.string(),
  endsAt: z.string(),
});
const ownSessions = z.object({ items: z.array(ownSession) });
export type OwnSessions = z.input<typeof ownSessions>;

const change = z.object({ oldPassword: typed, newPassword: typed }).strict();
export type PasswordChange = z.output<typeof change>;

const tag = '登录';
const access = 'account';

export const sessionRoutes = {
  openSession: route({
    method: 'post',
    path: '/session',
    summary: '登录 Sign in',
    tag,
    access: 'sign-in',
    body: signIn,
    reply: session,
    status: 200,
    events: ['session.opened', 'session.refused'],
    problems: [
      'sign-in.refused',
      'sign-in.one-time-used',
      'sign-in.one-time-expired',
      'sign-in.slow-down',
      'sign-in.busy',
      'sign-in.forgery',
    ],
    unrepeatable: true,
  }),
  readSession: route({
    method: 'get',
    path: '/session',
    summary: '当前会话 The present session',
    tag,
    access: 'entering',
    reply: session,
  }),
  closeSession: route({
    method: 'delete',
    path: '/session',
    summary: '退出 Sign out',
    tag,
    access: 'entering',
    events: ['session.closed'],
    problems: ['sign-in.forgery'],
  }),
  listSessions: route({
    method: 'get',
    path: '/session/all',
    summary: '本人的全部会话 All sessions of the own account',
    tag,
    access,
    reply: ownSessions,
  }),
  endOtherSessions: route({
    method: 'delete',
    path: '/session/others',
    summary: '结束本人的其他会话 End all other sessions of the own account',
    tag,
    access,
    reply: z.object({ ended: z.number().int() }),
    events: ['session.others-ended'],
    problems: ['sign-in.forgery'],
  }),
  endOneSession: route({
    method: 'delete',
    path: '/session/all/:id',
    summary: '结束本人的某一其他会话 End one other session of the own account',
    tag,
    access,
    params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/, '须为会话编号。') }).strict(),
    events: ['session.other-ended'],
    problems: ['sign-in.forgery', 'session.is-present', 'request.not-found'],
  }),
  changePassword: route({
    method: 'put',
    path: '/session/password',
    summary: '更改本人口令，其他会话随之结束 Change the own password; other sessions end',
    tag,
    access: 'entering',
    body: change,
    events: ['account.password-changed', 'account.password-refused'],
    problems: [
      'account.password-unfit',
      'account.old-password-wrong',
      'sign-in.slow-down',
      'sign-in.busy',
      'sign-in.forgery',
    ],
    unrepeatable: true,
  }),
  prepareTotp: route({
    method: 'post',
    path: '/session/totp',
    summary: '生成动态口令密钥，待确认 Make a second factor, to be confirmed',
    tag,
    access: 'entering',
    reply: z.object({
      secret: z.string().optional().describe('Base32，只显示一次'),
      uri: z.string().optional().describe('otpauth 地址，可转为二维码'),
    }),
    events: ['account.totp-prepared'],
    problems: ['totp.already-on', 'sign-in.password-change-required', 'sign-in.forgery'],
    secrets: ['secret', 'uri'],
  }),
  confirmTotp: route({
    method: 'put',
    path: '/session/totp',
    summary: '以动态口令确认启用，随即给出恢复码 Confirm the second factor by a code; gives recovery codes',
    tag,
    access: 'entering',
    body: z.object({ code }).strict(),
    reply: givenCodes,
    events: ['account.totp-confirmed', 'account.recovery-codes-made'],
    problems: ['totp.already-on', 'totp.not-prepared', 'totp.code-wrong', 'request.conflict', 'sign-in.forgery'],
    secrets: ['codes'],
  }),
};

export const sessionProblems: ProblemList = {
  'sign-in.required': {
    status: 401,
    title: '请先登录',
    detail: '没有有效的会话或接口密钥；请登录后重试。',
    en: { title: 'Please sign in', detail: 'There is no valid session or API key; sign in and try again.' },
  },
  'sign-in.refused': {
    status: 401,
    title: '登录未成功',
    detail: '用户名、口令或动态口令不对，或账号已停用；请核对后重试，仍不成功请联系安全管理员。',
    en: {
      title: 'Sign-in failed',
      detail:
        'User name, password or one-time code is wrong, or the account is deactivated; check them and try again, and turn to a security administrator if it fails again.',
    },
  },
  'sign-in.one-time-used': {
    status: 401,
    title: '一次性口令已使用',
    detail: '该一次性口令已用过并改成了您自己的口令；请用自己的口令登录，忘记的请安全管理员重置口令。',
    en: {
      title: 'The one-time password was used',
      detail:
        'This one-time password was used and replaced by one of your own; sign in with your own. If it is forgotten, ask a security administrator for a reset.',
    },
  },
  'sign-in.one-time-expired': {
    status: 401,
    title: '一次性口令已过期',
    detail: '该一次性口令已于 {until} 过期；请安全管理员重置口令，取得新的一次性口令后尽快登录更改。',
    en: {
      title: 'The one-time password has run out',
      detail:
        'This one-time password ran out at {until}; ask a security administrator for a reset, then sign in and change the new one soon.',
    },
  },
  'sign-in.slow-down': {
    status: 429,
    title: '尝试过于频繁',
    detail: '该用户名连续多次登录未成功；请在 {retryAfter} 秒后重试。',
    en: {
      title: 'Too many attempts',
      detail: 'Several sign-ins in a row failed under this user name; try again in {retryAfter} seconds.',
    },
  },
  'sign-in.busy': {
    status: 503,
    title: '登录繁忙',
    detail: '同时登录的人较多；请在 {retryAfter} 秒后重试。',
    en: { title: 'Sign-in is busy', detail: 'Many people are signing in at once; try again in {retryAfter} seconds.' },
  },
  'sign-in.forbidden': {
    status: 403,
    title: '没有权限',
    detail: '岗位角色 {role} 或所用接口密钥的范围不含权限 {permission}；请换用有此权限的岗位，或由安全管理员设立岗位。',
    en: {
      title: 'No permission',
      detail:
        'The role {role}, or the scope of the API key, does not include the permission {permission}; use a post that has it, or let a security administrator give one.',
    },
  },
  'sign-in.own-name': {
    status: 403,
    title: '须以本人岗位办理',
    detail: '权限 {permission} 的办理须由另一人复核，代办不能办理；请以本人岗位（Lujian-Post 填本人岗位）办理。',
    en: {
      title: 'Only under your own post',
      detail:
        'What needs the permission {permission} is checked by a second person and cannot be done by a deputy; act under your own post (Lujian-Post naming it).',
    },
  },
  'sign-in.forgery': {
    status: 403,
    title: '请求来源无法确认',
    detail: '更改类请求须由 {origin} 的页面发出，并在请求头 X-CSRF-Token 中带上会话的 csrfToken；请刷新页面后重试。',
    en: {
      title: 'The origin of the request is not certain',
      detail:
        'Changes must come from pages of {origin} and bear the csrfToken of the session in the header X-CSRF-Token; reload the page and try again.',
    },
  },
  'sign-in.choose-post': {
    status: 400,
    title: '请选定岗位',
    detail: '您今日有多个有效岗位；请在请求头 Lujian-Post 中填入 posts 之一的 id。',
    en: {
      title: 'Please choose a post',
      detail: 'You hold several posts today; give the id of one of posts in the header Lujian-Post.',
    },
  },
  'sign-in.no-post': {
    status: 403,
    title: '今日没有有效岗位',
    detail: '该账号或接口密钥今日没有有效的岗位；请由安全管理员设立岗位。',
    en: {
      title: 'No post today',
      detail: 'This account or API key has no valid post today; let a security administrator give one.',
    },
  },
  'sign-in.post-unusable': {
    status: 403,
    title: '不能使用该岗位',
    detail: '请求头 Lujian-Post 中的岗位 {post} 不是您今日有效的岗位；请改用 GET /api/v1/session 列出的岗位。',
    en: {
      title: 'The post cannot be used',
      detail:
        'The post {post} in the header Lujian-Post is not one that you hold today; use one that GET /api/v1/session lists.',
    },
  },
  'sign-in.session-only': {
    status: 403,
    title: '接口密钥不能用于此处',
    detail: '会话、口令和接口密钥的管理须由本人登录后办理。',
    en: {
      title: 'Not by API key',
      detail: 'Sessions, passwords and API keys are managed by the signed-in person only.',
    },
  },
  'sign-in.password-change-required': {
    status: 403,
    title: '请先更改口令',
    detail: '一次性口令只能用于登录；请先更改口令（PUT /api/v1/session/password）。',
    en: {
      title: 'Please change your password first',
      detail: 'A one-time password is for signing in only; change it first (PUT /api/v1/session/password).',
    },
  },
  'session.is-present': {
    status: 409,
    title: '这是当前会话',
    detail: '当前会话请用退出（DELETE /api/v1/session）结束。',
    en: {
      title: 'This is the present session',
      detail: 'End the present session by signing out (DELETE /api/v1/session).',
    },
  },
  'totp.already-on': {
    status: 409,
    title: '动态口令已启用',
    detail: '设备遗失的，请用恢复码登录；更换设备请由另一名安全管理员清除后重新启用。',
    en: {
      title: 'One-time codes are switched on',
      detail:
        'If the device is lost, sign in with a recovery code; for another device, let another security administrator clear it, then switch it on again.',
    },
  },
  'totp.not-prepared': {
    status: 409,
    title: '尚未生成动态口令密钥',
    detail: '请先生成密钥（POST /api/v1/session/totp）并录入验证器。',
    en: {
      title: 'No secret for one-time codes yet',
      detail: 'First make a secret (POST /api/v1/session/totp) and enter it in the authenticator.',
    },
  },
  'totp.code-wrong': {
    status: 422,
    title: '动态口令不对',
    detail: '请核对设备时间（相差不超过 30 秒），填写验证器当前显示的六位数字。',
    en: {
      title: 'The one-time code is wrong',
      detail:
        'Check the clock of the device (within 30 seconds), and enter the six digits that the authenticator shows now.',
    },
  },
};

export const sessionEvents: EventCatalogue = {
  'session.opened': { visibility: 'sealed', title: '登录' },
  'session.refused': { visibility: 'sealed', title: '登录未成功' },
  'session.others-ended': { visibility: 'sealed', title: '结束本人的其他会话' },
  'session.other-ended': { visibility: 'sealed', title: '结束本人的某一会话' },
  'session.closed': { visibility: 'sealed', title: '退出' },
};
