import { say, type Wording } from '../../../kernel/pure/wording';

/** What the certificate says of a body's legal personality (民法典 57, 74, 102). */
export const legalPersonalities = [
  'legal-person',
  'branch',
  'sole-proprietorship',
  'partnership',
  'other-non-legal-person',
] as const;
export type LegalPersonality = (typeof legalPersonalities)[number];

const personalityNamesEn: Readonly<Record<LegalPersonality, string>> = {
  'legal-person': 'a legal person',
  branch: 'a branch',
  'sole-proprietorship': 'a sole proprietorship',
  partnership: 'a partnership',
  'other-non-legal-person': 'another body without legal personality',
};

export const sayPersonality = (p: LegalPersonality): Wording => say(personalityNames[p], personalityNamesEn[p]);

export const personalityNames: Readonly<Record<LegalPersonality, string>> = {
  'legal-person': '法人',
  branch: '分支机构',
  'sole-proprietorship': '个人独资企业',
  partnership: '合伙企业',
  'other-non-legal-person': '其他非法人组织',
};

// In this order: "有限责任公司分公司" is a branch and not a company, "有限责任公司（自然人独资）" a company and not a sole
// proprietorship, "有限责任公司（合伙企业投资）" a company and not a partnership.
const SIGNS: readonly [RegExp, LegalPersonality][] = [
  [/分公司|分支|分所|代表处|办事处|营业单位/u, 'branch'],
  [/有限责任公司|股份有限公司|有限公司/u, 'legal-person'],
  [/个人独资|个体独资/u, 'sole-proprietorship'],
  [/合伙/u, 'partnership'],
  [/非法人|个体工商户/u, 'other-non-legal-person'],
  [/法人|全民所有制|国有独资|集体所有制|股份合作制/u, 'legal-person'],
];

/** Reads the 类型 line of a certificate; undefined where it does not tell. */
export const personalityOf = (certificateType: string): LegalPersonality | undefined =>
  SIGNS.find(([sign]) => sign.test(certificateType))?.[1];
