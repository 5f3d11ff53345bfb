/**
 * 13812345678 as 138****5678 (glossary 9). Of a number too short to hide four digits between three and four only the last
 * four are shown, of one shorter than eight digits none; how it was spaced is not shown either.
 */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return '****';
  return `${digits.length < 11 ? '' : digits.slice(0, 3)}****${digits.slice(-4)}`;
}
