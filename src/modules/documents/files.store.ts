import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Instant } from '../../kernel/pure/time';

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
  @Column({ ...col.at(), name: 'stored_at' }) storedAt: Instant;
}

export const documentEntities = [StoredFile];
