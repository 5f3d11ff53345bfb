import { useState } from 'react';
import { Button, Collapse, Drawer, Space } from 'antd';
import type * as z from 'zod';
import type { entryItem } from '../../modules/audit-log/facts.contract';
import { factRoutes } from '../../modules/audit-log/facts.contract';
import { logRoutes } from '../../modules/audit-log/log.contract';
import { download, type AnyRoute, type Asked } from '../api/client';
import { useAsk } from '../api/hooks';
import { FaultNote, Waiting } from '../app/faults';
import { useMay } from '../app/session';
import { Rows } from '../tables/rows';
import { useEventTitle } from '../words/event-title';
import { useWords } from '../words/language';
import { writeInstant } from '../words/write';
import { Pager } from './pager';
import { Sheet } from './page';

type Entry = z.output<typeof entryItem>;

/** Fetches a file and says why when there is none yet. */
function Fetch<S extends AnyRoute>({ label, route, asked }: { label: string; route: S; asked: Asked<S> }) {
  const [fault, setFault] = useState<Error>();
  const fetchIt = (): void => {
    setFault(undefined);
    download(route, asked).catch((error: unknown) => setFault(error as Error));
  };
  return (
    <>
      <Button type="link" size="small" className="in-line" onClick={fetchIt}>
        {label}
      </Button>
      {fault ? <FaultNote error={fault} /> : null}
    </>
  );
}

/** The proof of an entry with the entry in it: one file to take along. */
export function ProofButton({ entryId }: { entryId: string }) {
  const { t } = useWords();
  const asked = { params: { entryId }, query: { with: 'leaf' as const } };
  return <Fetch label={t('proofs.proof')} route={logRoutes.entryProof} asked={asked} />;
}

/** The file that opens one fact. */
export function FactButton({ entryId, path }: { entryId: string; path: string }) {
  const { t } = useWords();
  return (
    <Fetch label={t('proofs.factFile')} route={factRoutes.factFile} asked={{ params: { entryId }, query: { path } }} />
  );
}

const factText = (value: unknown): string =>
  value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value);

/** The facts of an entry; each is opened alone, as a file that outsiders check. */
function FactList({ entryId }: { entryId: string }) {
  const { t } = useWords();
  const query = useAsk(factRoutes.facts, { params: { entryId } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { facts, hidden, erased } = query.data;
  return (
    <>
      <p className="quiet">{t(erased ? 'proofs.erased' : 'proofs.openOne')}</p>
      <Rows
        rows={facts}
        rowKey={(fact) => fact.path}
        empty={t('table.empty')}
        columns={[
          { key: 'path', title: t('proofs.fact'), render: (fact) => <span className="code">{fact.path}</span> },
          {
            key: 'value',
            title: t('proofs.value'),
            render: (fact) => <span className="wrap">{factText(fact.value)}</span>,
          },
          {
            key: 'file',
            title: t('proofs.file'),
            render: (fact) => <FactButton entryId={entryId} path={fact.path} />,
          },
        ]}
      />
      {hidden > 0 ? <p className="quiet">{t('proofs.hidden', { count: hidden })}</p> : null}
    </>
  );
}

function EntryActs({ entry, open }: { entry: Entry; open: () => void }) {
  const { t } = useWords();
  return (
    <Space wrap>
      <ProofButton entryId={entry.entryId} />
      <Button type="link" size="small" className="in-line" onClick={open}>
        {t('proofs.facts')}
      </Button>
    </Space>
  );
}

/** What of a record stands in the public log: proofs to take along, and facts to open one by one. */
export function ProofsSheet({ id }: { id: string }) {
  const { t, language } = useWords();
  const may = useMay();
  const titleOf = useEventTitle();
  const [cursor, setCursor] = useState<string>();
  const [opened, setOpened] = useState<Entry>();
  const isSeen = may('fact.read');
  const query = useAsk(
    factRoutes.entries,
    { params: { id }, query: { limit: 20, ...(cursor ? { cursor } : {}) } },
    { enabled: isSeen },
  );
  if (!isSeen) return null;
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { items, next, previous } = query.data;
  return (
    <Sheet title={t('proofs')}>
      <p className="quiet">{t('proofs.help')}</p>
      <Rows<Entry>
        rows={items}
        rowKey={(entry) => entry.entryId}
        empty={t('proofs.none')}
        columns={[
          { key: 'at', title: t('proofs.at'), whole: true, render: (entry) => writeInstant(entry.at, language) },
          { key: 'title', title: t('proofs.entry'), render: titleOf },
          {
            key: 'position',
            title: t('proofs.position'),
            render: (entry) => (entry.position === null ? t('proofs.waiting') : String(entry.position + 1)),
          },
          {
            key: 'acts',
            title: t('proofs.file'),
            render: (entry) => <EntryActs entry={entry} open={() => setOpened(entry)} />,
          },
        ]}
      />
      {previous || next ? <Pager previous={previous} next={next} turn={setCursor} /> : null}
      <Drawer
        open={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened ? titleOf(opened) : ''}
        size={640}
        destroyOnHidden
      >
        {opened ? <FactList entryId={opened.entryId} /> : null}
      </Drawer>
    </Sheet>
  );
}

/** The same below a record's screen, asked for when it is opened. */
export function FoldedProofs({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('fact.read')) return null;
  return (
    <Collapse className="no-print" items={[{ key: 'proofs', label: t('proofs'), children: <ProofsSheet id={id} /> }]} />
  );
}
