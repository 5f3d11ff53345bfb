import { normaliseTypedCode } from '../../../kernel/pure/typed-code';

/** GB 32100-2015: digits and capitals without I, O, S, V, Z; the place of a sign is its value. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const OUTER_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** GB 11714: A = 10 … Z = 35, the gaps of the outer alphabet not closed. */
const INNER_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

const DEPARTMENTS = '123456789ANY';
/** Province pairs of GB/T 2260, with 10 the nation and 66 the XPCC. County codes change too often to be judged. */
const PROVINCES = new Set(
  '10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66 71 81 82'.split(
    ' ',
  ),
);

/** What the five unused letters are usually written for, likeliest first. */
const LOOK_ALIKES: Readonly<Record<string, readonly string[]>> = {
  I: ['1'],
  O: ['0'],
  S: ['5'],
  V: ['U', 'Y'],
  Z: ['2'],
};
/** More than this many unused letters is no slip of the eye, and the number of readings would double with each. */
const MOST_LOOK_ALIKES = 4;

export type CreditCodeFaultCode =
  | 'credit-code.empty'
  | 'credit-code.old-registration-number'
  | 'credit-code.organisation-code-only'
  | 'credit-code.length'
  | 'credit-code.letter-not-used'
  | 'credit-code.character'
  | 'credit-code.department'
  | 'credit-code.region'
  | 'credit-code.organisation-check'
  | 'credit-code.check';

export type CreditCodeFault = {
  readonly code: CreditCodeFaultCode;
  /** Chinese, for the screen. */
  readonly detail: string;
  readonly detailEn: string;
};

export type ValidCreditCode = {
  readonly valid: true;
  /** 18 capitals and digits. */
  readonly code: string;
  /** Whether anything had to be changed to get there. */
  readonly normalised: boolean;
  readonly department: string;
  readonly classChar: string;
  /** Six digits: area of the registrar. Only the province pair has been judged. */
  readonly region: string;
  /** Nine characters by GB 11714. */
  readonly organisationCode: string;
};

export type InvalidCreditCode = {
  readonly valid: false;
  readonly faults: readonly CreditCodeFault[];
  /** The code with look-alike letters read as meant; only when that reading passes every check. */
  readonly likely?: string;
};

export type CreditCodeJudgement = ValidCreditCode | InvalidCreditCode;

