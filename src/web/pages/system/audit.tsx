import { Alert, Descriptions, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { roles } from '../../../modules/identity/permissions';
import { trailRoutes } from '../../../modules/workbench/audit-trail.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton, Sheet } from '../../records/page';
import { FactButton, ProofButton } from '../../records/proofs';
import { ExportButton } from '../../tables/export-button';
import { ListTable, type Column } from '../../tables/list-table';
import { Rows } from '../../tables/rows';
import { useEventTitle } from '../../words/event-title';
import { useWords, type Words } from '../../words/language';
import { permissionWords } from '../../words/permission-words';
import { useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { auditWords } from './audit-words';

type Entry = ReplyOf<typeof trailRoutes.list>['items'][number];
type Detail = ReplyOf<typeof trailRoutes.read>;

const otherRoles = ['account', 'public', 'system'] as const;
const filterNames = ['type', 'account', 'role', 'subject', 'from', 'to'] as const;

function useColumns(): Column<Entry>[] {
  const { t, language } = useWords();
  const say = useSay();
  const titleOf = useEventTitle();
  return [
    { key: 'at', title: t('audit.at'), render: (e) => writeInstant(e.at, language) },
    {
      key: 'title',
      title: t('audit.title'),
      render: (e) => (
        <>
          <Link to={`/audit/${e.id}`}>{titleOf(e)}</Link> {e.sealed ? <Tag>{t('audit.sealed')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'who',
      title: t('audit.who'),
      render: (e) => (e.account ? <Link to={`/accounts/${e.account.id}`}>{e.account.name}</Link> : t('audit.nobody')),
    },
    { key: 'role', title: t('audit.role'), render: (e) => say('role', e.role) },
    { key: 'represented', title: t('audit.represented'), extra: true, render: (e) => e.represented?.name ?? '—' },
    {
      key: 'subjects',
      title: t('audit.subjects'),
      render: (e) => <span className="code wrap">{e.subjects.slice(0, 3).join(' ') || '—'}</span>,
    },
    { key: 'type', title: t('audit.type'), extra: true, render: (e) => <span className="code">{e.type}</span> },
  ];
}

function List() {
  const { t } = useWords();
  const say = useSay();
  const titleOf = useEventTitle();
  const columns = useColumns();
  const types = useAsk(trailRoutes.types);
  const options = (types.data?.items ?? []).map((e) => ({ value: e.type, label: titleOf(e) }));
  return (
    <Page title={t('audit')}>
      <ListTable
        name="audit"
        route={trailRoutes.list}
        rowKey={(e) => e.id}
        empty={t('audit.none')}
        filters={[
          { name: 'from', label: t('audit.from'), kind: 'day' },
          { name: 'to', label: t('audit.to'), kind: 'day' },
          { name: 'type', label: t('audit.type'), options },
          {
            name: 'role',
            label: t('audit.role'),
            options: [...roles, ...otherRoles].map((role) => ({ value: role, label: say('role', role) })),
          },
          { name: 'account', label: t('audit.who.find') },
          { name: 'subject', label: t('audit.subject.find') },
        ]}
        tools={(filters) => <ExportButton route={exportRoutes.auditEntries} filters={filters} takes={filterNames} />}
        columns={columns}
      />
    </Page>
  );
}

/** A fact's value as people read it: without quotes, and a dash for nothing. */
function factText(json: string): string {
  const value: unknown = JSON.parse(json);
  return value === null ? '—' : typeof value === 'string' ? value : json;
}

function Facts({ entry }: { entry: Detail }) {
  const { t } = useWords();
  if (entry.facts === null) {
    const needs = entry.needs === null ? '' : t(`permission.${entry.needs}`);
    return <Alert type="info" showIcon title={t(`audit.withheld.${entry.withheld ?? 'nobody'}`, { needs })} />;
  }
  return (
    <Rows
      rows={entry.facts}
      rowKey={(f) => f.path}
      empty={t('audit.noFacts')}
      columns={[
        { key: 'path', title: t('audit.path'), render: (f) => <span className="code">{f.path}</span> },
        { key: 'value', title: t('audit.value'), render: (f) => <span className="wrap">{factText(f.value)}</span> },
        { key: 'file', title: t('proofs.file'), render: (f) => <FactButton entryId={entry.id} path={f.path} /> },
      ]}
    />
  );
}

/** One entry: who did what when, and what of its content this post may see. */
function EntryPage() {
  const { t, language } = useWords();
  const say = useSay();
  const titleOf = useEventTitle();
  const { id = '' } = useParams();
  const query = useAsk(trailRoutes.read, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const e = query.data;
  const code = (text: string) => <span className="code wrap">{text}</span>;
  return (
    <Page
      title={titleOf(e)}
      tags={<Tag>{t(e.sealed ? 'audit.sealed' : 'audit.open')}</Tag>}
      actions={
        <>
          <ProofButton entryId={e.id} />
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, sm: 1, md: 2 }}
          items={[
            { key: 'at', label: t('audit.at'), children: writeInstant(e.at, language) },
            {
              key: 'who',
              label: t('audit.who'),
              children: e.account ? (
                <Link to={`/accounts/${e.account.id}`}>{`${e.account.name}（${e.account.username}）`}</Link>
              ) : (
                t('audit.nobody')
              ),
            },
            { key: 'role', label: t('audit.role'), children: say('role', e.role) },
            { key: 'authority', label: t('audit.authority'), children: e.authority ?? '—' },
            { key: 'represented', label: t('audit.represented'), children: e.represented?.name ?? '—' },
            { key: 'subjects', label: t('audit.subjects'), children: code(e.subjects.join(' ') || '—') },
            { key: 'type', label: t('audit.type'), children: code(e.type) },
            { key: 'entry', label: t('audit.entry'), children: code(e.id) },
            { key: 'request', label: t('audit.request'), children: code(e.requestId) },
          ]}
        />
      </Sheet>
      <Sheet title={t('audit.facts')}>
        <Facts entry={e} />
      </Sheet>
      <Sheet title={t('audit.leaf')}>{code(e.leaf)}</Sheet>
    </Page>
  );
}

export const Screen = listAndRecord(List, EntryPage);

export const words: Words = { ...auditWords, ...permissionWords };
