import { useQueries } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { documentRoutes } from '../../../modules/documents/files.contract';
import { mineListRoutes } from '../../../modules/mines/lists.contract';
import { mineRoutes } from '../../../modules/mines/mines.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { Span } from '../../records/lines';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { MomentBar, useMoment } from '../../records/moment';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { EvaluationTable, useEvaluationsOf, type Evaluation } from './mine-evaluations';
import { MineContent, OperatorTable, RecordedStandings, type Mine } from './mine-record';
import type { ReactNode } from 'react';

type Change = ReplyOf<typeof mineRoutes.changes>['items'][number];

interface Paper {
  key: string;
  title: string;
  unit: ReactNode;
  maker: ReactNode;
  day: string;
}

const MOST = 200;

/** The papers that entries rest on: each once, by title, unit, maker and day. */
function papersOf(changes: readonly Change[], makerOf: (entry: Change['entries'][number]) => string): Paper[] {
  const found = new Map<string, Paper>();
  for (const entry of changes.flatMap((c) => c.entries)) {
    if (entry.paper === null) continue;
    const day = inBeijing(Date.parse(entry.recordedAt)).day;
    const unit = entry.recordedBy?.office ?? '—';
    const maker = makerOf(entry);
    const key = [entry.paper, unit, maker, day].join('|');
    if (!found.has(key)) found.set(key, { key, title: entry.paper, unit, maker, day });
  }
  return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Who recorded an entry: by name for those who may read accounts, by the post for everybody else. */
function useMakerOf(): (entry: Change['entries'][number]) => string {
  const { t } = useWords();
  const say = useSay();
  return ({ recordedBy: by }) => {
    if (by === null) return t('history.bySystem');
    return by.account?.name ?? (by.role ? say('role', by.role) : '—');
  };
}

/** Reports, records and pictures of the evaluations, with the day on which they were filed. */
function useEvidence(evaluations: readonly Evaluation[]): Paper[] {
  const say = useSay();
  const may = useMay();
  // The leader of the team answers for what the team filed.
  const all = evaluations.flatMap(({ evidence, institutionId, team }) => {
    const leader = team.find((member) => member.role === 'leader')?.expertId;
    return evidence.map((one) => ({ ...one, institutionId, leader }));
  });
  const files = useQueries({
    queries: all.map((one) => ({
      queryKey: ['files', one.fileId],
      queryFn: () => ask(documentRoutes.show, { params: { id: one.fileId } }),
      enabled: may('file.read'),
      retry: false,
    })),
  });
  return all.map((one, n) => {
    const file = files[n]?.data;
    return {
      key: one.id,
      title: `${say('evidence-kind', one.kind)}${file ? `（${file.name}）` : ''}`,
      unit: <Named short of="institution" id={one.institutionId} />,
      maker: one.leader ? <Named short of="expert" id={one.leader} /> : '—',
      day: file ? inBeijing(Date.parse(file.storedAt)).day : '—',
    };
  });
}

function PaperList({ mine }: { mine: Mine }) {
  const { t, language } = useWords();
  const may = useMay();
  const changes = useAsk(mineRoutes.changes, { params: { id: mine.id }, query: { limit: MOST } });
  const evaluations = useEvaluationsOf(mine.id, may('evaluation.read')).data?.items ?? [];
  const evidence = useEvidence(evaluations);
  const makerOf = useMakerOf();
  if (changes.error) return <FaultNote error={changes.error} />;
  const papers = [...papersOf(changes.data?.items ?? [], makerOf), ...evidence];
  return (
    <>
      <Rows<Paper>
        rowKey={(row) => row.key}
        rows={papers}
        empty={t('file.papers.none')}
        columns={[
          { key: 'no', title: t('file.no'), render: (p) => papers.indexOf(p) + 1 },
          { key: 'title', title: t('file.title'), render: (p) => p.title },
          { key: 'unit', title: t('file.unit'), render: (p) => p.unit },
          { key: 'maker', title: t('file.maker'), whole: true, render: (p) => p.maker },
          {
            key: 'day',
            title: t('file.day'),
            whole: true,
            render: (p) => (p.day === '—' ? p.day : writeDay(p.day, language)),
          },
        ]}
      />
      {changes.data?.next ? <p className="quiet">{t('file.partial', { count: MOST })}</p> : null}
    </>
  );
}

function Standings({ mine }: { mine: Mine }) {
  const { id } = mine;
  const { t, language } = useWords();
  const say = useSay();
  const moment = useMoment();
  const query = useAsk(mineListRoutes.readListEntries, { params: { id }, query: moment });
  const items = query.data?.items ?? [];
  if (query.error) return <FaultNote error={query.error} />;
  if (items.length === 0) return <RecordedStandings mine={mine} />;
  return (
    <ul className="faults">
      {items.map((e) => (
        <li key={JSON.stringify(e)}>
          <Span from={e.from} lastDay={e.lastDay} /> · {say('level', e.level)}（{e.list}）：{say('status', e.status)}
          {e.announcementNumber ? ` · ${e.announcementNumber}` : ''}
          {e.announcedOn ? ` · ${writeDay(e.announcedOn, language)}` : ''}
          {e.correctBy ? ` · ${t('field.correctBy')} ${writeDay(e.correctBy, language)}` : ''}
        </li>
      ))}
    </ul>
  );
}

function Licences({ id }: { id: string }) {
  const { t } = useWords();
  const moment = useMoment();
  const query = useAsk(mineListRoutes.readLicences, { params: { id }, query: moment });
  const items = query.data?.items ?? [];
  if (query.error) return <FaultNote error={query.error} />;
  if (items.length === 0) return <p className="quiet">{t('mines.licences.none')}</p>;
  return (
    <ul className="faults">
      {items.map((l) => (
        <li key={JSON.stringify(l)}>
          <span className="code">{l.number}</span> · {l.issuer ?? '—'} · <Span from={l.from} lastDay={l.lastDay} />
        </li>
      ))}
    </ul>
  );
}

/** 一矿一档: everything on one mine on paper, as of a moment. */
export function MineFile() {
  const { t, language } = useWords();
  const may = useMay();
  const { id = '' } = useParams();
  const moment = useMoment();
  const query = useAsk(mineRoutes.read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const mine = query.data;
  return (
    <Page
      title={`${t('mines.file')}：${mine.record?.name ?? ''}`}
      actions={
        <>
          <Link to={`/mines/${id}`}>{t('file.back')}</Link>
          <PrintButton />
        </>
      }
    >
      <div className="no-print">
        <MomentBar />
      </div>
      <p className="quiet">
        {t('file.made', {
          asOf: writeDay(mine.asOf, language),
          knownAt: writeInstant(mine.knownAt, language),
        })}
      </p>
      <Sheet title={t('file.facts')}>
        <MineContent mine={mine} />
      </Sheet>
      <Sheet title={t('file.licences')}>
        <Licences id={id} />
      </Sheet>
      <Sheet title={t('file.operators')}>
        <OperatorTable mine={mine} />
      </Sheet>
      <Sheet title={t('file.standings')}>
        <Standings mine={mine} />
      </Sheet>
      {may('evaluation.read') ? (
        <Sheet title={t('file.evaluations')}>
          <EvaluationTable mineId={id} />
        </Sheet>
      ) : null}
      <Sheet title={t('file.papers')}>
        <PaperList mine={mine} />
      </Sheet>
    </Page>
  );
}
