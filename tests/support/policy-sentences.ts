import rows from './policy-sentences.json';

/** Where a sentence of the domain page that states a rule is kept, or why none is. */
export interface SentenceRow {
  section: '1.2' | '9';
  quote: string;
  /** Ids of rule objects. */
  rules?: readonly string[];
  /** A file and what of it keeps the sentence, where that is no rule of a profile. */
  code?: readonly [file: string, what: string];
  /** It states no rule that a program could judge, because… */
  none?: string;
  /** Not kept yet: the subject that it belongs to. */
  later?: string;
  /** Files and titles of boundary tests. */
  tests?: readonly (readonly [file: string, title: string])[];
}

export const sentences = rows as unknown as readonly SentenceRow[];
