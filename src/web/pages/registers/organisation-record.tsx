import { Link, useParams } from 'react-router';
import { Alert, Tag } from 'antd';
import * as z from 'zod';
import { institutionRoutes } from '../../../modules/institutions/institutions.contract';
import { addDocument } from '../../../modules/organisations/documents.contract';
import { putFormerCodes, putOwners, putSuccessors } from '../../../modules/organisations/lists.contract';
import { organisationContent, organisationRoutes } from '../../../modules/organisations/organisations.contract';
import { provinces } from '../../../modules/mines/core/provinces';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import type { Values } from '../../forms/values';
import { Facts } from '../../records/facts';
import { HistorySheets } from '../../records/history';
import { MomentBar, useMoment } from '../../records/moment';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { Page, PrintButton, Sheet } from '../../records/page';
import { RecordTabs } from '../../records/tabs';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { ChangeList, ReportingTags } from './change-list';
import { FormerCodesSheet, OwnersSheet, SuccessorsSheet } from './organisation-lists';
import { PapersSheet } from './papers';

type Body = ReplyOf<typeof organisationRoutes.read>;
type BodyLink = Body['successors'][number];
type Institution = ReplyOf<typeof institutionRoutes.list>['items'][number];

/** What an entry says and what its lists say, by the names that the history uses. */
const contentSchema = z.object(organisationContent);
export const organisationHistorySchema = z.object({
  ...organisationContent,
  owners: putOwners.shape.items,
  formerCodes: putFormerCodes.shape.items,
  successors: putSuccessors.shape.items,
  documents: z.array(addDocument),
});

/** What an amendment begins with: the entry that holds today. */
const contentOf = (body: Body): Values => {
  const { recordedAt: _at, paper: _paper, from: _from, lastDay: _last, ...content } = body.record ?? ({} as never);
  return content;
};

/** The assessor whose body this is, if it is one. */
export function useInstitutionOf(body: Pick<Body, 'id' | 'uscc'> | undefined) {
  const may = useMay();
  const found = useAsk(
    institutionRoutes.list,
    { query: { q: body?.uscc ?? '', limit: 5 } },
    { enabled: body !== undefined && may('register.read') },
  );
  return found.data?.items.find((i) => i.organisationId === body?.id);
}

function Links({ title, links }: { title: string; links: readonly BodyLink[] }) {
  const say = useSay();
  const { t } = useWords();
  if (links.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={title}
      description={
        <ul className="faults">
          {links.map((l) => (
            <li key={l.organisationId}>
              <Link to={`/organisations/${l.organisationId}`}>{l.name}</Link> <span className="code">{l.uscc}</span> ·{' '}
              {say('kind', l.kind)} · {t('history.from')} <Span from={l.from} lastDay={null} />
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Content({ body }: { body: Body }) {
  const { t } = useWords();
  const nameOf = (code: string | null): string => (code === null ? '—' : (provinces[code] ?? code));
  const { byCode, byAddress } = body.registeredProvince;
  return (
    <>
      <Links title={t('organisations.hasSuccessors')} links={body.successors} />
      <Links title={t('organisations.hasPredecessors')} links={body.predecessors} />
      <Sheet title={t('organisations.record')}>
        {body.record ? (
          <>
            <Facts schema={contentSchema} record={body.record} />
            <p className="quiet">
              <Span from={body.record.from} lastDay={body.record.lastDay} />
              {body.record.paper ? ` · ${t('history.paper')}：${body.record.paper}` : ''}
            </p>
          </>
        ) : (
          <p>{t('organisations.nothingThen')}</p>
        )}
        <p>
          {t('organisations.province')}：{t('organisations.byCode')} {nameOf(byCode)} · {t('organisations.byAddress')}{' '}
          {nameOf(byAddress)}
          {byAddress !== null && byAddress !== byCode ? (
            <Tag color="gold">{t('organisations.provincesDiffer')}</Tag>
          ) : null}
        </p>
      </Sheet>
      <Sheet title={t('organisations.formerNames')}>
        {body.formerNames.length === 0 ? <p className="quiet">{t('organisations.formerNames.none')}</p> : null}
        <ul className="faults">
          {body.formerNames.map((n) => (
            <li key={`${n.name}${n.from}`}>
              {n.name} · <Span from={n.from} lastDay={n.lastDay} />
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

function Acts({ body }: { body: Body }) {
  const { t } = useWords();
  const { id, version } = body;
  return (
    <>
      <ActButton
        primary
        label={t('organisations.amend')}
        route={organisationRoutes.amend}
        params={{ id }}
        version={version}
        initial={contentOf(body)}
        reread={async () => {
          const fresh = await ask(organisationRoutes.read, { params: { id } });
          return { version: fresh.version, initial: contentOf(fresh) };
        }}
      >
        <p className="quiet">{t('organisations.amend.help')}</p>
      </ActButton>
      <ActButton
        label={t('organisations.changeCode')}
        route={organisationRoutes.changeCode}
        params={{ id }}
        version={version}
        overrides={{ uscc: { label: t('organisations.newCode') } }}
      >
        <p className="quiet">{t('organisations.changeCode.help')}</p>
      </ActButton>
    </>
  );
}

function BodyTabs({ id, body, institution }: { id: string; body: Body; institution: Institution | undefined }) {
  const { t } = useWords();
  const may = useMay();
  return (
    <RecordTabs
      tabs={[
        { key: 'record', label: t('organisations.record'), content: <Content body={body} /> },
        { key: 'papers', label: t('papers'), content: <PapersSheet id={id} /> },
        { key: 'owners', label: t('organisations.owners'), content: <OwnersSheet id={id} /> },
        {
          key: 'codes',
          label: t('organisations.codes'),
          content: (
            <>
              <FormerCodesSheet id={id} />
              <SuccessorsSheet id={id} />
            </>
          ),
        },
        institution && may('institution-change.read')
          ? {
              key: 'changes',
              label: t('changes'),
              content: <ChangeList institutionId={institution.id} organisationId={id} />,
            }
          : null,
        {
          key: 'history',
          label: t('history'),
          content: <HistorySheets routes={organisationRoutes} id={id} schema={organisationHistorySchema} />,
        },
      ]}
    />
  );
}

/** One body: its content, papers, owners, codes, successors and what its institution has to report. */
export function OrganisationRecord() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const may = useMay();
  const moment = useMoment();
  const query = useAsk(organisationRoutes.read, { params: { id }, query: moment });
  const institution = useInstitutionOf(query.data);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const body = query.data;
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={body.record?.name ?? body.uscc}
      tags={
        <>
          <span className="code">{body.uscc}</span>
          {institution ? <Link to={`/institutions/${institution.id}`}>{t('organisations.isInstitution')}</Link> : null}
          {institution ? <ReportingTags mark={institution.reporting} /> : null}
        </>
      }
      actions={
        <>
          {may('organisation.amend') && isNow ? <Acts body={body} /> : null}
          <PrintButton />
        </>
      }
    >
      <MomentBar />
      <BodyTabs id={id} body={body} institution={institution} />
    </Page>
  );
}
