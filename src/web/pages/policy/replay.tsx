import { useState } from 'react';
import { Alert, Button, Input } from 'antd';
import { Link } from 'react-router';
import { replayRoutes } from '../../../modules/commissions/replay.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { Named } from '../../records/named';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { inBeijing, writeDay } from '../../words/write';

type Lot = ReplyOf<typeof replayRoutes.replay>['items'][number];
type Turn = Lot['turns'][number];

function Turns({ lot }: { lot: Lot }) {
  const { t, language } = useWords();
  const words = useRuleWords();
  const verdict = (passed: boolean): string => t(passed ? 'replay.passes' : 'replay.fails');
  return (
    <Rows<Turn>
      rows={lot.turns}
      rowKey={(turn) => `${turn.kind}:${turn.institutionId}:${turn.ref ?? ''}:${turn.day}`}
      empty={t('replay.noTurns')}
      columns={[
        { key: 'kind', title: t('replay.what'), render: (turn) => t(`replay.${turn.kind}`) },
        { key: 'who', title: t('replay.who'), render: (turn) => <Named of="institution" id={turn.institutionId} /> },
        { key: 'day', title: t('replay.day'), render: (turn) => writeDay(turn.day, language) },
        { key: 'then', title: t('replay.then'), render: (turn) => verdict(turn.passedThen) },
        {
          key: 'now',
          title: t('replay.now'),
          render: (turn) => <span className={turn.passesNow ? undefined : 'late'}>{verdict(turn.passesNow)}</span>,
        },
        {
          key: 'by',
          title: t('replay.by'),
          render: (turn) => (
            <ul className="values">
              {turn.by.map((b) => (
                <li key={b.rule}>
                  {words.title(b)}
                  {language === 'en' ? ': ' : '：'}
                  {b.now ? t('replay.measure', measureOf(words.result(b.now))) : t('replay.noRule')}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}

const measureOf = ({ required, measured }: { required: string; measured: string }) => ({ required, measured });

function Results({ id, from, to }: { id: string; from: string; to: string }) {
  const { t, language } = useWords();
  const [cursor, setCursor] = useState<string>();
  const query = useAsk(replayRoutes.replay, {
    params: { id },
    query: { from, to, limit: 20, ...(cursor ? { cursor } : {}) },
  });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { items, next } = query.data;
  if (items.length === 0) return <p>{t('replay.noLots')}</p>;
  const failing = items.reduce(
    (sum, lot) => sum + lot.turns.filter((turn) => turn.passedThen && !turn.passesNow).length,
    0,
  );
  return (
    <>
      <Alert
        type={failing === 0 ? 'success' : 'warning'}
        showIcon
        title={failing === 0 ? t('replay.none') : t('replay.some', { count: failing })}
      />
      {items.map((lot) => (
        <section key={lot.lotId}>
          <h3>
            <Link to={`/lots/${lot.lotId}`}>{lot.name}</Link>{' '}
            <span className="quiet">
              {writeDay(lot.openedOn, language)} · {t('replay.judged', lot.judged)}
            </span>
          </h3>
          <Turns lot={lot} />
        </section>
      ))}
      {next ? <Button onClick={() => setCursor(next)}>{t('table.next')}</Button> : null}
    </>
  );
}

/** Judges the lots of a past time anew by this version: who would have failed, and by which rule. */
export function Replay({ id }: { id: string }) {
  const { t } = useWords();
  const today = inBeijing(now()).day;
  const [from, setFrom] = useState(`${Number(today.slice(0, 4)) - 1}${today.slice(4)}`);
  const [to, setTo] = useState(today);
  const [asked, setAsked] = useState<{ from: string; to: string }>();
  return (
    <Sheet title={t('replay')}>
      <p className="quiet">{t('replay.detail')}</p>
      <div className="filters">
        <label>
          {t('replay.from')}{' '}
          <Input type="date" className="filter" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          {t('replay.to')} <Input type="date" className="filter" value={to} onChange={(e) => setTo(e.target.value)} />
        </label>
        <Button disabled={from === '' || to === ''} onClick={() => setAsked({ from, to })}>
          {t('replay.run')}
        </Button>
      </div>
      {asked ? <Results key={JSON.stringify(asked)} id={id} {...asked} /> : null}
    </Sheet>
  );
}
