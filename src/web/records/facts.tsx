import type * as z from 'zod';
import { Descriptions } from 'antd';
import { fieldsOf, labelOf } from '../forms/schema';
import { useWords } from '../words/language';
import { Value } from './value';

/** What a record says, field by field, named by its contract. */
export function Facts(props: {
  schema: z.ZodType;
  record: object | null | undefined;
  only?: readonly string[];
  without?: readonly string[];
  /** Names that this screen gives to fields. */
  labels?: Readonly<Record<string, string>>;
}) {
  const { schema, record, only, without = [], labels = {} } = props;
  const { t, language } = useWords();
  const shown = fieldsOf(schema).filter((f) => (only ? only.includes(f.name) : true) && !without.includes(f.name));
  const values = (record ?? {}) as Record<string, unknown>;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2, lg: 2 }}
      items={shown.map((f) => ({
        key: f.name,
        label: labels[f.name] ?? labelOf(f, t, language),
        children: <Value name={f.name} value={values[f.name]} field={f} />,
      }))}
    />
  );
}
