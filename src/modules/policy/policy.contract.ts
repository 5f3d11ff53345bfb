import * as z from 'zod';

/**
 * How sure we are of a rule's wording (domain.md marks). What no text states (`derived`, `practice`) refuses only after
 * a recorded legal review.
 */
export const certainties = ['law', 'circular', 'annex-inferred', 'provincial', 'derived', 'practice'] as const;
export type Certainty = (typeof certainties)[number];

/** Shipped versions are numbered with a slash. */
export const profileIdNote = '规则集编号；编号中的“/”在地址里写作 %2F，如 national-2024%2F1';

const ruleEnglish = z.object({
  title: z.string(),
  required: z.string(),
  measured: z.string(),
  citation: z.string(),
  cure: z.string().nullable(),
});

/** A rule answers with its measure whether or not it is met; `inform` rules never refuse. */
export const ruleResult = z.object({
  rule: z.string(),
  title: z.string().describe('规则 what is asked'),
  required: z.string().describe('要求值'),
  measured: z.string().describe('实有值'),
  met: z.boolean().describe('是否符合'),
  effect: z.enum(['refuse', 'inform']).describe('不符合时：不予通过、仅作提示'),
  citation: z.string().describe('依据条款'),
  certainty: z.enum(certainties),
  disputed: z.boolean().describe('合法性存疑的规则，经法制审核支持前仅作提示'),
  cure: z.string().nullable().describe('如何达到'),
  legalReview: z
    .object({
      number: z.string().describe('合法性审核文号'),
      day: z.string(),
      result: z.enum(['upheld', 'not-upheld']).describe('审核结论：支持、不支持'),
      recordedBy: z.string().nullable().describe('登记人的账号'),
    })
    .nullable(),
  en: ruleEnglish
    .optional()
    .describe('上列文字的英文；早先存档的结果没有 The words above in English; results kept from before have none'),
});
export type RuleResult = z.infer<typeof ruleResult>;

/** A division code of GB/T 2260 by its province; 66 is the Production and Construction Corps, 100000 the nation. */
export const divisionCode = z
  .string()
  .regex(
    /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6])\d{4}$|^100000$/,
    '行政区划代码为六位数字，前两位须是省级代码；全国为 100000。',
  )
  .describe('行政区划代码')
  .meta({ examples: ['370000'] });
