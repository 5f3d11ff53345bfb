/** What a record is found by: names by any part of them, codes by their beginning. As they are compared, not as typed. */
export interface FindableTexts {
  names: readonly string[];
  codes: readonly string[];
}

/** Letters, digits and signs as people count them: 𠮷 is one, though two UTF-16 units. */
const signsOf = (text: string): string[] => [...text];

/** A beginning of a code as a gram. Names hold no blanks once compared, so the two never meet. */
export const codeGram = (beginning: string): string => ` ${beginning}`;

/**
 * Hands over every gram under which the texts are posted: the single signs and pairs of neighbours of names, every
 * beginning of codes. One that occurs again is handed over again: who posts thousands of names sorts that out for less.
 */
export function eachGram({ names, codes }: FindableTexts, take: (gram: string) => void): void {
  for (const name of names) {
    let before = '';
    for (const sign of name) {
      take(sign);
      if (before !== '') take(before + sign);
      before = sign;
    }
  }
  for (const code of codes) {
    let beginning = '';
    for (const sign of code) take(codeGram((beginning += sign)));
  }
}

/** Every gram of the texts, once each, in order. */
export function gramsOf(texts: FindableTexts): string[] {
  const grams = new Set<string>();
  eachGram(texts, (gram) => grams.add(gram));
  return [...grams].sort();
}

export interface NameQuery {
  /** All of them are posted for whatever holds the text; never empty. */
  grams: string[];
  /** One gram is the whole text: who is posted under it holds the text. Otherwise the neighbours must still be looked at. */
  exact: boolean;
}

/** By which grams a part of a name is looked for; undefined for an empty text. */
export function nameQuery(part: string): NameQuery | undefined {
  const signs = signsOf(part);
  if (signs.length === 0) return undefined;
  if (signs.length === 1) return { grams: signs, exact: true };
  const pairs = signs.slice(1).map((sign, i) => signs[i]! + sign);
  return { grams: [...new Set(pairs)], exact: signs.length === 2 };
}
