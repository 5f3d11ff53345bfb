import { addMonths, daysBetween, legalDate } from '../../../kernel/pure/time';
import { useWords } from '../../words/language';

export interface Marks {
  /** Days off by their holiday's name. */
  off: ReadonlyMap<string, string>;
  makeUp: ReadonlySet<string>;
  today: string;
}

/** Before all years that have a table. */
const A_MONDAY = legalDate('1970-01-05');

const two = (n: number): string => String(n).padStart(2, '0');

/** A month with its days off, its weekends and the weekends that are worked; each said, not only coloured. */
export function Month({ year, month, marks }: { year: number; month: number; marks: Marks }) {
  const { t, language } = useWords();
  const first = legalDate(`${year}-${two(month)}-01`);
  const count = daysBetween(first, addMonths(first, 1));
  const weekday = (day: number): number => (daysBetween(A_MONDAY, first) + day - 1) % 7;
  const cells: (number | null)[] = [
    ...Array.from({ length: weekday(1) }, () => null),
    ...Array.from({ length: count }, (_v, n) => n + 1),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_v, n) => cells.slice(n * 7, n * 7 + 7));
  const names = t('calendar.weekdays').split(' ');
  const title = language === 'en' ? `${year}-${two(month)}` : `${year}年${month}月`;
  return (
    <table className="month">
      <caption>{title}</caption>
      <thead>
        <tr>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, n) => (
          <tr key={n}>
            {week.map((day, place) => (
              <Cell key={place} day={day} date={`${year}-${two(month)}-${two(day ?? 0)}`} place={place} marks={marks} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ day, date, place, marks }: { day: number | null; date: string; place: number; marks: Marks }) {
  const { t } = useWords();
  if (day === null) return <td />;
  const holiday = marks.off.get(date);
  const isMakeUp = marks.makeUp.has(date);
  const kind = holiday ? 'off' : isMakeUp ? 'make-up' : place > 4 ? 'weekend' : 'plain-day';
  const note = holiday ?? (isMakeUp ? t('calendar.makeUp') : undefined);
  return (
    <td className={date === marks.today ? `${kind} today` : kind} title={note}>
      {day}
      {note ? <small>{holiday ? t('calendar.off.short') : t('calendar.makeUp.short')}</small> : null}
    </td>
  );
}
