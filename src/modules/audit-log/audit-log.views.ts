import type { Reads } from '../../kernel/db/database';
import { instant, type Instant } from '../../kernel/pure/time';
import { AuditEntry } from './audit-log.store';

/** What an entry says of itself to modules that tell of changes. */
export interface AuditNote {
  at: Instant;
  type: string;
  /** A fact by its path in the payload, such as `/bar`; undefined where there is none, or it was erased. */
  fact(path: string): unknown;
}

/** The newest entries of one type, the latest first. */
export async function latestOf(on: Reads, type: string, most: number): Promise<AuditNote[]> {
  const rows = await on.m.find(AuditEntry, { where: { type }, order: { id: 'DESC' }, take: most });
  return rows.map(({ at, facts }) => ({
    at: instant(at),
    type,
    fact: (path) => facts?.find((f) => f.path === path)?.value,
  }));
}
