/** One text in the two languages of the service. */
export interface Wording {
  readonly zh: string;
  readonly en: string;
}

export type Spoken = keyof Wording;

/** The same in both languages; `en` is `zh` where a text has no words of its own, as numbers and names. */
export const say = (zh: string, en: string = zh): Wording => ({ zh, en });

export const isWording = (value: unknown): value is Wording =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  typeof (value as Partial<Wording>).zh === 'string' &&
  typeof (value as Partial<Wording>).en === 'string';

/** Texts one after another as a list is written: 、 in Chinese, commas in English. */
export const sayList = (texts: readonly Wording[]): Wording => ({
  zh: texts.map((t) => t.zh).join('、'),
  en: texts.map((t) => t.en).join(', '),
});

/** Names, numbers and codes one after another. */
export const sayNames = (names: readonly string[]): Wording => sayList(names.map((name) => say(name)));

/** Texts one after another that contain commas themselves. */
export const sayEach = (texts: readonly Wording[]): Wording => ({
  zh: texts.map((t) => t.zh).join('；'),
  en: texts.map((t) => t.en).join('; '),
});

/** Puts texts together: in each language the parts in that language. */
export function saying(parts: TemplateStringsArray, ...texts: readonly Wording[]): Wording {
  const in_ = (spoken: Spoken): string => parts.reduce((all, part, i) => `${all}${texts[i - 1]![spoken]}${part}`);
  return { zh: in_('zh'), en: in_('en') };
}

/** A number of things: `1 person`, `2 people`. */
export const counted = (n: number, one: string, many: string = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
