import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddPostLetterUntil1795502000008 implements MigrationInterface {
  name = 'AddPostLetterUntil1795502000008';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'post', { letter_until: { type: 'varchar', length: 10, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'post', ['letter_until']);
  }
}
