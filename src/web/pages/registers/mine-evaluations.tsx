import { Link } from 'react-router';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { Named } from '../../records/named';
import { Rows, type RowColumn } from '../../tables/rows';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';

export type Evaluation = ReplyOf<typeof evaluationRoutes.list>['items'][number];

const HUNDRED = 100;
const MOST = 200;

export const useEvaluationsOf = (mineId: string, enabled: boolean) =>
  useAsk(evaluationRoutes.list, { query: { mineId, limit: MOST } }, { enabled });

/** Evaluations of one mine, with what came of each. */
export function EvaluationTable({ mineId }: { mineId: string }) {
  const { t, language } = useWords();
  const say = useSay();
  const query = useEvaluationsOf(mineId, true);
  const columns: RowColumn<Evaluation>[] = [
    {
      key: 'institutionId',
      title: t('field.institutionId'),
      render: (e) => <Named of="institution" id={e.institutionId} />,
    },
    {
      key: 'purpose',
      title: t('evaluations.purpose'),
      render: (e) => <Link to={`/evaluations/${e.id}`}>{say('purpose', e.purpose)}</Link>,
    },
    { key: 'state', title: t('evaluations.state'), render: (e) => <State of="evaluation" value={e.state} /> },
    {
      key: 'onSite',
      title: t('evaluations.onSite'),
      render: (e) =>
        e.onSite ? `${writeDay(e.onSite.from, language)} ${t('to')} ${writeDay(e.onSite.to, language)}` : '—',
    },
    {
      key: 'score',
      title: t('evaluations.score'),
      render: (e) => (e.scoreHundredths === null ? '—' : (e.scoreHundredths / HUNDRED).toFixed(2)),
    },
    {
      key: 'conclusion',
      title: t('evaluations.conclusion'),
      render: (e) => (e.conclusion ? say('conclusion', e.conclusion) : '—'),
    },
  ];
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return (
    <Rows<Evaluation>
      rowKey={(row) => row.id}
      isLoading={query.isPending}
      rows={[...(query.data?.items ?? [])]}
      empty={t('evaluations.none')}
      columns={columns}
    />
  );
}
