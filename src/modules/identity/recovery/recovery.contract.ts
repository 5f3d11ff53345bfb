import * as z from 'zod';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { RECOVERY_CODES } from './recovery.rules';

/** Shown once, with the reply that made them. */
export const givenCodes = z.object({
  codes: z
    .array(z.string())
    .optional()
    .describe(`${RECOVERY_CODES} 个恢复码，只显示一次；每个可代替动态口令登录一次，请离线保存`),
  left: z.number().int(),
});
export type GivenCodes = z.input<typeof givenCodes>;

export const recoveryRoutes = {
  makeRecoveryCodes: route({
    method: 'post',
    path: '/session/recovery-codes',
    summary: '生成恢复码，旧的随即作废 Make recovery codes; earlier ones end',
    tag: '登录',
    access: 'account',
    body: z
      .object({
        totp: z
          .string()
          .regex(/^\d{6}$/, '须为六位数字。')
          .describe('验证器当前显示的动态口令'),
      })
      .strict(),
    reply: givenCodes,
    events: ['account.recovery-codes-made', 'account.recovery-codes-refused'],
    problems: ['recovery.no-totp', 'totp.code-wrong', 'sign-in.slow-down', 'sign-in.forgery'],
    secrets: ['codes'],
  }),
};

export const recoveryProblems: ProblemList = {
  'recovery.no-totp': {
    status: 409,
    title: '尚未启用动态口令',
    detail: '恢复码用于代替动态口令；请先启用动态口令（POST、PUT /api/v1/session/totp）。',
    en: {
      title: 'One-time codes are not switched on',
      detail: 'Recovery codes stand in for one-time codes; switch those on first (POST, PUT /api/v1/session/totp).',
    },
  },
};

export const recoveryEvents: EventCatalogue = {
  'account.recovery-codes-made': { visibility: 'sealed', title: '生成恢复码' },
  'account.recovery-codes-refused': { visibility: 'sealed', title: '生成恢复码时动态口令不对' },
};
