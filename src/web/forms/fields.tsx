import { Button, Checkbox, Form, Input, Radio, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { choiceLabel, labelOf, type Field } from './schema';
import { FileField } from './file';
import { Pick } from './pick';
import { pickers } from './pickers';
import { faultIn, saidAtField } from './values';

/** What a screen says differently of a field than the contract alone would. */
export interface Override {
  hide?: boolean;
  label?: string;
  help?: string;
  /** Another control; takes `value` and `onChange` from the form. */
  control?: (field: Field) => ReactNode;
}
export type Overrides = Readonly<Record<string, Override>>;

/** So many choices fit side by side; more go into a list. */
const RADIOS = 4;

function Choice({
  field,
  ...rest
}: {
  field: Field;
  value?: string;
  onChange?: (value: unknown) => void;
  id?: string;
}) {
  const { t, language } = useWords();
  const options = field.options.map((o) => ({ value: o.value, label: choiceLabel(field.name, o, t, language) }));
  if (field.kind === 'choices') return <Checkbox.Group options={options} {...(rest as object)} />;
  if (options.length <= RADIOS && field.required) return <Radio.Group options={options} {...rest} />;
  return <Select allowClear={!field.required} options={options} {...(rest as object)} />;
}

function controlOf(field: Field): ReactNode {
  switch (field.kind) {
    case 'text':
      return (
        <Input.TextArea
          // Growing with the text is left to the style sheet: measuring it would write styles that the policy forbids.
          rows={3}
          maxLength={field.max}
          showCount={field.max !== undefined}
        />
      );
    case 'day':
      return <Input type="date" max="2199-12-31" />;
    case 'whole':
      return <Input inputMode="numeric" />;
    case 'money':
      return <Input inputMode="decimal" suffix="元" />;
    case 'yes-no':
      return <YesNo required={field.required} />;
    case 'choice':
    case 'choices':
      return <Choice field={field} />;
    case 'file':
      return <FileField />;
    case 'pick':
      return field.of !== undefined && field.of in pickers ? <Pick of={field.of} /> : <Input maxLength={field.max} />;
    case 'code':
      return <Input className="code" maxLength={field.max} spellCheck={false} autoComplete="off" />;
    default:
      return <Input maxLength={field.max} />;
  }
}

/** Yes or no, both said; where the contract takes no answer too, that it is not known. */
function YesNo(props: { required: boolean; value?: boolean; onChange?: (value?: boolean) => void; id?: string }) {
  const { required, value, onChange, id } = props;
  const { t } = useWords();
  const answers = { yes: true, no: false, ...(required ? {} : { 'form.notKnown': undefined }) };
  const said = Object.entries(answers).find(([, answer]) => answer === value);
  return (
    <Radio.Group
      id={id}
      value={said?.[0]}
      onChange={(e) => onChange?.(answers[e.target.value as keyof typeof answers])}
      options={Object.keys(answers).map((key) => ({ value: key, label: t(key) }))}
    />
  );
}

type Place = readonly (string | number)[];

function OneField({ field, at, under, override = {} }: { field: Field; at: Place; under: Place; override?: Override }) {
  const { t, language } = useWords();
  const label = override.label ?? labelOf(field, t, language);
  const help = override.help ?? (language === 'en' ? undefined : helpOf(field));
  if (field.kind === 'flag' && !override.control) {
    return (
      <Form.Item name={[...at]} valuePropName="checked" extra={help}>
        <Checkbox>{label}</Checkbox>
      </Form.Item>
    );
  }
  return (
    <Form.Item
      name={[...at]}
      label={label}
      required={field.required}
      extra={help}
      validateTrigger="onBlur"
      rules={[
        {
          validator: (_rule, value) => {
            const fault = faultIn(field, value);
            if (!fault) return Promise.resolve();
            return Promise.reject(new Error(saidAtField(fault, language === 'en')));
          },
        },
      ]}
      data-place={under.concat(at).join('/')}
    >
      {override.control ? override.control(field) : controlOf(field)}
    </Form.Item>
  );
}

/** The choices' own words say what the help would say again. */
const helpOf = (field: Field): string | undefined =>
  field.kind === 'choice' || field.kind === 'choices' ? undefined : field.help;

function ListField({ field, at, under, overrides }: { field: Field; at: Place; under: Place; overrides: Overrides }) {
  const { t, language } = useWords();
  const label = overrides[field.name]?.label ?? labelOf(field, t, language);
  const item = field.item!;
  return (
    <fieldset className="group">
      <legend>{label}</legend>
      <Form.List name={[...at]}>
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="row">
                {item.fields.length > 0 ? (
                  <FieldList fields={item.fields} at={[name]} under={[...under, ...at]} overrides={overrides} />
                ) : (
                  <OneField field={{ ...item, said: field.said }} at={[name]} under={[...under, ...at]} />
                )}
                <Button size="small" onClick={() => remove(name)}>
                  {t('remove')}
                </Button>
              </div>
            ))}
            <Button size="small" onClick={() => add(item.fields.length > 0 ? {} : undefined)}>
              {t('add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

/** Fields as controls, groups and lists of them included. */
export function FieldList(props: { fields: readonly Field[]; at?: Place; under?: Place; overrides?: Overrides }) {
  const { fields, at = [], under = [], overrides = {} } = props;
  const { t, language } = useWords();
  return fields.map((field) => {
    const place = [...at, field.name];
    // A field inside a group goes by its whole way where its bare name means another field too.
    const way = [...under, ...place].filter((part) => typeof part === 'string').join('.');
    const override = overrides[way] ?? overrides[field.name];
    if (override?.hide) return null;
    if (override?.control)
      return <OneField key={field.name} field={field} at={place} under={under} override={override} />;
    if (field.kind === 'list')
      return <ListField key={field.name} field={field} at={place} under={under} overrides={overrides} />;
    if (field.kind === 'group') {
      return (
        <fieldset key={field.name} className="group">
          <legend>{override?.label ?? labelOf(field, t, language)}</legend>
          <Space orientation="vertical" size={0} className="whole">
            <FieldList fields={field.fields} at={place} under={under} overrides={overrides} />
          </Space>
        </fieldset>
      );
    }
    return <OneField key={field.name} field={field} at={place} under={under} override={override} />;
  });
}
