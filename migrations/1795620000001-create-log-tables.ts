import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, nullable } from '../src/kernel/db/columns';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLogTables1795620000001 implements MigrationInterface {
  name = 'CreateLogTables1795620000001';

  async up(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'log_head',
      columns: {
        id: col.key(8),
        generation: col.int(),
        size: col.big(),
        stopped: col.text(1000, nullable),
        stopped_at: col.at(nullable),
      },
    });
    await makeTable(q, {
      name: 'log_position',
      clustered: true,
      columns: {
        generation: { ...col.int(), primary: true },
        position: { ...col.big(), primary: true },
        entry_id: col.text(64),
      },
      indices: [{ name: 'ux_log_position_entry', columns: ['entry_id'], unique: true }],
    });
    await makeTable(q, { name: 'log_pending', clustered: true, columns: { entry_id: col.key(36) } });
    await makeTable(q, {
      name: 'log_key',
      columns: {
        id: col.key(36),
        origin: col.text(255),
        verifier: col.text(400),
        made_at: col.at(),
        retired_at: col.at(nullable),
      },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    for (const name of ['log_key', 'log_pending', 'log_position', 'log_head']) await dropTable(q, name);
  }
}
