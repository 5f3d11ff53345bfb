import { addDays, legalDate, type LegalDate } from '../../kernel/pure/time';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import { creditCodeCheck, judgeCreditCode, type CreditCodeFault } from '../organisations/core/credit-code';

/** Signs of GB 32100-2015. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/** What a person who typed a code wrongly is told. */
export interface CodeFault {
  /** As it was understood: capitals, narrow signs, no blanks. */
  typed: string;
  faults: readonly CreditCodeFault[];
  /** Codes one slip away that pass every check: one sign wrong, two neighbours swapped, a look-alike letter. */
  candidates: readonly string[];
  /** The 18th sign that the first 17 call for, where nothing but it is wrong. */
  checkSign?: string;
}

const passes = (code: string): boolean => judgeCreditCode(code).valid;

/** Every valid code that differs by one sign, or by two neighbours in the other order. */
export function codesOneSlipAway(code: string): string[] {
  const found = new Set<string>();
  for (let place = 0; place < code.length; place += 1) {
    const [before, after] = [code.slice(0, place), code.slice(place + 1)];
    for (const sign of ALPHABET) found.add(before + sign + after);
    if (place + 1 < code.length)
      found.add(before + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2));
  }
  found.delete(code);
  return [...found].filter(passes);
}

/** Judges what looks like a whole credit code; undefined for other texts, and for a code that is right. */
export function judgeTyped(text: string): CodeFault | undefined {
  const typed = normaliseTypedCode(text);
  // Public numbers of persons and parts of codes are shorter; names hold other signs.
  if (!/^[0-9A-Z]{17,19}$/.test(typed) || !/\d{4}/.test(typed)) return undefined;
  const judged = judgeCreditCode(typed);
  if (judged.valid) return undefined;
  const near = typed.length === LENGTH ? codesOneSlipAway(typed) : [];
  const candidates = [...new Set([...(judged.likely ? [judged.likely] : []), ...near])];
  const onlyCheck = judged.faults.every((f) => f.code === 'credit-code.check');
  return {
    typed,
    faults: judged.faults,
    candidates,
    ...(onlyCheck ? { checkSign: creditCodeCheck(typed.slice(0, LENGTH - 1)) } : {}),
  };
}

/** How a half-open end reads: as the last day that is still in. */
export const lastDay = (to: LegalDate | string | null): string | null =>
  to === null ? null : addDays(legalDate(to), -1);
