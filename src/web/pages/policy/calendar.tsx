import { useState } from 'react';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { Route, Routes, useNavigate, useParams } from 'react-router';
import { calendarRoutes } from '../../../modules/policy/calendar/calendar.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { addDays, legalDate } from '../../../kernel/pure/time';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { Month } from './month';

export { calendarWords as words } from './calendar-words';

type TableReply = ReplyOf<typeof calendarRoutes.readTable>;

const dayAfter = (day: string): string => addDays(legalDate(day), 1);

/** Each day off with the name of its holiday. */
function daysOff(table: TableReply | undefined): Map<string, string> {
  const off = new Map<string, string>();
  for (const { name, from, lastDay } of table?.periods ?? []) {
    for (let day = from; day <= lastDay; day = dayAfter(day)) off.set(day, name);
  }
  return off;
}

function LoadButton({ year, table }: { year: number; table: TableReply | undefined }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('calendar.load')) return null;
  return (
    <ActButton
      key={`${year}:${table?.revision ?? 0}`}
      primary
      label={table ? t('calendar.correct', { year }) : t('calendar.load', { year })}
      route={calendarRoutes.loadTable}
      params={{ year }}
      initial={table ?? {}}
      overrides={{
        documentNumber: { label: t('calendar.number'), help: t('calendar.number.help') },
        publishedOn: { label: t('calendar.publishedOn') },
        periods: { label: t('calendar.periods') },
        name: { label: t('calendar.holiday') },
        from: { label: t('calendar.from') },
        lastDay: { label: t('calendar.lastDay') },
        makeUpDays: { label: t('calendar.makeUpDays') },
        makeUpDay: { label: t('calendar.day') },
      }}
    >
      <p className="quiet">{t('calendar.load.detail')}</p>
    </ActButton>
  );
}

/** On which day so many working days are full, with the steps. */
function Reckoner() {
  const { t, language } = useWords();
  const [from, setFrom] = useState(inBeijing(now()).day);
  const [days, setDays] = useState('5');
  const [firstCounts, setFirst] = useState(false);
  const isAsked = from !== '' && /^\d{1,4}$/.test(days);
  const query = useAsk(
    calendarRoutes.workingDays,
    { query: { from, days: Number(days), firstDayCounts: firstCounts ? 'true' : 'false' } },
    { enabled: isAsked },
  );
  return (
    <Sheet title={t('calendar.reckon')}>
      <div className="filters">
        <label>
          {t('calendar.reckon.from')}{' '}
          <Input type="date" className="filter" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          {t('calendar.reckon.days')}{' '}
          <Input inputMode="numeric" className="filter" value={days} onChange={(e) => setDays(e.target.value)} />
        </label>
        <Checkbox checked={firstCounts} onChange={(e) => setFirst(e.target.checked)}>
          {t('calendar.reckon.first')}
        </Checkbox>
      </div>
      {query.error ? <FaultNote error={query.error} /> : null}
      {query.data ? (
        <>
          <p>
            <strong>{writeDay(query.data.day, language)}</strong>{' '}
            {query.data.provisional ? <span className="late">{t('calendar.provisional')}</span> : null}
          </p>
          <ul className="faults">
            {query.data.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </>
      ) : null}
    </Sheet>
  );
}

function TableFacts({ table }: { table: TableReply }) {
  const { t, language } = useWords();
  return (
    <Sheet>
      <p>
        <strong>{table.documentNumber}</strong> · {t('calendar.publishedOn')} {writeDay(table.publishedOn, language)} ·{' '}
        {t(`calendar.source.${table.source}`)} · {t('calendar.revision', { n: table.revision })}
      </p>
      <ul className="faults">
        {table.periods.map((p) => (
          <li key={p.from}>
            {p.name}：{writeDay(p.from, language)} {t('to')} {writeDay(p.lastDay, language)}
          </li>
        ))}
        <li>
          {t('calendar.makeUpDays')}：
          {table.makeUpDays.map((day) => writeDay(day, language)).join(language === 'en' ? '; ' : '、') || t('none')}
        </li>
      </ul>
      {table.revisions.length > 1 ? (
        <p className="quiet">
          {t('calendar.revisions')}：
          {table.revisions
            .map((r) => `${r.revision}. ${r.documentNumber}（${writeInstant(r.recordedAt, language)}）`)
            .join(' ')}
        </p>
      ) : null}
    </Sheet>
  );
}

/** One year by months. A year whose table is not loaded is reckoned by weekends only, and says so. */
function Year() {
  const { t } = useWords();
  const navigate = useNavigate();
  const today = inBeijing(now()).day;
  const params = useParams();
  const year = /^2\d{3}$/.test(params['year'] ?? '') ? Number(params['year']) : Number(today.slice(0, 4));
  const years = useAsk(calendarRoutes.listTables);
  const held = years.data?.years.map((y) => y.year) ?? [];
  const isHeld = held.includes(year);
  const table = useAsk(calendarRoutes.readTable, { params: { year } }, { enabled: isHeld });
  if (years.error) return <FaultNote error={years.error} retry={() => void years.refetch()} />;
  if (!years.data || (isHeld && !table.data)) return <Waiting />;
  const shown = isHeld ? table.data : undefined;
  const marks = { off: daysOff(shown), makeUp: new Set(shown?.makeUpDays), today };
  const choice = [...new Set([...held, year, Number(today.slice(0, 4)) + 1])].sort();
  return (
    <Page
      title={t('calendar', { year })}
      actions={
        <>
          <Button onClick={() => void navigate(`/calendar/${year - 1}`)}>{t('calendar.before')}</Button>
          <Select
            aria-label={t('calendar.year')}
            value={year}
            onChange={(y: number) => void navigate(`/calendar/${y}`)}
            options={choice.map((y) => ({
              value: y,
              label: held.includes(y) ? String(y) : t('calendar.year.provisional', { year: y }),
            }))}
          />
          <Button onClick={() => void navigate(`/calendar/${year + 1}`)}>{t('calendar.after')}</Button>
          <LoadButton year={year} table={shown} />
          <PrintButton />
        </>
      }
    >
      {shown ? (
        <TableFacts table={shown} />
      ) : (
        <Alert type="warning" showIcon title={t('calendar.notLoaded', { year })} />
      )}
      <Sheet>
        <p className="quiet">{t('calendar.legend')}</p>
        <div className="months">
          {Array.from({ length: 12 }, (_v, n) => (
            <Month key={n} year={year} month={n + 1} marks={marks} />
          ))}
        </div>
      </Sheet>
      <Reckoner />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<Year />} />
      <Route path=":year" element={<Year />} />
    </Routes>
  );
}
