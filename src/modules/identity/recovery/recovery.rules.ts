// Recovery codes (恢复码): what gets a person in whose device with the second factor is lost.

export const RECOVERY_CODES = 10;
/** From so few on the holder is told to make new ones. */
export const FEW_CODES = 3;
/** 120 bits each: from 112 on a plain digest may keep them (ASVS 6.5.2). */
export const RECOVERY_BYTES = 15;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LETTERS = (RECOVERY_BYTES * 8) / 5;

const grouped = (letters: string): string => letters.match(/.{4}/g)!.join('-');

/** Fifteen bytes as 24 characters of RFC 4648 base32 in six groups, for typing. */
export function recoveryCodeFrom(bytes: Uint8Array): string {
  const bits = [...bytes].map((b) => b.toString(2).padStart(8, '0')).join('');
  return grouped(
    bits
      .match(/.{5}/g)!
      .map((five) => ALPHABET[parseInt(five, 2)]!)
      .join(''),
  );
}

/** The code as it was given, from what a person types: case, spaces and hyphens do not matter. Undefined if it is none. */
export function readRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[\s-]/g, '');
  return letters.length === LETTERS && /^[a-z2-7]+$/.test(letters) ? grouped(letters) : undefined;
}