/** Check character of a unified social credit code; takes its first 17 characters, all of the alphabet. */
export function creditCodeCheck(first17: string): string {
  const sum = OUTER_WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Check character of an organisation code (GB 11714); takes its first eight characters. */
export function organisationCodeCheck(first8: string): string {
  const sum = INNER_WEIGHTS.reduce((total, weight, i) => total + weight * INNER_ALPHABET.indexOf(first8.charAt(i)), 0);
  return '0123456789X0'.charAt(11 - (sum % 11));
}

const fault = (code: CreditCodeFaultCode, detail: string, detailEn: string): CreditCodeFault => ({
  code,
  detail,
  detailEn,
});

function lengthFault(code: string): CreditCodeFault | undefined {
  if (code.length === 18) return undefined;
  if (code === '') return fault('credit-code.empty', '未填写统一社会信用代码。', 'No code was given.');
  if (/^\d{15}$/.test(code)) {
    return fault(
      'credit-code.old-registration-number',
      '这是15位旧注册号，请填写营业执照或登记证书上的18位统一社会信用代码。',
      'This is an old registration number of 15 digits; the unified code has 18 characters.',
    );
  }
  if (/^[0-9A-Z]{8}[0-9X]$/.test(code) && organisationCodeCheck(code) === code.charAt(8)) {
    return fault(
      'credit-code.organisation-code-only',
      '这是9位组织机构代码，请填写18位统一社会信用代码。',
      'This is an organisation code of 9 characters, a part of the unified code.',
    );
  }
  return fault(
    'credit-code.length',
    `统一社会信用代码应为18位，现为${code.length}位。`,
    `The code has 18 characters; ${code.length} were given.`,
  );
}

function characterFaults(code: string): CreditCodeFault[] {
  const faults: CreditCodeFault[] = [];
  const places = (test: (sign: string) => boolean): number[] =>
    [...code].flatMap((sign, i) => (test(sign) ? [i + 1] : []));
  const letters = places((sign) => LOOK_ALIKES[sign] !== undefined);
  if (letters.length > 0) {
    faults.push(
      fault(
        'credit-code.letter-not-used',
        `第${letters.join('、')}位为字母${letters.map((place) => code.charAt(place - 1)).join('、')}，统一社会信用代码不使用字母I、O、S、V、Z。`,
        `Letters I, O, S, V, Z are not used (position ${letters.join(', ')}).`,
      ),
    );
  }
  const others = places((sign) => LOOK_ALIKES[sign] === undefined && !ALPHABET.includes(sign));
  if (others.length > 0) {
    faults.push(
      fault(
        'credit-code.character',
        `第${others.join('、')}位不是数字或大写字母。`,
        `Neither a digit nor a capital letter at position ${others.join(', ')}.`,
      ),
    );
  }
  return faults;
}

/** Faults of the parts and of both check characters; takes 18 characters that are all of the alphabet. */
function contentFaults(code: string): CreditCodeFault[] {
  const faults: CreditCodeFault[] = [];
  if (!DEPARTMENTS.includes(code.charAt(0))) {
    faults.push(
      fault(
        'credit-code.department',
        '第1位登记管理部门代码应为1至9、A、N或Y。',
        'The registering department (first character) must be 1 to 9, A, N or Y.',
      ),
    );
  }
  const region = code.slice(2, 8);
  if (!/^\d{6}$/.test(region) || !PROVINCES.has(region.slice(0, 2))) {
    faults.push(
      fault(
        'credit-code.region',
        '第3至8位登记管理机关行政区划码应为6位数字，且前两位应为已有的省级代码。',
        'The area (characters 3 to 8) must be six digits that begin with a known province.',
      ),
    );
  }
  if (organisationCodeCheck(code.slice(8, 16)) !== code.charAt(16)) {
    faults.push(
      fault(
        'credit-code.organisation-check',
        '第9至17位主体标识码（组织机构代码）校验不符，请核对。',
        'The organisation code in characters 9 to 17 fails its check (GB 11714).',
      ),
    );
  }
  if (creditCodeCheck(code) !== code.charAt(17)) {
    faults.push(
      fault('credit-code.check', '第18位校验码不符，请逐位核对。', 'The check character (18th) is wrong (GB 32100).'),
    );
  }
  return faults;
}

function likelyReading(code: string): string | undefined {
  const doubtful = [...code].filter((sign) => LOOK_ALIKES[sign] !== undefined).length;
  if (doubtful === 0 || doubtful > MOST_LOOK_ALIKES) return undefined;
  const readings = [...code].reduce<string[]>(
    (begun, sign) => (LOOK_ALIKES[sign] ?? [sign]).flatMap((read) => begun.map((start) => start + read)),
    [''],
  );
  const passing = readings.filter((reading) => characterFaults(reading).length + contentFaults(reading).length === 0);
  // Two readings that both pass would be a guess between two bodies.
  return passing.length === 1 ? passing[0] : undefined;
}

/**
 * Judges a typed unified social credit code by GB 32100-2015 and GB 11714 after normalising it (full width, case,
 * spaces, invisible signs, hyphens). Never throws; a wrong code comes back with every fault that can be told.
 */
export function judgeCreditCode(text: string): CreditCodeJudgement {
  const code = normaliseTypedCode(text);
  const wrongLength = lengthFault(code);
  if (wrongLength) return { valid: false, faults: [wrongLength] };
  const foreign = characterFaults(code);
  if (foreign.length > 0) {
    const likely = likelyReading(code);
    return likely === undefined ? { valid: false, faults: foreign } : { valid: false, faults: foreign, likely };
  }
  const faults = contentFaults(code);
  if (faults.length > 0) return { valid: false, faults };
  return {
    valid: true,
    code,
    normalised: code !== text,
    department: code.charAt(0),
    classChar: code.charAt(1),
    region: code.slice(2, 8),
    organisationCode: code.slice(8, 17),
  };
}

export { subjectKindOf, type Eligibility, type NeededEvidence, type SubjectKind } from './subject-kinds';
