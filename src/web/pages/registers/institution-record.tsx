import { Descriptions, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import * as z from 'zod';
import { poolRoutes } from '../../../modules/commissions/pool.contract';
import { changeRoutes } from '../../../modules/institutions/changes/changes.contract';
import { evidence, institutionRoutes } from '../../../modules/institutions/institutions.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import type { Values } from '../../forms/values';
import { ActButton } from '../../records/act-button';
import { Facts } from '../../records/facts';
import { HistorySheets } from '../../records/history';
import { Span } from '../../records/lines';
import { MomentBar, useMoment } from '../../records/moment';
import { Page, PrintButton, Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { RecordTabs } from '../../records/tabs';
import { ListTable } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { useCertificate } from './certificate';
import { ChangeList, ReportingTags } from './change-list';
import { PapersSheet } from './papers';
import { ReadinessSheet } from './readiness';
import { ReportChange } from './report-change';
import { StaffSheet } from './staff-sheet';

type Body = ReplyOf<typeof institutionRoutes.read>;
type Entry = ReplyOf<typeof poolRoutes.listPool>['items'][number];

const evidenceSchema = z.object(evidence);

const contentOf = (body: Body): Values => {
  const { recordedAt: _at, paper: _paper, from: _from, lastDay: _last, ...content } = body.record ?? ({} as never);
  return content;
};

function Certificate({ body }: { body: Body }) {
  const { t, language } = useWords();
  const say = useSay();
  const held = body.record?.legalPersonEvidence ?? null;
  if (held === null) return <p className="quiet">{t('institutions.certificate.none')}</p>;
  const isExpired = held.validTo !== null && held.validTo < body.asOf;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        { key: 'kind', label: t('institutions.certificate.kind'), children: say('kind', held.kind) },
        {
          key: 'number',
          label: t('institutions.certificate.number'),
          children: <span className="code">{held.number}</span>,
        },
        {
          key: 'validTo',
          label: t('field.validTo'),
          children: (
            <>
              {held.validTo ? writeDay(held.validTo, language) : t('forever')}{' '}
              {isExpired ? <Tag color="red">{t('institutions.certificate.expired')}</Tag> : null}
            </>
          ),
        },
        { key: 'file', label: t('papers.scan'), children: <StoredFile id={held.fileId} /> },
      ]}
    />
  );
}

function FileSheet({ body }: { body: Body }) {
  const { t } = useWords();
  const say = useSay();
  return (
    <>
      <Sheet
        title={t('institutions.body')}
        extra={<Link to={`/organisations/${body.organisationId}`}>{t('institutions.bodyLink')}</Link>}
      >
        <p>
          {body.name} <span className="code">{body.uscc}</span> ·{' '}
          {body.legalForm ? say('legalForm', body.legalForm) : '—'}
          {body.publicInstitutionClass ? ` · ${say('publicInstitutionClass', body.publicInstitutionClass)}` : ''}
        </p>
      </Sheet>
      <Sheet title={t('institutions.certificate')}>
        <Certificate body={body} />
      </Sheet>
      <Sheet title={t('institutions.evidence')}>
        <p className="quiet">{t('institutions.evidence.help')}</p>
        {body.record ? (
          <>
            <Facts schema={evidenceSchema} record={body.record} without={['legalPersonEvidence']} />
            <p className="quiet">
              <Span from={body.record.from} lastDay={body.record.lastDay} />
              {body.record.paper ? ` · ${t('history.paper')}：${body.record.paper}` : ''}
            </p>
          </>
        ) : (
          <p>{t('institutions.nothingThen')}</p>
        )}
      </Sheet>
    </>
  );
}

