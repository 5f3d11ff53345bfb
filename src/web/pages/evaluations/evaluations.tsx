import { useState } from 'react';
import { Link } from 'react-router';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { listAndRecord } from '../../records/list-and-record';
import { Name } from '../../records/name';
import { Page, PrintButton } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { JudgeMany } from './judge-many';
import { EvaluationRecord } from './record';
import { words } from './words';

export { words };

type Item = ReplyOf<typeof evaluationRoutes.list>['items'][number];

const states = [
  'assigned',
  'team-named',
  'desk-reviewed',
  'on-site',
  'reported',
  'returned',
  'accepted',
  'rejected',
  'frozen',
  'voided',
];

function useColumns(): Column<Item>[] {
  const { t, language } = useWords();
  const say = useSay();
  return [
    {
      key: 'mine',
      title: t('evaluations.mine'),
      render: (e) => (
        <Link to={`/evaluations/${e.id}`}>
          <Name plain of="mine" id={e.mineId} />
        </Link>
      ),
    },
    { key: 'state', title: t('field.state'), render: (e) => <State of="evaluation" value={e.state} /> },
    {
      key: 'institution',
      title: t('evaluations.institution'),
      render: (e) => <Name of="institution" id={e.institutionId} />,
    },
    { key: 'purpose', title: t('evaluations.purpose'), render: (e) => say('purpose', e.purpose) },
    {
      key: 'reportedAt',
      title: t('evaluations.reportedAt'),
      render: (e) => (e.reportedAt ? writeInstant(e.reportedAt, language) : '—'),
    },
    {
      key: 'conclusion',
      title: t('field.conclusion'),
      extra: true,
      render: (e) => (e.conclusion ? say('conclusion', e.conclusion) : '—'),
    },
  ];
}

function List() {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const [chosen, setChosen] = useState<readonly Item[]>([]);
  const isMany = may('evaluation.accept');
  return (
    <Page title={t('evaluations.title')} actions={<PrintButton />}>
      <ListTable
        name="evaluations"
        route={evaluationRoutes.list}
        rowKey={(e) => e.id}
        empty={t('evaluations.none')}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            options: states.map((value) => ({ value, label: say('evaluation', value) })),
          },
        ]}
        selection={isMany ? { chosen: chosen.map((e) => e.id), choose: (_ids, items) => setChosen(items) } : undefined}
        tools={() => (isMany ? <JudgeMany items={chosen} done={() => setChosen([])} /> : null)}
        columns={useColumns()}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, EvaluationRecord);
