import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

/** The value that a rule asks for, in words. */
export function RuleValue({ rule, value }: { rule: string; value: unknown }) {
  const { t, language } = useWords();
  const say = useSay();
  const comma = language === 'en' ? ', ' : '、';
  const one = (v: unknown): string => {
    if (typeof v === 'boolean') return v ? t('policy.value.true') : t('policy.value.false');
    if (typeof v === 'number') return String(v);
    const text = String(v);
    return /^[a-z]+(-[a-z]+)*$/.test(text) ? say('ruleValue', text) : text;
  };
  if (Array.isArray(value)) return <>{value.map(one).join(comma)}</>;
  if (typeof value === 'object' && value !== null) {
    const { numerator, denominator } = value as { numerator?: number; denominator?: number };
    if (numerator !== undefined && denominator !== undefined) return <>{`${numerator}/${denominator}`}</>;
    return (
      <>
        {Object.entries(value)
          .map(([key, inner]) => `${t(`policy.part.${key}`)} ${one(inner)}`)
          .join(comma)}
      </>
    );
  }
  // A rule that only says that nothing may stand against it asks for none.
  return <>{value === 0 && rule.endsWith('.bars') ? t('policy.value.none') : one(value)}</>;
}

export const valueWords: Words = {
  'policy.value.true': ['是', 'Yes'],
  'policy.value.false': ['否', 'No'],
  'policy.value.none': ['无', 'None'],
  'policy.part.atLeast': ['至少（人）', 'At least'],
  'policy.part.mineralAdminYears': ['矿政管理经历（年）', 'Years in mineral administration'],
  'policy.part.oldest': ['年龄不超过（岁）', 'Not older than'],
  'policy.part.numerator': ['分子', 'Numerator'],
  'policy.part.denominator': ['分母', 'Denominator'],
  'ruleValue.geology': ['地质', 'Geology'],
  'ruleValue.mining': ['采矿', 'Mining'],
  'ruleValue.mineral-processing': ['选矿', 'Mineral processing'],
  'ruleValue.ecology': ['生态', 'Ecology'],
  'ruleValue.environment': ['环境', 'Environment'],
  'ruleValue.medium': ['中级', 'Intermediate'],
  'ruleValue.senior': ['高级', 'Senior'],
};
