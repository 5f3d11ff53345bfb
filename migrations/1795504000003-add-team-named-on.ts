import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddTeamNamedOn1795504000003 implements MigrationInterface {
  name = 'AddTeamNamedOn1795504000003';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'team_member', { named_on: { type: 'varchar', length: 10, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'team_member', ['named_on']);
  }
}
