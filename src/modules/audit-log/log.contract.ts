import * as z from 'zod';
import { idField } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';

// What outsiders ask of the transparency log beside its files: proofs, and the bytes that a proof is about.

/** Position or size: ASCII digits without leading zeros; fifteen of them stay below 2^53. */
const countField = (what: string, example: string) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/, `${what}为不带前导零的非负整数，例如 ${example}。`)
    .meta({ examples: [example] })
    .transform(Number);

const origin = countField('日志序号', '0')
  .optional()
  .describe('第几个日志（从 0 起）；缺省为现在写入的日志 which log, the one being written by default');

const withLeaf = z
  .enum(['leaf'])
  .optional()
  .describe(
    'leaf：证明文件的 extra 行附上存证内容，一个文件即可核对 the proof carries the entry itself, so that one file is enough',
  );

const entryParams = z.object({ entryId: idField.describe('存证编号 id of the entry') });

export const consistencyReply = z.object({
  spec: z.literal('lujian-consistency/1'),
  from: z.number().describe('旧日志的条数 size of the older tree'),
  to: z.number().describe('新日志的条数 size of the newer tree'),
  hashes: z.array(z.string()).describe('一致性证明（RFC 6962 2.1.2），逐个为 base64'),
  fromCheckpoint: z.string().nullable().describe('旧检查点原文；未在该条数签署过的为 null'),
  toCheckpoint: z.string().nullable().describe('新检查点原文；未在该条数签署过的为 null'),
});

const tag = '透明日志';
const open = { method: 'get', tag, access: 'public' } as const;
const PROOF = ['text/plain'];

export const logRoutes = {
  entryProof: route({
    ...open,
    path: '/public/log/proofs/:entryId',
    summary: '某条存证的证明文件（C2SP tlog-proof） proof that an entry stands in the log',
    params: entryParams,
    query: z.strictObject({ with: withLeaf }),
    download: PROOF,
    problems: ['request.not-found', 'log.not-integrated', 'log.files-damaged'],
  }),
  positionProof: route({
    ...open,
    path: '/public/log/positions/:position/proof',
    summary: '日志某一位置的证明文件 the same by position in the log',
    params: z.object({ position: countField('位置', '17').describe('位置，从 0 起 position from 0') }),
    query: z.strictObject({ with: withLeaf, origin }),
    download: PROOF,
    problems: ['log.not-integrated', 'log.files-damaged'],
  }),
  leaf: route({
    ...open,
    path: '/public/log/entries/:entryId/leaf',
    summary: '某条存证写入日志的原始字节 the exact bytes that the log commits to',
    params: entryParams,
    download: ['application/json'],
    problems: ['request.not-found', 'log.not-integrated', 'log.files-damaged'],
  }),
  consistency: route({
    ...open,
    path: '/public/log/consistency',
    summary: '新日志完整包含旧日志的证明 proof that the newer log begins with the older one',
    query: z.strictObject({
      from: countField('条数', '3').describe('旧日志的条数 size of the older tree'),
      to: countField('条数', '8').optional().describe('新日志的条数，缺省为最新 newer size, the latest by default'),
      origin,
    }),
    reply: consistencyReply,
    problems: ['log.sizes-unfit', 'log.files-damaged'],
  }),
};

export const logProblems: ProblemList = {
  'log.not-integrated': {
    status: 409,
    title: '尚未写入透明日志',
    detail: '该存证正等待写入透明日志（日志现有 {size} 条）；请在 {retryAfter} 秒后再来取证明。',
    en: {
      title: 'Not in the transparency log yet',
      detail:
        'The entry is waiting to be integrated (the log holds {size} entries); come again for its proof in {retryAfter} second(s).',
    },
  },
  'log.sizes-unfit': {
    status: 422,
    title: '条数不合',
    detail: '须 from ≤ to ≤ {size}（日志现有条数）；所给 from={from}，to={to}。',
    en: {
      title: 'These sizes do not fit',
      detail: 'from ≤ to ≤ {size} (the entries of the log) is needed; given were from={from}, to={to}.',
    },
  },
  'log.files-damaged': {
    status: 500,
    title: '透明日志文件受损',
    detail:
      '已发布的日志文件与其检查点不符（{reason}），不出具这样的证明；请告知运维人员运行 npm run verify -- log 查明。',
    en: {
      title: 'The files of the transparency log are damaged',
      detail:
        'Published files of the log do not agree with its checkpoint ({reason}), so no proof is given out; have an operator run npm run verify -- log.',
    },
  },
};
