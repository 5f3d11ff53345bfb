import { Link, useParams } from 'react-router';
import { commissionRoutes, lotView } from '../../../modules/commissions/commissions.contract';
import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
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
  const { mineId, column, assignment, evaluation } = place;
  return (
    <li className="board-card">
      <strong>
        <Name of="mine" id={mineId} />
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

function Column({ name, places }: { name: ColumnName; places: readonly MinePlace[] }) {
  const { t } = useWords();
  return (
    <section className="board-column" aria-labelledby={`column-${name}`}>
      <h3 id={`column-${name}`}>
        {t(`lots.column.${name}`)} <span className="quiet">{places.length}</span>
      </h3>
      {places.length === 0 ? (
        <p className="quiet">{t('lots.column.empty')}</p>
      ) : (
        <ul>
          {places.map((p) => (
            <Card key={p.mineId} place={p} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The most that one page of the API gives; a lot has at most 500 mines, and rarely more than some dozens. */
const WHOLE = 200;

function useLot(id: string) {
  const lot = useAsk(commissionRoutes.showLot, { params: { id } });
  const assignments = useAsk(commissionRoutes.listAssignments, { query: { lotId: id, limit: WHOLE } });
  const evaluations = useAsk(evaluationRoutes.list, { query: { lotId: id, limit: WHOLE } });
  const fault = lot.error ?? assignments.error ?? evaluations.error;
  const retry = (): void => void [lot, assignments, evaluations].map((q) => q.refetch());
  return { lot: lot.data, assignments: assignments.data?.items, evaluations: evaluations.data?.items, fault, retry };
}

/** A lot as a board: its mines by state, who has what, and what is to be done next. */
export function LotBoard() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const { lot, assignments, evaluations, fault, retry } = useLot(id);
  if (fault) return <FaultNote error={fault} retry={retry} />;
  if (!lot || !assignments || !evaluations) return <Waiting />;
  const places = placesOf(lot, assignments, evaluations);
  return (
    <Page title={lot.name} tags={<State of="lot" value={lot.state} />} actions={<PrintButton />}>
      <LotNext lot={lot} places={places} assignments={assignments} />
      <Sheet title={t('lots.board')}>
        <div className="board">
          {columns.map((name) => (
            <Column key={name} name={name} places={inColumn(places, name)} />
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
