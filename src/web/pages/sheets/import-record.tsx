import { useState } from 'react';
import { Alert, Button, Popconfirm, Progress, Radio, Space, Statistic, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { importModes, importRoutes, type ImportMode } from '../../../modules/imports/imports.contract';
import { actingPost, ask, download, type ReplyOf } from '../../api/client';
import { useAct } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';

type Import = ReplyOf<typeof importRoutes.read>;
type Row = ReplyOf<typeof importRoutes.faults>['items'][number];

const WAIT_S = 2;
const PAUSE_MS = 300;

/** Follows an import: asks on as long as work goes on, also after a reload. */
function useImport(id: string) {
  return useQuery<Import>({
    queryKey: ['imports', id, actingPost() ?? null],
    queryFn: async ({ signal, client, queryKey }) => {
      const known = client.getQueryData<Import>(queryKey);
      const wait = known && !known.progress.settled ? WAIT_S : 0;
      return ask(importRoutes.read, { params: { id }, query: { wait }, signal });
    },
    refetchInterval: (query) => (query.state.data && !query.state.data.progress.settled ? PAUSE_MS : false),
  });
}

function Working({ job }: { job: Import }) {
  const { t } = useWords();
  const { row } = job.progress;
  const isApplying = job.state === 'applying';
  const total = job.headerRow + job.counts.read;
  return (
    <Sheet>
      <p role="status">{isApplying ? t('imports.applying', { row }) : t('imports.reading', { row })}</p>
      {isApplying && total > 0 ? (
        <Progress percent={Math.min(100, Math.round((row / total) * 100))} />
      ) : (
        <Progress percent={100} status="active" showInfo={false} aria-label={t('loading')} />
      )}
      <p className="quiet">{t('imports.mayLeave')}</p>
    </Sheet>
  );
}

function Counts({ job }: { job: Import }) {
  const { t } = useWords();
  const { counts } = job;
  const cards: [string, number][] = [
    [t('imports.read'), counts.read],
    [t('imports.good'), counts.good],
    [t('imports.faulty'), counts.faulty],
    [t('imports.repeatedRows'), counts.repeated],
    [t('imports.blank'), counts.blank],
    ...(job.state === 'finished' || counts.applied > 0
      ? ([[t('imports.applied'), counts.applied]] as [string, number][])
      : []),
  ];
  return (
    <div className="cards">
      {cards.map(([title, value]) => (
        <Sheet key={title}>
          <Statistic title={title} value={value} />
        </Sheet>
      ))}
    </div>
  );
}

function Decide({ job }: { job: Import }) {
  const { t } = useWords();
  const say = useSay();
  const { good, faulty } = job.counts;
  const [mode, setMode] = useState<ImportMode>(faulty > 0 ? 'good-rows' : 'all-or-nothing');
  const apply = useAct(importRoutes.apply);
  if (good === 0) return <Alert type="warning" showIcon title={t('imports.nothingGood')} />;
  return (
    <Sheet title={t('imports.decide')}>
      <Radio.Group value={mode} onChange={(e) => setMode(e.target.value as ImportMode)}>
        <Space orientation="vertical">
          {importModes.map((m) => {
            const isBlocked = m === 'all-or-nothing' && faulty > 0;
            return (
              <Radio key={m} value={m} disabled={isBlocked}>
                {say('import-mode', m)}
                <div className="quiet">
                  {isBlocked ? t('imports.blocked', { count: faulty }) : t(`import-mode-help.${m}`, { good })}
                </div>
              </Radio>
            );
          })}
        </Space>
      </Radio.Group>
      {apply.error ? <FaultNote error={apply.error} /> : null}
      <p>
        <Button
          type="primary"
          loading={apply.isPending}
          onClick={() => apply.mutate({ params: { id: job.id }, body: { mode } })}
        >
          {t('imports.apply')}
        </Button>
      </p>
    </Sheet>
  );
}

function Remarks({ job }: { job: Import }) {
  const { t, language } = useWords();
  const unknown = job.unknownColumns.map((c) => `${c.title}（${c.column}）`).join('、');
  return (
    <>
      {job.stopped ? <Alert type="error" showIcon title={t('imports.stopped')} description={job.stopped} /> : null}
      {job.notes.length > 0 || unknown !== '' ? (
        <Alert
          type="info"
          showIcon
          title={t('imports.notes')}
          description={
            <ul className="faults">
              {job.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
              {unknown === '' ? null : (
                <li>
                  {t('imports.unknownColumns')}：{unknown}
                </li>
              )}
            </ul>
          }
        />
      ) : null}
      <p className="quiet">
        {job.sheet ? `${t('imports.sheetRead')}：${job.sheet} · ` : ''}
        {t('imports.uploadedAt')} {writeInstant(job.uploadedAt, language)}
        {job.filesKeptUntil ? ` · ${t('imports.keptUntil', { time: writeInstant(job.filesKeptUntil, language) })}` : ''}
      </p>
    </>
  );
}

function MarkedSheet({ id }: { id: string }) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    await download(importRoutes.sheet, { params: { id } }).catch((e: unknown) => setFault(e as Error));
    setBusy(false);
  };
  return (
    <>
      <Button loading={busy} title={t('imports.marked.help')} onClick={() => void fetchIt()}>
        {t('imports.marked')}
      </Button>
      {fault ? <FaultNote error={fault} /> : null}
    </>
  );
}

