const CIRCULAR = '自然资规〔2024〕1号';
const circular = `circular ${CIRCULAR}`;

/** Papers on which shipped rules rest. Numbers of papers are names: they stand as they are printed. */
const papers: Readonly<Record<string, string>> = {
  [`${CIRCULAR}附件1`]: `Annex 1 of ${circular}`,
  [`${CIRCULAR}第（十七）条；民法典第二百零一条、第二百零二条`]: `Article 17 of ${circular}; Civil Code, articles 201 and 202`,
  '《浙江省绿色矿山管理办法》（浙自然资规〔2022〕5号）及第三方评估机构和评估专家申报推荐通知':
    'Measures of Zhejiang Province on green mines (浙自然资规〔2022〕5号) and the call for applications of third-party assessors and assessing experts',
  '《中华人民共和国公司法》第二百六十五条；《中华人民共和国个人信息保护法》第二十四条':
    'Company Law, article 265; Personal Information Protection Law, article 24',
  '政府购买服务管理办法（财政部令第102号）第八条':
    'Measures on government purchases of services (Ministry of Finance order 102), article 8',
  民法典第二百零三条不适用于加重负担的期限: 'Civil Code, article 203, does not apply to terms that add to a burden',
  '参照《建设项目环境影响报告书（表）编制监督管理办法》（生态环境部令第9号）第十一条':
    'After the Measures on supervising the making of environmental impact reports (Ministry of Ecology and Environment order 9), article 11',
  '参照《中华人民共和国个人信息保护法》第二十四条、第五十条':
    'After the Personal Information Protection Law, articles 24 and 50',
  个人信息保护法第二十四条: 'Personal Information Protection Law, article 24',
  '《绿色矿山遴选第三方评估工作要求》（2020年）':
    'Requirements on third-party assessment in the selection of green mines (2020)',
};

const profiles: Readonly<Record<string, string>> = {
  [`国家规则（${CIRCULAR}）`]: `National rules (${CIRCULAR})`,
  '浙江省规则（浙自然资规〔2022〕5号）': 'Rules of Zhejiang Province (浙自然资规〔2022〕5号)',
};

/** The title of a shipped profile in English; what an authority itself typed stands as it was typed. */
export const profileTitleEn = (title: string): string => profiles[title] ?? title;

const bases: Readonly<Record<string, string>> = {
  关于进一步加强绿色矿山建设的通知: 'Circular on furthering the construction of green mines',
  浙江省绿色矿山管理办法: 'Measures of Zhejiang Province on green mines',
};

/** The title of the paper on which a shipped profile rests; others stand as they were typed. */
export const basisTitleEn = (title: string): string => bases[title] ?? title;

const articles = '一二三四五六七八九';

const placeOf = (written: string): number => (written === '' ? 0 : articles.indexOf(written) + 1);

/** 八, 十五, 十七 as a number: the circular has fewer than twenty articles. */
const numberOf = (written: string): number =>
  written.startsWith('十') ? 10 + placeOf(written.slice(1)) : placeOf(written);

/**
 * The citation in English: those of shipped rules and of the circular's articles. What an authority itself typed stands
 * as it was typed.
 */
export function citationEn(citation: string): string {
  const article = new RegExp(`^${CIRCULAR}第（(十?[${articles}]|十)）条$`).exec(citation)?.[1];
  if (article) return `Article ${numberOf(article)} of ${circular}`;
  return papers[citation] ?? citation;
}
