import type { ReactNode } from 'react';
import { Descriptions } from 'antd';
import { Link, useParams } from 'react-router';
import { employmentRoutes } from '../../../modules/experts/employments.contract';
import { objectionRoutes } from '../../../modules/experts/objections.contract';
import { objectionStates } from '../../../modules/experts/objections.states';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { listAndRecord } from '../../records/list-and-record';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { MatterList } from '../../tables/matter-list';
import { useWords, type Words } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
import { EmploymentState } from './employment-table';
import { personWords } from './person-words';

type Objection = ReplyOf<typeof objectionRoutes.read>;

function List() {
  const { t, language } = useWords();
  return (
    <MatterList
      title={t('objections')}
      base="employment-objections"
      route={objectionRoutes.list}
      states={objectionStates}
      empty={t('objections.none')}
      columns={[
        {
          key: 'raisedAt',
          title: t('objections.raisedAt'),
          render: (o: Objection) => (
            <Link to={`/employment-objections/${o.id}`}>{writeInstant(o.raisedAt, language)}</Link>
          ),
        },
        {
          key: 'person',
          title: t('employment.person'),
          render: (o: Objection) => <Named of="expert" id={o.expertId} />,
        },
        {
          key: 'institution',
          title: t('field.institutionId'),
          render: (o: Objection) => <Named of="institution" id={o.institutionId} />,
        },
        { key: 'reason', title: t('objections.reason'), render: (o: Objection) => o.reason },
      ]}
    />
  );
}

function Acts({ objection }: { objection: Objection }) {
  const { t } = useWords();
  const may = useMay();
  if (objection.state !== 'open') return null;
  const params = { id: objection.id };
  return (
    <>
      {may('employment.judge-objection') ? (
        <>
          <ActButton
            primary
            label={t('objections.uphold')}
            route={objectionRoutes.uphold}
            params={params}
            overrides={{ from: { label: t('employment.void.from') } }}
          >
            <p className="quiet">{t('objections.uphold.help')}</p>
          </ActButton>
          <ActButton label={t('objections.dismiss')} route={objectionRoutes.dismiss} params={params} />
        </>
      ) : null}
      {may('employment.object') ? (
        <ActButton
          label={t('objections.withdraw')}
          route={objectionRoutes.withdraw}
          params={params}
          fixed={may('expert.own') ? { paper: null } : undefined}
        />
      ) : null}
    </>
  );
}

function ObjectedTo({ objection }: { objection: Objection }) {
  const { t } = useWords();
  const say = useSay();
  const employment = useAsk(employmentRoutes.read, { params: { id: objection.employmentId } }).data;
  if (!employment) return null;
  return (
    <Sheet title={t('employment')} extra={<Link to={`/employments/${employment.id}`}>{t('view')}</Link>}>
      <p>
        {employment.institutionName} · {say('kind', employment.kind)} ·{' '}
        <Span from={employment.from} lastDay={employment.lastDay} />
      </p>
      <p>
        <EmploymentState employment={employment} />
      </p>
    </Sheet>
  );
}

function Record() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(objectionRoutes.read, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const o = query.data;
  const item = (label: string, children: ReactNode) => ({ key: label, label, children });
  return (
    <Page
      title={t('objections')}
      tags={<State of="employment-objection" value={o.state} />}
      actions={
        <>
          <Acts objection={o} />
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <Descriptions
          size="small"
          bordered
          column={1}
          items={[
            item(t('employment.person'), <Named of="expert" id={o.expertId} />),
            item(t('field.institutionId'), <Named of="institution" id={o.institutionId} />),
            item(t('objections.reason'), o.reason),
            item(t('objections.paper'), o.paper ?? '—'),
            item(t('objections.raisedAt'), writeInstant(o.raisedAt, language)),
            ...(o.decidedAt
              ? [
                  item(t('decidedAt'), writeInstant(o.decidedAt, language)),
                  item(t('decisionReason'), o.decisionReason ?? '—'),
                  item(t('decisionPaper'), o.decisionPaper ?? '—'),
                ]
              : []),
            ...(o.voidFrom ? [item(t('objections.voidFrom'), writeDay(o.voidFrom, language))] : []),
          ]}
        />
      </Sheet>
      <ObjectedTo objection={o} />
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);

export const words: Words = personWords;
