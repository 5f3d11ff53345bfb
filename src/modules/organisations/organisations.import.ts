import { nameKey } from '../../kernel/pure/text';
import { insertMany } from '../../kernel/db/bulk';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { postNames } from '../../kernel/db/name-index';
import type { Tx } from '../../kernel/db/transaction';
import type { Outcome } from '../../kernel/pure/outcome';
import type { Instant } from '../../kernel/pure/time';
import { fillDetail } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
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
import { judgeCreditCode } from './core/credit-code';
import { subjectKindOf } from './core/subject-kinds';
import { organisationProblems, registerOrganisation, type RegisterOrganisation } from './organisations.contract';
import { codeRegister } from './lists.service';
import { bearersOf } from './lists.store';
import { judgeForm, judgePersonality } from './organisations.rules';
import { Organisation, organisationPlace, organisationTexts, OrganisationVersion } from './organisations.store';
import { versionsOf } from './organisations.views';
import { personalityNames, type LegalPersonality } from './core/personality';

/** 统一社会信用代码 as other sheets have it too. */
export function checkCreditCode(text: string): { value: string } | { fault: string } {
  const judged = judgeCreditCode(text);
  if (judged.valid) return { value: judged.code };
  const likely = judged.likely ? `可能应为 ${judged.likely}。` : '';
  return { fault: judged.faults.map((f) => f.detail).join('') + likely };
}

export const organisationColumns: readonly ImportColumn[] = [
  {
    key: 'uscc',
    title: '统一社会信用代码',
    also: ['信用代码', '社会信用代码', '统一信用代码', 'credit code', 'unified social credit code'],
    required: true,
    kind: 'code',
    check: checkCreditCode,
    hint: '18 位，单元格须为文本格式',
    example: '91370000MA3X000106（虚构）',
  },
  {
    key: 'name',
    title: '名称',
    also: ['单位名称', '机构名称', '企业名称', '组织名称', '公司名称', 'name'],
    required: true,
    kind: 'text',
    max: 200,
    width: 36,
    example: '示例地质勘查有限公司',
  },
  {
    key: 'legalForm',
    title: '组织形式',
    also: ['机构类型', '单位性质', '单位类型', '主体类型', 'legal form'],
    kind: 'choice',
    words: [
      ['enterprise', '企业', '公司', 'enterprise'],
      ['public-institution', '事业单位', '事业', 'public institution'],
      ['industry-association', '行业协会', '协会', 'industry association'],
      ['other', '其他', '其它', 'other'],
    ],
    hint: '代码以 91、12 开头的可不填',
    example: '企业',
  },
  {
    key: 'publicInstitutionClass',
    title: '公益类别',
    also: ['事业单位类别', '公益分类'],
    kind: 'choice',
    words: [
      ['one', '公益一类', '一类', '一'],
      ['two', '公益二类', '二类', '二'],
    ],
    hint: '仅事业单位填写',
  },
  {
    key: 'legalRepresentative',
    title: '法定代表人',
    also: ['法人代表', '法人', '负责人', 'legal representative'],
    kind: 'text',
    max: 100,
    example: '示例某',
  },
  {
    key: 'address',
    title: '住所',
    also: ['地址', '注册地址', '单位地址', 'address'],
    kind: 'text',
    max: 300,
    width: 40,
  },
  { key: 'phone', title: '联系电话', also: ['电话', '联系方式', '手机', 'phone', 'tel'], kind: 'text', max: 40 },
  {
    key: 'certificateType',
    title: '证书类型',
    also: ['企业类型', '类型', '登记证书类型'],
    kind: 'text',
    max: 100,
    hint: '登记证书“类型”一栏的原文',
    example: '有限责任公司（自然人投资或控股）',
  },
  {
    key: 'legalPersonality',
    title: '法人资格',
    also: ['是否独立法人', '独立法人资格'],
    kind: 'choice',
    words: (Object.entries(personalityNames) as [LegalPersonality, string][]).map(([value, word]) =>
      value === 'legal-person' ? ([value, word, '独立法人', '是'] as const) : ([value, word] as const),
    ),
    hint: '可不填，由证书类型得出',
  },
  { key: 'businessScope', title: '经营范围', also: ['业务范围'], kind: 'lines', max: 4000, width: 40 },
  {
    key: 'registeredDivision',
    title: '住所行政区划代码',
    also: ['行政区划代码', '区划代码', 'division code'],
    kind: 'text',
    max: 6,
    example: '370102',
  },
  {
    key: 'from',
    title: '自何日起',
    also: ['起始日期', '起始日', '登记日期', 'from'],
    kind: 'day',
    month: 'first',
    example: '2024年4月',
  },
];

