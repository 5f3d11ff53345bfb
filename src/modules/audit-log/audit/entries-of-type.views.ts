import { In, MoreThan } from 'typeorm';
import type { Reads } from '../../../kernel/db/database';
import { instant } from '../../../kernel/pure/time';
import { AuditEntry } from '../audit-log.store';
import type { AuditNote } from '../audit-log.views';

const PAGE = 500;

/** Every entry of some types, the oldest first, page by page; what modules hold against their own rows. */
export async function* entriesOfType(
  on: Reads,
  types: readonly string[],
): AsyncGenerator<AuditNote & { erased: boolean }> {
  for (let after = ''; ;) {
    const where = { type: In([...types]), id: MoreThan(after) };
    const rows = await on.m.find(AuditEntry, { where, order: { id: 'ASC' }, take: PAGE });
    for (const { id, at, type, facts } of rows) {
      const fact = (path: string): unknown => facts?.find((f) => f.path === path)?.value;
      yield { id, at: instant(at), type, erased: facts === null, fact };
      after = id;
    }
    if (rows.length < PAGE) return;
  }
}
