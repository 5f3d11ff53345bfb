import * as z from 'zod';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { roles } from '../permissions';

const policy = z.object({
  secondFactorRoles: z
    .array(z.enum(roles))
    .max(roles.length)
    .refine((list) => new Set(list).size === list.length, '同一角色只列一次。')
    .describe('须启用动态口令的岗位角色；三员（安全、系统、审计管理员）须始终在内'),
  graceDays: z.number().int().min(0).max(30).describe('岗位起始日之后的宽限天数，0 为首次登录即须启用'),
  oneTimePasswordDays: z.number().int().min(1).max(30).describe('管理员发出的一次性口令的有效天数'),
});
const policyReply = policy.extend({ shipped: z.boolean().describe('即出厂规定，未另行设定') });
export type PolicyView = z.input<typeof policyReply>;
export type PolicyInput = z.output<typeof policy>;

const tag = '系统';
const path = '/installation/sign-in';

export const signInPolicyRoutes = {
  readSignInPolicy: route({
    method: 'get',
    path,
    summary: '登录规定：哪些岗位须启用动态口令，一次性口令的有效期 Which offices need a second factor',
    tag,
    access: { permission: 'account.read' },
    reply: policyReply,
  }),
  setSignInPolicy: route({
    method: 'put',
    path,
    summary: '设定登录规定，随即对所有人生效 Set which offices need a second factor; holds at once for everybody',
    tag,
    access: { permission: 'account.sign-in-policy' },
    body: policy.strict(),
    reply: policyReply,
    events: ['sign-in-policy.set'],
    problems: ['sign-in-policy.administrators'],
  }),
};

export const signInPolicyProblems: ProblemList = {
  'sign-in-policy.administrators': {
    status: 422,
    title: '管理员须启用动态口令',
    detail: '安全管理员、系统管理员、审计管理员须始终启用动态口令；请在 secondFactorRoles 中补上 {missing}。',
    en: {
      title: 'Administrators need one-time codes',
      detail:
        'Security, system and audit administrators must always use one-time codes; add {missing} to secondFactorRoles.',
    },
  },
  'sign-in.second-factor-required': {
    status: 403,
    title: '请先启用动态口令',
    detail:
      '您的岗位（{role}）须启用动态口令，此前不能办理其他事项；请生成密钥（POST /api/v1/session/totp），录入验证器，再以其显示的六位数字确认（PUT /api/v1/session/totp）。',
    en: {
      title: 'Please switch on one-time codes first',
      detail:
        'Your post ({role}) needs one-time codes, and nothing else can be done before: make a secret (POST /api/v1/session/totp), enter it in the authenticator, then confirm with the six digits it shows (PUT /api/v1/session/totp).',
    },
  },
};

export const signInPolicyEvents: EventCatalogue = {
  'sign-in-policy.set': { visibility: 'sealed', title: '设定登录规定' },
};
