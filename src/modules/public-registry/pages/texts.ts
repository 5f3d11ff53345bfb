import { en } from './texts.en';
import { zh, type Texts } from './texts.zh';

export type { Texts };

/** Chinese first, English second. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

export const textsOf: Readonly<Record<Language, Texts>> = { zh, en };

/** Where a page stands in a language: Chinese at the root, English below /en. */
export const pathIn = (language: Language, path: string): string =>
  language === 'zh' ? path : path === '/' ? '/en' : `/en${path}`;

/** The language of an address and the path that both languages share. */
export function languageOf(path: string): { language: Language; shared: string } {
  const inEnglish = /^\/en(\/.*)?$/.exec(path);
  if (!inEnglish) return { language: 'zh', shared: path };
  return { language: 'en', shared: inEnglish[1] || '/' };
}
