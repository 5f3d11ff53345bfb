import { Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { mineRoutes } from '../../../modules/mines/mines.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import type { Values } from '../../forms/values';
import { ActButton } from '../../records/act-button';
import { Facts } from '../../records/facts';
import { HistorySheets } from '../../records/history';
import { Span } from '../../records/lines';
import { MomentBar, useMoment } from '../../records/moment';
import { Page, PrintButton, Sheet } from '../../records/page';
import { RecordTabs } from '../../records/tabs';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { EvaluationTable } from './mine-evaluations';
import { mineHistorySchema, mineSchema, useMineOverrides } from './mine-fields';
import { ContactsSheets, LicencesSheet, StandingsSheet } from './mine-lists';

export type Mine = ReplyOf<typeof mineRoutes.read>;
type Operator = Mine['operators'][number];

const contentOf = (mine: Mine): Values => ({
  ...mine.record,
  province: mine.record?.provinceCode,
  from: undefined,
  lastDay: undefined,
  paper: undefined,
});

/** Standing in each list at the moment, said in words. */
export function StandingTags({ mine }: { mine: Mine }) {
  const { t } = useWords();
  const say = useSay();
  return mine.listStatuses.map((s) => (
    <Tag key={`${s.level ?? ''}${s.list ?? ''}${s.from}`} color={s.status === 'on-list' ? 'green' : 'gold'}>
      {s.level ? say('level', s.level) : (s.list ?? t('mines.list'))}：{say('status', s.status)}
      {s.correctionOverdue ? `（${t('mines.correctionOverdue')}）` : ''}
    </Tag>
  ));
}

/** What the record itself says where no interval was recorded. */
export function RecordedStandings({ mine }: { mine: Mine }) {
  const { t } = useWords();
  if (mine.listStatuses.length === 0) return <span className="quiet">{t('mines.standings.none')}</span>;
  return (
    <>
      {t('mines.standings.recorded')} <StandingTags mine={mine} />
    </>
  );
}

export function OperatorTable({ mine }: { mine: Mine }) {
  const { t } = useWords();
  return (
    <Rows<Operator>
      rowKey={(o) => `${o.organisationId}${o.from}`}
      rows={mine.operators}
      empty={t('mines.operators.none')}
      columns={[
        {
          key: 'name',
          title: t('field.name'),
          render: (o) => <Link to={`/organisations/${o.organisationId}`}>{o.name}</Link>,
        },
        { key: 'uscc', title: t('field.uscc'), render: (o) => <span className="code">{o.uscc}</span> },
        {
          key: 'span',
          title: t('lines.span'),
          render: (o) => (
            <>
              <Span from={o.from} lastDay={o.lastDay} />{' '}
              <Tag color={o.present ? 'green' : undefined}>{o.present ? t('mines.present') : t('mines.former')}</Tag>
            </>
          ),
        },
      ]}
    />
  );
}

/** What is on record of a mine at the moment. */
export function MineContent({ mine }: { mine: Mine }) {
  const { t } = useWords();
  const { record } = mine;
  const operators = mine.operators.filter((o) => o.present).map((o) => o.name);
  if (!record) return <p>{t('mines.nothingThen')}</p>;
  return (
    <>
      <Facts
        schema={mineSchema}
        record={record}
        // Its name stands below: who may not read the register of bodies knows it too.
        without={['operatorId']}
        labels={{ name: t('mines.name'), list: t('mines.list'), status: t('mines.status') }}
      />
      <p>
        {t('field.operator')}：{operators.join('、') || '—'}
      </p>
      <p className="quiet">
        <Span from={record.from} lastDay={record.lastDay} />
        {record.paper ? ` · ${t('history.paper')}：${record.paper}` : ''}
      </p>
    </>
  );
}

function Amend({ mine }: { mine: Mine }) {
  const { t } = useWords();
  const overrides = useMineOverrides();
  const { id } = mine;
  return (
    <ActButton
      primary
      label={t('mines.amend')}
      route={mineRoutes.amend}
      params={{ id }}
      version={mine.version}
      initial={contentOf(mine)}
      overrides={overrides}
      reread={async () => {
        const fresh = await ask(mineRoutes.read, { params: { id } });
        return { version: fresh.version, initial: contentOf(fresh) };
      }}
    />
  );
}

function useTabs(mine: Mine) {
  const { t } = useWords();
  const may = useMay();
  const { id } = mine;
  return [
    {
      key: 'content',
      label: t('mines.content'),
      content: (
        <Sheet title={t('mines.content')}>
          <MineContent mine={mine} />
        </Sheet>
      ),
    },
    { key: 'licences', label: t('mines.licences'), content: <LicencesSheet id={id} /> },
    {
      key: 'operators',
      label: t('mines.operators'),
      content: (
        <Sheet title={t('mines.operators')}>
          <p className="quiet">{t('mines.operators.help')}</p>
          <OperatorTable mine={mine} />
        </Sheet>
      ),
    },
    {
      key: 'standings',
      label: t('mines.standings'),
      content: <StandingsSheet id={id} recorded={<RecordedStandings mine={mine} />} />,
    },
    { key: 'contacts', label: t('contacts'), content: <ContactsSheets id={id} /> },
    may('evaluation.read')
      ? {
          key: 'evaluations',
          label: t('evaluations.of'),
          content: (
            <Sheet title={t('evaluations.of')}>
              <EvaluationTable mineId={id} />
            </Sheet>
          ),
        }
      : null,
    {
      key: 'history',
      label: t('history'),
      content: <HistorySheets routes={mineRoutes} id={id} schema={mineHistorySchema} />,
    },
  ];
}

function Loaded({ mine }: { mine: Mine }) {
  const { t } = useWords();
  const may = useMay();
  const moment = useMoment();
  const tabs = useTabs(mine);
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={mine.record?.name ?? t('mines')}
      tags={<StandingTags mine={mine} />}
      actions={
        <>
          {may('mine.amend') && isNow ? <Amend mine={mine} /> : null}
          <Link to={`/mines/${mine.id}/file`}>{t('mines.file')}</Link>
          <PrintButton />
        </>
      }
    >
      <MomentBar />
      <RecordTabs tabs={tabs} />
    </Page>
  );
}

/** One mine: content, licences, operators, standings, contacts, evaluations, history. */
export function MineRecord() {
  const { id = '' } = useParams();
  const moment = useMoment();
  const query = useAsk(mineRoutes.read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <Loaded mine={query.data} /> : <Waiting />;
}
