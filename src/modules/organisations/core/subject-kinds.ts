/** May a body with this kind of code assess under 自然资规〔2024〕1号 art. 8? `manual` = the circular leaves it open. */
export type Eligibility = 'eligible' | 'manual' | 'not-eligible';

/** What must still be shown by papers, because the code alone does not tell it. */
export type NeededEvidence = 'legal-person' | 'public-institution-class' | 'industry-association';

export type SubjectKind = {
  /** Registering department and class, the first two characters. */
  readonly prefix: string;
  readonly name: string;
  readonly nameEn: string;
  readonly eligibility: Eligibility;
  readonly needs?: NeededEvidence;
  readonly reason: string;
  readonly reasonEn: string;
};

type Row = Omit<SubjectKind, 'prefix'>;

const NAMED = '自然资规〔2024〕1号第（八）条';

const ELIGIBLE: Readonly<Record<string, Row>> = {
  '91': {
    name: '企业',
    nameEn: 'the kind “enterprise”',
    eligibility: 'eligible',
    needs: 'legal-person',
    reason: `企业属于${NAMED}所列主体；分支机构、个人独资企业、合伙企业也使用91开头的代码，须另核独立法人资格。`,
    reasonEn:
      'An enterprise; branches, sole proprietorships and partnerships share the prefix, so legal personality needs proof.',
  },
  '12': {
    name: '事业单位',
    nameEn: 'the kind “public institution”',
    eligibility: 'eligible',
    needs: 'public-institution-class',
    reason: `事业单位属于${NAMED}所列主体；须另核公益一类或公益二类。`,
    reasonEn: 'A public institution; its class (first or second) must be asked.',
  },
  '51': {
    name: '社会团体',
    nameEn: 'the kind “social group”',
    eligibility: 'eligible',
    needs: 'industry-association',
    reason: `社会团体中的行业协会属于${NAMED}所列主体；须另核是否为行业协会。`,
    reasonEn: 'A social group; only an industry association is named by the circular, which needs proof.',
  },
};

const MANUAL: Readonly<Record<string, string>> = { '52': '民办非企业单位', '53': '基金会' };

const NOT_NAMED: Readonly<Record<string, string>> = {
  '11': '机关',
  '13': '机构编制部门管理的群众团体',
  '21': '外国常驻新闻机构',
  '31': '律师执业机构',
  '32': '公证处',
  '33': '基层法律服务所',
  '34': '司法鉴定机构',
  '35': '仲裁委员会',
  '41': '外国在华文化中心',
  '61': '外国旅游部门常驻代表机构',
  '62': '港澳台地区旅游部门常驻内地（大陆）代表机构',
  '71': '宗教活动场所',
  '72': '宗教院校',
  '81': '基层工会',
  '92': '个体工商户',
  '93': '农民专业合作社',
  A1: '军队事业单位',
  N1: '组级集体经济组织',
  N2: '村级集体经济组织',
  N3: '乡镇级集体经济组织',
  Y1: '其他机构',
};

const ELSEWHERE = 'a kind that the circular does not name';

function rowOf(prefix: string): Row {
  const eligible = ELIGIBLE[prefix];
  if (eligible) return eligible;
  const manual = MANUAL[prefix];
  if (manual !== undefined) {
    return {
      name: manual,
      nameEn: ELSEWHERE,
      eligibility: 'manual',
      reason: `${manual}未列入${NAMED}，须由人工判断。`,
      reasonEn: 'Not named by the circular; a person must decide.',
    };
  }
  const other = NOT_NAMED[prefix] ?? (/^[1-9ANY]9$/.test(prefix) ? '其他' : undefined);
  if (other !== undefined) {
    return {
      name: other,
      nameEn: ELSEWHERE,
      eligibility: 'not-eligible',
      reason: `${other}不属于${NAMED}所列的企业、事业单位、行业协会。`,
      reasonEn: 'Neither an enterprise, nor a public institution, nor an industry association.',
    };
  }
  // Classes are added to the standard now and then, so an unknown one is a question and not a refusal.
  return {
    name: '未知机构类别',
    nameEn: 'an unknown kind',
    eligibility: 'manual',
    reason: `代码前两位${prefix}不在已知的机构类别表中，须由人工判断。`,
    reasonEn: 'The class is not in the known table; a person must decide.',
  };
}

/** Kind of body by the first two characters of a valid code (domain.md 6.1; names of GB 32100-2015). */
export function subjectKindOf(code: string): SubjectKind {
  const prefix = code.slice(0, 2);
  return { prefix, ...rowOf(prefix) };
}
