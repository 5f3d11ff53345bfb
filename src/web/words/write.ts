import {
  chineseDate,
  isLegalDate,
  legalDateOf,
  parseInstant,
  startOfDay,
  TimeError,
  type Instant,
} from '../../kernel/pure/time';
import type { Language } from './types';

// How things are written (glossary 9). Days are days in Beijing, instants are shown in Beijing time.

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const MINUTE_MS = 60_000;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** The day and time of an instant in Beijing. */
export function inBeijing(at: number): { day: string; time: string } {
  const day = legalDateOf(at as Instant);
  const minutes = Math.floor((at - startOfDay(day)) / MINUTE_MS);
  return { day, time: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}` };
}

/** 2026年11月23日; in English 23 November 2026. What is no day stays as it is. */
export function writeDay(day: string, language: Language): string {
  if (!isLegalDate(day)) return day;
  if (language === 'zh-CN') return chineseDate(day);
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[month! - 1]} ${year}`;
}

/** 2026年11月23日15:04, Beijing time. What is no instant stays as it is. */
export function writeInstant(instant: string, language: Language): string {
  try {
    const { day, time } = inBeijing(parseInstant(instant));
    return language === 'en' ? `${writeDay(day, language)}, ${time}` : `${writeDay(day, language)}${time}`;
  } catch (error) {
    if (error instanceof TimeError) return instant;
    throw error;
  }
}

/** Fen as 元 with two decimals. */
export function writeMoney(fen: number, language: Language): string {
  const yuan = (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return language === 'en' ? `CNY ${yuan}` : `${yuan}元`;
}
