import type { Answer, RuleKind } from './rule';
import type { DocumentFact, ReadinessFacts } from './facts';

/** The papers of the kind on the day: one that holds, or else the one that ran out last. */
export function paperOn(f: Pick<ReadinessFacts, 'documents' | 'day'>, kinds: readonly string[]) {
  const all = f.documents.filter((d) => kinds.includes(d.kind) && d.validFrom <= f.day);
  const holding = all.find((d) => d.validTo === null || d.validTo >= f.day);
  const expired = all
    .filter((d) => d.validTo !== null && d.validTo < f.day)
    .sort((a, b) => (a.validTo! < b.validTo! ? 1 : -1))[0];
  return { holding, expired };
}

const numberOf = (d: DocumentFact): string => (d.number ? `（${d.number}）` : '');

interface Kind {
  field: 'experience' | 'office' | 'managementRules' | 'training' | 'stableWork';
  papers: readonly string[];
  /** What is missing, in words. */
  name: string;
}

/**
 * Something on file shows it: a statement of the assessor, or a paper of the kind that holds on the day. Where papers of
 * the kind were filed and none holds any more, the statement alone does not stand in for them: expired is missing.
 */
export const judgeEvidence =
  ({ field, papers, name }: Kind): NonNullable<RuleKind<true, 'readiness'>['judge']> =>
  (f): Answer => {
    const { holding, expired } = paperOn(f, papers);
    const ran = holding === undefined && expired !== undefined;
    const met = !ran && (Boolean(f.evidence[field]) || holding !== undefined);
    const since = ran ? `${name}材料${numberOf(expired)}已于${expired.validTo!}到期` : '';
    return {
      required: '有材料证明',
      measured: ran ? since : met ? '已有材料' : '无材料',
      met,
      cure: ran ? `${since}，请换领或补充有效材料` : `请补充${name}的证明材料`,
    };
  };
