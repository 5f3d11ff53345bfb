import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddPostOffice1795502000007 implements MigrationInterface {
  name = 'AddPostOffice1795502000007';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'post', { office: { type: 'varchar', length: 100, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'post', ['office']);
  }
}
