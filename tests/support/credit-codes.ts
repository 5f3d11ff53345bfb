import { creditCodeCheck, organisationCodeCheck } from '../../src/modules/organisations/core/credit-code';

/** A valid credit code of an enterprise for each whole number below 10^8; neutral, belonging to nobody we know. */
export function creditCodeOf(n: number): string {
  const body = String(n).padStart(8, '0');
  const first17 = `91370000${body}${organisationCodeCheck(body)}`;
  return `${first17}${creditCodeCheck(first17)}`;
}
