export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every text in both languages, under one key. */
export type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;
