import { Column, Entity } from 'typeorm';
import { col, nullable } from '../../src/kernel/db/columns';
import type { Db } from '../../src/kernel/db/database';
import { makeTable } from '../../src/kernel/db/table';
import type { Tx } from '../../src/kernel/db/transaction';
import { systemCall, type Call } from '../../src/kernel/call';
import { createAudit } from '../../src/modules/audit-log';

/** A row for tests of the database itself: a counter with a bound, a unique name and a parent. */
@Entity('test_cell')
export class Cell {
  @Column(col.key(36)) id: string;
  @Column(col.int()) value: number;
  @Column(col.text(40, nullable)) name: string | null;
}

/** Makes the cells' table with a unique name, a CHECK (value below 1,000,000) and a foreign key onto itself. */
export async function makeCells(db: Db): Promise<void> {
  const runner = db.source.createQueryRunner();
  try {
    await makeTable(runner, {
      name: 'test_cell',
      columns: { id: col.key(36), value: col.int(), name: col.text(40, nullable) },
      indices: [{ name: 'ux_test_cell_name', columns: ['name'], unique: true }],
      checks: { ck_test_cell_value: 'value < 1000000' },
    });
    await runner.query(
      'CREATE TABLE test_cell_part (id varchar(36) NOT NULL PRIMARY KEY, cell varchar(36) NOT NULL, ' +
        'CONSTRAINT fk_test_cell_part FOREIGN KEY (cell) REFERENCES test_cell (id) ON DELETE RESTRICT)',
    );
  } finally {
    await runner.release();
  }
}

export const cell = (id: string, value = 0, name: string | null = null): Cell => ({ id, value, name });

export const putCell = async (on: { m: Db['m'] }, row: Cell): Promise<void> => {
  await on.m.insert(Cell, row);
};

/** The ids that are committed, sorted. */
export const committedCells = async (db: Db): Promise<string[]> =>
  (await db.m.find(Cell, { order: { id: 'ASC' } })).map((row) => row.id);

export const valueOf = async (on: { m: Db['m'] }, id: string): Promise<number | undefined> =>
  (await on.m.findOneBy(Cell, { id }))?.value;

/** Appends an audit entry for the tests' own event type. */
export const auditor = (db: Db): ((tx: Tx, call?: Call) => Promise<void>) => {
  const audit = createAudit(db.sources, { 'test.done': { visibility: 'public', title: '试验' } });
  return async (tx, call = systemCall('00000000-0000-7000-8000-000000000000')) => {
    await audit.append(tx, call, { type: 'test.done', payload: { made: true } });
  };
};

/** A promise that another part of the test resolves. */
export function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((done) => (give = done));
  return { given, give };
}
