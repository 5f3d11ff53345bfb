import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Tx } from '../../kernel/db/transaction';
import type { Audit } from './audit-log.service';
import { AuditEntry } from './audit-log.store';
import { AuditRecord } from './records.store';

/**
 * Destroys payload and salts of entries under a written order, and logs the order: the commitments stay in the log, and
 * nobody can open them any more. At most 200 entries in one act.
 */
export async function eraseFacts(
  audit: Audit,
  tx: Tx,
  call: Call,
  { entries, order }: { entries: readonly string[]; order: string },
): Promise<void> {
  if (entries.length === 0 || entries.length > 200) throw new Error('an order erases 1 to 200 entries at a time');
  await tx.m.update(AuditEntry, { id: In([...entries]) }, { facts: null });
  await tx.m.delete(AuditRecord, { entryId: In([...entries]) });
  await audit.append(tx, call, { type: 'log.facts-erased', payload: { order, entries: [...entries] } });
}
