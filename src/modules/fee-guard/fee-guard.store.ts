import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Instant, LegalDate } from '../../kernel/pure/time';

@Entity('payment')
@Index('ix_payment_institution', ['institutionId', 'paidOn'])
@Index('ux_payment_voucher', ['payerId', 'voucher'], { unique: true })
export class Payment {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'payer_id' }) payerId: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column({ ...col.text(36, nullable), name: 'lot_id' }) lotId: string | null;
  @Column({ ...col.big(), name: 'amount_fen' }) amountFen: number;
  @Column({ ...col.day(), name: 'paid_on' }) paidOn: LegalDate;
  @Column(col.text(100)) voucher: string;
  @Column(col.text(500)) purpose: string;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: Instant;
}

/** 资金疑点: confidential until confirmed. */
@Entity('finding')
export class Finding {
  @Column(col.key(36)) id: string;
  @Column(col.text(24)) kind: 'mine-payer';
  @Column(col.text(16)) state: 'raised' | 'work-frozen' | 'confirmed' | 'cleared';
  @Column({ ...col.text(36), name: 'payer_id' }) payerId: string;
  @Index('ix_finding_institution')
  @Column({ ...col.text(36), name: 'institution_id' })
  institutionId: string;
  @Column({ ...col.text(36, nullable), name: 'lot_id' }) lotId: string | null;
  @Column({ ...col.big(), name: 'amount_fen' }) amountFen: number;
  @Column({ ...col.day(), name: 'paid_on' }) paidOn: LegalDate;
  @Column(col.text(100)) voucher: string;
  @Column({ ...col.json(), name: 'mine_ids' }) mineIds: string[];
  @Column({ ...col.at(), name: 'raised_at' }) raisedAt: Instant;
  @Column({ ...col.text(36, nullable), name: 'raised_by' }) raisedBy: string | null;
  @Column(col.int()) version: number;
}

export const feeEntities = [Payment, Finding];
