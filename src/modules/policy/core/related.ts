import type { RelatedApplicant } from './facts';

const NAMED = 10;

/** The bodies with what ties them, so many that a refusal stays readable. */
export function sayTies(related: readonly RelatedApplicant[]): string {
  if (related.length === 0) return '没有';
  const said = related.slice(0, NAMED).map(({ code, tie }) => `${code}（${tie}）`);
  return `${said.join('、')}${related.length > NAMED ? ` 等 ${related.length} 家` : ''}`;
}
