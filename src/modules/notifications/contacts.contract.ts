import * as z from 'zod';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

const channel = z.enum(['email', 'sms']);

const contact = z.object({
  channel,
  address: z.string().describe('遮蔽显示：138****5678、z***@example.org'),
  verified: z.boolean().describe('已用验证码确认为本人所有'),
  enabled: z.boolean().describe('是否用于接收通知'),
});
export type ContactView = z.infer<typeof contact>;

const tag = '通知';
const access = 'account';
const params = z.object({ channel });

const forgery = 'sign-in.forgery';

export const contactRoutes = {
  listContacts: route({
    method: 'get',
    path: '/account/contacts',
    summary: '本人的邮箱和手机号 The own addresses',
    tag,
    access,
    reply: z.object({
      items: z.array(contact),
      available: z.array(channel).describe('本系统已配置、可以使用的方式'),
    }),
  }),
  setContact: route({
    method: 'put',
    path: '/account/contacts/:channel',
    summary: '登记或更换邮箱、手机号，系统随即发送验证码 Set an address; a code is sent to it',
    tag,
    access,
    params,
    body: z.strictObject({ address: z.string().trim().min(3).max(254).describe('邮箱地址，或大陆手机号 11 位') }),
    reply: contact,
    events: ['contact.set'],
    problems: ['contact.malformed', 'contact.channel-off', 'contact.too-often', 'request.conflict', forgery],
  }),
  verifyContact: route({
    method: 'post',
    path: '/account/contacts/:channel/verify',
    summary: '以验证码确认 Verify by the code',
    tag,
    access,
    params,
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/, '须为六位数字。') }),
    reply: contact,
    status: 200,
    events: ['contact.verified', 'contact.code-wrong'],
    problems: ['contact.none', 'contact.code-wrong', 'contact.code-spent', 'request.conflict', forgery],
    unrepeatable: true,
  }),
  chooseContact: route({
    method: 'put',
    path: '/account/contacts/:channel/choice',
    summary: '选择是否以此方式接收通知；收件箱始终接收 Whether to be told this way; the inbox always is',
    tag,
    access,
    params,
    body: z.strictObject({ enabled: z.boolean() }),
    reply: contact,
    events: ['contact.chosen'],
    problems: ['contact.none', 'request.conflict', forgery],
  }),
  removeContact: route({
    method: 'delete',
    path: '/account/contacts/:channel',
    summary: '删除邮箱或手机号 Remove an address',
    tag,
    access,
    params,
    events: ['contact.removed'],
    problems: ['contact.none', forgery],
  }),
};

export const contactProblems: ProblemList = {
  'contact.malformed': {
    status: 422,
    title: '地址格式不对',
    detail: '邮箱应形如 name@example.org；手机号应为 1 开头的 11 位数字，可带 +86。',
    en: {
      title: 'The address is malformed',
      detail:
        'An e-mail address looks like name@example.org; a mobile number has 11 digits beginning with 1 and may bear +86.',
    },
  },
  'contact.channel-off': {
    status: 409,
    title: '本系统未开通此方式',
    detail: '系统管理员尚未配置{channel}发送；通知仍会送达收件箱。',
    en: {
      title: 'This way is not open here',
      detail: 'The system administrator has not set up sending by {channel}; notices still reach the inbox.',
    },
  },
  'contact.too-often': {
    status: 429,
    title: '验证码发送过于频繁',
    detail: '请在 {retryAfter} 秒后再试；一小时内最多 5 次。',
    en: { title: 'Codes are sent too often', detail: 'Try again in {retryAfter} seconds; at most 5 in an hour.' },
  },
  'contact.none': {
    status: 404,
    title: '尚未登记',
    detail: '尚未登记此方式的地址，请先登记。',
    en: { title: 'Nothing recorded yet', detail: 'No address of this kind is recorded yet; record one first.' },
  },
  'contact.code-wrong': {
    status: 422,
    title: '验证码不对',
    detail: '验证码不对，还可再试 {left} 次。',
    en: { title: 'The code is wrong', detail: 'The code is wrong; {left} more attempts are left.' },
  },
  'contact.code-spent': {
    status: 409,
    title: '验证码已失效',
    detail: '验证码已使用、已过期或输错次数过多；请重新登记地址以获取新的验证码。',
    en: {
      title: 'The code no longer holds',
      detail:
        'The code was used, has run out or was entered wrongly too often; record the address again to get another.',
    },
  },
};

export const contactEvents: EventCatalogue = {
  'contact.set': { visibility: 'sealed', title: '登记联系地址' },
  'contact.verified': { visibility: 'sealed', title: '确认联系地址' },
  'contact.code-wrong': { visibility: 'sealed', title: '验证码不对' },
  'contact.chosen': { visibility: 'sealed', title: '选择通知方式' },
  'contact.removed': { visibility: 'sealed', title: '删除联系地址' },
};
