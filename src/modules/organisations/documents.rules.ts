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

/** What is said of a paper beside its days. */
interface Content {
  kind: string;
  title: string | null;
  number: string | null;
  issuer: string | null;
  fileId: string | null;
}

/** What an amending body says; what it leaves out is undefined. */
export type PaperSaid<C extends Content> = { [K in keyof C]?: C[K] | undefined } & {
  from?: LegalDate | undefined;
  lastDay?: LegalDate | null | undefined;
};

const orElse = <T>(said: T | undefined, kept: T): T => (said === undefined ? kept : said);

/**
 * The whole entry that an amending body means, of a paper with these entries: what it leaves out stays as in the entry
 * that matters on its first day. Another validity is another sheet: neither scan nor last day of the old one are its own.
 * One before a known later one ends the day before that; of the latest the last day must be said, else it is undefined.
 * Requires at least one entry, all of one paper.
 */
export function amendedPaper<C extends Content>(
  entries: readonly (C & Entry)[],
  said: PaperSaid<Content & { kind: C['kind'] }>,
  { today, correct }: { today: LegalDate; correct: boolean },
) {
  const base = presentEntries(entries, said.from ?? today)[0]!;
  const from = said.from ?? base.validFrom;
  const isSameSheet = correct || base.validFrom === from;
  const [next] = entries
    .map((e) => e.validFrom)
    .filter((day) => day > from)
    .sort();
  const end = isSameSheet ? base.validTo : next;
  return {
    from,
    lastDay: orElse(said.lastDay, end && addDays(end, -1)),
    kind: orElse<C['kind']>(said.kind, base.kind),
    title: orElse(said.title, base.title),
    number: orElse(said.number, base.number),
    issuer: orElse(said.issuer, base.issuer),
    fileId: orElse(said.fileId, isSameSheet ? base.fileId : null),
  };
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
