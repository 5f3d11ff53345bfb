import { Tag } from 'antd';
import type * as z from 'zod';
import { choiceLabel, fieldsOf, labelOf, type Field } from '../forms/schema';

import { useWords } from './language';

const COLOURS: Readonly<Record<string, string>> = {
  barred: 'red',
  'not-fit': 'red',
  rejected: 'red',
  refused: 'red',
  voided: 'red',
  frozen: 'volcano',
  stayed: 'gold',
  'needs-person': 'gold',
  returned: 'gold',
  accepted: 'green',
  admitted: 'green',
  complete: 'green',
  fit: 'green',
};

/** A state as a tag: always with its word, never by colour alone. */
export function State({ of, value }: { of: string; value: string | null | undefined }) {
  const say = useSay();
  if (value === null || value === undefined) return <>—</>;
  return <Tag color={COLOURS[value]}>{say(of, value)}</Tag>;
}

/** Says a code word of a field or object in the present language. */
export function useSay(): (name: string, value: string, said?: string) => string {
  const { t, language } = useWords();
  return (name, value, said) => choiceLabel(name, { value, said }, t, language);
}

/** Names fields by a contract's schema. */
export function useLabels(schema: z.ZodType | undefined): (name: string) => string {
  const { t, language } = useWords();
  const fields = new Map<string, Field>(fieldsOf(schema).map((f) => [f.name, f]));
  return (name) => labelOf(fields.get(name) ?? { name, said: undefined }, t, language);
}
