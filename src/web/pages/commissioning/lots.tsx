import { Link, useNavigate } from 'react-router';
import { commissionRoutes, lotStates } from '../../../modules/commissions/commissions.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { PickMany } from '../../forms/pick-many';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { LotBoard } from './lot-board';
import { words } from './words';

export { words };

type Lot = ReplyOf<typeof commissionRoutes.listLots>['items'][number];

function List() {
  const { t, language } = useWords();
  const say = useSay();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Page
      title={t('lots.title')}
      actions={
        <>
          {may('lot.open') ? (
            <ActButton
              primary
              label={t('lots.draft')}
              route={commissionRoutes.openLot}
              fixed={{ mode: 'direct' }}
              overrides={{ mineIds: { control: () => <PickMany of="mine" /> } }}
              done={(lot) => void navigate(`/lots/${lot.id}`)}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ListTable
        name="lots"
        route={commissionRoutes.listLots}
        rowKey={(l) => l.id}
        empty={t('lots.none')}
        filters={[
          { name: 'q', label: t('field.name') },
          {
            name: 'state',
            label: t('field.state'),
            options: lotStates.filter((s) => s !== 'drawn').map((value) => ({ value, label: say('lot', value) })),
          },
        ]}
        columns={[
          { key: 'name', title: t('field.name'), render: (l: Lot) => <Link to={`/lots/${l.id}`}>{l.name}</Link> },
          { key: 'state', title: t('field.state'), render: (l: Lot) => <State of="lot" value={l.state} /> },
          { key: 'purpose', title: t('field.purpose'), render: (l: Lot) => say('purpose', l.purpose) },
          { key: 'openedOn', title: t('field.openedOn'), render: (l: Lot) => writeDay(l.openedOn, language) },
          { key: 'mines', title: t('lots.mines'), align: 'right', render: (l: Lot) => l.mineIds.length },
          { key: 'candidates', title: t('lots.candidates'), align: 'right', render: (l: Lot) => l.candidateIds.length },
          {
            key: 'project',
            title: t('field.projectNumber'),
            extra: true,
            render: (l: Lot) => l.purchase.projectNumber,
          },
        ]}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, LotBoard);
