import * as z from 'zod';

/** How sure we are of a rule's wording (domain.md marks). Only `law` and `circular` rules may refuse by default. */
export const certainties = ['law', 'circular', 'annex-inferred', 'derived', 'practice'] as const;
export type Certainty = (typeof certainties)[number];

/** A rule answers with its measure whether or not it is met; `inform` rules never refuse. */
export const ruleResult = z.object({
  rule: z.string(),
  title: z.string().describe('规则 what is asked'),
  required: z.string().describe('要求值'),
  measured: z.string().describe('实有值'),
  met: z.boolean().describe('是否符合'),
  effect: z.enum(['refuse', 'inform']),
  citation: z.string().describe('依据条款'),
  certainty: z.enum(certainties),
  cure: z.string().nullable().describe('如何达到'),
});
export type RuleResult = z.infer<typeof ruleResult>;
