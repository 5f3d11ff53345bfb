import { Empty, Table, type TableProps } from 'antd';
import { Link } from 'react-router';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { Named } from '../../records/named';
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
  const columns: TableProps<Evaluation>['columns'] = [
    { title: t('field.institutionId'), render: (_: unknown, e) => <Named of="institution" id={e.institutionId} /> },
    {
      title: t('evaluations.purpose'),
      render: (_: unknown, e) => <Link to={`/evaluations/${e.id}`}>{say('purpose', e.purpose)}</Link>,
    },
    { title: t('evaluations.state'), render: (_: unknown, e) => <State of="evaluation" value={e.state} /> },
    {
      title: t('evaluations.onSite'),
      render: (_: unknown, e) =>
        e.onSite ? `${writeDay(e.onSite.from, language)} ${t('to')} ${writeDay(e.onSite.to, language)}` : '—',
    },
    {
      title: t('evaluations.score'),
      render: (_: unknown, e) => (e.scoreHundredths === null ? '—' : (e.scoreHundredths / HUNDRED).toFixed(2)),
    },
    {
      title: t('evaluations.conclusion'),
      render: (_: unknown, e) => (e.conclusion ? say('conclusion', e.conclusion) : '—'),
    },
  ];
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return (
    <Table<Evaluation>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey="id"
      loading={query.isPending}
      dataSource={[...(query.data?.items ?? [])]}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('evaluations.none')} /> }}
      columns={columns}
    />
  );
}
