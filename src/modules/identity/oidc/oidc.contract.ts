import * as z from 'zod';
import { idParams, lineField } from '../../../kernel/http/fields';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { confirmation, session } from '../sessions/sessions.contract';

const tag = '统一身份认证';
const leading = z.object({ url: z.string().describe('请浏览器前往的地址') });
const text = z.string().max(4000);

const signOut = z.object({
  atProvider: z
    .enum(['open', 'not-used', 'not-offered', 'unreachable'])
    .describe(
      '本系统的会话已结束；统一身份认证处：待退出、未经其登录、其不提供退出、暂连不上（后两种请到其网站自行退出）',
    ),
  url: z.string().nullable().describe('待退出时：请浏览器以表单 POST 到此地址'),
  fields: z.record(z.string(), z.string()).nullable().describe('表单的各项；内含个人身份，不得放入网址'),
});
export type SignOutView = z.input<typeof signOut>;

export const oidcRoutes = {
  oidcOffered: route({
    method: 'get',
    path: '/session/oidc',
    summary: '是否接入统一身份认证 Is a unified sign-in connected?',
    tag,
    access: 'public',
    reply: z.object({ name: z.string().nullable().describe('统一身份认证的名称；未接入为 null') }),
  }),
  startOidc: route({
    method: 'post',
    path: '/session/oidc',
    summary: '由统一身份认证登录：取得前往的地址 Begin a sign-in by the province’s unified sign-in',
    tag,
    access: 'sign-in',
    reply: leading,
    status: 200,
    problems: ['oidc.not-connected', 'oidc.unreachable', 'sign-in.forgery'],
  }),
  startOidcLink: route({
    method: 'post',
    path: '/session/oidc/link',
    summary: '把本人账号与统一身份认证关联（须重新输入口令和动态口令）：取得前往的地址 Begin to link the own account',
    tag,
    access: 'account',
    body: confirmation,
    reply: leading,
    status: 200,
    events: ['account.oidc-link-begun', 'account.oidc-link-refused'],
    problems: [
      'oidc.not-connected',
      'oidc.unreachable',
      'account.not-confirmed',
      'sign-in.required',
      'sign-in.password-change-required',
      'sign-in.slow-down',
      'sign-in.busy',
      'sign-in.forgery',
    ],
    unrepeatable: true,
  }),
  finishOidc: route({
    method: 'get',
    path: '/session/oidc/callback',
    summary: '统一身份认证返回处 Where the provider sends the browser back to',
    tag,
    access: 'sign-in',
    query: z.looseObject({ state: text.optional(), code: text.optional(), error: text.optional() }),
    redirect: true,
    events: ['session.opened', 'session.refused', 'session.second-factor-awaited', 'account.oidc-linked'],
    problems: [
      'oidc.not-connected',
      'oidc.attempt-unknown',
      'oidc.declined',
      'oidc.untrusted',
      'oidc.unreachable',
      'oidc.not-linked',
      'oidc.linked-elsewhere',
      'sign-in.refused',
      'sign-in.required',
      'sign-in.password-change-required',
      'sign-in.slow-down',
    ],
    unrepeatable: true,
  }),
  signOutOidc: route({
    method: 'post',
    path: '/session/oidc/sign-out',
    summary: '退出本系统，再退出统一身份认证：会话先行结束 Sign out here first, then at the provider',
    tag,
    access: 'entering',
    reply: signOut,
    status: 200,
    events: ['session.closed'],
    problems: ['sign-in.forgery'],
    unrepeatable: true,
  }),
  signedOutOidc: route({
    method: 'get',
    path: '/session/oidc/signed-out',
    summary: '退出统一身份认证后的返回处 Where the provider sends the browser back to after signing out',
    tag,
    access: 'sign-in',
    query: z.looseObject({ state: text.optional() }),
    redirect: true,
    problems: ['oidc.attempt-unknown'],
  }),
  oidcSecondFactor: route({
    method: 'post',
    path: '/session/oidc/second-factor',
    summary: '经统一身份认证后补充动态口令 Complete the sign-in by the second factor',
    tag,
    access: 'sign-in',
    body: z.object({ totp: z.string().max(60).describe('动态口令，或一个未用过的恢复码') }).strict(),
    reply: session,
    status: 200,
    events: ['session.opened', 'session.refused'],
    problems: ['oidc.attempt-unknown', 'sign-in.refused', 'sign-in.slow-down', 'sign-in.forgery'],
    unrepeatable: true,
  }),
  unlinkOwnOidc: route({
    method: 'delete',
    path: '/session/oidc/link',
    summary: '解除本人账号与统一身份认证的关联 Unlink the own account',
    tag,
    access: 'account',
    events: ['account.oidc-unlinked'],
    problems: ['oidc.no-link', 'sign-in.forgery'],
  }),
  linkOidc: route({
    method: 'put',
    path: '/accounts/:id/oidc',
    summary: '由安全管理员关联账号与统一身份认证 Link an account to a subject of the provider',
    tag,
    access: { permission: 'account.reset' },
    params: idParams,
    body: z.object({ subject: lineField(255).describe('统一身份认证给出的用户标识（sub）') }).strict(),
    events: ['account.oidc-linked'],
    problems: ['oidc.not-connected', 'oidc.linked-elsewhere', 'request.not-found', 'account.not-yourself'],
  }),
  unlinkOidc: route({
    method: 'delete',
    path: '/accounts/:id/oidc',
    summary: '由安全管理员解除关联并结束其会话 Unlink an account and end its sessions',
    tag,
    access: { permission: 'account.reset' },
    params: idParams,
    events: ['account.oidc-unlinked'],
    problems: ['oidc.no-link', 'request.not-found', 'account.not-yourself'],
  }),
};

