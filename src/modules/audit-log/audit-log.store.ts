import { Column, Entity, Index } from 'typeorm';
import { insertMany } from '../../kernel/db/bulk';
import { col, nullable } from '../../kernel/db/columns';
import type { Tx } from '../../kernel/db/transaction';
import type { SaltedFact } from './core/leaf';
import { addPending } from './log.store';
import { noteRecords } from './records.store';

type Row = [path: string, value: unknown, saltInBase64: string];

/** Facts as short rows: the column holds 65,535 bytes on the MySQL family, and five hundred mines of a lot must fit. */
const asRows = {
  to: (facts: SaltedFact[] | null): string | null =>
    facts && JSON.stringify(facts.map((f): Row => [f.path, f.value, Buffer.from(f.salt, 'hex').toString('base64')])),
  from: (text: string | null): SaltedFact[] | null =>
    text === null
      ? null
      : (JSON.parse(text) as Row[]).map(([path, value, salt]) => ({
          path,
          value,
          salt: Buffer.from(salt, 'base64').toString('hex'),
        })),
};

/** The facts of a row as its column holds them; throws for a column that holds anything else. */
export const factsInColumn = (text: string): SaltedFact[] => asRows.from(text)!;

/** Bytes; checked before the insert so that both engines refuse alike. */
export const FACTS_LIMIT = 65_535;

export const factsSize = (facts: SaltedFact[]): number => Buffer.byteLength(asRows.to(facts)!);

@Entity('audit_entry')
@Index('ix_audit_entry_type', ['type', 'id'])
@Index('ix_audit_entry_account', ['accountId', 'id'])
@Index('ix_audit_entry_role', ['role', 'id'])
export class AuditEntry {
  @Column(col.key(36)) id: string;
  @Index('ix_audit_entry_at')
  @Column(col.at())
  at: number;
  @Column(col.text(80)) type: string;
  @Column(col.flag()) sealed: boolean;
  @Column({ ...col.text(36), name: 'request_id' }) requestId: string;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column({ ...col.text(36, nullable), name: 'post_id' }) postId: string | null;
  /** 被代办人, where the account acted as a deputy. */
  @Column({ ...col.text(36, nullable), name: 'represented_account_id' }) representedAccountId: string | null;
  @Column(col.text(32)) role: string;
  @Column(col.text(6, nullable)) authority: string | null;
  /** The exact bytes the log commits to (UTF-8). */
  @Column(col.long()) leaf: string;
  /** What can be opened fact by fact; null once erased under a logged order. */
  @Column({ ...col.long(nullable), transformer: asRows }) facts: SaltedFact[] | null;
}

/** By which public subjects open entries are found; what their leaves say, once more. */
@Entity('audit_entry_subject')
export class AuditEntrySubject {
  /** `kind:public id`. */
  @Column(col.key(100)) subject: string;
  @Index('ix_audit_entry_subject_entry')
  @Column({ ...col.key(36), name: 'entry_id' })
  entryId: string;
}

export const auditEntities = [AuditEntry, AuditEntrySubject] as const;

/** Plain statements: every command pays for its entry. */
export async function insertEntry(tx: Tx, entry: AuditEntry, subjects: readonly string[]): Promise<void> {
  await insertMany(tx, AuditEntry, [entry]);
  await noteRecords(tx, entry.id, entry.facts ?? []);
  await addPending(tx, entry.id);
  await insertMany(
    tx,
    AuditEntrySubject,
    [...new Set(subjects)].map((subject) => ({ subject, entryId: entry.id })),
  );
}
