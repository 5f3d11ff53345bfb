import type { LegalDate } from '../../../kernel/pure/time';
import { normaliseTypedCode } from '../../../kernel/pure/typed-code';

export type IdentityKind = 'resident-id' | 'hmt-residence-permit' | 'permanent-residence-card' | 'passport';

/**
 * Years in which a division code of GB/T 2260 was in force: flat pairs of first and last year, both included;
 * 0 and 9999 stand for an open end. See README.md beside this file.
 */
export type RegionHistory = Readonly<Record<string, readonly number[]>>;

export type IdentityFaultCode =
  | 'identity.empty'
  | 'identity.old-fifteen-digits'
  | 'identity.format'
  | 'identity.other-kind'
  | 'identity.province'
  | 'identity.region-not-in-force'
  | 'identity.birth-date'
  | 'identity.birth-date-future'
  | 'identity.check';

export type IdentityFault = {
  readonly code: IdentityFaultCode;
  /** Chinese, for the screen; never repeats the number. */
  readonly detail: string;
  readonly detailEn: string;
  /** Chinese: what the clerk can do. */
  readonly cure: string;
};

/** `doubtful` = may be a true number, to be taken only when the clerk records that the original document was seen. */
export type IdentityJudgement =
  | {
      readonly verdict: 'valid' | 'doubtful';
      readonly kind: IdentityKind;
      /** Normalised: capitals and digits only. */
      readonly number: string;
      readonly normalised: boolean;
      /** Empty when valid. */
      readonly faults: readonly IdentityFault[];
    }
  | { readonly verdict: 'invalid'; readonly kind: IdentityKind; readonly faults: readonly IdentityFault[] };

const KIND_NAMES: Readonly<Record<IdentityKind, string>> = {
  'resident-id': '居民身份证',
  'hmt-residence-permit': '港澳台居民居住证',
  'permanent-residence-card': '外国人永久居留身份证',
  passport: '护照',
};

const SEE_ORIGINAL = '核对证件原件后确认';
const CHECK_TYPING = '请逐位核对证件后重新填写';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
/** Province pairs of GB/T 2260 that resident numbers can begin with. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(' '),
);
const HMT_PREFIXES = new Set(['81', '82', '83']);

const FAULTS = {
  empty: { code: 'identity.empty', detail: '未填写证件号码。', detailEn: 'No number was given.', cure: CHECK_TYPING },
  old: {
    code: 'identity.old-fifteen-digits',
    detail: '这是15位旧身份证号码，第一代居民身份证已停止使用。',
    detailEn: 'This is a number of 15 digits of the first-generation card, which is no longer in use.',
    cure: '请填写现行居民身份证上的18位号码',
  },
  province: {
    code: 'identity.province',
    detail: '前两位不是已有的省级行政区划代码。',
    detailEn: 'The first two digits are no province of GB/T 2260.',
    cure: CHECK_TYPING,
  },
  region: {
    code: 'identity.region-not-in-force',
    detail: '前六位行政区划代码在出生年份未启用、已撤销或不在代码表中。',
    detailEn: 'The division code was not yet created, already abolished or unknown in the year of birth.',
    cure: SEE_ORIGINAL,
  },
  birthDate: {
    code: 'identity.birth-date',
    detail: '第7至14位出生日期不是真实存在的日期。',
    detailEn: 'The date of birth (digits 7 to 14) is no date of the calendar.',
    cure: CHECK_TYPING,
  },
  birthDateFuture: {
    code: 'identity.birth-date-future',
    detail: '第7至14位出生日期晚于今日。',
    detailEn: 'The date of birth (digits 7 to 14) lies in the future.',
    cure: CHECK_TYPING,
  },
  check: {
    code: 'identity.check',
    detail: '第18位校验码不符。',
    detailEn: 'The check character (18th) is wrong.',
    cure: CHECK_TYPING,
  },
} as const satisfies Record<string, IdentityFault>;

function formatFault(kind: IdentityKind, shape: string, shapeEn: string): IdentityFault {
  return {
    code: 'identity.format',
    detail: `${KIND_NAMES[kind]}号码应为${shape}。`,
    detailEn: `The number of this document has ${shapeEn}.`,
    cure: CHECK_TYPING,
  };
}

function otherKindFault(kind: IdentityKind, likely: IdentityKind): IdentityFault {
  return {
    code: 'identity.other-kind',
    detail: `该号码不是${KIND_NAMES[kind]}号码，可能是${KIND_NAMES[likely]}号码。`,
    detailEn: `The number belongs to another kind of document, probably ${likely}.`,
    cure: `请核对证件类型，改选${KIND_NAMES[likely]}`,
  };
}

/** Check character of an 18-character number (GB 11643-1999, ISO 7064 MOD 11-2); takes its first 17 digits. */
export function identityCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17.charAt(i)), 0);
  return '10X98765432'.charAt(sum % 11);
}

/** Gregorian calendar of any year, because the standard's own example was born before `LegalDate` begins. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const length = lengths[month - 1];
  return year >= 1800 && length !== undefined && day >= 1 && day <= length;
}

function birthFault(number: string, today: LegalDate): IdentityFault | undefined {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return FAULTS.birthDate;
  return `${year}-${month}-${day}` > today ? FAULTS.birthDateFuture : undefined;
}

function inForce(regions: RegionHistory, code: string, year: number): boolean {
  const years = regions[code] ?? [];
  return years.some((first, i) => i % 2 === 0 && first <= year && year <= (years[i + 1] ?? first));
}

/** What a check found: faults that settle it, and faults that a look at the document can cure. */
type Findings = { readonly wrong: IdentityFault[]; readonly unclear: IdentityFault[] };

