import { accept, refuse, type Outcome } from './outcome';

/** An amount in fen (1/100 元): an integer, 0 to 2^53−1. */
export type Fen = number & { readonly __brand: 'Fen' };

/** A number that cannot be an amount. A fault in the program, not in what somebody typed. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/** Brands an integer number of fen, 0 to 2^53−1; anything else throws MoneyError. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value) || value < 0) throw new MoneyError(`not an amount in fen: ${String(value)}`);
  return (value === 0 ? 0 : value) as Fen;
}

/**
 * Reads 元 as written in accounts: '12', '12.3' or '12.34'. No sign, separator, unit, leading zero or third decimal.
 * Refusals: `money.format`, `money.too-large` (above 2^53−1 fen).
 */
export function parseYuan(text: string): Outcome<Fen> {
  const match = /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return refuse('money.format');
  // Digits are put together as text: 0.29 * 100 is 28.999… in binary.
  const digits = `${match[1]}${(match[2] ?? '').padEnd(2, '0')}`;
  const value = digits.length > 16 ? Infinity : Number(digits);
  if (!Number.isSafeInteger(value))
    return refuse('money.too-large', { largest: formatYuan(fen(Number.MAX_SAFE_INTEGER)) });
  return accept(fen(value));
}

/** 元 with exactly two decimals and without separators, e.g. '12.30'. */
export function formatYuan(amount: Fen): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
