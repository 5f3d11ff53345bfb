import { Link } from 'react-router';
import { dashboardRoutes, type DashboardReply } from '../../../modules/workbench/dashboard.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { Rows } from '../../tables/rows';
import { Chart } from './chart';
import { Conditions } from './conditions';
import { Goals } from './goals';
import { lying, monthly } from './options';
import { words } from './words';

export { words };

/** The states in the order of the work. */
const order = [
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
const ROW = 30;
const HEAD = 60;
const high = (rows: number): number => HEAD + rows * ROW;

function Evaluations({ counted }: { counted: DashboardReply['evaluations'] }) {
  const { t } = useWords();
  const say = useSay();
  const rows = order.map((state) => ({
    state,
    name: say('evaluation', state),
    value: counted.find((c) => c.state === state)?.count ?? 0,
  }));
  return (
    <Sheet title={t('dashboard.evaluations')}>
      <div className="figure">
        <Chart label={t('dashboard.evaluations')} height={high(rows.length)} option={lying(rows)} />
        <Rows
          rowKey={(row) => row.state}
          rows={rows}
          columns={[
            {
              key: 'state',
              title: t('dashboard.state'),
              render: (r) => <Link to={`/evaluations?state=${r.state}`}>{r.name}</Link>,
            },
            { key: 'count', title: t('dashboard.count'), align: 'right', render: (row) => row.value },
          ]}
        />
      </div>
    </Sheet>
  );
}

/** So many fit a chart; all of them stand in the table. */
const DRAWN = 12;

function Load({ load }: { load: DashboardReply['load'] }) {
  const { t } = useWords();
  const drawn = load.slice(0, DRAWN).map((l) => ({ name: l.name, value: l.open }));
  return (
    <Sheet title={t('dashboard.load')}>
      <p className="quiet">{t('dashboard.load.note')}</p>
      <div className="figure">
        {load.length > 0 ? (
          <Chart label={t('dashboard.load')} height={high(drawn.length)} option={lying(drawn)} />
        ) : null}
        <Rows
          rowKey={(row) => row.institutionId}
          rows={load}
          empty={t('dashboard.empty')}
          columns={[
            {
              key: 'institution',
              title: t('dashboard.institution'),
              render: (l) => <Link to={`/institutions/${l.institutionId}`}>{l.name}</Link>,
            },
            { key: 'open', title: t('dashboard.open'), align: 'right', render: (row) => row.open },
            { key: 'total', title: t('dashboard.total'), align: 'right', render: (row) => row.total },
          ]}
        />
      </div>
    </Sheet>
  );
}

function Bars({ bars }: { bars: DashboardReply['bars'] }) {
  const { t } = useWords();
  const kinds = ['institution', 'person'] as const;
  const [institution, person] = kinds.map((kind) => ({
    name: t(`dashboard.kind.${kind}`),
    values: bars.begun.map((b) => b[kind]),
  }));
  const some = [...bars.begun].reverse().filter((b) => b.institution + b.person > 0);
  return (
    <Sheet title={t('dashboard.bars')}>
      <p>
        {t('dashboard.bars.holding', bars.holding)} <Link to="/bars">{t('view')}</Link>
      </p>
      <div className="figure">
        <Chart
          label={t('dashboard.bars')}
          height={260}
          option={monthly(
            bars.begun.map((b) => b.month),
            [institution!, person!],
          )}
        />
        <Rows
          rowKey={(row) => row.month}
          rows={some}
          empty={t('dashboard.empty')}
          columns={[
            { key: 'month', title: t('dashboard.month'), render: (row) => row.month },
            {
              key: 'institution',
              title: t('dashboard.kind.institution'),
              align: 'right',
              render: (row) => row.institution,
            },
            { key: 'person', title: t('dashboard.kind.person'), align: 'right', render: (row) => row.person },
          ]}
        />
      </div>
    </Sheet>
  );
}

/** Figures for those who steer the programme; each chart has its table beside it. */
export function Screen() {
  const { t, language } = useWords();
  const query = useAsk(dashboardRoutes.show);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { asOf, goals, evaluations, load, bars } = query.data;
  return (
    <Page
      title={t('dashboard.title')}
      tags={<span className="quiet">{t('dashboard.asOf', { day: writeDay(asOf, language) })}</span>}
      actions={<PrintButton />}
    >
      <Goals goals={goals} />
      <Evaluations counted={evaluations} />
      <Load load={load} />
      <Conditions />
      <Bars bars={bars} />
    </Page>
  );
}
