import * as z from 'zod';
import { dayField, idField, lineField, textField } from '../../../kernel/http/fields';
import { route } from '../../../kernel/http/route';
import type { EventCatalogue } from '../../audit-log';
import { poolModes } from '../core/profile';
import { certainties, divisionCode, profileIdNote } from '../policy.contract';
import { profileStates } from './profiles.states';

const tag = '规则集';

const ruleId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9.-]+$/);
const basisBody = z
  .strictObject({
    number: lineField(100).describe('发文字号'),
    title: lineField(200).describe('文件名称'),
    effectiveFrom: dayField.describe('施行日'),
    validThrough: dayField.nullable().default(null).describe('有效期的最后一日；文件未定为 null'),
  })
  .describe('依据文件');

const settingBody = z.strictObject({
  rule: ruleId.describe('规则类别编号，见 /policy/rules'),
  value: z.unknown().describe('要求值，格式见该类别的 schema'),
  number: lineField(100).describe('文号'),
  citation: lineField(300).describe('依据条款'),
  certainty: z.enum(certainties).describe('把握程度'),
  effect: z.enum(['refuse', 'inform']).describe('不符合时：不予通过、仅作提示'),
  disputed: z.boolean().default(false).describe('合法性存疑：法制审核支持前仅作提示'),
  effectiveFrom: dayField.describe('该条自该日起'),
  validThrough: dayField.nullable().default(null).describe('至该日止'),
  repealed: z
    .strictObject({
      day: dayField.describe('自该日起废止，须晚于该条的施行日'),
      paper: lineField(200).describe('废止文件的文号'),
    })
    .nullable()
    .default(null)
    .describe('该条已定废止的：自该日起新的决定不再适用，此前的决定不变；未废止为 null'),
});

const draftBody = z.strictObject({
  title: lineField(200).describe('名称'),
  basis: basisBody,
  poolMode: z.enum(poolModes).describe('名录方式：不设、登记、核准'),
  basedOn: z
    .string()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('以哪一规则集为底稿；其各条照录，再以 rules 更替'),
  rules: z.array(settingBody).max(200).default([]).describe('各条规则'),
  without: z.array(ruleId).max(200).default([]).describe('底稿中不再保留的规则'),
});

const shownReview = z.object({
  rule: z.string().nullable(),
  number: z.string(),
  day: z.string(),
  result: z.enum(['upheld', 'not-upheld']),
  fairCompetition: z.string().nullable(),
  recordedBy: z.string().nullable(),
  recordedOn: z.string(),
});
const shownSetting = settingBody.extend({
  title: z.string(),
  titleEn: z.string(),
  disputed: z.boolean(),
  effectiveFrom: z.string(),
  validThrough: z.string().nullable(),
  number: z.string(),
  citation: z.string(),
  value: z.unknown(),
  repealed: z.object({ day: z.string(), paper: z.string() }).nullable().describe('自该日起废止，依据文号'),
});

export const profileReply = z.object({
  id: z.string(),
  authority: z.string(),
  title: z.string(),
  state: z.enum(profileStates).describe('草案、已施行、已撤回'),
  source: z.enum(['shipped', 'entered']).describe('随程序提供，或由人员拟定'),
  basis: z.object({
    number: z.string(),
    title: z.string(),
    effectiveFrom: z.string(),
    validThrough: z.string().nullable(),
  }),
  poolMode: z.enum(poolModes),
  effectiveFrom: z.string().nullable().describe('本版施行日；草案为 null'),
  withdrawal: z
    .object({ on: z.string(), by: z.string(), reason: z.string() })
    .nullable()
    .describe('草案撤回的日期、人和原因；没有撤回的为 null'),
  rules: z.array(shownSetting),
  reviews: z.array(shownReview).describe('合法性审核与公平竞争审查'),
  repeals: z.array(z.object({ rule: z.string().nullable(), day: z.string(), paper: z.string() })),
  version: z.number().int().nullable(),
});
export type ProfileReply = z.input<typeof profileReply>;

const byId = z.object({ id: z.string().min(1).max(64).describe(profileIdNote) });
const byDraft = z.object({ id: idField });

