import * as z from 'zod';
import { route } from '../../kernel/http/route';

const tag = '统计';
const access = { permission: 'dashboard.read' };

/** 自然资规〔2024〕1号（三）: what large and medium mines are to reach, and by when. */
export const goals = {
  by: '2028-12-31',
  citation: '自然资规〔2024〕1号（三）',
  percents: { large: 90, medium: 80 },
} as const;

/** Institutions shown with their load, and institutions whose conditions are looked at. */
export const shownInstitutions = 50;
export const judgedInstitutions = 100;
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

export const conditionsReply = z.object({
  asOf: z.string(),
  admitted: z.string().describe('名录中的机构数'),
  judged: count.describe(`核验了多少家，至多 ${judgedInstitutions} 家，先纳入者在前`),
  rules: z
    .array(
      z.object({
        rule: z.string(),
        title: z.string(),
        citation: z.string(),
        titleEn: z.string().optional(),
        citationEn: z.string().optional(),
        unmet: z.array(z.object({ institutionId: z.string(), name: z.string() })),
      }),
    )
    .describe('有机构不符合的规则，不符合的多者在前'),
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
    summary: '名录中的机构今日不符合的条件，按规则 Conditions that admitted institutions do not meet today',
    access,
    reply: conditionsReply,
    problems: ['authority.not-set'],
  }),
};
