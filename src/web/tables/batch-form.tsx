import { useState, type ReactNode } from 'react';
import { Button, Drawer, Form, Space, type FormInstance } from 'antd';
import type { AnyRoute } from '../api/client';
import { FieldList, type Overrides } from '../forms/fields';
import { fieldsOf } from '../forms/schema';
import { bodyOf, faultsIn, placeOf, saidAtField, valuesOf, type Values } from '../forms/values';
import { useWords } from '../words/language';
import { BatchButton, type BatchItem } from './batch';

/** The contract's own judgement of what stands in the form; faults go to their fields. */
function useCheckedBody(route: AnyRoute, form: FormInstance<Values>) {
  const { language } = useWords();
  const [body, setBody] = useState<Values>();
  const check = (): void => {
    const filled = bodyOf(fieldsOf(route.body), form.getFieldsValue(true) as Values);
    const faults = route.body ? faultsIn(route.body, filled) : [];
    form.setFields(
      faults.map((f) => ({
        name: placeOf(f.pointer) as never,
        errors: [saidAtField(f, language === 'en')],
      })),
    );
    const first = faults[0];
    if (first) form.scrollToField(placeOf(first.pointer), { block: 'center', focus: true });
    setBody(faults.length === 0 ? filled : undefined);
  };
  return { body, check, forget: () => setBody(undefined) };
}

function Chosen({ items }: { items: readonly BatchItem[] }) {
  const { t } = useWords();
  return (
    <>
      <p className="quiet">{t('batch.for', { count: items.length })}</p>
      <ul className="values">
        {items.map((item) => (
          <li key={item.id}>{item.label}</li>
        ))}
      </ul>
    </>
  );
}

/** One form for many records: what is filled in goes to each of them, and each answers for itself. */
export function BatchForm(props: {
  label: string;
  items: readonly BatchItem[];
  route: AnyRoute;
  initial?: Values;
  overrides?: Overrides;
  act: (item: BatchItem, body: Values) => Promise<unknown>;
  done?: () => void;
  /** What to know before, above the form. */
  children?: ReactNode;
}) {
  const { label, items, route, initial = {}, overrides, act, done, children } = props;
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const fields = fieldsOf(route.body);
  const { body, check, forget } = useCheckedBody(route, form);
  const close = (): void => {
    setOpen(false);
    forget();
  };
  return (
    <>
      <Button disabled={items.length === 0} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Drawer open={isOpen} onClose={close} title={label} size={640} destroyOnHidden>
        <Chosen items={items} />
        {children}
        <Form
          form={form}
          layout="vertical"
          className="act-form"
          initialValues={valuesOf(fields, initial)}
          onFinish={check}
          onFinishFailed={check}
          onValuesChange={forget}
        >
          <FieldList fields={fields} overrides={overrides} />
          <Space wrap>
            <Button htmlType="submit" type={body ? 'default' : 'primary'}>
              {t('batch.check')}
            </Button>
            {body ? (
              <BatchButton
                label={t('batch.send', { count: items.length })}
                items={items}
                act={(item) => act(item, body)}
                done={() => {
                  close();
                  done?.();
                }}
              />
            ) : null}
          </Space>
        </Form>
      </Drawer>
    </>
  );
}
