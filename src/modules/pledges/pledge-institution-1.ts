import { requiredEvidence } from '../evaluations';
import { chineseDate, legalDateOf, type Instant } from '../../kernel/pure/time';
import type { DocumentBlock, DocumentSpec, TableRow } from '../documents';
import type { PaperFacts } from './facts';

// Text of an institution's pledge, version 1. A change of words is a new file with a new number: pledges keep theirs.

export const TEMPLATE = 'pledge-institution/1';
export const INSTITUTION_FIELD = 'signer-1';
export const INSTITUTION_ROLE = '评估机构';

/** Stands on every page while the signing certificates come from the built-in authority. */
export const DEMONSTRATION_NOTICE = '非许可机构证书签署，仅供演示和测试';

const CIRCULAR = '自然资规〔2024〕1号';

/** The circular's undertakings, each with the clause it comes from. */
const undertakings: readonly { title: string; text: string; clause: string }[] = [
  {
    title: '真实',
    text: '客观、公正开展评估，所出具的第三方评估报告、核查记录和影像资料真实、准确、完整，评估结论与实际情况相符；不串通企业弄虚作假，不作出严重失实的评估结论。',
    clause: `${CIRCULAR}第（八）条、第（十七）条`,
  },
  {
    title: '不收费',
    text: '遵守“严禁向矿山企业收取评估费用”的规定，不以任何形式向矿山企业收取任何费用，不借评估谋取不正当利益。',
    clause: `${CIRCULAR}第（八）条及附件1`,
  },
  { title: '不外包', text: '不将所承担的评估工作转让或外包。', clause: `${CIRCULAR}第（十七）条` },
  {
    title: '保密',
    text: '不泄漏矿山企业秘密，所取得的资料只用于本次评估。',
    clause: `${CIRCULAR}第（十七）条`,
  },
  {
    title: '独立与回避',
    text: '与待评估矿山保持独立，未参与该矿山的自评估；机构或评估组成员与矿山企业存在可能影响公正的关系的，主动说明并回避。',
    clause: `${CIRCULAR}附件1`,
  },
];

const CONSEQUENCE =
  '本机构知悉：经核实存在将所承担评估工作转让或外包、泄漏矿山企业秘密、串通企业弄虚作假、评估结论严重失实等行为的，' +
  `予以通报、列入黑名单，三年内不再采信其绿色矿山评估服务（${CIRCULAR}第（十七）条）。`;

const SIGNING =
  '本承诺书以电子签名签署。电子签名制作数据（私钥）由签署人专有，签署时仅由签署人控制，签署后对签名和内容的任何改动均能被发现' +
  '（《中华人民共和国电子签名法》第十三条）。';

const evidenceNames: Readonly<Record<string, string>> = requiredEvidence;

const roleNames = { leader: '组长', member: '成员' } as const;

export interface PledgeText extends PaperFacts {
  /** 流水号: the program's own number, never a 发文字号. */
  number: string;
  at: Instant;
  /** SHA-256 over the evidence list; see `evidenceRoot`. */
  evidenceRoot: string;
  notice: string | null;
}

const taskRows = (t: PledgeText): TableRow[] => [
  { key: '流水号', value: t.number },
  { key: '矿山', value: t.mine },
  { key: '评估委托批次', value: t.lot },
  { key: '评估机构', value: t.institution.name },
  { key: '统一社会信用代码', value: t.institution.uscc },
  { key: '日期', value: chineseDate(legalDateOf(t.at)) },
];

const teamRows = ({ team }: PledgeText): TableRow[] =>
  team.map(({ name, role, platformNumber }) => ({
    key: roleNames[role],
    value: platformNumber === null ? name : `${name}（公开平台编号 ${platformNumber}）`,
  }));

function evidenceBlocks({ evidence, evidenceRoot }: PledgeText): DocumentBlock[] {
  if (evidence.length === 0) return [];
  const rows = evidence.map(({ kind, sha256 }) => ({ key: evidenceNames[kind] ?? kind, value: sha256 }));
  return [
    { kind: 'heading', text: '四、证据清单（SHA-256）' },
    { kind: 'table', rows: [...rows, { key: '证据清单校验值', value: evidenceRoot }] },
  ];
}

/** 真实性承诺书 of the assessing institution, as data for the PDF maker. */
export function pledgeInstitution1(t: PledgeText): DocumentSpec {
  const { name } = t.institution;
  return {
    title: '真实性承诺书',
    subtitle: '绿色矿山第三方评估',
    blocks: [
      { kind: 'heading', text: '一、评估任务' },
      { kind: 'table', rows: taskRows(t) },
      { kind: 'heading', text: '二、承诺事项' },
      { kind: 'paragraph', text: `${name}接受委托，对上述矿山开展绿色矿山第三方评估，郑重承诺：` },
      ...undertakings.map(({ title, text, clause }, index): DocumentBlock => {
        return { kind: 'paragraph', text: `${index + 1}. ${title}：${text}（${clause}）` };
      }),
      { kind: 'paragraph', text: CONSEQUENCE },
      { kind: 'paragraph', text: SIGNING },
      { kind: 'heading', text: '三、评估组' },
      { kind: 'table', rows: teamRows(t) },
      ...evidenceBlocks(t),
    ],
    signatures: [{ field: INSTITUTION_FIELD, name, role: INSTITUTION_ROLE }],
    ...(t.notice === null ? {} : { notice: t.notice }),
    createdAt: t.at,
  };
}
