import type * as z from 'zod';
import { legalDate, type LegalDate } from '../../../kernel/pure/time';
import type { Wording } from '../../../kernel/pure/wording';
import type { Certainty } from '../policy.contract';
import type { RuleFacts, Scope } from './facts';

export interface Answer {
  required: Wording;
  measured: Wording;
  met: boolean;
  /** What would cure it; read only where the rule is not met. */
  cure: Wording;
}

/** One rule in one profile: its value and what it rests on. */
export interface RuleSetting<V = unknown> {
  value: V;
  /** The paper's number, and where in it. */
  number: string;
  citation: string;
  certainty: Certainty;
  effect: 'refuse' | 'inform';
  /** Its lawfulness is in question: informs until a legal review upheld it. */
  disputed?: boolean;
  effectiveFrom: LegalDate;
  /** The last day; null where the paper names none. */
  validThrough: LegalDate | null;
  repeal?: { day: LegalDate; paper: string } | null;
}

/** A kind of rule: everything about it, in the file that defines it. */
export interface RuleKind<V = unknown, S extends Scope = Scope> {
  id: string;
  /** Place among the answers. */
  order: number;
  title: string;
  titleEn: string;
  scope: S;
  /** Fields of the facts that it looks at. */
  needs: readonly string[];
  value: z.ZodType<V>;
  /** Where it is not met, no machine decides: a person does, with reasons. */
  needsPerson?: boolean;
  judge?(facts: RuleFacts[S], value: V): Answer;
  /** Does `value` ask less than `law` does? Such a value is not adopted without a legal review. */
  loosens?(value: V, law: V): boolean;
  /** Its entries in the profiles that are shipped. */
  shipped: readonly (RuleSetting<V> & { profiles: readonly string[] })[];
}

/** Keeps the types of value and scope together; returns the kind as it is. */
export const defineRule = <V, S extends Scope>(kind: RuleKind<V, S>): RuleKind<V, S> => kind;

export const NATIONAL = 'national-2024';
export const ZHEJIANG = 'zhejiang-2022';
/** Profiles in which a rule stands that binds everywhere. */
export const everywhere = [NATIONAL, ZHEJIANG] as const;

const since = legalDate('2024-04-15');
/** Five years counted by Civil Code 201-202; a setting, in so far as the circular does not print its last day. */
const through = legalDate('2029-04-15');
const CIRCULAR = '自然资规〔2024〕1号';

/** Resting on the circular's body. */
export const byCircular = (article: string) => ({
  number: CIRCULAR,
  citation: `${CIRCULAR}第（${article}）条`,
  certainty: 'circular' as const,
  effect: 'refuse' as const,
  effectiveFrom: since,
  validThrough: through,
});

/** Resting on annex 1, read in copies that are inferred to be the final text (domain.md 1.2). */
export const byAnnex1 = {
  number: CIRCULAR,
  citation: `${CIRCULAR}附件1`,
  certainty: 'annex-inferred' as const,
  effect: 'refuse' as const,
  effectiveFrom: since,
  validThrough: through,
};

/** Resting on Zhejiang's measures and the call for applications made under them (domain.md 2). */
export const byZhejiang = {
  number: '浙自然资规〔2022〕5号',
  citation: '《浙江省绿色矿山管理办法》（浙自然资规〔2022〕5号）及第三方评估机构和评估专家申报推荐通知',
  certainty: 'provincial' as const,
  effect: 'refuse' as const,
  effectiveFrom: legalDate('2022-08-01'),
  // The text names no last day.
  validThrough: null,
};
