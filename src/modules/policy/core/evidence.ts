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

type Addressed = Pick<ReadinessFacts, 'organisationId' | 'institutionId'>;

/** Where a cure is carried out: the body, and the assessor's file of it. */
export const bodyOf = (f: Addressed): string => `/api/v1/organisations/${f.organisationId ?? '{组织编号}'}`;
export const fileOf = (f: Addressed): string => `/api/v1/institutions/${f.institutionId ?? '{机构编号}'}/versions`;

/** The institution itself sends papers with a report of changes; what is not yet a paper of its own, an officer enters. */
const byReport = (f: Addressed, d?: DocumentFact): string =>
  `；由评估机构办理的，请报告变更（POST /api/v1/institutions/${f.institutionId ?? '{机构编号}'}/changes，kind 填 evidence，材料列入 proposal.documents${d ? `，其中 documentId 填 ${d.id ?? '{材料编号}'}` : ''}），经主管机关确认后生效`;

/** Where a paper of the kind is entered. */
export const addPaper = (f: Addressed, kind: string): string =>
  `POST ${bodyOf(f)}/documents，kind 填 ${kind}，并填有效期和 fileId`;

/** Another validity of a paper that has run out. */
export const renewPaper = (f: Addressed, d: DocumentFact): string =>
  `POST ${bodyOf(f)}/documents/${d.id ?? '{材料编号}'}/versions，填新的有效期和 fileId`;

/** The scan of the validity that is on file without one. */
const completePaper = (f: Addressed, d: DocumentFact): string =>
  `POST ${bodyOf(f)}/documents/${d.id ?? '{材料编号}'}/versions，from 填 ${d.validFrom}，fileId 填文件编号，其余不变`;

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
    const [bare] = holding;
    if (bare) {
      const measured = `已登记${name}${numberOf(bare)}，未附文件`;
      const cure = `请上传文件（POST /api/v1/files），再在该材料上补登（${completePaper(f, bare)}）${byReport(f, bare)}`;
      return { required, measured, met: false, cure };
    }
    if (expired) {
      const measured = `${name}${numberOf(expired)}已于${expired.validTo!}到期`;
      const cure = `${measured}；请上传新的文件（POST /api/v1/files），再登记续期（${renewPaper(f, expired)}）${byReport(f, expired)}`;
      return { required, measured, met: false, cure };
    }
    const measured = f.evidence[field] ? `仅有文字说明，没有${name}` : `没有${name}`;
    const cure = `请上传${name}的文件（POST /api/v1/files），再登记为材料（${addPaper(f, paper)}）${byReport(f)}`;
    return { required, measured, met: false, cure };
  };