function PoolSheet({ id }: { id: string }) {
  const { t, language } = useWords();
  const may = useMay();
  const day = (text: string | null): string => (text ? writeDay(text, language) : '—');
  return (
    <ListTable
      name="pool-of-one"
      route={poolRoutes.listPool}
      fixed={{ institutionId: id }}
      rowKey={(e) => e.id}
      empty={t('pool.none')}
      tools={() =>
        may('pool.apply') ? (
          <ActButton
            label={t('pool.apply')}
            route={poolRoutes.applyToPool}
            fixed={{ institutionId: id }}
            overrides={{ authorityId: { label: t('pool.authority'), help: t('readiness.authority.own') } }}
          >
            <p className="quiet">{t('pool.apply.help')}</p>
          </ActButton>
        ) : null
      }
      columns={[
        {
          key: 'state',
          title: t('pool.state'),
          render: (e: Entry) => (
            <Link to={`/pool-entries/${e.id}`}>
              <State of="pool-entry" value={e.state} />
            </Link>
          ),
        },
        { key: 'authority', title: t('pool.authority'), render: (e: Entry) => e.authority },
        { key: 'appliedOn', title: t('pool.appliedOn'), render: (e: Entry) => day(e.appliedOn) },
        { key: 'admittedOn', title: t('pool.admittedOn'), render: (e: Entry) => day(e.admittedOn) },
        { key: 'endedOn', title: t('pool.endedOn'), render: (e: Entry) => day(e.endedOn) },
      ]}
    />
  );
}

function Acts({ body }: { body: Body }) {
  const { t } = useWords();
  const may = useMay();
  const { post } = useStanding();
  const certificate = useCertificate();
  const { id } = body;
  const isOwn = post?.institutionId === id;
  return (
    <>
      {may('institution.amend') ? (
        <ActButton
          primary
          label={t('institutions.amend')}
          route={institutionRoutes.amend}
          params={{ id }}
          version={body.version}
          initial={contentOf(body)}
          overrides={certificate}
          reread={async () => {
            const fresh = await ask(institutionRoutes.read, { params: { id } });
            return { version: fresh.version, initial: contentOf(fresh) };
          }}
        />
      ) : null}
      {may('institution.report') && isOwn ? (
        <>
          <ReportChange institutionId={id} organisationId={body.organisationId} />
          <ActButton label={t('changes.phone')} route={changeRoutes.changePhone} params={{ id }}>
            <p className="quiet">{t('changes.phone.help')}</p>
          </ActButton>
        </>
      ) : null}
    </>
  );
}

function useTabs(body: Body) {
  const { t } = useWords();
  const may = useMay();
  const { post } = useStanding();
  const { id, organisationId } = body;
  const isOwnOrOffice = post?.institutionId === null || post?.institutionId === id;
  return [
    { key: 'file', label: t('institutions.file'), content: <FileSheet body={body} /> },
    may('institution.readiness') && isOwnOrOffice
      ? { key: 'readiness', label: t('readiness'), content: <ReadinessSheet id={id} /> }
      : null,
    isOwnOrOffice ? { key: 'papers', label: t('papers'), content: <PapersSheet id={organisationId} /> } : null,
    isOwnOrOffice ? { key: 'staff', label: t('staff'), content: <StaffSheet id={id} /> } : null,
    may('institution-change.read') && isOwnOrOffice
      ? {
          key: 'changes',
          label: t('changes'),
          content: <ChangeList institutionId={id} organisationId={organisationId} />,
        }
      : null,
    may('pool.read') ? { key: 'pool', label: t('pool'), content: <PoolSheet id={id} /> } : null,
    {
      key: 'history',
      label: t('history'),
      content: <HistorySheets routes={institutionRoutes} id={id} schema={evidenceSchema} />,
    },
  ];
}

function Loaded({ body }: { body: Body }) {
  const moment = useMoment();
  const tabs = useTabs(body);
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={body.name}
      tags={
        <>
          <span className="code">{body.uscc}</span>
          <ReportingTags mark={body.reporting} />
        </>
      }
      actions={
        <>
          {isNow ? <Acts body={body} /> : null}
          <PrintButton />
        </>
      }
    >
      <MomentBar />
      <RecordTabs tabs={tabs} />
    </Page>
  );
}

/** One institution: its file, conditions, papers, staff, reports, pool entries and history. */
export function InstitutionRecord() {
  const { id = '' } = useParams();
  const moment = useMoment();
  const query = useAsk(institutionRoutes.read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  return <Loaded body={query.data} />;
}
