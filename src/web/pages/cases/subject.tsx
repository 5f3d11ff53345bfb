import { Alert, Steps } from 'antd';
import { Link, Route, Routes, useParams } from 'react-router';
import { caseRoutes } from '../../../modules/cases/cases.contract';
import { calendarRoutes } from '../../../modules/policy/calendar/calendar.contract';
import { sanctionRoutes } from '../../../modules/sanctions/sanctions.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Page, PrintButton, Sheet } from '../../records/page';
import { FoldedProofs } from '../../records/proofs';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { Rows } from '../../tables/rows';
import { BarState } from './bar-state';
import { NoticeSheet } from './notice';
import { DEFENCE_DAYS, type Subject } from './paper';
import { SubjectNext } from './subject-acts';
import { StepLine } from './timeline';
import { words } from './words';

export { words };

const track = ['notified', 'heard', 'reviewed', 'decided', 'served', 'in-force'] as const;
/** The defence is over in one of three ways. */
const heardBy = ['heard', 'waived', 'defence-lapsed'];

function reached(s: Subject): number {
  if (heardBy.includes(s.state)) return 1;
  const at = (track as readonly string[]).indexOf(s.state);
  return at >= 0 ? at : track.length - 1;
}

function Track({ subject: s }: { subject: Subject }) {
  const { language } = useWords();
  const say = useSay();
  const dayOf = (...names: string[]): string | undefined => s.steps.find((x) => names.includes(x.step))?.day;
  const defence = s.steps.find((x) => heardBy.includes(x.step))?.step ?? 'heard';
  const isChanged = s.state === 'annulled' || s.state === 'changed';
  return (
    <Steps
      size="small"
      current={reached(s)}
      status={isChanged ? 'error' : s.state === 'in-force' ? 'finish' : 'process'}
      items={track.map((name) => {
        const day = name === 'heard' ? dayOf(...heardBy) : dayOf(name);
        const last = name === 'in-force' && isChanged ? s.state : name;
        return {
          title: say('case-subject', name === 'heard' ? defence : last),
          content: day ? writeDay(day, language) : undefined,
        };
      })}
    />
  );
}

/** The last day for the defence, and how the shortest term is counted from the service of the notice. */
function Defence({ subject: s }: { subject: Subject }) {
  const { t, language } = useWords();
  const from = s.steps.find((x) => x.step === 'notice-served')?.day ?? s.steps.find((x) => x.step === 'notified')?.day;
  const term = useAsk(
    calendarRoutes.workingDays,
    { query: { from: from ?? '', days: DEFENCE_DAYS } },
    { enabled: from !== undefined },
  );
  if (s.defence.until === null) return <p className="late">{t('subject.defence.none')}</p>;
  return (
    <>
      <p>
        <strong>{t('subject.defence.until', { day: writeDay(s.defence.until, language) })}</strong>
      </p>
      {s.defence.provisional ? <Alert type="warning" title={t('subject.defence.provisional')} /> : null}
      {term.data && from ? (
        <>
          <p className="quiet">{t('subject.defence.how', { day: writeDay(from, language) })}</p>
          <ol className="reckoning">
            {term.data.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      ) : null}
    </>
  );
}

function Decision({ subject: s }: { subject: Subject }) {
  const { t, language } = useWords();
  if (!s.proposal) return <p className="quiet">{t('subject.proposal.none')}</p>;
  const { decisionNumber, decidedOn, actDay, reasons } = s.proposal;
  const rows: [string, string][] = [
    [t('field.decisionNumber'), decisionNumber],
    [t('field.decidedOn'), writeDay(decidedOn, language)],
    [t('field.actDay'), writeDay(actDay, language)],
    [t('field.reasons'), reasons],
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

function Bars({ subject: s }: { subject: Subject }) {
  const { t, language } = useWords();
  const query = useAsk(sanctionRoutes.list, { query: { caseId: s.caseId } });
  const bars = (query.data?.items ?? []).filter((b) => b.caseSubjectId === s.id);
  return (
    <Rows
      rowKey={(row) => row.id}
      rows={bars}
      empty={t('subject.bars.none')}
      columns={[
        { key: 'servedOn', title: t('field.servedOn'), render: (b) => writeDay(b.servedOn, language) },
        { key: 'lastBarredDay', title: t('field.lastBarredDay'), render: (b) => writeDay(b.lastBarredDay, language) },
        { key: 'freeFrom', title: t('field.freeFrom'), render: (b) => writeDay(b.freeFrom, language) },
        { key: 'state', title: t('field.state'), render: (b) => <BarState bar={b} /> },
        { key: 'act', title: '', render: (b) => <Link to={`/bars/${b.id}`}>{t('subject.barLink')}</Link> },
      ]}
    />
  );
}

function Record() {
  const { t } = useWords();
  const say = useSay();
  const { id = '' } = useParams();
  const query = useAsk(caseRoutes.showSubject, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const subject = query.data;
  return (
    <Page
      title={subject.subject.name}
      tags={
        <>
          <span className="code">{subject.subject.code}</span>
          <State of="case-subject" value={subject.state} />
        </>
      }
      actions={
        <>
          <Link to={`/cases/${subject.caseId}`}>{t('cases.file')}</Link>
          <PrintButton />
        </>
      }
    >
      <p className="quiet">{`${say('kind', subject.subject.kind)} · ${say('ground', subject.ground)}`}</p>
      <SubjectNext subject={subject} />
      <Sheet title={t('subject.track')}>
        <Track subject={subject} />
      </Sheet>
      <Sheet title={t('subject.defence')}>
        <Defence subject={subject} />
        {subject.noticeId ? <NoticeSheet id={subject.noticeId} /> : null}
      </Sheet>
      <Sheet title={t('subject.proposal')}>
        <Decision subject={subject} />
      </Sheet>
      <Sheet title={t('subject.bars')}>
        <Bars subject={subject} />
      </Sheet>
      <Sheet title={t('cases.timeline')}>
        <StepLine steps={subject.steps} />
      </Sheet>
      <FoldedProofs id={id} />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route path=":id" element={<Record />} />
    </Routes>
  );
}
