import { basisTitleEn, citationEn, profileTitleEn } from '../../modules/policy/core/citations';
import type { RuleResult } from '../../modules/policy/policy.contract';
import { useWords } from './language';

type Said = Pick<RuleResult, 'title' | 'required' | 'measured' | 'citation' | 'cure'>;

/** What the service says of rules, in the language on the screen. Results kept from before have Chinese only. */
export function useRuleWords() {
  const { language } = useWords();
  const isEnglish = language === 'en';
  const put =
    (english: (text: string) => string) =>
    (text: string): string =>
      isEnglish ? english(text) : text;
  return {
    result: <R extends Partial<Said> & { en?: Partial<Said> }>(r: R): R => (isEnglish && r.en ? { ...r, ...r.en } : r),
    title: (r: { title: string; titleEn?: string }): string => (isEnglish ? (r.titleEn ?? r.title) : r.title),
    citation: put(citationEn),
    profile: put(profileTitleEn),
    basis: ({ number, title }: { number: string; title: string }): string =>
      isEnglish ? `${number}, ${basisTitleEn(title)}` : `${number}《${title}》`,
  };
}
