import { isLegalDate, type LegalDate } from '../../../kernel/pure/time';
import type { IdentityKind } from './identity-number';

const bearsBirthDay = (kind: IdentityKind, number: string): boolean => {
  // Resident cards and residence permits of GB 11643 form, and the permanent-residence card of 2023 (first digit 9).
  if (kind === 'resident-id' || kind === 'hmt-residence-permit') return true;
  return kind === 'permanent-residence-card' && number.startsWith('9');
};

/**
 * The day of birth that a number bears (digits 7 to 14), for ages and for telling persons apart; null when the document
 * bears none. It is worked out where it is needed and kept nowhere.
 */
export function birthDayIn(kind: IdentityKind, number: string): LegalDate | null {
  if (!bearsBirthDay(kind, number) || !/^\d{17}[\dX]$/.test(number)) return null;
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return isLegalDate(day) ? day : null;
}