const saying = (key: string, outcome: Outcome<unknown>): RowFault[] =>
  outcome.ok
    ? []
    : [{ key, reason: fillDetail(organisationProblems[outcome.refusal.code]!.detail, outcome.refusal.params) }];

/** The form that the code itself proves; an association must say that it is one. */
const provenForm = (uscc: string): string | null =>
  ({ '91': 'enterprise', '12': 'public-institution' })[subjectKindOf(uscc).prefix] ?? null;

function judge(
  values: Values,
  setting: ImportSetting,
): { row: RegisterOrganisation } | { faults: readonly RowFault[] } {
  const legalForm = values.legalForm ?? provenForm(values.uscc as string);
  if (legalForm === null) return { faults: [{ key: 'legalForm', reason: '代码不能说明组织形式，请填写。' }] };
  const parsed = registerOrganisation.safeParse({
    ...values,
    legalForm,
    from: values.from ?? setting.from,
    paper: setting.paper,
  });
  if (!parsed.success) return { faults: fieldFaults(parsed.error.issues) };
  const { uscc, publicInstitutionClass, certificateType, legalPersonality, ...rest } = parsed.data;
  const personality = judgePersonality(certificateType, legalPersonality);
  const faults = [
    ...saying('legalForm', judgeForm(uscc, rest.legalForm, publicInstitutionClass)),
    ...saying('legalPersonality', personality),
  ];
  if (faults.length > 0) return { faults };
  const held = personality.ok ? personality.value : null;
  return { row: { uscc, publicInstitutionClass, certificateType, ...rest, legalPersonality: held } };
}

/** What of an entry a sheet says; days and papers are the entry's own. */
const compared = [
  'name',
  'legalForm',
  'publicInstitutionClass',
  'legalRepresentative',
  'address',
  'phone',
  'certificateType',
  'legalPersonality',
  'businessScope',
  'registeredDivision',
] as const;

const versionOf = (
  row: RegisterOrganisation,
  at: { organisationId: string; id: string; now: Instant; by: string | null },
): OrganisationVersion => {
  const { uscc: _uscc, from, paper, ...fields } = row;
  return {
    id: at.id,
    organisationId: at.organisationId,
    ...fields,
    nameKey: nameKey(fields.name),
    validFrom: from,
    validTo: null,
    recordedAt: at.now,
    supersededAt: null,
    recordedBy: at.by,
    paper,
  };
};

async function compare(on: Reads, rows: readonly RegisterOrganisation[], setting: ImportSetting): Promise<Beside[]> {
  const bearers = await bearersOf(
    on,
    rows.map((r) => r.uscc),
  );
  const found = [...bearers.values()].map((b) => b.id);
  const present = await versionsOf(on, found, { asOf: setting.today, knownAt: LATEST });
  return rows.map((row) => {
    const bearer = bearers.get(row.uscc);
    if (!bearer) return 'new';
    if (bearer.uscc !== row.uscc) return [{ key: 'uscc', reason: `该代码是已登记组织 ${bearer.uscc} 的原代码。` }];
    return unlike(compared, row, present.get(bearer.id), organisationColumns);
  });
}

/** Organisations from sheets: new ones are registered; of registered ones a sheet may only repeat what is there. */
export function organisationImport({ clock, ids }: Sources): AnyTarget {
  const write = async (
    tx: Tx,
    rows: readonly RegisterOrganisation[],
    setting: ImportSetting,
  ): Promise<Registered[]> => {
    const now = clock.now();
    const made = rows.map(({ uscc }) => ({ id: ids.timed(), uscc, registeredAt: now, version: 1 }));
    const by = setting.actor.accountId;
    const versions = rows.map((row, i) => versionOf(row, { organisationId: made[i]!.id, id: ids.timed(), now, by }));
    await insertMany(tx, Organisation, made);
    await insertMany(tx, OrganisationVersion, versions);
    const named = versions.map((v, i) => ({ ...organisationPlace(rows[i]!.uscc), texts: organisationTexts([v]) }));
    await postNames(tx, named);
    return rows.map((content, i) => ({ id: made[i]!.id, content }));
  };
  return target<RegisterOrganisation>({
    kind: 'organisations',
    title: '组织',
    permission: 'organisation.register',
    personal: false,
    ofInstitution: false,
    columns: organisationColumns,
    notes: ['五、已登记的组织不会因导入而改变；内容有变的，请在该记录上登记变更。'],
    judge,
    keyOf: (row) => row.uscc,
    compare,
    always: [codeRegister],
    write: (tx, _call, rows, setting) => write(tx, rows, setting),
  });
}
