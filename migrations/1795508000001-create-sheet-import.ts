import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateSheetImport1795508000001 implements MigrationInterface {
  name = 'CreateSheetImport1795508000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'sheet_import',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 20 },
        scope: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36, nullable: true },
        actor: { type: 'text' },
        request_id: { type: 'varchar', length: 36 },
        file_name: { type: 'varchar', length: 200 },
        file_sha256: { type: 'varchar', length: 64 },
        same_as: { type: 'varchar', length: 64, nullable: true },
        form: { type: 'text' },
        header: { type: 'text' },
        notes: { type: 'text' },
        from_day: { type: 'varchar', length: 10 },
        paper: { type: 'varchar', length: 200 },
        state: { type: 'varchar', length: 12 },
        mode: { type: 'varchar', length: 16, nullable: true },
        read_to: { type: 'int' },
        applied_to: { type: 'int' },
        good_count: { type: 'int' },
        faulty_count: { type: 'int' },
        repeated_count: { type: 'int' },
        blank_count: { type: 'int' },
        applied_count: { type: 'int' },
        hidden_count: { type: 'int' },
        width: { type: 'int' },
        root: { type: 'text' },
        stopped: { type: 'varchar', length: 500, nullable: true },
        token: { type: 'varchar', length: 36 },
        lease_until: { type: 'bigint' },
        created_at: { type: 'bigint' },
        moved_at: { type: 'bigint' },
        has_file: { type: 'boolean' },
      },
      indices: [
        { name: 'ux_sheet_import_same', columns: ['same_as'], unique: true },
        { name: 'ix_sheet_import_state', columns: ['state', 'lease_until'] },
        { name: 'ix_sheet_import_scope', columns: ['scope', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'sheet_import');
  }
}
