import { addDays, type LegalDate } from '../../kernel/pure/time';
import type { VersionSpan } from '../../kernel/pure/versions';

export type Standing = 'not-yet' | 'in-force' | 'expiring' | 'expired';

/**
 * How a paper stands on a day. Its last day still counts; it is expiring when that day is at most `expiringDays` days
 * away, so 0 means "today is the last day".
 */
export function standingOn(span: VersionSpan, day: LegalDate, expiringDays: number): Standing {
  if (span.validFrom > day) return 'not-yet';
  if (span.validTo === null) return 'in-force';
  if (span.validTo <= day) return 'expired';
  return span.validTo <= addDays(day, expiringDays + 1) ? 'expiring' : 'in-force';
}

interface Entry extends VersionSpan {
  documentId: string;
}

/**
 * Of each paper the entry that matters on the day: the one in force, else the last that ran out (it was not renewed),
 * else the first to come.
 */
export function presentEntries<E extends Entry>(entries: readonly E[], day: LegalDate): E[] {
  const byPaper = new Map<string, E[]>();
  for (const e of entries) byPaper.set(e.documentId, [...(byPaper.get(e.documentId) ?? []), e]);
  return [...byPaper.values()].map((own) => {
    const sorted = [...own].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    const begun = sorted.filter((e) => e.validFrom <= day);
    return begun.at(-1) ?? sorted[0]!;
  });
}
