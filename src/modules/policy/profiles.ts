import { legalDate } from '../../kernel/pure/time';
import { resolve, type Profile, type ProfileVersion } from './core/profile';
import { NATIONAL, ZHEJIANG, type RuleKind, type RuleSetting } from './core/rule';
import { ruleKinds } from './kinds';

type Header = Omit<ProfileVersion, 'settings' | 'reviews' | 'repeals' | 'id'> & { name: string };

/** Profiles that come with the program; their rules stand in the rule files. */
const headers: readonly Header[] = [
  {
    name: NATIONAL,
    authority: '100000',
    title: '国家规则（自然资规〔2024〕1号）',
    basis: {
      number: '自然资规〔2024〕1号',
      title: '关于进一步加强绿色矿山建设的通知',
      effectiveFrom: legalDate('2024-04-15'),
      // Five years counted by Civil Code 201-202; a setting in so far as the circular does not print the last day.
      validThrough: legalDate('2029-04-15'),
    },
    poolMode: 'register',
    effectiveFrom: legalDate('2024-04-15'),
  },
  {
    name: ZHEJIANG,
    authority: '330000',
    title: '浙江省规则（浙自然资规〔2022〕5号）',
    basis: {
      number: '浙自然资规〔2022〕5号',
      title: '浙江省绿色矿山管理办法',
      effectiveFrom: legalDate('2022-08-01'),
      // The measures name no last day.
      validThrough: null,
    },
    // The measures keep a pool; that entry to it be a condition of contracts is what purchase reform clears away
    // (财库〔2019〕38号), so it is kept as a register.
    poolMode: 'register',
    effectiveFrom: legalDate('2022-08-01'),
  },
];

function versionOf({ name, ...header }: Header, kinds: ReadonlyMap<string, RuleKind>): ProfileVersion {
  const settings: Record<string, RuleSetting> = {};
  for (const kind of kinds.values()) {
    const entry = kind.shipped.find((s) => s.profiles.includes(name));
    if (!entry) continue;
    const { profiles: _in, ...setting } = entry;
    settings[kind.id] = { ...setting, value: kind.value.parse(setting.value) };
  }
  return { ...header, id: `${name}/1`, settings, reviews: [], repeals: [] };
}

export const shippedVersions = (kinds: ReadonlyMap<string, RuleKind> = ruleKinds): ProfileVersion[] =>
  headers.map((h) => versionOf(h, kinds));

const [nation] = shippedVersions();

/** The national profile as it stood when the circular came into force. */
export const national2024: Profile = resolve(nation!, ruleKinds, nation!.effectiveFrom!);