const wrong = (...faults: IdentityFault[]): Findings => ({ wrong: faults, unclear: [] });

function judgeEighteen(number: string, today: LegalDate): Findings {
  const birth = birthFault(number, today);
  const check = identityCheck(number) === number.charAt(17) ? undefined : FAULTS.check;
  return wrong(...[birth, check].filter((found) => found !== undefined));
}

function otherKindOf(number: string): IdentityKind | undefined {
  if (HMT_PREFIXES.has(number.slice(0, 2))) return 'hmt-residence-permit';
  if (number.startsWith('9')) return 'permanent-residence-card';
  return PROVINCES.has(number.slice(0, 2)) ? 'resident-id' : undefined;
}

function judgeResident(number: string, today: LegalDate, regions: RegionHistory): Findings {
  if (/^\d{15}$/.test(number)) return wrong(FAULTS.old);
  if (!/^\d{17}[\dX]$/.test(number))
    return wrong(formatFault('resident-id', '17位数字加1位数字或X', '17 digits and a digit or X'));
  const found = judgeEighteen(number, today);
  if (!PROVINCES.has(number.slice(0, 2))) {
    const likely = otherKindOf(number);
    found.wrong.unshift(FAULTS.province);
    if (likely) found.wrong.push(otherKindFault('resident-id', likely));
  } else if (!inForce(regions, number.slice(0, 6), Number(number.slice(6, 10)))) {
    // Numbers were given when the first card was issued, often decades after birth, so this alone proves nothing.
    found.unclear.push(FAULTS.region);
  }
  return found;
}

function judgeHmtPermit(number: string, today: LegalDate): Findings {
  const kind = 'hmt-residence-permit';
  const shape = formatFault(kind, '以81、82或83开头的18位号码', '18 characters that begin with 81, 82 or 83');
  if (!/^\d{17}[\dX]$/.test(number)) return wrong(shape);
  const found = judgeEighteen(number, today);
  if (!HMT_PREFIXES.has(number.slice(0, 2))) {
    const likely = otherKindOf(number);
    found.wrong.unshift(likely ? otherKindFault(kind, likely) : shape);
  }
  return found;
}

function judgePermanentCard(number: string, today: LegalDate): Findings {
  const kind = 'permanent-residence-card';
  // Cards issued before December 2023: country in three letters, twelve digits; their check rule is not published.
  if (/^[A-Z]{3}\d{12}$/.test(number)) return wrong();
  const shape = formatFault(
    kind,
    '以9开头的18位号码，或3位字母加12位数字',
    '18 characters from 9, or 3 letters and 12 digits',
  );
  if (!/^\d{17}[\dX]$/.test(number)) return wrong(shape);
  const found = judgeEighteen(number, today);
  if (!number.startsWith('9')) {
    const likely = otherKindOf(number);
    found.wrong.unshift(likely ? otherKindFault(kind, likely) : shape);
  }
  return found;
}

function judgePassport(number: string): Findings {
  // ICAO 9303 part 4 leaves nine places for the number; it has no check outside the machine-readable zone.
  if (/^(?=.*\d)[A-Z0-9]{5,9}$/.test(number)) return wrong();
  return wrong(formatFault('passport', '5至9位字母和数字', '5 to 9 letters and digits'));
}

function findingsOf(kind: IdentityKind, number: string, today: LegalDate, regions: RegionHistory): Findings {
  switch (kind) {
    case 'resident-id':
      return judgeResident(number, today, regions);
    case 'hmt-residence-permit':
      return judgeHmtPermit(number, today);
    case 'permanent-residence-card':
      return judgePermanentCard(number, today);
    case 'passport':
      return judgePassport(number);
  }
}

/**
 * Judges a typed identity number after normalising it: GB 11643 form, date of birth, check character, division code.
 * `today` bounds the date of birth. Never throws for what somebody typed; faults never repeat the number.
 */
export function judgeIdentity(
  kind: IdentityKind,
  text: string,
  today: LegalDate,
  regions: RegionHistory,
): IdentityJudgement {
  const number = normaliseTypedCode(text);
  if (number === '') return { verdict: 'invalid', kind, faults: [FAULTS.empty] };
  const found = findingsOf(kind, number, today, regions);
  if (found.wrong.length > 0) return { verdict: 'invalid', kind, faults: [...found.wrong, ...found.unclear] };
  const verdict = found.unclear.length > 0 ? 'doubtful' : 'valid';
  return { verdict, kind, number, normalised: number !== text, faults: found.unclear };
}

/**
 * 370***********001X: the first three and last four signs of a long number. Numbers under 15 signs (passports) keep
 * the first and the last two, because seven of nine shown would hide nothing; under five signs nothing is shown.
 */
export function maskIdentity(number: string): string {
  if (number.length < 5) return '*'.repeat(number.length);
  const [head, tail] = number.length < 15 ? [1, 2] : [3, 4];
  return number.slice(0, head) + '*'.repeat(number.length - head - tail) + number.slice(-tail);
}
