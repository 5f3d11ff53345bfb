import * as z from 'zod';
import { idField, lineField } from '../../../kernel/http/fields';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../audit-log.contract';

/**
 * Days that an old key goes on signing beside the new one. Who has only the old one meets in this time a checkpoint that
 * both have signed, and so has the old key's word for the new one.
 */
export const OVERLAP_DAYS = 30;

const keyView = z.object({
  id: z.string(),
  origin: z.string().describe('日志名称'),
  verifier: z.string().describe('验证公钥，C2SP signed-note 写法'),
  signing: z.boolean().describe('正在签署检查点'),
  madeAt: z.string(),
  retiredAt: z.string().nullable().describe('停止签署的时刻'),
});
export type LogKeyView = z.input<typeof keyView>;

const tag = '透明日志';
const params = z.strictObject({ id: idField });

/** Keys of the log: one signs, two while one takes over from the other. */
export const logKeyRoutes = {
  list: route({
    method: 'get',
    path: '/public/log/keys',
    summary:
      '透明日志的验证公钥，含已停用的和原日志的 Verifier keys of the log and its former origins, retired ones too',
    tag,
    access: 'public',
    reply: z.object({ items: z.array(keyView) }),
  }),
  add: route({
    method: 'post',
    path: '/log/keys',
    summary: '启用新的日志密钥，与原密钥同时签署 Begin to sign with a new key beside the old one',
    tag,
    access: { permission: 'log-key.manage' },
    body: z.strictObject({ reason: lineField(200).describe('更换原因') }),
    reply: keyView,
    events: ['log.key-added'],
    problems: ['log.keys-overlap', 'sign-in.session-only'],
  }),
  retire: route({
    method: 'post',
    path: '/log/keys/:id/retirement',
    summary: '停用日志密钥 Sign no more with a key of the log',
    tag,
    access: { permission: 'log-key.manage' },
    status: 200,
    params,
    body: z.strictObject({
      reason: lineField(200).describe('停用原因'),
      compromised: z.boolean().default(false).describe('密钥可能已泄露：不等交接期满，立即停用'),
    }),
    reply: keyView,
    events: ['log.key-retired'],
    problems: ['request.not-found', 'log.key-retired', 'log.only-key', 'log.overlap-runs', 'sign-in.session-only'],
  }),
};

export const logKeyEvents: EventCatalogue = {
  'log.key-added': { visibility: 'public', title: '启用日志密钥' },
  'log.key-retired': { visibility: 'public', title: '停用日志密钥' },
};

export const logKeyProblems: ProblemList = {
  'log.keys-overlap': {
    status: 409,
    title: '已有两个密钥同时签署',
    detail: '日志密钥正在交接：请先停用原密钥，再启用新的。',
    en: {
      title: 'Two keys sign already',
      detail: 'A key of the log is being replaced: retire the old one before adding another.',
    },
  },
  'log.key-retired': {
    status: 409,
    title: '密钥已停用',
    detail: '该密钥已于 {on} 停用，无需再次办理。',
    en: { title: 'The key is retired', detail: 'This key was retired on {on}; nothing is left to do.' },
  },
  'log.only-key': {
    status: 409,
    title: '这是唯一的日志密钥',
    detail: '没有别的密钥签署，停用后日志将无法继续；请先启用新的密钥（POST /log/keys）。',
    en: {
      title: 'This is the only key of the log',
      detail: 'No other key signs, so the log could not go on; add a new key first (POST /log/keys).',
    },
  },
  'log.overlap-runs': {
    status: 409,
    title: '交接期未满',
    detail:
      '新旧密钥须同时签署 {days} 天，便于持有原公钥的人确认新公钥；{from} 起可停用。如密钥可能已泄露，请填 compromised 为 true。',
    en: {
      title: 'The keys have not overlapped long enough',
      detail:
        'Both keys sign for {days} days, so that holders of the old one can make sure of the new one; it may be retired from {from}. If the key may be known to others, set compromised to true.',
    },
  },
};
