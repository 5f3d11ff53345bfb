import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { contactRoutes } from '../../../modules/mines/contacts.contract';
import { mineListRoutes } from '../../../modules/mines/lists.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { LinesSheet } from '../../records/lines';
import { Sheet } from '../../records/page';
import type { Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { ProposalList } from './contact-proposals';

type Licence = ReplyOf<typeof mineListRoutes.readLicences>['items'][number];
type Entry = ReplyOf<typeof mineListRoutes.readListEntries>['items'][number];
type Contact = ReplyOf<typeof contactRoutes.readContacts>['items'][number];

export function LicencesSheet({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay();
  const columns: Column<Licence>[] = [
    { key: 'number', title: t('field.licenceNumber'), render: (l) => <span className="code">{l.number}</span> },
    { key: 'issuer', title: t('mines.issuer'), render: (l) => l.issuer ?? '—' },
    {
      key: 'area',
      title: t('field.areaSquareMetres'),
      render: (l) => (l.areaSquareMetres === null ? '—' : l.areaSquareMetres.toLocaleString('en-US')),
    },
  ];
  return (
    <LinesSheet
      title={t('mines.licences')}
      id={id}
      read={mineListRoutes.readLicences}
      put={mineListRoutes.putLicences}
      may={may('mine.amend')}
      columns={columns}
      empty={t('mines.licences.none')}
      overrides={{ items: { label: t('mines.licences') } }}
    />
  );
}

/** Standing in each list, interval by interval, else as `recorded` says it; a correction that is overdue says so. */
export function StandingsSheet({ id, recorded }: { id: string; recorded: ReactNode }) {
  const { t, language } = useWords();
  const say = useSay();
  const may = useMay();
  const columns: Column<Entry>[] = [
    { key: 'level', title: t('mines.level'), render: (e) => say('level', e.level) },
    { key: 'list', title: t('mines.listName'), render: (e) => e.list },
    {
      key: 'status',
      title: t('mines.status'),
      render: (e) => (
        <>
          {say('status', e.status)}
          {e.correctionOverdue ? <Tag color="red">{t('mines.correctionOverdue')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'announcement',
      title: t('field.announcementNumber'),
      render: (e) =>
        [e.announcementNumber, e.announcedOn && writeDay(e.announcedOn, language)].filter(Boolean).join(' · ') || '—',
    },
    {
      key: 'correctBy',
      title: t('field.correctBy'),
      render: (e) => (e.correctBy ? writeDay(e.correctBy, language) : '—'),
    },
  ];
  return (
    <LinesSheet
      title={t('mines.standings')}
      id={id}
      read={mineListRoutes.readListEntries}
      put={mineListRoutes.putListEntries}
      may={may('mine.amend')}
      columns={columns}
      empty={recorded}
      note={t('mines.standings.note')}
      overrides={{
        items: { label: t('mines.standings') },
        level: { label: t('mines.level') },
        list: { label: t('mines.listName') },
        status: { label: t('mines.status') },
        correctBy: { help: t('mines.correctBy.help') },
      }}
    />
  );
}

function Propose({ id }: { id: string }) {
  const { t } = useWords();
  const present = useAsk(contactRoutes.readContacts, { params: { id }, query: {} }).data;
  if (!present) return null;
  return (
    <ActButton
      primary
      label={t('contacts.propose')}
      route={contactRoutes.propose}
      params={{ id }}
      initial={{ items: present.items }}
      overrides={{ items: { label: t('contacts') }, 'items.name': { label: t('contacts.name') } }}
    >
      <p className="quiet">{t('contacts.propose.help')}</p>
    </ActButton>
  );
}

/** Whom to reach at a mine, and what its operator proposed. */
export function ContactsSheets({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay();
  const masked = useAsk(contactRoutes.readContacts, { params: { id }, query: {} }).data?.masked;
  const columns: Column<Contact>[] = [
    { key: 'name', title: t('contacts.name'), render: (c) => c.name },
    { key: 'role', title: t('contacts.role'), render: (c) => c.role },
    { key: 'phone', title: t('field.phone'), render: (c) => c.phone },
  ];
  return (
    <>
      {masked ? <p className="quiet">{t('contacts.masked')}</p> : null}
      <LinesSheet
        title={t('contacts')}
        id={id}
        read={contactRoutes.readContacts}
        put={contactRoutes.putContacts}
        may={may('mine.amend')}
        columns={columns}
        empty={t('contacts.none')}
        overrides={{ items: { label: t('contacts') }, name: { label: t('contacts.name') } }}
      />
      {may('mine.proposals') ? (
        <Sheet title={t('proposals')} extra={may('mine.propose') ? <Propose id={id} /> : null}>
          <ProposalList mineId={id} />
        </Sheet>
      ) : null}
    </>
  );
}
