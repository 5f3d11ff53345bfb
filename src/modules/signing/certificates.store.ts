import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Instant } from '../../kernel/pure/time';

/** A certificate that was issued here. The private half never came here. */
@Entity('certificate')
@Index('ix_certificate_institution', ['institutionId', 'id'])
export class CertificateRow {
  @Column(col.key(36)) id: string;
  @Index('ix_certificate_account')
  @Column({ ...col.text(36), name: 'account_id' })
  accountId: string;
  @Column({ ...col.text(36, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column({ ...col.text(36, nullable), name: 'expert_id' }) expertId: string | null;
  @Index('ux_certificate_serial', { unique: true })
  @Column(col.text(40))
  serial: string;
  @Column({ ...col.text(64), name: 'subject_cn' }) subjectCn: string;
  @Column(col.long()) pem: string;
  @Column({ ...col.at(), name: 'not_before' }) notBefore: Instant;
  /** The last second is still inside. */
  @Column({ ...col.at(), name: 'not_after' }) notAfter: Instant;
  @Column(col.flag()) licensed: boolean;
  @Column({ ...col.at(nullable), name: 'revoked_at' }) revokedAt: Instant | null;
  @Column({ ...col.text(200, nullable), name: 'revoke_reason' }) revokeReason: string | null;
  @Column({ ...col.at(), name: 'issued_at' }) issuedAt: Instant;
}

export const signingEntities = [CertificateRow];
