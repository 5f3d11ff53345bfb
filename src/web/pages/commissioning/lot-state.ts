import type { ReplyOf } from '../../api/client';
import type { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import type { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';

export type Lot = ReplyOf<typeof commissionRoutes.showLot>;
export type Assignment = ReplyOf<typeof commissionRoutes.listAssignments>['items'][number];
export type Evaluation = ReplyOf<typeof evaluationRoutes.list>['items'][number];

export type Named = ReplyOf<typeof commissionRoutes.showLotMines>['items'][number];

export const columns = ['free', 'offered', 'working', 'frozen', 'done'] as const;
export type ColumnName = (typeof columns)[number];

/** How one mine of a lot stands: what holds it now, or what was the last that did. */
export interface MinePlace {
  mineId: string;
  name: string;
  column: ColumnName;
  assignment?: Assignment;
  evaluation?: Evaluation;
}

/** Rejected or voided, a mine is free again; accepted, it is done. */
const over = ['rejected', 'voided'];

function placeOf(
  { id: mineId, name }: Named,
  assignments: readonly Assignment[],
  evaluations: readonly Evaluation[],
): MinePlace {
  const offer = assignments.find((a) => a.mineIds.includes(mineId) && ['offered', 'frozen'].includes(a.state));
  const known = evaluations.filter((e) => e.mineId === mineId);
  const live = known.find((e) => !over.includes(e.state));
  const assignment = assignments.find((a) => a.id === live?.assignmentId) ?? offer;
  const found = { mineId, name, assignment, evaluation: live };
  if (live?.state === 'accepted') return { ...found, column: 'done' };
  if (live?.state === 'frozen') return { ...found, column: 'frozen' };
  if (live) return { ...found, column: 'working' };
  if (offer) return { ...found, column: offer.state === 'frozen' ? 'frozen' : 'offered' };
  return { mineId, name, column: 'free', evaluation: known[known.length - 1] };
}

/** Every mine of the lot in its column. */
export const placesOf = (
  mines: readonly Named[],
  assignments: readonly Assignment[],
  evaluations: readonly Evaluation[],
): MinePlace[] => mines.map((mine) => placeOf(mine, assignments, evaluations));

export const inColumn = (places: readonly MinePlace[], column: ColumnName): MinePlace[] =>
  places.filter((p) => p.column === column);
