import * as z from 'zod';
import { expertContent } from '../../../modules/experts/content.contract';
import type { Overrides } from '../../forms/fields';
import { fieldsOf } from '../../forms/schema';
import { useWords } from '../../words/language';

export const expertSchema = z.object(expertContent);
export const expertFields = fieldsOf(expertSchema);

/** How a person's content is asked for. */
export function useExpertOverrides(): Overrides {
  const { t } = useWords();
  return {
    name: { label: t('experts.name') },
    title: { label: t('experts.certificate') },
    'title.from': { label: t('experts.certificate.from') },
    'title.field': { label: t('experts.certificate.field') },
    'title.fileId': { label: t('papers.scan') },
    'specialtyProofs.fileId': { label: t('papers.scan') },
  };
}
