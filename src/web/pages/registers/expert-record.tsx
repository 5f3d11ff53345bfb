import { Alert, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { expertRoutes } from '../../../modules/experts/experts.contract';
import { mergeRoutes } from '../../../modules/experts/merging.contract';
import { personRoutes } from '../../../modules/experts/persons.contract';
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
import { StoredFile } from '../../records/stored-file';
import { RecordTabs } from '../../records/tabs';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { EmploymentTable } from './employment-table';
import { expertSchema, useExpertOverrides } from './expert-fields';
import { IdentitySheet } from './identities';
import { NamingSheets } from './naming';

export type Person = ReplyOf<typeof expertRoutes.read>;
type Proof = NonNullable<Person['record']>['specialtyProofs'][number];

const contentOf = (person: Person): Values => {
  const { recordedAt: _at, paper: _paper, from: _from, lastDay: _last, ...content } = person.record ?? ({} as never);
  return content;
};

function Proofs({ proofs, since }: { proofs: readonly Proof[]; since: string }) {
  const { t } = useWords();
  const say = useSay();
  return (
    <Sheet title={t('experts.proofs')}>
      {proofs.length === 0 ? (
        <p className="quiet">{t('experts.proofs.none')}</p>
      ) : (
        <Rows<Proof>
          rowKey={(p) => JSON.stringify(p)}
          rows={[...proofs]}
          columns={[
            { key: 'specialty', title: t('field.specialty'), render: (p) => say('specialties', p.specialty) },
            { key: 'evidence', title: t('experts.proof.evidence'), render: (p) => p.evidence ?? '—' },
            { key: 'scan', title: t('papers.scan'), render: (p) => <StoredFile id={p.fileId} /> },
            { key: 'span', title: t('lines.span'), render: (p) => <Span from={p.from ?? since} lastDay={p.lastDay} /> },
          ]}
        />
      )}
    </Sheet>
  );
}

/** What is on record of a person: title, specialties, proofs. */
export function PersonContent({ person }: { person: Person }) {
  const { t } = useWords();
  const { record } = person;
  if (person.limited) return <Alert type="info" showIcon title={t('experts.limited')} />;
  if (!record) return <Sheet>{t('experts.nothingThen')}</Sheet>;
  return (
    <>
      <Sheet title={t('experts.content')}>
        <Facts
          schema={expertSchema}
          record={record}
          without={['specialtyProofs']}
          labels={{ name: t('experts.name'), title: t('experts.certificate') }}
        />
        <p className="quiet">
          <Span from={record.from} lastDay={record.lastDay} />
          {record.paper ? ` · ${t('history.paper')}：${record.paper}` : ''}
        </p>
      </Sheet>
      <Proofs proofs={record.specialtyProofs} since={record.from} />
    </>
  );
}

/** That two registrations are one person, and whether a doubt waits. */
export function Together({ person }: { person: Person }) {
  const { t } = useWords();
  const may = useMay();
  return (
    <>
      {person.mergedInto ? (
        <Alert
          type="info"
          showIcon
          title={t('experts.mergedInto')}
          description={<Link to={`/experts/${person.mergedInto.id}`}>{person.mergedInto.platformNumber}</Link>}
        />
      ) : null}
      {person.mergedFrom.length > 0 ? (
        <p className="quiet">
          {t('experts.mergedFrom')}：{person.mergedFrom.map((p) => p.platformNumber).join('、')}
        </p>
      ) : null}
      {person.openDoubts !== null && person.openDoubts > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('experts.openDoubts', { count: person.openDoubts })}
          description={may('merge.read') ? <Link to="/expert-doubts?state=open">{t('doubts')}</Link> : undefined}
        />
      ) : null}
    </>
  );
}

function Acts({ person }: { person: Person }) {
  const { t } = useWords();
  const may = useMay();
  const overrides = useExpertOverrides();
  const { id } = person;
  return (
    <>
      {may('expert.amend') && !person.mergedInto ? (
        <ActButton
          primary
          label={t('experts.amend')}
          route={expertRoutes.amend}
          params={{ id }}
          version={person.version}
          initial={contentOf(person)}
          overrides={overrides}
          reread={async () => {
            const fresh = await ask(expertRoutes.read, { params: { id } });
            return { version: fresh.version, initial: contentOf(fresh) };
          }}
        />
      ) : null}
      {may('expert.merge') && !person.mergedInto ? (
        <ActButton
          label={t('experts.merge')}
          route={mergeRoutes.propose}
          fixed={{ from: person.platformNumber }}
          overrides={{ into: { label: t('experts.merge.into') } }}
        >
          <p className="quiet">{t('experts.merge.help')}</p>
        </ActButton>
      ) : null}
    </>
  );
}

function Naming({ id }: { id: string }) {
  const query = useAsk(personRoutes.naming, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <NamingSheets naming={query.data} /> : <Waiting />;
}

function useTabs(person: Person) {
  const { t } = useWords();
  const may = useMay();
  const { id } = person;
  return [
    { key: 'content', label: t('experts.content'), content: <PersonContent person={person} /> },
    {
      key: 'employments',
      label: t('experts.employments'),
      content: (
        <Sheet title={t('experts.employments')}>
          <EmploymentTable employments={person.employments} />
        </Sheet>
      ),
    },
    { key: 'identities', label: t('experts.identities'), content: <IdentitySheet person={person} /> },
    may('expert.naming') ? { key: 'naming', label: t('experts.naming'), content: <Naming id={id} /> } : null,
    {
      key: 'history',
      label: t('history'),
      content: <HistorySheets routes={expertRoutes} id={id} schema={expertSchema} />,
    },
  ];
}

function Loaded({ person }: { person: Person }) {
  const moment = useMoment();
  const tabs = useTabs(person);
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={person.name ?? person.platformNumber}
      tags={<Tag className="code">{person.platformNumber}</Tag>}
      actions={
        <>
          {isNow ? <Acts person={person} /> : null}
          <PrintButton />
        </>
      }
    >
      <Together person={person} />
      <MomentBar />
      <RecordTabs tabs={tabs} />
    </Page>
  );
}

/** One person: content, employments, documents, who names the person, history. */
export function ExpertRecord() {
  const { id = '' } = useParams();
  const moment = useMoment();
  const query = useAsk(expertRoutes.read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <Loaded person={query.data} /> : <Waiting />;
}
