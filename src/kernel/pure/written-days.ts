import { addDays, isLegalDate, legalDate, type LegalDate } from './time';

// Days as people and spreadsheets write them.

/** A day that was written somewhere; `monthOnly`: only its month was. */
export interface WrittenDay {
  day: LegalDate;
  monthOnly: boolean;
}

const FIRST_1900 = legalDate('1900-01-01');
const FIRST_1904 = legalDate('1904-01-01');
/** 2199-12-31 in the 1900 system. */
const LAST_SERIAL = 109_574;

/**
 * The day of a serial number, its time of day dropped. The 1900 system counts a 29 February 1900 that never was (60);
 * the 1904 system of older Macintosh workbooks begins with 0. Undefined where there is no such day.
 */
export function dayOfSerial(serial: number, date1904: boolean): LegalDate | undefined {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 0 || whole > LAST_SERIAL) return undefined;
  if (date1904) return addDays(FIRST_1904, whole);
  if (whole < 1 || whole === 60) return undefined;
  return addDays(FIRST_1900, whole < 60 ? whole - 1 : whole - 2);
}

const BUILT_IN: Readonly<Record<number, 'day' | 'month'>> = {
  14: 'day',
  15: 'day',
  16: 'day',
  17: 'month',
  22: 'day',
  // Chinese built-in formats, which a workbook does not spell out.
  27: 'month',
  28: 'day',
  29: 'day',
  30: 'day',
  31: 'day',
  36: 'month',
  50: 'month',
  51: 'day',
  52: 'month',
  53: 'day',
  54: 'day',
  57: 'month',
  58: 'day',
};

export type FormatKind = 'day' | 'month' | 'year' | 'percent' | 'plain';

/** What a number format makes of a number; `code` is the format itself where the workbook defines it. */
export function formatKind(id: number, code: string | undefined): FormatKind {
  if (code === undefined) return BUILT_IN[id] ?? (id === 9 || id === 10 ? 'percent' : 'plain');
  const [first = ''] = code.split(';');
  // Quoted and escaped text is decoration; brackets hold colours, locales and elapsed time.
  const bare = first
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/general/.test(bare)) return 'plain';
  if (/d/.test(bare)) return 'day';
  if (/y|e(?![+-])/.test(bare)) return bare.includes('m') ? 'month' : 'year';
  return bare.includes('%') ? 'percent' : 'plain';
}

/** A day in words, or why the text is none. */
export type ReadDay = WrittenDay | { fault: string };

const FORMS = '请写成 2024-04-01、2024年4月1日 或 2024年4月。';

export const YEAR_ONLY = '只有年份；请至少写到月，例如 2024年4月。';

const made = (year: string, month: string, day: string | undefined): ReadDay => {
  const text = `${year}-${month.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}`;
  if (!isLegalDate(text) || Number(year) < 1900 || Number(year) > 2199)
    return { fault: `没有这一天或这个月，或不在 1900 至 2199 年之内；${FORMS}` };
  return { day: legalDate(text), monthOnly: day === undefined };
};

const SHAPES = [
  /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号]?)?$/,
  /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/,
  // With a time of day, as programs write it.
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/** Reads '2024年4月', '2024年4月1日', '2024.4', '2024/4/1', '2024-04-01', '20240401'; takes normalised text. */
export function readDayText(text: string): ReadDay {
  const tight = text.replace(/\s*([年月日号./-])\s*/g, '$1');
  for (const shape of SHAPES) {
    const match = shape.exec(tight);
    if (match) return made(match[1]!, match[2]!, match[3]);
  }
  if (/^\d{4}年?$/.test(tight)) return { fault: YEAR_ONLY };
  return { fault: `不是可识别的日期；${FORMS}` };
}

/** Between these a number in a column of days can only be a serial number: 1927 to 2173. */
const isSerial = (n: number): boolean => n >= 10_000 && n < 100_000;

/**
 * Reads a number in a column of days: a serial number, 20240401, or 2024.4. What a sheet shows as 2024.1 may have been
 * typed as 2024.10, so that one is refused.
 */
export function readDayNumber(n: number, date1904: boolean): ReadDay {
  if (Number.isInteger(n) && n >= 19_000_101 && n <= 21_991_231) return readDayText(String(n));
  if (isSerial(n)) {
    const day = dayOfSerial(n, date1904);
    return day ? { day, monthOnly: false } : { fault: `日期序号没有对应的日期；${FORMS}` };
  }
  if (/^\d{4}\.1$/.test(String(n)))
    return { fault: '无法区分 1 月与 10 月（数字会丢失末尾的 0）；请写成 2024年1月 或 2024年10月。' };
  return readDayText(String(n));
}
