// White space of every width, soft hyphen, zero-width and direction marks, byte order mark, hyphens and dashes.
const DROPPED = /[\s\u00ad\u180e\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u206f\u2212\ufe58\ufe63\ufeff-]/gu;

/**
 * What a person meant who typed or pasted a code: full-width signs narrowed, spaces, invisible signs and hyphens
 * dropped, a–z raised. It changes no letter into a digit: look-alikes are for the judge of the code to name.
 */
export function normaliseTypedCode(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(DROPPED, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
