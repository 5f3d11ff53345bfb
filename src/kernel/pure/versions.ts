import type { LegalDate } from './time';

/** Half-open [validFrom, validTo); null means without an end. */
export interface VersionSpan {
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

export interface SplicePlan<R> {
  superseded: R[];
  /** Parts of superseded rows outside the new span; they are written anew with these days. */
  kept: { row: R; span: VersionSpan }[];
}

/** Is there a day that lies in both? */
export const meet = (a: VersionSpan, b: VersionSpan): boolean =>
  (b.validTo === null || a.validFrom < b.validTo) && (a.validTo === null || b.validFrom < a.validTo);

const before = (a: LegalDate | null, b: LegalDate | null): boolean => (a === null ? false : b === null ? true : a < b);

/** Which of the current rows a new span replaces, and what of them stays. Requires rows with disjoint spans. */
export function spliceVersions<R extends VersionSpan>(current: readonly R[], next: VersionSpan): SplicePlan<R> {
  const plan: SplicePlan<R> = { superseded: [], kept: [] };
  for (const row of current) {
    if (!meet(row, next)) continue;
    plan.superseded.push(row);
    if (row.validFrom < next.validFrom) {
      plan.kept.push({ row, span: { validFrom: row.validFrom, validTo: next.validFrom } });
    }
    if (before(next.validTo, row.validTo)) {
      plan.kept.push({ row, span: { validFrom: next.validTo!, validTo: row.validTo } });
    }
  }
  return plan;
}
