import { documentRoutes } from '../../../modules/documents/files.contract';
import { evidenceKinds, type EvaluationView } from '../../../modules/evaluations/evaluations.contract';
import { useAsk } from '../../api/hooks';
import { Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { Rows } from '../../tables/rows';
import { PictureButton } from './picture';

type Evidence = EvaluationView['evidence'][number];

/** A file with what can be done with it; pictures can be looked at here. */
function EvidenceFile({ fileId }: { fileId: string }) {
  const about = useAsk(documentRoutes.show, { params: { id: fileId } });
  const isPicture = about.data?.mediaType.startsWith('image/') ?? false;
  return (
    <>
      <StoredFile id={fileId} label={about.data?.name} />{' '}
      {isPicture ? <PictureButton fileId={fileId} name={about.data!.name} /> : null}
    </>
  );
}

/** Report, verification record and imagery, and what of them is missing. */
export function EvidenceSheet({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t, language } = useWords();
  const say = useSay();
  const missing = evidenceKinds.filter((kind) => !e.evidence.some((v) => v.kind === kind));
  const isOpen = !['accepted', 'rejected', 'voided'].includes(e.state);
  return (
    <Sheet title={t('evaluations.evidence')}>
      {isOpen && missing.length > 0 && e.evidence.length > 0 ? (
        <p className="late">
          {t('evaluations.evidence.missing', {
            missing: missing.map((kind) => say('kind', kind)).join(language === 'en' ? ', ' : '、'),
          })}
        </p>
      ) : null}
      <Rows<Evidence>
        rowKey={(row) => row.id}
        rows={[...e.evidence]}
        empty={t('evaluations.evidence.none')}
        columns={[
          { key: 'kind', title: t('evaluations.evidence.kind'), render: (v) => say('kind', v.kind) },
          { key: 'file', title: t('evaluations.evidence.file'), render: (v) => <EvidenceFile fileId={v.fileId} /> },
          {
            key: 'SHA-256',
            title: 'SHA-256',
            render: (v) => (
              <span className="code" title={v.sha256}>
                {v.sha256.slice(0, 16)}…
              </span>
            ),
          },
        ]}
      />
    </Sheet>
  );
}
