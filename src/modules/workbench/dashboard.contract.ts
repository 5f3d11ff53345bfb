import * as z from 'zod';
import { idField } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';

const tag = '统计';
const access = { permission: 'dashboard.read' };

/** 自然资规〔2024〕1号（三）: what large and medium mines are to reach, and by when. */
export const goals = {
  by: '2028-12-31',
  citation: '自然资规〔2024〕1号（三）',
  percents: { large: 90, medium: 80 },
} as const;

/** Institutions shown with their load. */
export const shownInstitutions = 50;
/** Institutions whose conditions one answer looks at, at most; fewer where they take longer than its time. */
export const judgedAtOnce = { usual: 100, most: 200 } as const;
export const judgingMs = 1500;
/** Months of bars that are shown, the present one included. */
export const shownMonths = 24;

const count = z.number().int();

export const dashboardReply = z.object({
  asOf: z.string().describe('统计日'),
  evaluations: z.array(z.object({ state: z.string(), count })).describe('单矿评估，按状态'),
  load: z
    .array(z.object({ institutionId: z.string(), name: z.string(), open: count, total: count }))
    .describe(`在办评估最多的机构，至多 ${shownInstitutions} 家`),
  bars: z.object({
    begun: z
      .array(z.object({ month: z.string(), institution: count, person: count }))
      .describe(`近 ${shownMonths} 个月各月起始的不再采信`),
    holding: z.object({ institution: count, person: count }).describe('统计日期限未满的，含停止执行的'),
  }),
  goals: z.object({
    by: z.string(),
    citation: z.string(),
    province: z.string().describe('行政区划代码'),
    classes: z.array(
      z.object({
        sizeClass: z.enum(['large', 'medium']),
        goalPercent: count,
        producing: count.describe('持证在产的矿山'),
        listed: count.describe('其中在名录（含整改中）的'),
        unclear: count.describe('未登记生产状态或许可证，未计入的'),
      }),
    ),
  }),
});
export type DashboardReply = z.infer<typeof dashboardReply>;

const conditionRules = z.array(
  z.object({
    rule: z.string(),
    title: z.string(),
    required: z.string().describe('要求值'),
    citation: z.string(),
    en: z
      .object({ title: z.string(), required: z.string(), citation: z.string() })
      .optional()
      .describe('上列文字的英文 The words above in English'),
    unmet: z.array(z.object({ institutionId: z.string(), name: z.string() })),
  }),
);

export const conditionsReply = z.object({
  asOf: z.string(),
  authority: z.string().describe('按哪一主管机关的规则核验：提问岗位所属的机关（行政区划代码）'),
  version: z.object({ title: z.string(), basis: z.string() }).describe('该机关今日适用的规则版本及依据文件的文号'),
  admitted: count.describe('名录中的机构数，一家只计一次'),
  judged: count.describe(`本次核验了多少家：至多 ${judgedAtOnce.most} 家，且用时至多约 ${judgingMs} 毫秒`),
  next: z.string().nullable().describe('还有未核验的：以此为 after 继续；没有的为空'),
  rules: conditionRules.describe('本次有机构不符合的规则，不符合的多者在前'),
  hints: conditionRules.describe('同上，但不符合时仅作提示、不影响通过的规则'),
});
export type ConditionsReply = z.infer<typeof conditionsReply>;

export const dashboardRoutes = {
  show: route({
    method: 'get',
    path: '/dashboard',
    tag,
    summary: '统计：评估、机构在办、不再采信和名录目标 Figures of the programme today',
    access,
    reply: dashboardReply,
    problems: ['authority.not-set'],
  }),
  conditions: route({
    method: 'get',
    path: '/dashboard/conditions',
    tag,
    summary:
      '名录中的机构今日不符合的条件，按规则；逐批核验，直至没有 next Conditions that admitted institutions do not meet today, batch by batch',
    access,
    query: z.strictObject({
      after: idField.optional().describe('上一次答复的 next'),
      limit: z.coerce.number().int().min(1).max(judgedAtOnce.most).default(judgedAtOnce.usual).describe('本次至多核验'),
    }),
    reply: conditionsReply,
    problems: ['authority.not-set'],
  }),
};
