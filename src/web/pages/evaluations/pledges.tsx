import { Link, useParams } from 'react-router';
import { pledgeRoutes, type PledgeView } from '../../../modules/pledges/pledges.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton, Sheet } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeInstant } from '../../words/write';
import { PledgeBody } from './pledge-body';
import { words } from './words';

export { words };

function List() {
  const { t, language } = useWords();
  return (
    <Page title={t('pledges.title')}>
      <ListTable
        name="pledges-to-seal"
        route={pledgeRoutes.listToSeal}
        rowKey={(p) => p.id}
        empty={t('pledges.none')}
        columns={[
          {
            key: 'preparedAt',
            title: t('pledges.one'),
            render: (p: PledgeView) => (
              <Link
                to={`/pledges/${p.id}`}
              >{`${t('pledges.preparedAt')} ${writeInstant(p.preparedAt, language)}`}</Link>
            ),
          },
          { key: 'state', title: t('field.state'), render: (p: PledgeView) => <State of="pledge" value={p.state} /> },
          {
            key: 'signers',
            title: t('pledges.signers'),
            render: (p: PledgeView) => p.signers.map((s) => s.name).join(language === 'en' ? ', ' : '、'),
          },
        ]}
      />
    </Page>
  );
}

function Record() {
  const { t } = useWords();
  const may = useMay();
  const { id = '' } = useParams();
  const query = useAsk(pledgeRoutes.show, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  return (
    <Page
      title={t('pledges.one')}
      tags={<State of="pledge" value={query.data.state} />}
      actions={
        <>
          {may('evaluation.read') ? (
            <Link to={`/evaluations/${query.data.evaluationId}`}>{t('pledges.evaluation')}</Link>
          ) : null}
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <PledgeBody pledge={query.data} />
      </Sheet>
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);