export const policyRoutes = {
  kinds: route({
    method: 'get',
    path: '/policy/rules',
    summary: '规则类别及其要求值的格式 Kinds of rules with the schema of their values',
    tag,
    access: 'public',
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          titleEn: z.string(),
          scope: z.string(),
          needs: z.array(z.string()),
          schema: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
  list: route({
    method: 'get',
    path: '/policy/profiles',
    summary: '已施行的规则集 Adopted profiles; with an authority and a day, the one that holds',
    tag,
    access: 'public',
    query: z.strictObject({
      authority: divisionCode.optional(),
      day: dayField.optional().describe('某日适用的一版；缺省为今日'),
    }),
    reply: z.object({ items: z.array(profileReply) }),
  }),
  read: route({
    method: 'get',
    path: '/policy/profiles/:id',
    summary: '一版规则集 One adopted version',
    tag,
    access: 'public',
    params: byId,
    reply: profileReply,
    problems: ['request.not-found'],
  }),
  drafts: route({
    method: 'get',
    path: '/policy/drafts',
    summary: '规则集草案 Drafts of the own authorities',
    tag,
    access: { permission: 'policy.drafts' },
    query: z.strictObject({
      state: z.enum(['draft', 'withdrawn']).default('draft').describe('待施行的草案，或已撤回的草案'),
    }),
    reply: z.object({ items: z.array(profileReply) }),
  }),
  draft: route({
    method: 'post',
    path: '/policy/drafts',
    summary: '拟定规则集 Draft a version for the own authority',
    tag,
    access: { permission: 'policy.draft' },
    body: draftBody,
    reply: profileReply,
    events: ['policy.drafted'],
    problems: [
      'policy.rule-unknown',
      'policy.value-unfit',
      'policy.repeal-before-effect',
      'request.not-found',
      'authority.not-set',
    ],
  }),
  amend: route({
    method: 'post',
    path: '/policy/drafts/:id/versions',
    summary: '修改规则集草案 Amend a draft',
    tag,
    access: { permission: 'policy.draft' },
    params: byDraft,
    body: draftBody,
    reply: profileReply,
    status: 200,
    events: ['policy.amended'],
    problems: [
      'policy.drafter-only',
      'policy.reviewed-already',
      'policy.rule-unknown',
      'policy.value-unfit',
      'policy.repeal-before-effect',
      'policy.already-adopted',
      'policy.draft-withdrawn',
      'request.not-found',
    ],
  }),
  withdraw: route({
    method: 'post',
    path: '/policy/drafts/:id/withdraw',
    summary: '撤回规则集草案 Withdraw a draft: its drafter, or a lead whoever drafted it',
    tag,
    access: { permission: 'policy.withdraw' },
    params: byDraft,
    body: z.strictObject({ reason: textField(1000).describe('撤回的原因') }),
    reply: profileReply,
    status: 200,
    events: ['policy.withdrawn'],
    problems: ['policy.drafter-only', 'policy.already-adopted', 'policy.draft-withdrawn', 'request.not-found'],
  }),
  adopt: route({
    method: 'post',
    path: '/policy/drafts/:id/adopt',
    summary: '施行规则集 Adopt a draft from a day on; by another person than the drafter',
    tag,
    access: { permission: 'policy.adopt' },
    params: byDraft,
    body: z.strictObject({
      effectiveFrom: dayField.describe('施行日，不早于今日'),
      paper: lineField(200).describe('公布文件的名称或文号'),
    }),
    reply: profileReply,
    status: 200,
    events: ['policy.adopted'],
    problems: [
      'policy.already-adopted',
      'policy.same-person',
      'policy.retroactive',
      'policy.basis-lapsed',
      'policy.below-law',
      'policy.draft-withdrawn',
      'request.not-found',
    ],
  }),
  review: route({
    method: 'post',
    path: '/policy/profiles/:id/reviews',
    summary: '登记合法性审核 Record a legality review of a version or one rule; by another person than the drafter',
    tag,
    access: { permission: 'policy.adopt' },
    params: byId,
    body: z.strictObject({
      rule: ruleId.nullable().default(null).describe('所审的规则；整体审核为 null'),
      number: lineField(200).describe('合法性审核文号'),
      day: dayField.describe('审核日'),
      result: z.enum(['upheld', 'not-upheld']).describe('结论：支持、不支持'),
      fairCompetition: lineField(200).nullable().default(null).describe('公平竞争审查文号'),
    }),
    reply: profileReply,
    status: 200,
    events: ['policy.reviewed'],
    problems: [
      'policy.same-person',
      'policy.rule-unknown',
      'policy.day-in-future',
      'policy.draft-withdrawn',
      'request.not-found',
    ],
  }),
  repeal: route({
    method: 'post',
    path: '/policy/profiles/:id/repeal',
    summary: '废止规则集或其中一条 Repeal a version or one rule of it; by another person than the drafter',
    tag,
    access: { permission: 'policy.adopt' },
    params: byId,
    body: z.strictObject({
      rule: ruleId.nullable().default(null).describe('所废止的规则；整体废止为 null'),
      day: dayField.describe('自该日起废止，不早于今日'),
      paper: lineField(200).describe('废止文件的名称或文号'),
    }),
    reply: profileReply,
    status: 200,
    events: ['policy.repealed'],
    problems: [
      'policy.rule-unknown',
      'policy.retroactive',
      'policy.same-person',
      'policy.binding-rule',
      'policy.shipped',
      'policy.draft-withdrawn',
      'request.not-found',
    ],
  }),
};

export const profileEvents: EventCatalogue = {
  'policy.drafted': { visibility: 'sealed', title: '拟定规则集' },
  'policy.amended': { visibility: 'sealed', title: '修改规则集草案' },
  'policy.withdrawn': { visibility: 'sealed', title: '撤回规则集草案' },
  'policy.adopted': { visibility: 'public', title: '施行规则集' },
  'policy.reviewed': { visibility: 'public', title: '登记规则的合法性审核' },
  'policy.repealed': { visibility: 'public', title: '废止规则' },
};
