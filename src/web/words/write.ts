import type { Language } from './language';

// How things are written (glossary 9). Days are days in Beijing, instants are shown in Beijing time.

const beijing = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The day and time of an instant in Beijing. */
export function inBeijing(instant: string | number): { day: string; time: string } {
  const parts = Object.fromEntries(beijing.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, time: `${parts['hour']}:${parts['minute']}` };
}

const EN = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

/** 2026年11月23日; in English 23 November 2026. */
export function writeDay(day: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return day;
  const [, year, month, date] = match;
  if (language === 'en') return EN.format(new Date(`${day}T00:00:00Z`));
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** 2026年11月23日15:04, Beijing time. */
export function writeInstant(instant: string, language: Language): string {
  const { day, time } = inBeijing(instant);
  return language === 'en' ? `${writeDay(day, language)}, ${time}` : `${writeDay(day, language)}${time}`;
}

/** Fen as 元 with two decimals. */
export function writeMoney(fen: number, language: Language): string {
  const yuan = (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return language === 'en' ? `CNY ${yuan}` : `${yuan}元`;
}
