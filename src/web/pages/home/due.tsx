import { now } from '../../app/browser';
import { useWords } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';

/** The last day in red with its word once it is over. */
export function Due({ day }: { day: string | null }) {
  const { t, language } = useWords();
  if (day === null) return <span className="quiet">{t('work.noDue')}</span>;
  const today = inBeijing(now()).day;
  if (day > today) return <span>{writeDay(day, language)}</span>;
  return (
    <span className="late">
      {writeDay(day, language)} {t(day < today ? 'work.late' : 'work.today')}
    </span>
  );
}
