import { Link, useNavigate } from 'react-router';
import { caseRoutes, caseStates } from '../../../modules/cases/cases.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
import { CaseRecord } from './case-record';
import { words } from './words';

export { words };

type Case = ReplyOf<typeof caseRoutes.list>['items'][number];

const SHOWN = 40;

function useColumns(): Column<Case>[] {
  const { t, language } = useWords();
  return [
    {
      key: 'summary',
      title: t('cases.summary'),
      render: (c) => (
        <Link to={`/cases/${c.id}`}>{c.summary.length > SHOWN ? `${c.summary.slice(0, SHOWN)}…` : c.summary}</Link>
      ),
    },
    { key: 'state', title: t('field.state'), render: (c) => <State of="case" value={c.state} /> },
    { key: 'subjects', title: t('cases.subjects'), align: 'right', render: (c) => c.subjects.length },
    {
      key: 'openedOn',
      title: t('cases.openedOn'),
      render: (c) => (c.openedOn ? writeDay(c.openedOn, language) : '—'),
    },
    { key: 'recordedAt', title: t('cases.recordedAt'), render: (c) => writeInstant(c.recordedAt, language) },
    { key: 'source', title: t('cases.source'), extra: true, render: (c) => c.source },
  ];
}

function List() {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Page
      title={t('cases.title')}
      actions={
        <>
          {may('case.investigate') ? (
            <ActButton
              primary
              label={t('cases.lead')}
              route={caseRoutes.lead}
              overrides={{ summary: { label: t('cases.summary') }, source: { label: t('cases.source') } }}
              done={(file) => void navigate(`/cases/${file.id}`)}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ListTable
        name="cases"
        route={caseRoutes.list}
        rowKey={(c) => c.id}
        empty={t('cases.none')}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            options: caseStates.map((value) => ({ value, label: say('case', value) })),
          },
        ]}
        columns={useColumns()}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, CaseRecord);