export const oidcProblems: ProblemList = {
  'oidc.not-connected': {
    status: 404,
    title: '未接入统一身份认证',
    detail: '本系统没有接入统一身份认证；请用用户名和口令登录。接入由系统管理员设置 LUJIAN_OIDC_ISSUER 等项。',
    en: {
      title: 'Unified sign-in is not connected',
      detail:
        'This system is not connected to the unified sign-in; use user name and password. The system administrator connects it by LUJIAN_OIDC_ISSUER and the settings beside it.',
    },
  },
  'oidc.unreachable': {
    status: 503,
    title: '统一身份认证暂不可用',
    detail: '无法连接统一身份认证；请在 {retryAfter} 秒后重试，或用用户名和口令登录。',
    en: {
      title: 'Unified sign-in is not available just now',
      detail:
        'The unified sign-in cannot be reached; try again in {retryAfter} seconds, or use user name and password.',
    },
  },
  'oidc.attempt-unknown': {
    status: 400,
    title: '登录或退出已过期，或不是由本浏览器发起',
    detail: '每次登录或退出只能用一次，十分钟内有效，且须在同一浏览器完成；请从登录页重新开始。',
    en: {
      title: 'Sign-in or sign-out has run out, or was not begun in this browser',
      detail:
        'Each sign-in or sign-out works once, for ten minutes and in the browser where it began; start again from the sign-in page.',
    },
  },
  'oidc.declined': {
    status: 403,
    title: '统一身份认证没有同意',
    detail: '统一身份认证答复：{error}；请重新登录，仍不成功请联系其管理员。',
    en: {
      title: 'The unified sign-in did not agree',
      detail: 'The unified sign-in answered: {error}; sign in again, and turn to its administrator if it fails again.',
    },
  },
  'oidc.untrusted': {
    status: 403,
    title: '统一身份认证的答复未通过核验',
    detail: '签名、颁发者、受众、时间或随机数不符，未登录；请从登录页重新开始，反复出现请告知系统管理员。',
    en: {
      title: 'The answer of the unified sign-in was not trusted',
      detail:
        'Signature, issuer, audience, time or nonce do not match, and you are not signed in; start again from the sign-in page, and tell the system administrator if it happens again.',
    },
  },
  'oidc.not-linked': {
    status: 403,
    title: '没有关联的账号',
    detail: '您在统一身份认证的身份尚未与本系统账号关联；请用口令登录后自行关联，或请安全管理员关联。',
    en: {
      title: 'No account linked',
      detail:
        'Your identity at the unified sign-in is not linked to an account here yet; sign in by password and link it yourself, or ask a security administrator.',
    },
  },
  'oidc.linked-elsewhere': {
    status: 409,
    title: '已有关联',
    detail: '该统一身份认证用户或该账号已有关联，一人一号；请先解除原关联。',
    en: {
      title: 'Already linked',
      detail:
        'This user of the unified sign-in, or this account, is linked already, one to one; remove that link first.',
    },
  },
  'oidc.no-link': {
    status: 409,
    title: '没有关联',
    detail: '该账号没有与统一身份认证关联，无需解除。',
    en: { title: 'No link', detail: 'The account is not linked to the unified sign-in; there is nothing to remove.' },
  },
};

export const oidcEvents: EventCatalogue = {
  'session.second-factor-awaited': { visibility: 'sealed', title: '统一身份认证通过，等待动态口令' },
  'account.oidc-link-begun': { visibility: 'sealed', title: '本人确认后开始关联统一身份认证' },
  'account.oidc-link-refused': { visibility: 'sealed', title: '开始关联统一身份认证时口令或动态口令不对' },
  'account.oidc-linked': { visibility: 'sealed', title: '关联统一身份认证' },
  'account.oidc-unlinked': { visibility: 'sealed', title: '解除统一身份认证关联' },
};
