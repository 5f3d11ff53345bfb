import { Checkbox, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';

/** The part of a JSON schema that values of rules use. */
export interface ValueSchema {
  type?: string;
  const?: unknown;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  items?: ValueSchema;
  properties?: Readonly<Record<string, ValueSchema>>;
}

interface Control {
  schema: ValueSchema;
  value?: unknown;
  onChange?: (value: unknown) => void;
  id?: string;
  label?: string;
}

function Several({ schema, value, onChange, id }: Control) {
  const say = useSay();
  const { t } = useWords();
  const chosen = (value as string[] | undefined) ?? [];
  const options = schema.items?.enum?.map((v) => ({ value: v, label: say('ruleValue', v) }));
  if (options) return <Checkbox.Group options={options} value={chosen} onChange={(v) => onChange?.(v)} />;
  return (
    <Select
      id={id}
      mode="tags"
      open={false}
      value={chosen}
      placeholder={t('policy.value.codes')}
      onChange={(v: string[]) => onChange?.(v)}
    />
  );
}

function Parts({ schema, value, onChange }: Control) {
  const { t } = useWords();
  const held = (value ?? {}) as Record<string, unknown>;
  return (
    <Space wrap>
      {Object.entries(schema.properties ?? {}).map(([key, inner]) => (
        <label key={key}>
          {t(`policy.part.${key}`)}{' '}
          <InputNumber
            min={inner.minimum}
            max={inner.maximum}
            value={held[key] as number | undefined}
            onChange={(v) => onChange?.({ ...held, [key]: v })}
          />
        </label>
      ))}
    </Space>
  );
}

/** A control for what a rule asks, made from the schema that its kind declares. */
export function ValueInput(props: Control) {
  const { schema, value, onChange, id } = props;
  const { t } = useWords();
  const say = useSay();
  if (schema.type === 'array') return <Several {...props} />;
  if (schema.type === 'object') return <Parts {...props} />;
  if (schema.type === 'boolean') {
    const options = [true, false]
      .filter((v) => schema.const === undefined || schema.const === v)
      .map((v) => ({ value: v, label: t(v ? 'policy.value.true' : 'policy.value.false') }));
    return <Radio.Group options={options} value={value} onChange={(e) => onChange?.(e.target.value)} />;
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const only = schema.const as number | undefined;
    return (
      <InputNumber
        id={id}
        min={only ?? schema.minimum}
        max={only ?? schema.maximum}
        value={value as number | undefined}
        onChange={(v) => onChange?.(v)}
      />
    );
  }
  if (schema.enum) {
    return (
      <Select
        id={id}
        value={value as string | undefined}
        onChange={(v: string) => onChange?.(v)}
        options={schema.enum.map((v) => ({ value: v, label: say('ruleValue', v) }))}
      />
    );
  }
  return <Input id={id} value={value as string | undefined} onChange={(e) => onChange?.(e.target.value)} />;
}
