import { Column, Entity, Index } from 'typeorm';
import type { NamedBlob } from '../../kernel/backup/format';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import type { Instant } from '../../kernel/pure/time';
import type { FileHolderKind } from './holders';

/** An upload; its bytes lie in the blob store under their hash, once however often they come. */
@Entity('stored_file')
export class StoredFile {
  @Column(col.key(36)) id: string;
  @Index('ix_stored_file_sha256')
  @Column(col.text(64))
  sha256: string;
  @Column(col.big()) size: number;
  @Column({ ...col.text(100), name: 'media_type' }) mediaType: string;
  @Column(col.text(200)) name: string;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column({ ...col.text(36, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column(col.text(6, nullable)) authority: string | null;
  /** The office whose officers share it until it hangs on a record; null for uploads of others. */
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column({ ...col.at(), name: 'stored_at' }) storedAt: Instant;
}

/** Where the bytes of that hash lie in the blob store. */
export const fileKey = (sha256: string): string => `files/${sha256}`;

/** Which files of the blob store its rows name. */
export const storedFileBlobs: readonly NamedBlob[] = [{ table: 'stored_file', column: 'sha256', key: fileKey }];

/** Names a file in a record; what was named once stays named, as the record's history does. */
@Entity('file_attachment', { withoutRowid: true })
export class FileAttachment {
  @Column({ ...col.key(36), name: 'file_id' }) fileId: string;
  @Column(col.key(20)) kind: FileHolderKind;
  @Column(col.key(36)) ref: string;
}

export const attachmentsOf = (on: Reads, fileId: string): Promise<FileAttachment[]> =>
  on.m.find(FileAttachment, { where: { fileId }, order: { kind: 'ASC', ref: 'ASC' } });

/** Nothing happens if it hangs there already. */
export async function attachFile(tx: Tx, row: FileAttachment): Promise<void> {
  const mysql = tx.m.dataSource.options.type !== 'better-sqlite3';
  const insert = `INSERT ${mysql ? '' : 'OR '}IGNORE INTO file_attachment (file_id, kind, ref) VALUES (?, ?, ?)`;
  await tx.m.query(insert, [row.fileId, row.kind, row.ref]);
}

export const documentEntities = [StoredFile, FileAttachment];
