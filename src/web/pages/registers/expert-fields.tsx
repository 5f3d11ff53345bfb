import { Radio } from 'antd';
import * as z from 'zod';
import { expertContent } from '../../../modules/experts/content.contract';
import type { Overrides } from '../../forms/fields';
import { fieldsOf } from '../../forms/schema';
import { useWords } from '../../words/language';

export const expertSchema = z.object(expertContent);
export const expertFields = fieldsOf(expertSchema);

function YesNo(props: { value?: boolean | null; onChange?: (value: boolean | null) => void; id?: string }) {
  const { t } = useWords();
  return (
    <Radio.Group
      id={props.id}
      value={props.value ?? null}
      onChange={(e) => props.onChange?.(e.target.value as boolean | null)}
      options={[
        { value: true, label: t('yes') },
        { value: false, label: t('no') },
        { value: null as never, label: t('experts.notKnown') },
      ]}
    />
  );
}

/** How a person's content is asked for. */
export function useExpertOverrides(): Overrides {
  const { t } = useWords();
  return {
    name: { label: t('experts.name') },
    civilServant: { label: t('field.civilServant'), control: () => <YesNo /> },
    title: { label: t('experts.certificate') },
    'title.from': { label: t('experts.certificate.from') },
    'title.field': { label: t('experts.certificate.field') },
    'title.fileId': { label: t('papers.scan') },
    'specialtyProofs.fileId': { label: t('papers.scan') },
  };
}
