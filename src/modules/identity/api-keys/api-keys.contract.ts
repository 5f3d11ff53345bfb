import * as z from 'zod';
import { dayField, idField, idParams, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { permissions, roles, type Permission } from '../permissions';

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];

const keyView = z.object({
  id: z.string(),
  name: z.string(),
  postId: z.string(),
  scopes: z.array(z.string()).nullable().describe('权限范围，null 为岗位的全部权限'),
  expiresOn: z.string().describe('最后有效日（含）'),
  createdAt: z.string(),
  revoked: z.boolean(),
});
export type KeyView = z.input<typeof keyView>;

const issuedKeyView = keyView.extend({
  account: z.object({ id: z.string(), name: z.string(), username: z.string() }).describe('持有人'),
  role: z.enum(roles).nullable().describe('所代表的岗位'),
  usable: z.boolean().describe('未作废、未过期，账号未停用，岗位在任：现在能用'),
  may: z.array(z.enum(['revoke'])),
});
export type IssuedKeyView = z.input<typeof issuedKeyView>;

const newKey = z
  .object({
    name: lineField(100).describe('用途'),
    postId: idField.describe('本人的岗位'),
    scopes: z.array(z.enum(permissionNames)).min(1).max(100).optional().describe('只给这些权限；不填为岗位的全部权限'),
    expiresOn: dayField.describe('最后有效日（含），至多一年'),
  })
  .strict();
export type NewKey = z.output<typeof newKey>;

const issued = z.object({ id: z.string(), key: z.string().optional().describe('只显示一次') });
export type IssuedKey = z.input<typeof issued>;

const tag = '接口密钥';
const access = 'signed-in';

export const apiKeyRoutes = {
  issueKey: route({
    method: 'post',
    path: '/api-keys',
    summary: '签发接口密钥 Issue an API key for an own post',
    tag,
    access,
    body: newKey,
    reply: issued,
    events: ['api-key.issued'],
    problems: [
      'sign-in.session-only',
      'api-key.expiry',
      'api-key.scope-not-held',
      'api-key.post-not-own',
      'sign-in.forgery',
    ],
    secrets: ['key'],
  }),
  listIssuedKeys: route({
    method: 'get',
    path: '/issued-api-keys',
    summary: '全部人员的接口密钥，新的在前；不含密钥本身 API keys of everybody, the latest first',
    tag,
    access: { permission: 'account.read' },
    query: z
      .object({
        ...pageQuery,
        accountId: idField.optional().describe('只看此账号的'),
        state: z.enum(['unrevoked', 'revoked']).optional().describe('未作废且未过期；已作废。缺省为全部'),
      })
      .strict(),
    reply: pageOf(issuedKeyView),
  }),
  revokeIssuedKey: route({
    method: 'post',
    path: '/issued-api-keys/:id/revoke',
    summary: '作废他人的接口密钥，并告知持有人 Revoke another person’s API key; its holder is told',
    tag,
    access: { permission: 'api-key.revoke-any' },
    status: 200,
    params: idParams,
    body: z.strictObject({ reason: lineField(200).describe('作废原因，告知持有人并记入日志') }),
    reply: issuedKeyView,
    events: ['api-key.revoked'],
    problems: ['sign-in.session-only', 'request.not-found', 'sign-in.forgery'],
  }),
  listKeys: route({
    method: 'get',
    path: '/api-keys',
    summary: '本人的接口密钥 Own API keys',
    tag,
    access,
    query: z.object(pageQuery).strict(),
    reply: pageOf(keyView),
    problems: ['sign-in.session-only'],
  }),
  revokeKey: route({
    method: 'delete',
    path: '/api-keys/:id',
    summary: '作废本人的接口密钥 Revoke an own API key',
    tag,
    access,
    params: idParams,
    events: ['api-key.revoked'],
    problems: ['sign-in.session-only', 'request.not-found', 'sign-in.forgery'],
  }),
};

export const apiKeyProblems: ProblemList = {
  'api-key.expiry': {
    status: 422,
    title: '有效期不对',
    detail: '最后有效日须在 {first} 至 {last} 之间；请改填。',
    en: { title: 'Validity not right', detail: 'The last valid day must lie between {first} and {last}; change it.' },
  },
  'api-key.scope-not-held': {
    status: 422,
    title: '超出岗位权限',
    detail: '{role} 岗位没有这些权限：{scopes}；请删去。',
    en: {
      title: 'More than the post may do',
      detail: 'The post of {role} does not have these permissions: {scopes}; leave them out.',
    },
  },
  'api-key.post-not-own': {
    status: 422,
    title: '不是本人的有效岗位',
    detail: '岗位 {postId} 不是您今日有效的岗位；请改选。',
    en: {
      title: 'No valid post of yours',
      detail: 'The post {postId} is not one that you hold today; choose another.',
    },
  },
};

export const apiKeyEvents: EventCatalogue = {
  'api-key.issued': { visibility: 'sealed', title: '签发接口密钥' },
  'api-key.revoked': { visibility: 'sealed', title: '作废接口密钥' },
};
