import { migrations } from '../../migrations';
import { migrate } from '../../src/kernel/db/migrate';
import { inTransaction } from '../../src/kernel/db/transaction';
import type { LegalDate } from '../../src/kernel/pure/time';
import { InstitutionChange } from '../../src/modules/institutions/changes/changes.store';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.drop());

/** As reports were kept when every item that was not named came as null. */
const filled = {
  ...{ publicInstitutionClass: null, legalRepresentative: null, address: null, phone: null, certificateType: null },
  ...{ legalPersonality: null, businessScope: null, registeredDivision: null },
};
const change = (
  id: string,
  state: InstitutionChange['state'],
  organisation: NonNullable<InstitutionChange['proposal']>['organisation'] | undefined,
): InstitutionChange => ({
  ...{ id, state, institutionId: 'body', kind: 'name', sourceRef: null, happenedOn: '2026-02-02' as LegalDate },
  ...{ reportedOn: null, confirmedOn: null, requiredDays: 20, reportBy: null, note: '', paper: null, fileIds: [] },
  ...{ steps: [], version: 1, proposal: organisation === undefined ? null : { organisation, documents: [] } },
});

test('old reports that wait lose the nulls of what they did not name; partial and settled ones stay', async () => {
  const { db } = t;
  const undo = migrations.findIndex((m) => m.name.startsWith('MendChangeProposal'));
  for (let n = undo; n < migrations.length; n += 1)
    await db.source.undoLastMigration({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
  const old = { ...filled, name: '示例新名有限公司' };
  await inTransaction(db, (tx) =>
    tx.m.insert(InstitutionChange, [
      change('confirmed', 'confirmed', old),
      change('partial', 'reported', { address: null }),
      change('reported', 'reported', old),
      change('returned', 'returned', { ...old, phone: '000-00000000' }),
      change('without', 'returned', undefined),
    ]),
  );
  const proposals = async () =>
    (await db.m.find(InstitutionChange, { order: { id: 'ASC' } })).map((c) => c.proposal?.organisation);
  const mended = [
    old,
    { address: null },
    { name: '示例新名有限公司' },
    { name: '示例新名有限公司', phone: '000-00000000' },
    undefined,
  ];
  await migrate(db);
  expect(await proposals()).toEqual(mended);
  // Begun anew, it finds nothing more to do.
  await db.source.undoLastMigration({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
  await migrate(db);
  expect(await proposals()).toEqual(mended);
});
