import type { Answer, RuleKind } from './rule';
import type { DocumentFact, ReadinessFacts } from './facts';

/** The papers of the kinds on the day: those that hold, and the one that ran out last. */
export function papersOn(f: Pick<ReadinessFacts, 'documents' | 'day'>, kinds: readonly string[]) {
  const all = f.documents.filter((d) => kinds.includes(d.kind) && d.validFrom <= f.day);
  const holding = all.filter((d) => d.validTo === null || d.validTo >= f.day);
  const expired = all
    .filter((d) => d.validTo !== null && d.validTo < f.day)
    .sort((a, b) => (a.validTo! < b.validTo! ? 1 : -1))[0];
  return { holding, expired };
}

const numberOf = (d: DocumentFact): string => (d.number ? `（${d.number}）` : '');
const daysOf = (d: DocumentFact): string =>
  d.validTo === null ? `自${d.validFrom}起长期有效` : `有效期${d.validFrom}至${d.validTo}`;

interface Kind {
  field: 'experience' | 'office' | 'managementRules' | 'training' | 'stableWork';
  /** The kind of paper that shows it, and its name. */
  paper: string;
  name: string;
}

/**
 * A paper of the kind shows it, that holds on the day and whose file is stored. A statement of the assessor alone does
 * not: whatever is typed there, nobody can look at it.
 */
export const judgeEvidence =
  ({ field, paper, name }: Kind): NonNullable<RuleKind<true, 'readiness'>['judge']> =>
  (f): Answer => {
    const required = `有在有效期内并附文件的${name}`;
    const { holding, expired } = papersOn(f, [paper]);
    const shown = holding.find((d) => d.fileId !== null);
    if (shown) {
      return { required, measured: `${name}${numberOf(shown)}，${daysOf(shown)}，文件已存`, met: true, cure: '' };
    }
    const documents = `/api/v1/organisations/${f.organisationId ?? '{组织编号}'}/documents`;
    const again = (d: DocumentFact): string => `${documents}/${d.id ?? '{材料编号}'}/versions`;
    const [bare] = holding;
    if (bare) {
      const measured = `已登记${name}${numberOf(bare)}，未附文件`;
      const cure = `请上传文件（POST /api/v1/files），再在该材料上补登（POST ${again(bare)}，correct 填 true，fileId 填文件编号）`;
      return { required, measured, met: false, cure };
    }
    if (expired) {
      const measured = `${name}${numberOf(expired)}已于${expired.validTo!}到期`;
      const cure = `${measured}；请上传新的文件（POST /api/v1/files），再登记续期（POST ${again(expired)}，填新的有效期和 fileId）`;
      return { required, measured, met: false, cure };
    }
    const measured = f.evidence[field] ? `仅有文字说明，没有${name}` : `没有${name}`;
    const cure = `请上传${name}的文件（POST /api/v1/files），再登记为材料（POST ${documents}，kind 填 ${paper}，并填有效期和 fileId）`;
    return { required, measured, met: false, cure };
  };
