import { addDays, daysBetween, type LegalDate } from '../../../kernel/pure/time';
import { isWeekend, yearOf } from '../core/working-days';

export interface TableBody {
  documentNumber: string;
  publishedOn: LegalDate;
  periods: readonly { name: string; from: LegalDate; lastDay: LegalDate }[];
  makeUpDays: readonly LegalDate[];
}

export interface TableFault {
  /** JSON pointer into the body. */
  pointer: string;
  detail: string;
}

/** Nine days are the longest holiday so far; more than this is a slip of the year. */
const LONGEST_PERIOD = 15;

/** Days off that no table can leave out (全国年节及纪念日放假办法 2). */
const statutory: readonly { day: string; name: string }[] = [
  { day: '01-01', name: '元旦' },
  { day: '05-01', name: '劳动节' },
  { day: '10-01', name: '国庆节' },
  { day: '10-02', name: '国庆节' },
  { day: '10-03', name: '国庆节' },
];

/** A table speaks of its year, and may move the last days of December before it. */
const belongsTo = (year: number, day: LegalDate): boolean =>
  yearOf(day) === year || (yearOf(day) === year - 1 && day.slice(5) >= '12-20');

const daysOf = ({ from, lastDay }: { from: LegalDate; lastDay: LegalDate }): LegalDate[] => {
  const length = Math.min(daysBetween(from, lastDay), LONGEST_PERIOD);
  return Array.from({ length: length + 1 }, (_, n) => addDays(from, n));
};

function periodFaults(year: number, periods: TableBody['periods']): TableFault[] {
  const faults: TableFault[] = [];
  const taken = new Map<LegalDate, number>();
  periods.forEach((p, n) => {
    const at = `/periods/${n}`;
    const fault = (field: string, detail: string): void => void faults.push({ pointer: `${at}/${field}`, detail });
    if (p.lastDay < p.from) {
      fault('lastDay', `${p.name}的末日 ${p.lastDay} 早于首日 ${p.from}。`);
      return;
    }
    if (!belongsTo(year, p.from)) fault('from', `${p.from} 不属于${year}年的安排。`);
    if (yearOf(p.lastDay) !== year) fault('lastDay', `${p.lastDay} 不属于${year}年的安排。`);
    if (daysBetween(p.from, p.lastDay) >= LONGEST_PERIOD) fault('lastDay', `放假超过 ${LONGEST_PERIOD} 天，请核对。`);
    for (const day of daysOf(p)) {
      const other = taken.get(day);
      if (other !== undefined) fault('from', `${day} 已列入第 ${other + 1} 个假期。`);
      else taken.set(day, n);
    }
  });
  return faults;
}

function makeUpFaults(year: number, { periods, makeUpDays }: TableBody): TableFault[] {
  const off = new Set(periods.filter((p) => p.from <= p.lastDay).flatMap(daysOf));
  return makeUpDays.flatMap((day, n) => {
    const fault = (detail: string): TableFault => ({ pointer: `/makeUpDays/${n}`, detail });
    const found: TableFault[] = [];
    if (!belongsTo(year, day)) found.push(fault(`${day} 不属于${year}年的安排。`));
    if (!isWeekend(day)) found.push(fault(`${day} 不是周六或周日，本来就是工作日。`));
    if (off.has(day)) found.push(fault(`${day} 同时列为放假，前后矛盾。`));
    if (makeUpDays.indexOf(day) !== n) found.push(fault(`${day} 重复。`));
    return found;
  });
}

/** Everything that is malformed or contradicts itself in a year's table, not only the first. */
export function judgeTable(year: number, body: TableBody, today: LegalDate): TableFault[] {
  const faults = [...periodFaults(year, body.periods), ...makeUpFaults(year, body)];
  const off = new Set(body.periods.filter((p) => p.from <= p.lastDay).flatMap(daysOf));
  for (const { day, name } of statutory) {
    if (off.has(`${year}-${day}` as LegalDate)) continue;
    faults.push({
      pointer: '/periods',
      detail: `缺少法定节假日 ${year}-${day}（${name}，全国年节及纪念日放假办法第二条）。`,
    });
  }
  if (body.publishedOn > today) {
    faults.push({ pointer: '/publishedOn', detail: `公布日 ${body.publishedOn} 晚于今日 ${today}。` });
  }
  if (yearOf(body.publishedOn) > year) {
    faults.push({ pointer: '/publishedOn', detail: `公布日 ${body.publishedOn} 晚于所涉年度。` });
  }
  return faults;
}
