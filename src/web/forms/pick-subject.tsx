import { Radio, Space } from 'antd';
import { useWords } from '../words/language';
import { Pick } from './pick';

interface Subject {
  kind?: 'institution' | 'person';
  id?: string;
}

/** Whom an act is about: an institution or a person, found by name, code or number. */
export function PickSubject(props: { value?: Subject; onChange?: (subject: Subject) => void; id?: string }) {
  const { value, onChange, id } = props;
  const { t } = useWords();
  const kind = value?.kind ?? 'institution';
  return (
    <Space orientation="vertical" className="whole">
      <Radio.Group
        value={kind}
        onChange={(e) => onChange?.({ kind: e.target.value as Subject['kind'] })}
        options={(['institution', 'person'] as const).map((one) => ({ value: one, label: t(`kind.${one}`) }))}
      />
      <Pick
        key={kind}
        id={id}
        of={kind === 'person' ? 'expert' : 'institution'}
        value={value?.id}
        onChange={(chosen) => onChange?.({ kind, id: chosen })}
      />
    </Space>
  );
}
