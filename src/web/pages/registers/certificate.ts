import type { Overrides } from '../../forms/fields';
import { useWords } from '../../words/language';

/** Names of the certificate's fields, whose contract begins with its choices. */
export function useCertificate(): Overrides {
  const { t } = useWords();
  return {
    'legalPersonEvidence.kind': { label: t('institutions.certificate.kind') },
    'legalPersonEvidence.number': { label: t('institutions.certificate.number') },
    'legalPersonEvidence.validTo': { help: t('institutions.certificate.validTo') },
    'legalPersonEvidence.fileId': { label: t('papers.scan') },
  };
}
