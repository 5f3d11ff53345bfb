import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { LegalDate } from '../../kernel/pure/time';

/** What tells mines apart, on the days [from, to). */
export interface MineMarks {
  name: string;
  nameKey: string;
  provinceCode: string;
  licenceNumber: string | null;
  operatorId: string | null;
  from: LegalDate;
  to: LegalDate | null;
}

export interface KnownMine extends MineMarks {
  mineId: string;
}

type Named = Pick<MineMarks, 'nameKey' | 'provinceCode' | 'licenceNumber'>;

/** Same name in the same province, unless two different licences prove two mines. */
export const isSameMine = (a: Named, b: Named): boolean =>
  a.nameKey === b.nameKey &&
  a.provinceCode === b.provinceCode &&
  (a.licenceNumber === null || b.licenceNumber === null || a.licenceNumber === b.licenceNumber);

const overlap = (a: MineMarks, b: MineMarks): boolean =>
  (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);

/**
 * May a mine have these marks beside the others? A licence belongs to one mine on any day; a name and province too,
 * as far as licences do not say otherwise. `others` are entries of other mines.
 */
export function judgeMarks(next: MineMarks, others: readonly KnownMine[]): Outcome<void> {
  const meeting = others.filter((o) => overlap(o, next));
  const { licenceNumber, operatorId } = next;
  const holder = licenceNumber === null ? undefined : meeting.find((o) => o.licenceNumber === licenceNumber);
  if (holder) {
    const foreign = operatorId !== null && holder.operatorId !== null && operatorId !== holder.operatorId;
    const code = foreign ? 'mine.licence-of-another' : 'mine.licence-registered';
    return refuse(code, { licenceNumber, mineName: holder.name, mineId: holder.mineId });
  }
  const same = meeting.find((o) => isSameMine(o, next));
  if (same) return refuse('mine.already-registered', { mineName: same.name, mineId: same.mineId });
  return accept(undefined);
}
