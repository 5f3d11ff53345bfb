import { refuse, type Outcome } from '../../kernel/pure/outcome';
import { say } from '../../kernel/pure/wording';
import { DocumentError } from './pdf/errors';

/** A fault of the paper as a refusal, since an error's own fields do not cross threads. Other errors are thrown again. */
export function documentRefusal(error: unknown): Outcome<never> {
  if (!(error instanceof DocumentError)) throw error;
  const { character, codePoint, pointer } = error.detail;
  if (error.code !== 'character-without-glyph') {
    return refuse('document.not-makeable', { reason: error.message, at: pointer ?? '' });
  }
  // A character that nobody can see, or that turns the line around, is named by its number alone.
  const isSeen = character !== undefined && !/[\p{C}\p{Z}]/u.test(character);
  return refuse('document.character-without-glyph', {
    shown: isSeen ? `“${character}”` : say('（不可见字符）', '(not visible)'),
    codePoint: codePoint ?? '',
    at: pointer ?? '',
  });
}
