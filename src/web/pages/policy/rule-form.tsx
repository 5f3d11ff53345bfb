import { useState } from 'react';
import { Button, Checkbox, Form, Input, Radio, Select, Space } from 'antd';
import { certainties } from '../../../modules/policy/policy.contract';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import type { Setting } from './rules-table';
import { ValueInput, type ValueSchema } from './value-input';

export interface RuleKind {
  id: string;
  title: string;
  titleEn: string;
  schema: ValueSchema;
}

type Typed = Omit<Setting, 'rule' | 'title' | 'titleEn' | 'repealed' | 'validThrough'> & { validThrough?: string };

const UNTOLD = { effect: 'refuse', certainty: 'provincial', disputed: false } as const;
const shownOf = (setting: Setting) => ({ ...setting, validThrough: setting.validThrough ?? undefined });

/** One rule of a draft: what it asks, by which text, and from when to when. */
export function RuleForm(props: {
  kinds: readonly RuleKind[];
  /** The rule as it stands; without it another one is chosen. */
  setting?: Setting;
  /** What a new rule begins with. */
  fresh: Partial<Typed>;
  done: (setting: Setting) => void;
  cancel: () => void;
}) {
  const { kinds, setting, fresh, done, cancel } = props;
  const { t } = useWords();
  const words = useRuleWords();
  const [rule, setRule] = useState(setting?.rule);
  const kind = kinds.find((k) => k.id === rule);
  const needed = [{ required: true, message: t('form.required') }];
  const only = kind?.schema.const;
  const initial = setting ? shownOf(setting) : { ...UNTOLD, ...fresh, value: only };
  const finish = (typed: Typed): void =>
    done({
      ...typed,
      rule: rule!,
      title: kind?.title ?? setting?.title ?? rule!,
      titleEn: kind?.titleEn ?? setting?.titleEn ?? rule!,
      number: typed.number.trim(),
      citation: typed.citation.trim(),
      disputed: typed.disputed ?? false,
      validThrough: typed.validThrough || null,
      repealed: setting?.repealed ?? null,
    });
  return (
    <>
      {setting ? null : (
        <div className="field">
          <label htmlFor="rule-kind">{t('policy.rule')}</label>
          <Select
            id="rule-kind"
            className="whole"
            showSearch
            optionFilterProp="label"
            value={rule}
            onChange={setRule}
            options={kinds.map((k) => ({ value: k.id, label: words.title(k) }))}
          />
        </div>
      )}
      {kind ? (
        <Form key={kind.id} layout="vertical" initialValues={initial} onFinish={(typed: Typed) => finish(typed)}>
          <Form.Item name="value" label={t('policy.value')} rules={needed}>
            <ValueInput schema={kind.schema} />
          </Form.Item>
          <RuleBasis />
          <Space>
            <Button type="primary" htmlType="submit">
              {t('policy.rule.keep')}
            </Button>
            <Button onClick={cancel}>{t('cancel')}</Button>
          </Space>
        </Form>
      ) : null}
    </>
  );
}

/** Which text the rule rests on, what it does, and its days. */
function RuleBasis() {
  const { t } = useWords();
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="effect" label={t('policy.effect')} rules={needed}>
        <Radio.Group
          options={[
            { value: 'refuse', label: t('effect.refuse') },
            { value: 'inform', label: t('effect.inform') },
          ]}
        />
      </Form.Item>
      <Form.Item name="number" label={t('policy.number')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="citation" label={t('policy.citation')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="certainty" label={t('policy.certainty')} extra={t('policy.certainty.help')} rules={needed}>
        <Select options={certainties.map((c) => ({ value: c, label: t(`certainty.${c}`) }))} />
      </Form.Item>
      <Form.Item name="disputed" valuePropName="checked">
        <Checkbox>{t('policy.disputed.say')}</Checkbox>
      </Form.Item>
      <Form.Item name="effectiveFrom" label={t('policy.rule.from')} rules={needed}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="validThrough" label={t('policy.rule.through')} extra={t('policy.rule.through.help')}>
        <Input type="date" />
      </Form.Item>
    </>
  );
}
