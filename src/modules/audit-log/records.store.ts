import { Column, Entity } from 'typeorm';
import { insertMany } from '../../kernel/db/bulk';
import { col } from '../../kernel/db/columns';
import type { Tx } from '../../kernel/db/transaction';
import type { SaltedFact } from './core/leaf';

/** Which entries name which record by its id; goes where the facts go when they are erased. */
@Entity('audit_record')
export class AuditRecord {
  @Column({ ...col.key(36), name: 'record_id' }) recordId: string;
  @Column({ ...col.key(36), name: 'entry_id' }) entryId: string;
}

export const recordEntities = [AuditRecord];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids that stand directly in the payload, each once. */
function recordsIn(facts: readonly SaltedFact[]): string[] {
  const named = facts.flatMap(({ path, value }) =>
    /^\/[^/]+$/.test(path) && typeof value === 'string' && UUID.test(value) ? [value] : [],
  );
  return [...new Set(named)];
}

/** Notes the records that a new entry names. */
export async function noteRecords(tx: Tx, entryId: string, facts: readonly SaltedFact[]): Promise<void> {
  await insertMany(
    tx,
    AuditRecord,
    recordsIn(facts).map((recordId) => ({ recordId, entryId })),
  );
}
