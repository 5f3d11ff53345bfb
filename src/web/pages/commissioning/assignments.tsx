import { Link, useParams } from 'react-router';
import {
  assignmentDetail,
  assignmentStates,
  commissionRoutes,
} from '../../../modules/commissions/commissions.contract';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import type { Permission } from '../../../modules/identity/permissions';
import type { ReplyOf } from '../../api/client';
import { useAll, useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Facts } from '../../records/facts';
import { listAndRecord } from '../../records/list-and-record';
import { Name } from '../../records/name';
import { Page, PrintButton, Sheet } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
import { Rows } from '../../tables/rows';
import { Due } from '../home/due';
import { NextStep } from './next-step';
import { words } from './words';

export { words };

type Assignment = ReplyOf<typeof commissionRoutes.showAssignment>;
type Item = ReplyOf<typeof commissionRoutes.listAssignments>['items'][number];

function useColumns(): Column<Item>[] {
  const { t, language } = useWords();
  return [
    {
      key: 'mines',
      title: t('lots.mines'),
      render: (a: Item) => (
        <Link to={`/assignments/${a.id}`}>
          {a.mineIds.slice(0, 3).map((id, n) => (
            <span key={id}>
              {n > 0 ? (language === 'en' ? ', ' : '、') : ''}
              <Name plain of="mine" id={id} />
            </span>
          ))}
          {a.mineIds.length > 3 ? ` … (${a.mineIds.length})` : ''}
        </Link>
      ),
    },
    {
      key: 'institution',
      title: t('pool.institution'),
      render: (a: Item) => <Name of="institution" id={a.institutionId} />,
    },
    {
      key: 'state',
      title: t('field.state'),
      render: (a: Item) => <State of="assignment" value={a.state} />,
    },
    {
      key: 'answerBy',
      title: t('field.answerBy'),
      render: (a: Item) => (a.state === 'offered' ? <Due day={a.answerBy} /> : writeDay(a.answerBy, language)),
    },
    {
      key: 'offeredAt',
      title: t('assignments.offeredAt'),
      render: (a: Item) => writeInstant(a.offeredAt, language),
    },
    { key: 'reason', title: t('field.reason'), extra: true, render: (a: Item) => a.endReason ?? '—' },
  ];
}

function List() {
  const { t } = useWords();
  const say = useSay();
  const { post } = useStanding();
  return (
    <Page title={t(post?.role === 'institution' ? 'assignments.own' : 'assignments.title')}>
      <ListTable
        name="assignments"
        route={commissionRoutes.listAssignments}
        rowKey={(a) => a.id}
        empty={t('assignments.none')}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            options: assignmentStates.map((value) => ({ value, label: say('assignment', value) })),
          },
        ]}
        columns={useColumns()}
      />
    </Page>
  );
}

function Acts({ assignment }: { assignment: Assignment }) {
  const { t } = useWords();
  const may = useMay();
  const { id, state } = assignment;
  const asked = { params: { id } };
  return (
    <>
      {state === 'offered' && may('assignment.answer') ? (
        <>
          <ActButton
            primary
            label={t('assignments.takeUp')}
            route={commissionRoutes.takeUp}
            overrides={{ dealings: { help: t('help.dealings') } }}
            {...asked}
          >
            <p className="quiet">{t('assignments.takeUp.help')}</p>
          </ActButton>
          <ActButton label={t('assignments.decline')} route={commissionRoutes.decline} {...asked} />
        </>
      ) : null}
      {state === 'frozen' && may('assignment.resume') ? (
        <ActButton primary label={t('assignments.resume')} route={commissionRoutes.resume} {...asked} />
      ) : null}
      {['offered', 'taken-up', 'frozen'].includes(state) && may('assignment.release') ? (
        <ActButton danger label={t('assignments.release')} route={commissionRoutes.release} {...asked}>
          <p className="quiet">{t('assignments.release.help')}</p>
        </ActButton>
      ) : null}
    </>
  );
}

/** Whose turn it is. */
const turns: Readonly<Record<string, readonly Permission[]>> = {
  offered: ['assignment.answer'],
  'taken-up': ['evaluation.work'],
  frozen: ['assignment.resume'],
};

function Next({ assignment }: { assignment: Assignment }) {
  const { t, language } = useWords();
  const may = useMay();
  const day = writeDay(assignment.answerBy, language);
  const texts: Record<string, string> = {
    offered: t(may('assignment.answer') ? 'assignments.next.offered' : 'assignments.next.bureau', { day }),
    'taken-up': t('assignments.next.taken-up'),
    frozen: t('assignments.next.frozen'),
  };
  return (
    <NextStep
      label={t('lots.next')}
      text={texts[assignment.state] ?? t('assignments.next.over')}
      needs={turns[assignment.state]}
      actions={<Acts assignment={assignment} />}
    />
  );
}

/** Mines of the assignment, each with its evaluation once it is taken up. */
function Mines({ assignment }: { assignment: Assignment }) {
  const { t } = useWords();
  const query = useAll(evaluationRoutes.list, {
    query: { lotId: assignment.lotId, institutionId: assignment.institutionId },
  });
  const evaluations = (query.data ?? []).filter((e) => e.assignmentId === assignment.id);
  return (
    <Rows
      rowKey={(row) => row.id}
      rows={assignment.mineIds.map((id) => ({ id, evaluation: evaluations.find((e) => e.mineId === id) }))}
      columns={[
        { key: 'mineId', title: t('field.mineId'), render: (m) => <Name of="mine" id={m.id} /> },
        {
          key: 'evaluation',
          title: t('assignments.evaluation'),
          render: (m) =>
            m.evaluation ? (
              <Link to={`/evaluations/${m.evaluation.id}`}>
                <State of="evaluation" value={m.evaluation.state} />
              </Link>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

function Record() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(commissionRoutes.showAssignment, { params: { id } });
  const lot = useAsk(
    commissionRoutes.showLot,
    { params: { id: query.data?.lotId ?? '' } },
    { enabled: Boolean(query.data) },
  );
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const assignment = query.data;
  return (
    <Page
      title={
        <>
          {`${t('assignments.one')} · `}
          <Name plain of="institution" id={assignment.institutionId} />
        </>
      }
      tags={<State of="assignment" value={assignment.state} />}
      actions={<PrintButton />}
    >
      <Next assignment={assignment} />
      <Sheet>
        <dl className="plain">
          <dt>{t('assignments.lot')}</dt>
          <dd>{lot.data ? <Link to={`/lots/${lot.data.id}`}>{lot.data.name}</Link> : '—'}</dd>
          <dt>{t('assignments.offeredAt')}</dt>
          <dd>{writeInstant(assignment.offeredAt, language)}</dd>
          <dt>{t('field.answerBy')}</dt>
          <dd>
            {assignment.state === 'offered' ? (
              <Due day={assignment.answerBy} />
            ) : (
              writeDay(assignment.answerBy, language)
            )}
          </dd>
          {assignment.endReason ? (
            <>
              <dt>{t('field.reason')}</dt>
              <dd>{assignment.endReason}</dd>
            </>
          ) : null}
        </dl>
      </Sheet>
      {assignment.statement ? (
        <Sheet title={t('field.statement')}>
          <Facts schema={assignmentDetail.shape.statement} record={assignment.statement} />
        </Sheet>
      ) : null}
      <Sheet title={t('assignments.mines')}>
        <Mines assignment={assignment} />
      </Sheet>
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);
