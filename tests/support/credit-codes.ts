import { creditCodeCheck, organisationCodeCheck } from '../../src/modules/organisations/core/credit-code';

/**
 * A valid credit code for each whole number below 10^8; neutral, belonging to nobody we know. An enterprise's unless the
 * beginning says otherwise.
 */
export function creditCodeOf(n: number, beginning = '91370000'): string {
  const body = String(n).padStart(8, '0');
  const first17 = `${beginning}${body}${organisationCodeCheck(body)}`;
  return `${first17}${creditCodeCheck(first17)}`;
}
