import { Alert } from 'antd';
import { Link } from 'react-router';
import { sanctionRoutes } from '../../../modules/sanctions/sanctions.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { BarState } from './bar-state';
import { TermSheet } from './term-sheet';
import { words } from './words';

export { words };

type Bar = ReplyOf<typeof sanctionRoutes.list>['items'][number];

function useColumns(): Column<Bar>[] {
  const { t, language } = useWords();
  const say = useSay();
  return [
    { key: 'name', title: t('bars.name'), render: (b) => <Link to={`/bars/${b.id}`}>{b.name}</Link> },
    { key: 'code', title: t('bars.code'), render: (b) => <span className="code">{b.code}</span> },
    { key: 'kind', title: t('bars.kind'), render: (b) => say('kind', b.kind) },
    { key: 'state', title: t('field.state'), render: (b) => <BarState bar={b} /> },
    { key: 'servedOn', title: t('field.servedOn'), render: (b) => writeDay(b.servedOn, language) },
    { key: 'lastBarredDay', title: t('field.lastBarredDay'), render: (b) => writeDay(b.lastBarredDay, language) },
    { key: 'freeFrom', title: t('field.freeFrom'), render: (b) => writeDay(b.freeFrom, language) },
    { key: 'decisionNumber', title: t('field.decisionNumber'), render: (b) => b.decisionNumber },
    { key: 'ground', title: t('cases.ground'), extra: true, render: (b) => b.ground },
    { key: 'published', title: t('bars.published'), extra: true, render: (b) => t(b.published ? 'yes' : 'no') },
  ];
}

function List() {
  const { t } = useWords();
  const may = useMay();
  return (
    <Page title={t('bars.title')} actions={<PrintButton />}>
      <Alert type="info" title={t('bars.basis')} />
      <ListTable
        name="bars"
        route={sanctionRoutes.list}
        rowKey={(b) => b.id}
        empty={t('bars.none')}
        filters={[{ name: 'asOf', label: t('bars.asOf'), kind: 'day' }]}
        tools={(filters) =>
          may('register.read') ? (
            <ExportButton
              route={exportRoutes.blacklist}
              filters={{ ...filters, state: 'all' }}
              takes={['asOf', 'state']}
            />
          ) : null
        }
        columns={useColumns()}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, TermSheet);
