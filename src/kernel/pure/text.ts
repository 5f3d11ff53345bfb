// Control, format and direction-changing characters make one text look like another; lone surrogates fit no database.
const INVISIBLE = /[\p{Cf}\p{Cs}]/gu;

/** One line as it is stored: NFC, white space of every kind as single blanks, no invisible characters, trimmed. */
export const tidyLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .trim();

/** The same for a text of several lines: line feeds stay. */
export const tidyText = (text: string): string =>
  text
    .split(/\r\n|\r|\n/u)
    .map(tidyLine)
    .join('\n')
    .trim();

export const NAME_KEY_LENGTH = 300;

/**
 * What a name is found by: compatibility forms made equal (full-width brackets and letters), case and white space
 * dropped. For search and for spotting doubles, never for judging that two bodies are one.
 */
export const nameKey = (text: string): string =>
  // One sign can become eighteen under NFKC, so the key is cut to what its column holds.
  [...tidyLine(text).normalize('NFKC').toLowerCase().replace(/\s/gu, '')].slice(0, NAME_KEY_LENGTH).join('');
