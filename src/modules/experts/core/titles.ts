import { tidyLine } from '../../../kernel/pure/text';

// Names of professional titles and their levels: 人社部发〔2019〕16号 for engineers (正高级工程师, 高级工程师, 工程师,
// 助理工程师, 技术员) and the reforms of the other series since 2017. Older names keep the level that they had:
// 教授级 and 研究员级高级工程师 rank as full senior. Positions (总工程师) and registrations (注册…师) are no titles.

export type TitleLevelName = 'full-senior' | 'deputy-senior' | 'medium' | 'junior';

/** Series whose titles are 正高级X, 高级X, X, 助理X. */
const series = '工程师 经济师 会计师 统计师 审计师 实验师 农艺师 政工师 工艺美术师'.split(' ');
/** Lowest rank of those series, where it has a name of its own. */
const entryRanks = '技术员 经济员 会计员 统计员 审计员 实验员 农业技术员'.split(' ');

function levelsOf(): Map<string, TitleLevelName> {
  const levels = new Map<string, TitleLevelName>();
  for (const name of series) {
    levels.set(`正高级${name}`, 'full-senior');
    levels.set(`教授级高级${name}`, 'full-senior');
    levels.set(`研究员级高级${name}`, 'full-senior');
    levels.set(`高级${name}`, 'deputy-senior');
    levels.set(name, 'medium');
    levels.set(`助理${name}`, 'junior');
  }
  for (const name of entryRanks) levels.set(name, 'junior');
  const others: Record<TitleLevelName, string> = {
    'full-senior':
      '研究员 教授 正研级高级工程师 教授级高工 研究员级高工 正高级高工 正高工 成绩优异的高级工程师 农业技术推广研究员',
    'deputy-senior': '副研究员 副教授 高工 副高级工程师',
    medium: '助理研究员 讲师 中级工程师',
    junior: '研究实习员 助教 助工 初级工程师',
  };
  for (const [level, names] of Object.entries(others)) {
    for (const name of names.split(' ')) levels.set(name, level as TitleLevelName);
  }
  return levels;
}

const levels = levelsOf();
const longestFirst = [...levels.keys()].sort((a, b) => b.length - a.length);

/** Fields that stand before a title's name on certificates: 地质高级工程师, 水工环工程师. */
const fields = new Set(
  (
    '地质 地质勘查 地质矿产 地质调查 水文地质 工程地质 环境地质 水工环 水工环地质 岩土 勘查 物探 化探 地球物理 地球化学 钻探 探矿 测绘 测量 ' +
    '采矿 矿山 矿业 矿建 井建 采煤 煤矿 露天采矿 地下采矿 通风 选矿 矿物加工 冶金 岩矿测试 化验 分析测试 ' +
    '生态 生态修复 林业 园林 水土保持 土地 土地整治 土地规划 国土 国土空间规划 规划 农业 ' +
    '环境 环保 环境保护 环境工程 环境监测 环境影响评价 大气 水利 水利水电 化工 安全 安全工程 ' +
    '机电 机械 电气 电力 建筑 建材 结构 给排水 造价 质量 信息 自然资源'
  ).split(/\s+/),
);

/** The name as it is compared: tidied, without blanks, brackets and what stands in them, 级 and 职称 at its end. */
const plainName = (name: string): string =>
  tidyLine(name)
    .replace(/[（(【[][^）)】\]]*[）)】\]]/gu, '')
    .replace(/\s+/gu, '')
    .replace(/(?:专业)?(?:职称|资格|任职资格)$/u, '');

/**
 * The level of a title by its name, old names included; undefined for a name that is not in the table, whose level the
 * clerk has to state with evidence.
 */
export function titleLevelOf(name: string): TitleLevelName | undefined {
  const plain = plainName(name);
  for (const title of longestFirst) {
    if (!plain.endsWith(title)) continue;
    const field = plain.slice(0, plain.length - title.length).replace(/(?:专业|工程|类)$/u, '');
    return field === '' || fields.has(field) || fields.has(`${field}工程`) ? levels.get(title) : undefined;
  }
  return undefined;
}

/** Names that the table knows, for help texts and templates. */
export const knownTitles: readonly string[] = [...levels.keys()];

const levelWords: Record<string, string> = {
  'full-senior': '正高级',
  'deputy-senior': '副高级',
  medium: '中级',
  junior: '初级',
  none: '无',
};

/** The Chinese word of a level; words typed by a clerk (正高, 副高级职称) are read by `readTitleLevel`. */
export const titleLevelWord = (level: string): string => levelWords[level] ?? level;

/** The level that a word of the trade names (正高级、副高、中级、初级、无); undefined for another word. 高级 alone is not one. */
export function readTitleLevel(word: string): TitleLevelName | 'none' | undefined {
  const plain = plainName(word).replace(/级?$/u, '');
  const found = Object.entries(levelWords).find(([, text]) => text.replace(/级?$/u, '') === plain);
  return found && (found[0] as TitleLevelName | 'none');
}
