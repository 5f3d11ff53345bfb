import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { kept } from '../app/browser';
import { fieldWords } from './fields';
import { frameWords } from './frame';
import { terms } from './terms';
import { languages, type Language, type Words } from './types';

export { languages, type Language, type Words } from './types';

const KEY = 'lujian.language';
const COLUMN = { 'zh-CN': 0, en: 1 } as const;

const bundle = (words: Words, language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([key, texts]) => [key, texts[COLUMN[language]]]));

/** Adds the texts of an area; called where the area's pages are loaded. */
export function addWords(words: Words): void {
  for (const language of languages)
    i18next.addResourceBundle(language, 'translation', bundle(words, language), true, true);
}

export const asLanguage = (text: string | undefined): Language => languages.find((l) => l === text) ?? 'zh-CN';

/** Chinese unless the user chose English before. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: asLanguage(kept.get(KEY)),
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    // React escapes by itself.
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    // A key that nobody wrote is seen by whoever looks, and by the tests.
    parseMissingKeyHandler: (key) => `⟦${key}⟧`,
    resources: {},
  });
  addWords(frameWords);
  addWords(fieldWords);
  addWords(terms);
  markLanguage();
}

const markLanguage = (): void => {
  document.documentElement.lang = asLanguage(i18next.language);
};

export async function chooseLanguage(language: Language): Promise<void> {
  kept.set(KEY, language);
  await i18next.changeLanguage(language);
  markLanguage();
}

/** The language on the screen: the service words its refusals in it. */
export const shownLanguage = (): Language => asLanguage(i18next.language);

/** Texts of the present language. */
export function useWords(): { t: TFunction; language: Language } {
  const { t, i18n } = useTranslation();
  return { t, language: asLanguage(i18n.language) };
}

export const hasWord = (key: string): boolean => i18next.exists(key);
