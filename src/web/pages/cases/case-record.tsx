import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { calendarRoutes } from '../../../modules/policy/calendar/calendar.contract';
import { caseRoutes } from '../../../modules/cases/cases.contract';
import { ask, type ReplyOf } from '../../api/client';
import { keyOf, useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { PickSubject } from '../../forms/pick-subject';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { FoldedProofs } from '../../records/proofs';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { Rows } from '../../tables/rows';
import { NextStep } from '../commissioning/next-step';
import { DEFENCE_DAYS, usePaper, type Subject } from './paper';
import { StepLine, type Step } from './timeline';

type Case = ReplyOf<typeof caseRoutes.show>;

/** So much of the summary names a case in a heading. */
const HEADING = 24;
const shortened = (text: string): string => (text.length > HEADING ? `${text.slice(0, HEADING)}…` : text);

const settled = ['in-force', 'annulled', 'changed'];
const open = (subjects: readonly Subject[]): Subject[] => subjects.filter((s) => !settled.includes(s.state));

/** Adds a subject; the day by which it may answer is reckoned beforehand. */
function Notify({ id, primary }: { id: string; primary: boolean }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const paper = usePaper();
  const today = inBeijing(now()).day;
  const earliest = useAsk(calendarRoutes.workingDays, { query: { from: today, days: DEFENCE_DAYS } });
  if (!earliest.data) return null;
  const { day } = earliest.data;
  return (
    <ActButton
      primary={primary}
      label={t('cases.notify')}
      route={caseRoutes.notify}
      params={{ id }}
      initial={{ ...paper.initial, defenceUntil: day, subject: { kind: 'institution' } }}
      overrides={{
        ...paper.overrides,
        subject: { label: t('cases.subject'), control: () => <PickSubject /> },
        ground: { label: t('cases.ground') },
        defenceUntil: { help: t('help.defenceUntil', { day: writeDay(day, language) }) },
        electronic: { help: t('help.electronic') },
      }}
      done={(subject) => void navigate(`/case-subjects/${subject.id}`)}
    />
  );
}

function Acts({ file, subjects }: { file: Case; subjects: readonly Subject[] }) {
  const { t } = useWords();
  const may = useMay();
  const paper = usePaper();
  const asked = { params: { id: file.id }, ...paper };
  const isLive = ['lead', 'opened', 'investigating'].includes(file.state);
  const isReady = subjects.length > 0 && open(subjects).length === 0;
  return (
    <>
      {file.state === 'lead' && may('case.investigate') ? (
        <ActButton primary label={t('cases.open')} route={caseRoutes.open} {...asked} />
      ) : null}
      {file.state === 'opened' && may('case.investigate') ? (
        <ActButton
          primary
          label={t('cases.investigate')}
          route={caseRoutes.investigate}
          {...asked}
          initial={{ ...paper.initial, officers: [{}, {}] }}
          overrides={{ ...paper.overrides, name: { label: t('cases.officer') } }}
        />
      ) : null}
      {file.state === 'investigating' && may('case.investigate') ? (
        <>
          <Notify id={file.id} primary={!isReady} />
          <ActButton primary={isReady} label={t('cases.close')} route={caseRoutes.close} {...asked} />
        </>
      ) : null}
      {isLive && may('case.decide') ? (
        <>
          <ActButton label={t('cases.dismiss')} route={caseRoutes.dismiss} {...asked} />
          <ActButton label={t('cases.transfer')} route={caseRoutes.transfer} {...asked} />
        </>
      ) : null}
    </>
  );
}

function Next({ file, subjects }: { file: Case; subjects: readonly Subject[] }) {
  const { t } = useWords();
  const waiting = open(subjects).length;
  const texts: Record<string, string> = {
    lead: t('cases.next.lead'),
    opened: t('cases.next.opened'),
    investigating:
      subjects.length === 0
        ? t('cases.next.investigating')
        : waiting > 0
          ? t('cases.next.settle', { count: waiting })
          : t('cases.next.close'),
  };
  return (
    <NextStep
      label={t('cases.next')}
      text={texts[file.state] ?? t('cases.next.over')}
      needs={texts[file.state] === undefined ? [] : ['case.investigate']}
      actions={<Acts file={file} subjects={subjects} />}
    />
  );
}

function Subjects({ subjects }: { subjects: readonly Subject[] }) {
  const { t, language } = useWords();
  const say = useSay();
  return (
    <Rows<Subject>
      rowKey={(row) => row.id}
      rows={[...subjects]}
      empty={t('cases.subjects.none')}
      columns={[
        {
          key: 'subject',
          title: t('cases.subject'),
          render: (s) => <Link to={`/case-subjects/${s.id}`}>{s.subject.name}</Link>,
        },
        { key: 'kind', title: t('bars.kind'), render: (s) => say('kind', s.subject.kind) },
        { key: 'ground', title: t('cases.ground'), render: (s) => say('ground', s.ground) },
        { key: 'state', title: t('field.state'), render: (s) => <State of="case-subject" value={s.state} /> },
        {
          key: 'defence',
          title: t('cases.defence'),
          render: (s) => (s.defence.until ? writeDay(s.defence.until, language) : '—'),
        },
        {
          key: 'servedOn',
          title: t('field.servedOn'),
          render: (s) => (s.servedOn ? writeDay(s.servedOn, language) : '—'),
        },
      ]}
    />
  );
}

const isEnd = (step: string): boolean => ['closed', 'dismissed', 'transferred'].includes(step);

/** Steps of the case and of all its subjects, in the order of their days; of one day, the end of the case comes last. */
const allSteps = (file: Case, subjects: readonly Subject[]): Step[] =>
  [
    ...file.steps.filter((s) => !isEnd(s.step)),
    ...subjects.flatMap((s) => s.steps.map((step) => ({ ...step, who: s.subject.name }))),
    ...file.steps.filter((s) => isEnd(s.step)),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

export function CaseRecord() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(caseRoutes.show, { params: { id } });
  const found = useQueries({
    queries: (query.data?.subjects ?? []).map((subjectId) => ({
      queryKey: keyOf(caseRoutes.showSubject, { params: { id: subjectId } }),
      queryFn: () => ask(caseRoutes.showSubject, { params: { id: subjectId } }),
    })),
  });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || found.some((f) => f.isPending)) return <Waiting />;
  const file = query.data;
  const subjects = found.flatMap((f) => (f.data ? [f.data] : []));
  return (
    <Page
      title={`${t('cases.file')} · ${shortened(file.summary)}`}
      tags={<State of="case" value={file.state} />}
      actions={<PrintButton />}
    >
      <Next file={file} subjects={subjects} />
      <Sheet title={t('cases.summary')}>
        <p className="text">{file.summary}</p>
        <p className="quiet">
          {`${t('cases.source')}：${file.source} · ${t('cases.recordedAt')} ${writeInstant(file.recordedAt, language)}`}
          {file.openedOn ? ` · ${t('cases.openedOn')} ${writeDay(file.openedOn, language)}` : ''}
        </p>
      </Sheet>
      <Sheet title={t('cases.subjects')}>
        <Subjects subjects={subjects} />
      </Sheet>
      <Sheet title={t('cases.timeline')}>
        <StepLine steps={allSteps(file, subjects)} />
      </Sheet>
      <FoldedProofs id={id} />
    </Page>
  );
}
