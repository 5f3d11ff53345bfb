import { hasWord } from '../words/language';
import type { Field, Option } from './contract';

export { fieldOf, fieldsOf, type Field, type FieldKind, type Option } from './contract';

const spaced = (name: string): string => {
  const text = name
    .replace(/Id$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** The name of a field on the screen: what the console's words say, else what the contract says. */
export function labelOf(field: Pick<Field, 'name' | 'said'>, t: (key: string) => string, language: string): string {
  const key = `field.${field.name}`;
  if (hasWord(key)) return t(key);
  return language === 'en' ? spaced(field.name) : (field.said ?? `⟦${key}⟧`);
}

/** One value of a choice on the screen; what no word is known for is marked, so that a test finds it. */
export function choiceLabel(
  name: string,
  { value, said }: Option,
  t: (key: string) => string,
  language: string,
): string {
  const key = [`${name}.${value}`, `any.${value}`].find(hasWord);
  if (key !== undefined) return t(key);
  if (language === 'en') return spaced(value);
  return said ?? `⟦${name}.${value}⟧`;
}
