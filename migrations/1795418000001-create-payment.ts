import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePayment1795418000001 implements MigrationInterface {
  name = 'CreatePayment1795418000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'payment',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        payer_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        lot_id: { type: 'varchar', length: 36, nullable: true },
        amount_fen: { type: 'bigint' },
        paid_on: { type: 'varchar', length: 10 },
        voucher: { type: 'varchar', length: 100 },
        purpose: { type: 'varchar', length: 500 },
        recorded_at: { type: 'bigint' },
      },
      indices: [
        { name: 'ux_payment_voucher', columns: ['payer_id', 'voucher'], unique: true },
        { name: 'ix_payment_institution', columns: ['institution_id', 'paid_on'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'payment');
  }
}
