import { normaliseTypedCode } from '../../../kernel/pure/typed-code';

/**
 * 公开编号 of a person: LJ, eight random digits, one check digit by ISO/IEC 7064 MOD 11,10. It says nothing about the
 * person and may stand in public; the check finds every single wrong digit.
 */
export function platformNumberOf(eightDigits: string): string {
  return `LJ${eightDigits}${platformCheck(eightDigits)}`;
}

/** Check digit of eight digits by ISO/IEC 7064 MOD 11,10. */
export function platformCheck(eightDigits: string): string {
  let product = 10;
  for (const digit of eightDigits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** The number as it is stored, from what somebody typed; undefined when its form or check digit is wrong. */
export function readPlatformNumber(text: string): string | undefined {
  const number = normaliseTypedCode(text);
  const match = /^LJ(\d{8})(\d)$/.exec(number);
  return match && platformCheck(match[1]!) === match[2] ? number : undefined;
}
