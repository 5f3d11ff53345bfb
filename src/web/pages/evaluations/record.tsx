import { Alert, Steps } from 'antd';
import { Link, useParams } from 'react-router';
import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import { evaluationRoutes, type EvaluationView } from '../../../modules/evaluations/evaluations.contract';
import type { Permission } from '../../../modules/identity/permissions';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { Name } from '../../records/name';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
import { NextStep } from '../commissioning/next-step';
import { Acts } from './acts';
import { EvidenceSheet } from './evidence';
import { PledgeSheet } from './pledge-sheet';
import { TeamSheet } from './team';

const track = ['assigned', 'team-named', 'desk-reviewed', 'on-site', 'reported', 'accepted'] as const;

/** How far the work has come, whatever the state says of it now. */
function reached(e: EvaluationView): number {
  if (e.state === 'accepted' || e.state === 'rejected') return 5;
  if (e.state === 'returned') return 3;
  const direct = (track as readonly string[]).indexOf(e.state);
  if (direct >= 0) return direct;
  if (e.reportedAt) return 4;
  if (e.onSite) return 3;
  if (e.deskReviewedOn) return 2;
  return e.team.length > 0 ? 1 : 0;
}

function Track({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t, language } = useWords();
  const say = useSay();
  const isWrong = ['rejected', 'voided', 'frozen', 'returned'].includes(e.state);
  const days: Record<string, string | undefined> = {
    'desk-reviewed': e.deskReviewedOn ? writeDay(e.deskReviewedOn, language) : undefined,
    'on-site': e.onSite ? writeDay(e.onSite.from, language) : undefined,
    reported: e.reportedAt ? writeInstant(e.reportedAt, language) : undefined,
    accepted: e.decidedAt && e.state !== 'returned' ? writeInstant(e.decidedAt, language) : undefined,
  };
  return (
    <Sheet>
      <Steps
        size="small"
        current={reached(e)}
        status={isWrong ? 'error' : e.state === 'accepted' ? 'finish' : 'process'}
        items={track.map((state) => ({
          title: say('evaluation', state === 'accepted' && e.state === 'rejected' ? 'rejected' : state),
          content: days[state],
        }))}
      />
      {isWrong && e.decisionReason ? (
        <Alert
          className="second"
          type="warning"
          showIcon
          title={say('evaluation', e.state)}
          description={t('evaluations.why', { reason: e.decisionReason })}
        />
      ) : null}
    </Sheet>
  );
}

function Work({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t, language } = useWords();
  if (!e.deskReviewedOn && !e.onSite) return <p className="quiet">{t('evaluations.workNone')}</p>;
  const days = e.onSite ? `${writeDay(e.onSite.from, language)} – ${writeDay(e.onSite.to, language)}` : '—';
  const rows: [string, string][] = [
    [t('evaluations.deskDay'), e.deskReviewedOn ? writeDay(e.deskReviewedOn, language) : '—'],
    [t('evaluations.focus'), e.deskFocus ?? '—'],
    [t('evaluations.siteDays'), days],
    [t('evaluations.siteNote'), e.onSiteNote ?? '—'],
  ];
  return (
    <dl className="plain">
      {rows.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="text">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Result({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const say = useSay();
  if (e.scoreHundredths === null || e.conclusion === null) return null;
  return (
    <Sheet title={t('evaluations.result')}>
      <dl className="plain">
        <div>
          <dt>{t('evaluations.score')}</dt>
          <dd>{(e.scoreHundredths / 100).toFixed(2)}</dd>
        </div>
        <div>
          <dt>{t('field.conclusion')}</dt>
          <dd>{say('conclusion', e.conclusion)}</dd>
        </div>
      </dl>
    </Sheet>
  );
}

function Origin({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const lot = useAsk(commissionRoutes.showLot, { params: { id: e.lotId } }, { enabled: may('lot.read') });
  return (
    <p className="quiet">
      <Name of="institution" id={e.institutionId} />
      {` · ${say('purpose', e.purpose)}`}
      {lot.data ? (
        <>
          {' · '}
          <Link to={`/lots/${e.lotId}`}>{lot.data.name}</Link>
          {' · '}
          <Link to={`/assignments/${e.assignmentId}`}>{t('evaluations.assignment')}</Link>
        </>
      ) : null}
    </p>
  );
}

const ends = ['accepted', 'rejected', 'voided'];
/** Whose turn it is where it is not the institution's. */
const turns: Readonly<Record<string, readonly Permission[]>> = {
  reported: ['evaluation.accept'],
  frozen: ['evaluation.resume', 'evaluation.team'],
};

/** One mine's evaluation: how far it is, who does it, what is on file, and what comes next. */
export function EvaluationRecord() {
  const { t } = useWords();
  const say = useSay();
  const { id = '' } = useParams();
  const query = useAsk(evaluationRoutes.show, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const e = query.data;
  const reason = e.freezeReason ? say('freezeReason', e.freezeReason) : '';
  return (
    <Page
      title={<Name of="mine" id={e.mineId} />}
      tags={<State of="evaluation" value={e.state} />}
      actions={<PrintButton />}
    >
      <Origin evaluation={e} />
      <NextStep
        label={t('evaluations.next')}
        text={ends.includes(e.state) ? t('evaluations.next.over') : t(`evaluations.next.${e.state}`, { reason })}
        needs={ends.includes(e.state) ? [] : (turns[e.state] ?? ['evaluation.work'])}
        actions={<Acts evaluation={e} />}
      />
      <Track evaluation={e} />
      <TeamSheet evaluation={e} />
      <Sheet title={t('evaluations.work')}>
        <Work evaluation={e} />
      </Sheet>
      <EvidenceSheet evaluation={e} />
      <PledgeSheet evaluation={e} />
      <Result evaluation={e} />
    </Page>
  );
}
