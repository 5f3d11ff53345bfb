// Recovery codes (恢复码): what gets a person in whose device with the second factor is lost.

export const RECOVERY_CODES = 10;
/** 80 bits each: too many to try, so a plain digest suffices to keep them. */
export const RECOVERY_BYTES = 10;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Ten bytes as sixteen characters of RFC 4648 base32 in four groups, for typing. Requires `bytes.length === 10`. */
export function recoveryCodeFrom(bytes: Uint8Array): string {
  const bits = [...bytes].map((b) => b.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: 16 }, (_, n) => ALPHABET[parseInt(bits.slice(5 * n, 5 * n + 5), 2)]!);
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

/** The code as it was given, from what a person types: case, spaces and hyphens do not matter. Undefined if it is none. */
export function readRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[\s-]/g, '');
  if (!/^[a-z2-7]{16}$/.test(letters)) return undefined;
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4)).join('-');
}
