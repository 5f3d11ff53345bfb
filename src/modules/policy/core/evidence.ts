import { say, saying, type Spoken, type Wording } from '../../../kernel/pure/wording';
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

const NOTHING = say('');
const numberOf = (d: DocumentFact): Wording => (d.number ? say(`（${d.number}）`, ` (${d.number})`) : NOTHING);
const daysOf = (d: DocumentFact): Wording =>
  d.validTo === null
    ? say(`自${d.validFrom}起长期有效`, `valid from ${d.validFrom} without end`)
    : say(`有效期${d.validFrom}至${d.validTo}`, `valid ${d.validFrom} to ${d.validTo}`);

/** What a program does, beside the words for people. */
export const inBrackets = (call: Wording): Wording => saying`${say('（', ' (')}${call}${say('）', ')')}`;

type Addressed = Pick<ReadinessFacts, 'organisationId' | 'institutionId'>;

/** Where a cure is carried out: the body, and the assessor's file of it. */
export const bodyOf = (f: Addressed, spoken: Spoken = 'zh'): string =>
  `/api/v1/organisations/${f.organisationId ?? say('{组织编号}', '{organisation id}')[spoken]}`;
export const fileOf = (f: Addressed, spoken: Spoken = 'zh'): string =>
  `/api/v1/institutions/${f.institutionId ?? say('{机构编号}', '{institution id}')[spoken]}/versions`;

/** The institution itself sends papers with a report of changes; what is not yet a paper of its own, an officer enters. */
const byReport = (f: Addressed, d?: DocumentFact): Wording => {
  const id = (unknown: string): string => f.institutionId ?? unknown;
  const [zh, en] = d
    ? [`，其中 documentId 填 ${d.id ?? '{材料编号}'}`, `, documentId there being ${d.id ?? '{paper id}'}`]
    : ['', ''];
  return say(
    `；由评估机构办理的，请报告变更（POST /api/v1/institutions/${id('{机构编号}')}/changes，kind 填 evidence，材料列入 proposal.documents${zh}），经主管机关确认后生效`,
    `; the institution itself reports a change (POST /api/v1/institutions/${id('{institution id}')}/changes with kind evidence and the papers in proposal.documents${en}), which takes effect once the authority has confirmed it`,
  );
};

/** Where a paper of the kind is entered. */
export const addPaper = (f: Addressed, kind: Wording): Wording =>
  say(
    `POST ${bodyOf(f)}/documents，kind 填 ${kind.zh}，并填有效期和 fileId`,
    `POST ${bodyOf(f, 'en')}/documents with kind ${kind.en}, its validity and fileId`,
  );

/** Another validity of a paper that has run out. */
export const renewPaper = (f: Addressed, d: DocumentFact): Wording =>
  say(
    `POST ${bodyOf(f)}/documents/${d.id ?? '{材料编号}'}/versions，填新的有效期和 fileId`,
    `POST ${bodyOf(f, 'en')}/documents/${d.id ?? '{paper id}'}/versions with the new validity and fileId`,
  );

/** The scan of the validity that is on file without one. */
const completePaper = (f: Addressed, d: DocumentFact): Wording =>
  say(
    `POST ${bodyOf(f)}/documents/${d.id ?? '{材料编号}'}/versions，from 填 ${d.validFrom}，fileId 填文件编号，其余不变`,
    `POST ${bodyOf(f, 'en')}/documents/${d.id ?? '{paper id}'}/versions with from ${d.validFrom} and the id of the file in fileId, the rest as it is`,
  );

const UPLOADING = say('（POST /api/v1/files）', ' (POST /api/v1/files)');
const UPLOAD_IT = saying`${say('请上传文件', 'Upload the file')}${UPLOADING}`;
const UPLOAD_NEW = saying`${say('；请上传新的文件', '; upload the new file')}${UPLOADING}${say('，再登记续期', ', then record the renewal')}`;

interface Kind {
  field: 'experience' | 'office' | 'managementRules' | 'training' | 'stableWork';
  /** The kind of paper that shows it, and its name. */
  paper: string;
  name: Wording;
}

/**
 * A paper of the kind shows it, that holds on the day and whose file is stored. A statement of the assessor alone does
 * not: whatever is typed there, nobody can look at it.
 */
export const judgeEvidence =
  ({ field, paper, name }: Kind): NonNullable<RuleKind<true, 'readiness'>['judge']> =>
  (f): Answer => {
    const required = saying`${say('有在有效期内并附文件的', 'on file, valid and with its file: ')}${name}`;
    const { holding, expired } = papersOn(f, [paper]);
    const shown = holding.find((d) => d.fileId !== null);
    if (shown) {
      const [comma, kept] = [say('，', ', '), say('，文件已存', ', file kept')];
      const measured = saying`${name}${numberOf(shown)}${comma}${daysOf(shown)}${kept}`;
      return { required, measured, met: true, cure: NOTHING };
    }
    const [bare] = holding;
    if (bare) {
      const [recorded, without] = [say('已登记', ''), say('，未附文件', ' recorded without its file')];
      const measured = saying`${recorded}${name}${numberOf(bare)}${without}`;
      const cure = saying`${UPLOAD_IT}${say('，再在该材料上补登', ', then add it to that paper')}${inBrackets(completePaper(f, bare))}${byReport(f, bare)}`;
      return { required, measured, met: false, cure };
    }
    if (expired) {
      const measured = saying`${name}${numberOf(expired)}${say(`已于${expired.validTo!}到期`, ` ran out on ${expired.validTo!}`)}`;
      const cure = saying`${measured}${UPLOAD_NEW}${inBrackets(renewPaper(f, expired))}${byReport(f, expired)}`;
      return { required, measured, met: false, cure };
    }
    const none = f.evidence[field] ? say('仅有文字说明，没有', 'a statement only, no ') : say('没有', 'no ');
    const measured = saying`${none}${name}`;
    const upload = saying`${say('请上传', 'Upload the file of the ')}${name}${say('的文件', '')}${UPLOADING}`;
    const cure = saying`${upload}${say('，再登记为材料', ', then record it as a paper')}${inBrackets(addPaper(f, say(paper)))}${byReport(f)}`;
    return { required, measured, met: false, cure };
  };
