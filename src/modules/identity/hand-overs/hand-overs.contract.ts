import * as z from 'zod';
import { idField, idParams, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';
import { workKinds, type WorkKind } from '../work/work.rules';
import { MOST_ITEMS } from './hand-overs.rules';
import { handOverMoves, outcomes, type HandOverOutcome, type HandOverState } from './hand-overs.states';

const kinds = Object.keys(workKinds) as [WorkKind, ...WorkKind[]];
const states = Object.keys(handOverMoves) as [HandOverState, ...HandOverState[]];
const outcomeNames = Object.keys(outcomes) as [HandOverOutcome, ...HandOverOutcome[]];

const preparation = z
  .object({
    giverPostId: idField.describe('移交人的岗位'),
    receiverPostId: idField.describe('接收人的岗位；未另行指定的事项归此岗位'),
    items: z
      .array(z.object({ workId: idField, receiverPostId: idField.optional().describe('该事项另交此岗位') }).strict())
      .min(1)
      .max(MOST_ITEMS)
      .optional()
      .describe('所选事项；不填为移交人的全部在办事项'),
  })
  .strict();
export type NewHandOver = z.output<typeof preparation>;

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制。')
  .describe('所阅清单的 SHA-256');
const signing = z.object({ listSha256: sha256 }).strict();
const signingForGiver = z
  .object({
    listSha256: sha256,
    scanFileId: idField.describe('移交人签字的清单扫描件'),
    paper: lineField(200).describe('纸质清单的存放说明'),
  })
  .strict();
export type SigningForGiver = z.output<typeof signingForGiver>;

const signer = z.object({
  post: z.string(),
  account: z.string(),
  name: z.string(),
  role: z.string(),
  office: z.string().nullable(),
});
const list = z.object({
  spec: z.literal('lujian-hand-over/1'),
  id: z.string(),
  preparedAt: z.string(),
  giver: signer,
  receivers: z.array(signer),
  items: z.array(
    z.object({
      no: z.number(),
      work: z.string(),
      kind: z.enum(kinds),
      ref: z.string(),
      openedAt: z.string(),
      receiver: z.string(),
    }),
  ),
});

const shape = {
  id: z.string(),
  state: z.enum(states).describe('prepared 待签字、part-signed 签字中、completed 已移交、cancelled 已取消'),
  giverPostId: z.string(),
  itemCount: z.number(),
  listSha256: z.string().describe('清单规范 JSON（RFC 8785）的 SHA-256'),
  preparedAt: z.string(),
  endedAt: z.string().nullable(),
  signatures: z.array(
    z.object({
      side: z.enum(['giver', 'receiver']),
      postId: z.string(),
      accountId: z.string(),
      signedAt: z.string().nullable(),
      signedBy: z.string().nullable().describe('签字账号；负责人代已离岗的移交人确认时为负责人'),
      scanFileId: z.string().nullable(),
      scanSha256: z.string().nullable(),
      paper: z.string().nullable(),
    }),
  ),
  may: z.array(z.enum(['sign', 'sign-for-giver', 'cancel'])),
};
const handOverRow = z.object(shape);
export type HandOverRow = z.input<typeof handOverRow>;

const handOverView = z.object({
  ...shape,
  list: list.describe('封存的清单，listSha256 即对它的规范 JSON 计算'),
  outcomes: z
    .array(z.object({ no: z.number(), outcome: z.enum(outcomeNames) }))
    .describe('移交结果：moved 已移交、closed 移交前已办结、elsewhere 移交前已转由他岗；完成前为空'),
});
export type HandOverView = z.input<typeof handOverView>;

const tag = '工作交接';
const use = { permission: 'hand-over.use' } as const;
const signProblems = [
  'sign-in.session-only',
  'hand-over.wrong-state',
  'hand-over.other-list',
  'hand-over.signed-already',
  'hand-over.receiver-unfit',
  'hand-over.same-person',
  'request.not-found',
];

export const handOverRoutes = {
  prepareHandOver: route({
    method: 'post',
    path: '/hand-overs',
    summary: '拟定工作交接并封存清单 Prepare a hand-over; its list is frozen',
    tag,
    access: use,
    body: preparation,
    reply: handOverView,
    events: ['hand-over.prepared'],
    problems: [
      'sign-in.session-only',
      'hand-over.not-yours',
      'hand-over.item-not-held',
      'hand-over.nothing-held',
      'hand-over.too-many',
      'hand-over.same-person',
      'hand-over.receiver-unfit',
      'request.not-found',
    ],
  }),
  listHandOvers: route({
    method: 'get',
    path: '/hand-overs',
    summary: '工作交接：本人的；处室负责人可见本机关范围内的 Hand-overs',
    tag,
    access: use,
    query: z.object({ ...pageQuery, state: z.enum(states).optional() }).strict(),
    reply: pageOf(handOverRow),
  }),
  showHandOver: route({
    method: 'get',
    path: '/hand-overs/:id',
    summary: '查看工作交接及清单 A hand-over with its list',
    tag,
    access: use,
    params: idParams,
    reply: handOverView,
    problems: ['request.not-found'],
  }),
  printHandOver: route({
    method: 'get',
    path: '/hand-overs/:id/list.pdf',
    summary: '打印交接清单 The list as a paper to sign',
    tag,
    access: use,
    params: idParams,
    download: ['application/pdf'],
    problems: ['request.not-found', 'document.character-without-glyph', 'document.not-makeable'],
  }),
  signHandOver: route({
    method: 'post',
    path: '/hand-overs/:id/sign',
    summary: '移交人、接收人以本人账号签字；签齐即移交 Sign as giver or receiver; the last one moves the work',
    tag,
    access: use,
    params: idParams,
    body: signing,
    reply: handOverView,
    status: 200,
    events: ['hand-over.signed', 'hand-over.completed'],
    problems: ['hand-over.not-a-signer', ...signProblems],
  }),
  signForGiver: route({
    method: 'post',
    path: '/hand-overs/:id/sign-for-giver',
    summary: '移交人已离岗的，处室负责人凭签字扫描件确认 Confirm for a giver who is gone, by the signed paper',
    tag,
    access: { permission: 'hand-over.sign-for' },
    params: idParams,
    body: signingForGiver,
    reply: handOverView,
    status: 200,
    events: ['hand-over.signed', 'hand-over.completed'],
    problems: ['hand-over.giver-there', 'hand-over.lead-is-party', 'hand-over.scan-type', ...signProblems],
  }),
  cancelHandOver: route({
    method: 'post',
    path: '/hand-overs/:id/cancel',
    summary: '取消尚未完成的工作交接 Cancel a hand-over that is not completed',
    tag,
    access: use,
    params: idParams,
    body: z.object({ reason: lineField(500).describe('原因') }).strict(),
    reply: handOverView,
    status: 200,
    events: ['hand-over.cancelled'],
    problems: ['sign-in.session-only', 'hand-over.not-yours', 'hand-over.wrong-state', 'request.not-found'],
  }),
};

export const handOverProblems: ProblemList = {
  'hand-over.not-yours': {
    status: 403,
    title: '不能办理此交接',
    detail: '工作交接由移交人本人或其所在机关的处室负责人拟定和取消，代办人不能办理；请由其办理。',
    en: {
      title: 'You may not do this hand-over',
      detail:
        'A hand-over is drawn up and cancelled by whoever hands over or by the head of the office, not by a deputy; let one of them do it.',
    },
  },
  'hand-over.nothing-held': {
    status: 409,
    title: '没有在办事项',
    detail: '该岗位没有在办事项，无须交接。',
    en: { title: 'Nothing in hand', detail: 'The post has nothing in hand, so nothing is to be handed over.' },
  },
  'hand-over.item-not-held': {
    status: 409,
    title: '事项不在移交人名下',
    detail: '事项 {items} 已办结、重复填写或不由移交人在办；请重新查看待办后再拟定。',
    en: {
      title: 'Not in the hands of the giver',
      detail:
        'The items {items} are settled, listed twice or not in the hands of the giver; look at the work list again before drawing it up.',
    },
  },
  'hand-over.too-many': {
    status: 422,
    title: '事项过多',
    detail: '共 {count} 项，一次交接至多 {limit} 项；请分几次选定事项。',
    en: {
      title: 'Too many items',
      detail: 'There are {count} items, and one hand-over takes at most {limit}; choose them in several parts.',
    },
  },
  'hand-over.same-person': {
    status: 409,
    title: '移交人与接收人为同一人',
    detail: '工作交接须在两人之间进行；本人换岗留办的事项请由处室负责人分派。',
    en: {
      title: 'Giver and receiver are the same person',
      detail:
        'A hand-over takes two people; what stays with a person who changes posts is assigned by the head of the office.',
    },
  },
  'hand-over.receiver-unfit': {
    status: 409,
    title: '接收岗位不合适',
    detail: '岗位 {post} 不能接收：{items}。接收人须在有效期内担任相同角色、范围相符的岗位；请改选或取消后重新拟定。',
    en: {
      title: 'The receiving post does not fit',
      detail:
        'The post {post} cannot take over: {items}. The receiver must hold a valid post of the same role and of a scope that covers them; choose again, or cancel and draw it up anew.',
    },
  },
  'hand-over.not-a-signer': {
    status: 403,
    title: '不是签字人',
    detail: '清单须由移交人、接收人以本人账号签字，代办不能代签。',
    en: {
      title: 'Not a signer',
      detail: 'The list is signed by giver and receiver under their own accounts; a deputy cannot sign for them.',
    },
  },
  'hand-over.signed-already': {
    status: 409,
    title: '已签字',
    detail: '该方已签字，无须再签。',
    en: { title: 'Already signed', detail: 'This side has signed already.' },
  },
  'hand-over.other-list': {
    status: 409,
    title: '清单不一致',
    detail: '所阅清单与封存的清单不同（封存值 {sha256}）；请重新阅看后签字。',
    en: {
      title: 'Another list',
      detail: 'The list that was read is not the one that was sealed (commitment {sha256}); read it again, then sign.',
    },
  },
  'hand-over.wrong-state': {
    status: 409,
    title: '交接状态不符',
    detail: '该交接现为 {state}，不能再签字或取消；需要时请另行拟定。',
    en: {
      title: 'The hand-over is in another state',
      detail: 'The hand-over is {state} and can no longer be signed or cancelled; draw up another if needed.',
    },
  },
  'hand-over.giver-there': {
    status: 409,
    title: '移交人仍在岗',
    detail: '移交人的岗位和账号仍有效，应由其本人签字；已离岗的请先结束岗位或停用账号。',
    en: {
      title: 'The giver is still there',
      detail:
        'Post and account of the giver are still valid, so the giver signs in person; if the giver has left, end the post or deactivate the account first.',
    },
  },
  'hand-over.lead-is-party': {
    status: 409,
    title: '负责人是交接一方',
    detail: '代移交人确认的负责人不能同时是接收人或移交人；请由另一名负责人办理。',
    en: {
      title: 'The head is a party',
      detail: 'Whoever confirms for the giver can be neither receiver nor giver; let another head do it.',
    },
  },
  'hand-over.scan-type': {
    status: 422,
    title: '不是扫描件',
    detail: '签字清单须为 PDF、JPEG 或 PNG 文件，所填为 {mediaType}；请重新上传。',
    en: {
      title: 'No scan',
      detail: 'The signed list must be a PDF, JPEG or PNG file, and this is {mediaType}; upload it again.',
    },
  },
};

export const handOverEvents: EventCatalogue = {
  'hand-over.prepared': { visibility: 'sealed', title: '拟定工作交接' },
  'hand-over.signed': { visibility: 'sealed', title: '工作交接签字' },
  'hand-over.completed': { visibility: 'sealed', title: '工作交接完成' },
  'hand-over.cancelled': { visibility: 'sealed', title: '取消工作交接' },
};
