import * as z from 'zod';
import { dayField, momentQuery } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { identityField } from '../experts/experts.contract';
import { creditCode } from '../organisations/organisations.contract';
import { divisionCode, ruleResult } from '../policy/policy.contract';
import { publicBar } from '../sanctions/sanctions.contract';

const asOf = dayField.optional().describe('有效时点，默认今日');

export const verdictReply = z.object({
  verdict: z.enum(['fit', 'not-fit', 'needs-person']).describe('核验结论：可以采信、不得采信、需人工核实'),
  asOf: z.string(),
  knownAt: z.string(),
  snapshotAgeMs: z.number().int(),
  bars: z.array(publicBar),
  reasons: z.array(
    z.object({
      code: z.string(),
      text: z.string(),
      citation: z.string().nullable(),
      en: z.object({ text: z.string(), citation: z.string().nullable() }).describe('同上，英文'),
    }),
  ),
});
export type Verdict = z.infer<typeof verdictReply>;

export const screeningRoutes = {
  institution: route({
    method: 'get',
    path: '/public/screening/:uscc',
    tag: '公开查询',
    summary: '按统一社会信用代码核验能否采信 May this institution’s assessments be accepted on a day?',
    access: 'public',
    params: z.strictObject({ uscc: creditCode }),
    query: z.strictObject({ asOf }),
    reply: verdictReply,
  }),
  person: route({
    method: 'post',
    path: '/screening/persons',
    tag: '采信核验',
    summary: '按身份证件核验人员（证件号码不进入地址和日志） May this person assess on a day?',
    access: { permission: 'screening.person' },
    body: z.strictObject({
      identity: identityField,
      asOf,
      purpose: z.string().trim().min(2).max(200).describe('核验目的，记入日志'),
    }),
    reply: verdictReply,
    status: 200,
    events: ['screening.person-asked'],
  }),
  readiness: route({
    method: 'get',
    path: '/institutions/:id/readiness',
    tag: '采信核验',
    summary: '条件符合情况 Is the institution ready, rule by rule?',
    access: { permission: 'institution.readiness' },
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    query: z.strictObject({
      authority: divisionCode.optional().describe('按哪一主管机关的规则；缺省为本系统所属的机关'),
      ...momentQuery,
    }),
    reply: z.object({
      ready: z.boolean(),
      asOf: z.string(),
      authority: z.string(),
      profile: z.string().describe('该日适用的规则集版本的编号'),
      version: z
        .object({
          authority: z.string().describe('这一版属于哪一主管机关'),
          title: z.string(),
          titleEn: z.string(),
          since: z.string().nullable().describe('这一版的施行日'),
          basis: z.string().describe('依据文件的文号'),
          from: z.string(),
          through: z.string().nullable(),
          holds: z.boolean().describe('依据该日在有效期内；不在其内的，不能据此作出新的决定'),
        })
        .describe('该日适用的这一版，按现在所知'),
      lapsed: z
        .array(
          z.object({
            rule: z.string(),
            title: z.string(),
            titleEn: z.string(),
            number: z.string(),
            through: z.string(),
          }),
        )
        .describe('该日已过有效期而没有接续的规则：不再核验，也不能据此作出新的纳入决定'),
      knownAt: z.string().describe('记录时点：按此时已知的登记和不再采信决定；规则为该日适用的版本，按现在所知'),
      rules: z.array(ruleResult),
    }),
    problems: ['request.not-found', 'authority.not-set'],
  }),
};

export const screeningProblems: ProblemList = {};

export const screeningEvents: EventCatalogue = {
  'screening.person-asked': { visibility: 'sealed', title: '核验人员' },
};
