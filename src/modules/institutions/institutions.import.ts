import type { Call } from '../../kernel/call';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import { fillDetail } from '../../kernel/problem';
import type { Outcome } from '../../kernel/pure/outcome';
import {
  fieldFaults,
  target,
  unlike,
  type AnyTarget,
  type Beside,
  type ImportColumn,
  type ImportSetting,
  type Registered,
  type RowFault,
  type Values,
} from '../imports';
import { checkCreditCode, organisationGuard, type Organisations } from '../organisations';
import {
  certificateKinds,
  certificateNames,
  institutionProblems,
  registerInstitution,
  type RegisterInstitution,
} from './institutions.contract';
import { judgeCertificate, judgeEligibility } from './institutions.rules';
import type { Institutions } from './institutions.service';

const evidenceColumn = (key: string, title: string, max: number, ...also: string[]): ImportColumn => ({
  key,
  title,
  also,
  kind: 'lines',
  max,
  width: 36,
});

export const institutionColumns: readonly ImportColumn[] = [
  {
    key: 'uscc',
    title: '统一社会信用代码',
    also: ['信用代码', '社会信用代码', 'credit code'],
    required: true,
    kind: 'code',
    check: checkCreditCode,
    hint: '须先登记为组织',
  },
  {
    key: 'certificateKind',
    title: '登记证书',
    also: ['证书种类', '登记证书种类'],
    kind: 'choice',
    words: certificateKinds.map((kind) => [kind, certificateNames[kind]] as const),
  },
  {
    key: 'certificateNumber',
    title: '证书编号',
    also: ['登记证书编号', '证书号'],
    kind: 'code',
    example: '示例证字001号',
  },
  {
    key: 'certificateTo',
    title: '证书有效期至',
    also: ['有效期至', '证书有效期'],
    kind: 'day',
    month: 'last',
    hint: '长期的不填',
  },
  evidenceColumn('experience', '工作经验与能力', 2000, '相关工作经验', '工作经验'),
  evidenceColumn('office', '办公条件', 1000, '办公场所'),
  evidenceColumn('managementRules', '管理制度', 2000, '规章制度'),
  evidenceColumn('training', '人员培训', 2000, '培训'),
  evidenceColumn('stableWork', '长期稳定开展工作的保障', 2000, '稳定工作保障'),
  evidenceColumn('manualDecision', '人工判断', 1000, '人工判断的结论和理由'),
  { key: 'from', title: '自何日起', also: ['起始日期', '登记日期'], kind: 'day', month: 'first' },
  { key: 'paper', title: '依据', also: ['登记依据', '依据文件'], kind: 'text', max: 200 },
];

const compared = [
  'legalPersonEvidence',
  'experience',
  'office',
  'managementRules',
  'training',
  'stableWork',
  'manualDecision',
] as const;

/** Columns under the names of the register's fields, to name those in which a row differs. */
const registerColumns = institutionColumns.map((c) => ({
  ...c,
  key: c.key === 'certificateNumber' ? 'legalPersonEvidence' : c.key,
}));

const saying = (key: string, outcome: Outcome<unknown>): RowFault[] =>
  outcome.ok
    ? []
    : [{ key, reason: fillDetail(institutionProblems[outcome.refusal.code]!.detail, outcome.refusal.params) }];

function judge(values: Values, setting: ImportSetting): { row: RegisterInstitution } | { faults: readonly RowFault[] } {
  const { certificateKind: kind, certificateNumber: number, certificateTo, ...rest } = values;
  if ((kind ?? null) !== null && (number ?? null) === null) {
    return { faults: [{ key: 'certificateNumber', reason: '写了证书种类的，须填证书编号。' }] };
  }
  const legalPersonEvidence =
    (number ?? null) === null ? null : { kind: kind ?? 'other', number, validTo: certificateTo ?? null };
  const parsed = registerInstitution.safeParse({
    ...rest,
    legalPersonEvidence,
    from: rest.from ?? setting.from,
    paper: rest.paper ?? setting.paper,
  });
  return parsed.success ? { row: parsed.data } : { faults: fieldFaults(parsed.error.issues) };
}

/** Files of assessors from sheets, each registered as by hand, with its own entry in the log. */
export function createInstitutionImport(db: Db, institutions: Institutions, organisations: Organisations): AnyTarget {
  const today = () => todayOf(db.sources.clock);

  const besideOf = async (on: Reads, row: RegisterInstitution): Promise<Beside> => {
    const organisation = await organisations.byCode(on, row.uscc!);
    if (!organisation) {
      return [{ key: 'uscc', reason: `代码 ${row.uscc!} 尚未登记为组织；请先登记组织，再登记评估机构。` }];
    }
    const present = await institutions.byCode(on, row.uscc!);
    if (present) return unlike(compared, row, await institutions.at(on, present.id, today()), registerColumns);
    const body = await organisations.at(on, organisation.id, { ...today(), asOf: row.from });
    const eligible = judgeEligibility(organisation.uscc, body?.legalForm, row.manualDecision, body?.legalPersonality);
    const faults = [
      ...saying('uscc', eligible),
      ...saying('certificateKind', judgeCertificate(body?.legalForm, row.legalPersonEvidence)),
    ];
    return faults.length > 0 ? faults : 'new';
  };

  return target<RegisterInstitution>({
    kind: 'institutions',
    title: '评估机构',
    permission: 'institution.register',
    personal: false,
    ofInstitution: false,
    columns: institutionColumns,
    notes: [
      '五、评估机构须先登记为组织；已登记的不会因导入而改变，材料有变的请在该记录上登记变更。',
      '六、经验、办公条件、管理制度、培训、稳定保障各栏为说明；条件是否符合，以登记并附文件的材料（组织的“证照和材料”）为准。',
    ],
    judge,
    keyOf: (row) => row.uscc!,
    /** A body under its present code and under a former one is one assessor. */
    async identify(on, rows) {
      const codes = rows.map((r) => r.uscc!);
      const found = await organisations.byCodes(on, codes);
      return codes.map((code) => found.get(code)?.id);
    },
    async compare(on, rows) {
      const besides: Beside[] = [];
      for (const row of rows) besides.push(await besideOf(on, row));
      return besides;
    },
    async guards(on, rows): Promise<Subject[]> {
      const found = await organisations.byCodes(
        on,
        rows.map((r) => r.uscc!),
      );
      return [...found.values()].map((o) => organisationGuard(o.id));
    },
    async write(tx: Tx, call: Call, rows): Promise<Registered[]> {
      const made: Registered[] = [];
      for (const row of rows) made.push({ id: (await institutions.registerWithin(tx, call, row)).id, content: row });
      return made;
    },
    atOnce: 100,
  });
}
