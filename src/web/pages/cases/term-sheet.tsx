import { Input } from 'antd';
import { Link, useParams } from 'react-router';
import { sanctionRoutes } from '../../../modules/sanctions/sanctions.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { Page, PrintButton, Sheet } from '../../records/page';
import { FoldedProofs } from '../../records/proofs';
import { useFilters } from '../../tables/address';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay } from '../../words/write';
import { BarState } from './bar-state';

type Bar = ReplyOf<typeof sanctionRoutes.show>;

function Days({ bar }: { bar: Bar }) {
  const { t, language } = useWords();
  const days = [
    ['field.servedOn', bar.servedOn],
    ['field.lastBarredDay', bar.lastBarredDay],
    ['field.freeFrom', bar.freeFrom],
  ] as const;
  return (
    <div className="days">
      {days.map(([label, day]) => (
        <div key={label}>
          <span className="quiet">{t(label)}</span>
          <strong>{writeDay(day, language)}</strong>
        </div>
      ))}
    </div>
  );
}

function About({ bar }: { bar: Bar }) {
  const { t } = useWords();
  const say = useSay();
  const rows: [string, string][] = [
    [t('bars.name'), bar.name],
    [t('bars.code'), bar.code],
    [t('bars.kind'), say('kind', bar.kind)],
    [t('cases.ground'), bar.ground],
    [t('field.decisionNumber'), bar.decisionNumber],
    [t('bars.authority'), bar.authority],
    [t('field.basis'), bar.basis],
    [t('bars.published'), t(bar.published ? 'yes' : 'no')],
  ];
  return (
    <dl className="plain">
      {rows.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What stopped or ended the bar before its time. */
function Interruptions({ bar }: { bar: Bar }) {
  const { t, language } = useWords();
  if (bar.stays.length === 0 && bar.annulledFrom === null) return null;
  return (
    <Sheet title={t('bars.stays')}>
      <ul className="values">
        {bar.stays.map((s) => (
          <li key={s.from}>
            {s.lastDay
              ? t('bars.stay', { from: writeDay(s.from, language), to: writeDay(s.lastDay, language) })
              : t('bars.stay.open', { from: writeDay(s.from, language) })}
          </li>
        ))}
        {bar.annulledFrom ? (
          <li>
            {t(bar.replacedBy ? 'bars.changedFrom' : 'bars.annulledFrom', {
              day: writeDay(bar.annulledFrom, language),
            })}
            {bar.replacedBy ? (
              <>
                {' '}
                <Link to={`/bars/${bar.replacedBy}`}>{t('bars.replacedBy')}</Link>
              </>
            ) : null}
          </li>
        ) : null}
      </ul>
    </Sheet>
  );
}

/** 期间计算单: both days with the steps of the count, made to be printed. */
export function TermSheet() {
  const { t, language } = useWords();
  const may = useMay();
  const { id = '' } = useParams();
  const { filters, set } = useFilters();
  const asOf = filters['asOf'];
  const query = useAsk(sanctionRoutes.show, { params: { id }, query: { asOf } });
  if (query.error) return <FaultNote error={query.error} retry={() => set({ asOf: undefined })} />;
  if (!query.data) return <Waiting />;
  const bar = query.data;
  return (
    <Page
      title={t('bars.sheet')}
      tags={<BarState bar={bar} />}
      actions={
        <>
          {may('case.read') ? (
            <>
              <Link to={`/cases/${bar.caseId}`}>{t('bars.case')}</Link>
              <Link to={`/case-subjects/${bar.caseSubjectId}`}>{t('bars.subject')}</Link>
            </>
          ) : null}
          <PrintButton />
        </>
      }
    >
      <div className="filters">
        <label>
          {t('bars.asOf')}{' '}
          <Input
            type="date"
            className="filter"
            value={asOf ?? ''}
            onChange={(e) => set({ asOf: e.target.value || undefined })}
          />
        </label>
        <span>
          {t('bars.on', { day: writeDay(asOf ?? inBeijing(now()).day, language) })} <BarState bar={bar} />
        </span>
      </div>
      {/* On paper the day asked about goes along with the state. */}
      <p className="print-only">
        {t('bars.on', { day: writeDay(asOf ?? inBeijing(now()).day, language) })} <BarState bar={bar} />
      </p>
      <Sheet>
        <Days bar={bar} />
        <About bar={bar} />
      </Sheet>
      <Sheet title={t('bars.steps')}>
        <ol className="reckoning">
          {bar.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Sheet>
      <Interruptions bar={bar} />
      <FoldedProofs id={id} />
    </Page>
  );
}
