import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { Descriptions, Timeline } from 'antd';
import { changeRoutes, type ChangeProposal } from '../../../modules/institutions/changes/changes.contract';
import { institutionRoutes } from '../../../modules/institutions/institutions.contract';
import { organisationContent, organisationRoutes } from '../../../modules/organisations/organisations.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { fieldOf, labelOf } from '../../forms/schema';
import type { Values } from '../../forms/values';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { listAndRecord } from '../../records/list-and-record';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { Value } from '../../records/value';
import { StoredFile } from '../../records/stored-file';
import { useWords, type Words } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { ChangeList, Lateness, type Change } from './change-list';
import { changeWords } from './change-words';
import { paperWords } from './papers';
import { AnswerDuty } from './report-change';
import { registerWords } from './words';

/** What is to be registered, item by item beside what stands now. */
function Proposal({ change, organisationId }: { change: Change; organisationId: string | undefined }) {
  const { t, language } = useWords();
  const say = useSay();
  const present = useAsk(
    organisationRoutes.read,
    { params: { id: organisationId ?? '' }, query: {} },
    { enabled: organisationId !== undefined },
  ).data?.record as Values | null | undefined;
  const proposal = change.proposal as ChangeProposal | null;
  if (!proposal) return <p className="quiet">{t('changes.proposal.none')}</p>;
  const fields = Object.entries(proposal.organisation).map(([name, wanted]) => ({
    field: fieldOf(name, organisationContent[name as keyof typeof organisationContent]),
    wanted,
  }));
  return (
    <>
      <Descriptions
        size="small"
        bordered
        column={1}
        items={fields.map(({ field, wanted }) => ({
          key: field.name,
          label: labelOf(field, t, language),
          children: (
            <>
              {change.state === 'confirmed' ? null : (
                <>
                  <Value name={field.name} value={present?.[field.name]} field={field} />{' '}
                  <span className="quiet">{t('changes.to')}</span>{' '}
                </>
              )}
              <strong>
                <Value name={field.name} value={wanted} field={field} />
              </strong>
            </>
          ),
        }))}
      />
      {proposal.documents.map((d, n) => (
        <p key={n}>
          {t('changes.proposal.papers')}：{d.kind ? say('kind', d.kind) : t('papers.renew')}
          {d.title ? ` · ${d.title}` : ''} · <Span from={d.from} lastDay={d.lastDay ?? null} />{' '}
          <StoredFile id={d.fileId} />
        </p>
      ))}
    </>
  );
}

function Acts({ change, organisationId }: { change: Change; organisationId: string | undefined }) {
  const { t } = useWords();
  const may = useMay();
  const act = { params: { id: change.id }, version: change.version };
  const isOwed = change.state === 'open' || change.state === 'returned';
  return (
    <>
      {change.state === 'reported' && may('institution.amend') ? (
        <>
          <ActButton primary label={t('changes.confirm')} route={changeRoutes.confirmChange} {...act}>
            <p className="quiet">{t('changes.confirm.help')}</p>
          </ActButton>
          <ActButton
            label={t('changes.return')}
            route={changeRoutes.returnChange}
            {...act}
            overrides={{ reason: { label: t('changes.return.reason') } }}
          />
        </>
      ) : null}
      {isOwed && may('institution.report') && organisationId ? (
        <AnswerDuty id={change.id} version={change.version} organisationId={organisationId} />
      ) : null}
      {isOwed && may('institution.amend') ? (
        <ActButton
          label={t('changes.drop')}
          route={changeRoutes.dropChange}
          {...act}
          overrides={{ reason: { label: t('changes.drop.reason') } }}
        />
      ) : null}
      <PrintButton />
    </>
  );
}

function ChangeFacts({ change }: { change: Change }) {
  const { t, language } = useWords();
  const rows: [string, ReactNode][] = [
    [t('changes.institution'), <Named key="i" of="institution" id={change.institutionId} />],
    [t('changes.happenedOn'), writeDay(change.happenedOn, language)],
    [
      t('changes.dueOn'),
      <>
        {writeDay(change.dueOn, language)}（{t('changes.due.rule', { days: change.requiredDays })}
        {change.provisional ? `；${t('changes.provisional')}` : ''}）
      </>,
    ],
    ...(change.reportBy ? [[t('changes.ordered'), writeDay(change.reportBy, language)] as [string, ReactNode]] : []),
    [
      t('changes.reportedOn'),
      <>
        {change.reportedOn ? writeDay(change.reportedOn, language) : '—'} <Lateness change={change} />
      </>,
    ],
    [t('changes.note'), change.note],
    ...(change.paper ? [[t('changes.paper'), change.paper] as [string, ReactNode]] : []),
    [
      t('changes.files'),
      change.fileIds.length === 0
        ? t('none')
        : change.fileIds.map((id, n) => <StoredFile key={id} id={id} label={t('changes.file', { n: n + 1 })} />),
    ],
  ];
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function Record() {
  const { t, language } = useWords();
  const say = useSay();
  const { id = '' } = useParams();
  const query = useAsk(changeRoutes.readChange, { params: { id } });
  const change = query.data;
  const institution = useAsk(
    institutionRoutes.read,
    { params: { id: change?.institutionId ?? '' }, query: {} },
    { enabled: change !== undefined },
  ).data;
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!change) return <Waiting />;
  return (
    <Page
      title={`${t('changes')}：${say('kind', change.kind)}`}
      tags={<State of="institution-change" value={change.state} />}
      actions={<Acts change={change} organisationId={institution?.organisationId} />}
    >
      <Sheet>
        <ChangeFacts change={change} />
      </Sheet>
      <Sheet title={t('changes.proposal')}>
        <Proposal change={change} organisationId={institution?.organisationId} />
      </Sheet>
      <Sheet title={t('changes.steps')}>
        <Timeline
          items={change.steps.map((step, n) => ({
            key: n,
            content: (
              <>
                {writeDay(step.on, language)} {say('act', step.act)}
                {step.reason ? `：${step.reason}` : ''}
              </>
            ),
          }))}
        />
      </Sheet>
      <p className="no-print">
        <Link to="/institution-changes">{t('back')}</Link>
      </p>
    </Page>
  );
}

function List() {
  const { t } = useWords();
  const { post } = useStanding();
  const institutionId = post?.institutionId ?? undefined;
  const own = useAsk(
    institutionRoutes.read,
    { params: { id: institutionId ?? '' }, query: {} },
    { enabled: institutionId !== undefined },
  ).data;
  return (
    <Page title={t('changes')} actions={<PrintButton />}>
      <ChangeList institutionId={institutionId} organisationId={own?.organisationId} />
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);

export const words: Words = { ...registerWords, ...paperWords, ...changeWords };
