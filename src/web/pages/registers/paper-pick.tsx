import { Select } from 'antd';
import { documentRoutes } from '../../../modules/organisations/documents.contract';
import { useAsk } from '../../api/hooks';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';

/** Chooses one of a body's papers on file. */
export function PaperPick(props: {
  organisationId: string;
  value?: string;
  onChange?: (id: string | undefined) => void;
  id?: string;
}) {
  const { organisationId, value, onChange, id } = props;
  const { t, language } = useWords();
  const say = useSay();
  const query = useAsk(documentRoutes.listDocuments, { params: { id: organisationId }, query: {} });
  const options = (query.data?.items ?? []).map((p) => ({
    value: p.id,
    label: [
      say('kind', p.kind),
      p.title,
      p.number,
      `${t('to')} ${p.lastDay ? writeDay(p.lastDay, language) : t('forever')}`,
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  return <Select id={id} allowClear loading={query.isFetching} value={value} onChange={onChange} options={options} />;
}