function Findings({ job }: { job: Import }) {
  const { t } = useWords();
  const say = useSay();
  return (
    <>
      <h2>{t('imports.faults')}</h2>
      <ListTable
        name="import-faults"
        route={importRoutes.faults}
        params={{ id: job.id }}
        rowKey={(r) => String(r.row)}
        empty={t('imports.faults.none')}
        filters={[
          {
            name: 'verdict',
            label: t('imports.verdict'),
            options: ['faulty', 'repeated', 'remarked'].map((value) => ({ value, label: say('row-verdict', value) })),
          },
        ]}
        tools={() => (job.may.includes('sheet') ? <MarkedSheet id={job.id} /> : null)}
        columns={[
          { key: 'row', title: t('imports.row'), render: (r: Row) => r.row },
          {
            key: 'verdict',
            title: t('imports.verdict'),
            render: (r: Row) => (
              <Tag color={r.verdict === 'faulty' ? 'red' : r.verdict === 'remarked' ? 'gold' : undefined}>
                {say('row-verdict', r.verdict)}
              </Tag>
            ),
          },
          {
            key: 'reason',
            title: t('imports.reason'),
            render: (r: Row) => (
              <ul className="values">
                {r.faults.map((f, n) => (
                  <li key={n}>
                    <strong>{f.column ? `${f.title ?? ''}（${f.column}）` : t('imports.wholeRow')}</strong>：{f.reason}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </>
  );
}

function Cancel({ id }: { id: string }) {
  const { t } = useWords();
  const cancel = useAct(importRoutes.cancel);
  return (
    <>
      <Popconfirm
        title={t('imports.cancel.sure')}
        okText={t('imports.cancel')}
        cancelText={t('back')}
        onConfirm={() => cancel.mutate({ params: { id } })}
      >
        <Button danger loading={cancel.isPending}>
          {t('imports.cancel')}
        </Button>
      </Popconfirm>
      {cancel.error ? <FaultNote error={cancel.error} /> : null}
    </>
  );
}

const placeOf = (job: Import): string => {
  if (job.kind !== 'staff') return `/${job.kind}`;
  return job.institutionId ? `/institutions/${job.institutionId}?tab=staff` : '/experts';
};

function Result({ job }: { job: Import }) {
  const { t } = useWords();
  if (job.state !== 'finished') return null;
  return (
    <Alert
      type="success"
      showIcon
      title={t('imports.done', { count: job.counts.applied })}
      description={t('imports.done.detail')}
      action={<Link to={placeOf(job)}>{t('imports.toRegister')}</Link>}
    />
  );
}

/** One import: its progress, what was found, and the decision. */
export function ImportRecord() {
  const { t } = useWords();
  const say = useSay();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const query = useImport(id);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const job = query.data;
  return (
    <Page
      title={`${say('import-kind', job.kind)}：${job.fileName}`}
      tags={<State of="import" value={job.state} />}
      actions={
        <>
          {job.may.includes('cancel') ? <Cancel id={id} /> : null}
          <Link to="/imports/new">{t('imports.new')}</Link>
          <PrintButton />
        </>
      }
    >
      {search.get('repeated') ? <Alert type="info" showIcon title={t('imports.repeated')} /> : null}
      {job.institutionId ? (
        <p>
          <Named of="institution" id={job.institutionId} />
        </p>
      ) : null}
      {job.progress.settled ? null : <Working job={job} />}
      <Result job={job} />
      <Counts job={job} />
      <Remarks job={job} />
      {job.state === 'checked' && job.progress.settled ? <Decide key={job.counts.faulty} job={job} /> : null}
      {job.progress.settled && job.state !== 'reading' ? <Findings job={job} /> : null}
    </Page>
  );
}
