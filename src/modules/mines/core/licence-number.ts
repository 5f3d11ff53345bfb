import { normaliseTypedCode } from '../../../kernel/pure/typed-code';

/**
 * 采矿许可证号: 23 characters, lasting (自然资办发〔2020〕32号; domain.md 6.3): C, area of issue, year and month, ten digits.
 * It tells neither the present authority nor whether the licence still holds.
 */
const FORM = /^C\d{6}(19|20)\d{2}(0[1-9]|1[0-2])\d{10}$/;

export type LicenceJudgement =
  { readonly ok: true; readonly number: string } | { readonly ok: false; readonly reason: string };

/** Judges a typed licence number after normalising it; the reason is Chinese and says what to do. */
export function judgeLicence(text: string): LicenceJudgement {
  if (/^\s*C?\d+(\.\d+)?e\+?\d+\s*$/i.test(text)) {
    return { ok: false, reason: '采矿许可证号被存成了数字，后面的位数已丢失；请把该列设为文本后重新填写。' };
  }
  const number = normaliseTypedCode(text);
  if (FORM.test(number)) return { ok: true, number };
  if (number.length !== 23) return { ok: false, reason: `采矿许可证号应为23位，现为${number.length}位。` };
  if (!number.startsWith('C')) return { ok: false, reason: '采矿许可证号应以字母C开头。' };
  if (!/^C\d{22}$/.test(number)) return { ok: false, reason: '采矿许可证号除首位C外应全为数字。' };
  return { ok: false, reason: '采矿许可证号第8至13位应为年份和月份。' };
}
