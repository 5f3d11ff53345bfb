import { say, saying, sayList, type Wording } from '../../../kernel/pure/wording';
import type { RelatedApplicant } from './facts';

const NAMED = 10;

/** The bodies with what ties them, so many that a refusal stays readable. */
export function sayTies(related: readonly RelatedApplicant[]): Wording {
  if (related.length === 0) return say('没有', 'none');
  const said = related
    .slice(0, NAMED)
    .map(({ code, tie }) => saying`${say(`${code}（`, `${code} (`)}${tie}${say('）', ')')}`);
  const more =
    related.length > NAMED ? say(` 等 ${related.length} 家`, ` and others, ${related.length} in all`) : say('');
  return saying`${sayList(said)}${more}`;
}
