import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCertificate1795405000001 implements MigrationInterface {
  name = 'CreateCertificate1795405000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'certificate',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36, nullable: true },
        expert_id: { type: 'varchar', length: 36, nullable: true },
        serial: { type: 'varchar', length: 40 },
        subject_cn: { type: 'varchar', length: 64 },
        pem: { type: 'text' },
        not_before: { type: 'bigint' },
        not_after: { type: 'bigint' },
        licensed: { type: 'boolean' },
        revoked_at: { type: 'bigint', nullable: true },
        revoke_reason: { type: 'varchar', length: 200, nullable: true },
        issued_at: { type: 'bigint' },
      },
      indices: [
        { name: 'ix_certificate_account', columns: ['account_id'] },
        { name: 'ux_certificate_serial', columns: ['serial'], unique: true },
        { name: 'ix_certificate_institution', columns: ['institution_id', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'certificate');
  }
}
