import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { addDays, addMonths, type LegalDate } from '../../kernel/pure/time';
import { nameKey } from '../../kernel/pure/text';
import { say, saying, type Wording } from '../../kernel/pure/wording';
import type { ListStatus } from './fields.contract';
import { listBeginnings, listMoves, mayEnd } from './list-entries.states';
import type { LicenceLine, ListLine } from './lists.contract';

const STOP = say('。', '.');

const fault = (index: number, text: Wording): Outcome<never> =>
  refuse('mine.list-faulty', { line: index + 1, fault: text });

const statusNames: Readonly<Record<ListStatus, Wording>> = {
  'on-list': say('在名录', 'on the list'),
  'public-notice': say('公示中', 'in public notice'),
  correction: say('整改中', 'under correction'),
  removed: say('已移出', 'removed'),
};

interface Days {
  from: LegalDate;
  lastDay: LegalDate | null;
}

const meet = (a: Days, b: Days): boolean =>
  (a.lastDay === null || b.from <= a.lastDay) && (b.lastDay === null || a.from <= b.lastDay);

/** A mine may hold several licences at once, each number once on a day. */
export function judgeLicences(lines: readonly LicenceLine[]): Outcome<void> {
  for (const [i, line] of lines.entries()) {
    if (line.lastDay !== null && line.lastDay < line.from)
      return fault(i, say('截止日早于起始日。', 'The last day is before the first.'));
    const twice = lines.slice(0, i).some((o) => o.number === line.number && meet(o, line));
    if (twice)
      return fault(i, say('与前面同一许可证的时段重叠。', 'Its time overlaps an earlier line of the same licence.'));
  }
  return accept(undefined);
}

/** What the record itself says of a list, from which day. */
export interface RecordedStanding {
  list: string | null;
  status: ListStatus;
  from: LegalDate;
}

type Numbered = ListLine & { index: number };

const keyOf = (line: Pick<ListLine, 'level' | 'list'>): string => `${line.level} ${nameKey(line.list)}`;

function lineFault(line: ListLine): Wording | undefined {
  if (line.lastDay !== null && line.lastDay < line.from)
    return say('截止日早于起始日。', 'The last day is before the first.');
  if (line.correctBy !== null && line.status !== 'correction')
    return say('只有整改中填写整改期限。', 'Only a correction has a term.');
  if (line.correctBy !== null && line.correctBy < line.from)
    return say('整改期限早于起始日。', 'The term of correction is before the first day.');
  // The ministry verifies and removes by announcement (自然资源部办公厅 2025-01-06).
  const bare = line.announcementNumber === null || line.announcedOn === null;
  if (line.status === 'removed' && bare)
    return say('移出名录须填公告文号和公告日期。', 'A removal needs the number and day of the announcement.');
  return undefined;
}

function followFault(before: Numbered, next: Numbered): Wording | undefined {
  if (before.lastDay === null || next.from <= before.lastDay)
    return say('与前一状态的时段重叠。', 'Its time overlaps the standing before.');
  const [was, is] = [statusNames[before.status], statusNames[next.status]];
  if (next.from === addDays(before.lastDay, 1)) {
    const moves: readonly ListStatus[] = listMoves[before.status];
    return moves.includes(next.status)
      ? undefined
      : saying`${was}${say('之后不能是', ' cannot be followed by ')}${is}${STOP}`;
  }
  if (!mayEnd[before.status])
    return saying`${was}${say(`自 ${before.lastDay} 止后，未说明其间的状态。`, ` ended on ${before.lastDay}, and what held after it is not said.`)}`;
  return beginFault(next, undefined);
}

function beginFault(first: ListLine, recorded: RecordedStanding | undefined): Wording | undefined {
  const begins: readonly ListStatus[] = recorded === undefined ? listBeginnings : listMoves[recorded.status];
  const same = recorded !== undefined && recorded.status === first.status;
  if (same || begins.includes(first.status)) return undefined;
  return recorded === undefined
    ? saying`${say('名录状态不能自', 'Standings cannot begin with ')}${statusNames[first.status]}${say('开始。', '.')}`
    : saying`${say('登记内容为', 'On record is ')}${statusNames[recorded.status]}${say('，之后不能是', ', which cannot be followed by ')}${statusNames[first.status]}${STOP}`;
}

/**
 * May this be the whole standing of a mine in all lists? Each list has its own course. `recorded` is what the mine's
 * entries say; a course of the same list goes on from there.
 */
export function judgeListEntries(lines: readonly ListLine[], recorded: readonly RecordedStanding[]): Outcome<void> {
  const courses = new Map<string, Numbered[]>();
  for (const [index, line] of lines.entries()) {
    const text = lineFault(line);
    if (text !== undefined) return fault(index, text);
    courses.set(keyOf(line), [...(courses.get(keyOf(line)) ?? []), { ...line, index }]);
  }
  for (const unsorted of courses.values()) {
    const course = [...unsorted].sort((a, b) => (a.from < b.from ? -1 : 1));
    const [first] = course;
    const before = recorded
      .filter((r) => r.list !== null && nameKey(r.list) === nameKey(first!.list) && r.from < first!.from)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1);
    const begun = beginFault(first!, before);
    if (begun !== undefined) return fault(first!.index, begun);
    for (const [n, line] of course.entries()) {
      const next = course[n + 1];
      if (next) {
        const text = followFault(line, next);
        if (text !== undefined) return fault(next.index, text);
      } else if (line.lastDay !== null && !mayEnd[line.status]) {
        return fault(
          line.index,
          saying`${statusNames[line.status]}${say('已止，须登记其后的状态。', ' has ended: what held after it must be recorded.')}`,
        );
      }
    }
  }
  return accept(undefined);
}

/** Six months from the first day of correction (自然资源部办公厅 2025-01-06), unless the paper says another day. */
const CORRECTION_MONTHS = 6;

export const correctByOf = (line: { status: ListStatus; validFrom: LegalDate; correctBy: LegalDate | null }) =>
  line.status === 'correction' ? (line.correctBy ?? addMonths(line.validFrom, CORRECTION_MONTHS)) : null;

/** The standing shown where only one has a place: that of the list which the record names, else the latest begun. */
export function mainStanding<S extends { list: string | null; from: LegalDate }>(
  standings: readonly S[],
  named: string | null,
): S | undefined {
  const own = named === null ? undefined : standings.find((s) => s.list !== null && nameKey(s.list) === nameKey(named));
  return own ?? [...standings].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).at(-1);
}

interface Held {
  operatorId: string | null;
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

/** Who operated the mine from when to when: entries in the order of their days, runs of one operator made one. */
export function operatorRuns(entries: readonly Held[]): (Held & { operatorId: string })[] {
  const runs: (Held & { operatorId: string })[] = [];
  for (const { operatorId, validFrom, validTo } of entries) {
    if (operatorId === null) continue;
    const last = runs.at(-1);
    if (last && last.operatorId === operatorId && last.validTo === validFrom) last.validTo = validTo;
    else runs.push({ operatorId, validFrom, validTo });
  }
  return runs;
}

/** A county code must lie in the province; of abolished codes the province pair still tells (domain.md 6.4). */
export const judgeDivision = (provinceCode: string, divisionCode: string | null): Outcome<void> =>
  divisionCode === null || divisionCode.slice(0, 2) === provinceCode.slice(0, 2)
    ? accept(undefined)
    : refuse('mine.division-not-in-province', { divisionCode, provinceCode });
