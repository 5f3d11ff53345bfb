import { useState } from 'react';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { commissionRoutes, lotView } from '../../../modules/commissions/commissions.contract';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import { useAll, useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useStanding } from '../../app/session';
import { Facts } from '../../records/facts';
import { Name } from '../../records/name';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeDay } from '../../words/write';
import { LotAssignments, LotInstitutions } from './lot-tables';
import { LotNext } from './lot-next';
import { columns, inColumn, placesOf, type ColumnName, type MinePlace } from './lot-state';

function Card({ place }: { place: MinePlace }) {
  const { t, language } = useWords();
  const { mineId, name, column, assignment, evaluation } = place;
  return (
    <li className="board-card">
      <strong>
        <Link to={`/mines/${mineId}`}>{name}</Link>
      </strong>
      {assignment ? (
        <div>
          <Name of="institution" id={assignment.institutionId} />
        </div>
      ) : null}
      {column === 'free' ? (
        evaluation ? (
          <div className="quiet">
            {t('lots.before', { state: '' })}
            <Link to={`/evaluations/${evaluation.id}`}>
              <State of="evaluation" value={evaluation.state} />
            </Link>
          </div>
        ) : null
      ) : evaluation ? (
        <Link to={`/evaluations/${evaluation.id}`}>
          <State of="evaluation" value={evaluation.state} />
        </Link>
      ) : assignment ? (
        <div>
          <Link to={`/assignments/${assignment.id}`}>
            <State of="assignment" value={assignment.state} />
          </Link>
          {assignment.state === 'offered' ? (
            <span className="quiet">{t('lots.until', { day: writeDay(assignment.answerBy, language) })}</span>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** So many cards of a column are shown at first: a screen of hundreds is not read. */
const FIRST = 12;

function Column({ name, title, places }: { name: ColumnName; title: string; places: readonly MinePlace[] }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? places : places.slice(0, FIRST);
  return (
    <section className="board-column" aria-labelledby={`column-${name}`}>
      <h3 id={`column-${name}`}>
        {title} <span className="quiet">{places.length}</span>
      </h3>
      {places.length === 0 ? (
        <p className="quiet">{t('lots.column.empty')}</p>
      ) : (
        <ul>
          {shown.map((p) => (
            <Card key={p.mineId} place={p} />
          ))}
        </ul>
      )}
      {places.length > FIRST ? (
        <Button className="second" size="small" block onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('lots.fold') : t('lots.unfold', { count: places.length - FIRST })}
        </Button>
      ) : null}
    </section>
  );
}

/** A lot has up to 500 mines, each perhaps assessed more than once: all of it is read, however many pages that is. */
function useLot(id: string) {
  const lot = useAsk(commissionRoutes.showLot, { params: { id } });
  const mines = useAsk(commissionRoutes.showLotMines, { params: { id } });
  const assignments = useAll(commissionRoutes.listAssignments, { query: { lotId: id } });
  const evaluations = useAll(evaluationRoutes.list, { query: { lotId: id } });
  const asked = [lot, mines, assignments, evaluations] as const;
  const fault = asked.find((q) => q.error)?.error;
  const retry = (): void => void asked.map((q) => q.refetch());
  return {
    ...{ fault, retry, lot: lot.data, mines: mines.data?.items },
    ...{ assignments: assignments.data, evaluations: evaluations.data },
  };
}

/** A lot as a board: its mines by state, who has what, and what is to be done next. */
export function LotBoard() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const { post } = useStanding();
  const { lot, mines, assignments, evaluations, fault, retry } = useLot(id);
  if (fault) return <FaultNote error={fault} retry={retry} />;
  if (!lot || !mines || !assignments || !evaluations) return <Waiting />;
  const places = placesOf(mines, assignments, evaluations);
  // Others' assignments are not told to an institution: what is not its own is not free for that.
  const isOwn = post?.role === 'institution';
  return (
    <Page title={lot.name} tags={<State of="lot" value={lot.state} />} actions={<PrintButton />}>
      <LotNext lot={lot} places={places} assignments={assignments} />
      <Sheet title={t('lots.board')}>
        <div className="board">
          {columns.map((name) => (
            <Column
              key={name}
              name={name}
              title={t(name === 'free' && isOwn ? 'lots.column.notOwn' : `lots.column.${name}`)}
              places={inColumn(places, name)}
            />
          ))}
        </div>
      </Sheet>
      <LotInstitutions lot={lot} places={places} />
      <LotAssignments assignments={assignments} />
      <Sheet title={t('lots.facts')}>
        <Facts schema={lotView} record={lot} only={['purpose', 'mode', 'purchase', 'openedOn', 'endReason']} />
      </Sheet>
    </Page>
  );
}
