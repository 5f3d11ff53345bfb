import { LessThan, LessThanOrEqual } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { instant, type Instant } from '../../kernel/pure/time';
import { AuditEntry } from './audit-log.store';

/** What an entry says of itself to modules that tell of changes. */
export interface AuditNote {
  id: string;
  at: Instant;
  type: string;
  /** A fact by its path in the payload, such as `/bar`; undefined where there is none, or it was erased. */
  fact(path: string): unknown;
}

export interface LatestAsked {
  type: string;
  most: number;
  /** Only what was recorded by then. */
  until?: Instant;
  /** Only what stands before this entry. */
  below?: string;
}

/** The newest entries of one type, the latest first. */
export async function latestOf(on: Reads, { type, most, until, below }: LatestAsked): Promise<AuditNote[]> {
  const where = {
    type,
    ...(until === undefined ? {} : { at: LessThanOrEqual(until) }),
    ...(below === undefined ? {} : { id: LessThan(below) }),
  };
  const rows = await on.m.find(AuditEntry, { where, order: { id: 'DESC' }, take: most });
  return rows.map(({ id, at, facts }) => ({
    id,
    at: instant(at),
    type,
    fact: (path) => facts?.find((f) => f.path === path)?.value,
  }));
}
