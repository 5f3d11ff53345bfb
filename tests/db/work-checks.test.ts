import { migrations } from '../../migrations';
import { migrate } from '../../src/kernel/db/migrate';
import { inTransaction } from '../../src/kernel/db/transaction';
import { StoredFile } from '../../src/modules/documents/files.store';
import { Employment, EmploymentVersion } from '../../src/modules/experts/experts.store';
import { ExpertMerge } from '../../src/modules/experts/merging.store';
import { WorkExclusion, WorkItem } from '../../src/modules/identity/work/work.store';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.drop());

const sheet = (id: string, wished: Partial<Employment> = {}): Partial<Employment> => ({
  id,
  expertId: 'person',
  institutionId: 'body',
  signedSheetFileId: 'file-of-scanner',
  signedSheetPaper: '确认单',
  signedSheetSha256: '5'.repeat(64),
  sheetRecordedBy: 'enterer',
  sheetRecordedAt: 1000,
  version: 1,
  ...wished,
});
const days = (employmentId: string, wished: object = {}) => ({
  id: `days-${employmentId}`,
  employmentId,
  kind: 'full-time',
  paper: '劳动合同',
  validFrom: '2023-01-01',
  validTo: null,
  recordedAt: 1,
  supersededAt: null,
  recordedBy: 'recorder',
  ...wished,
});

test('what waited for a second person before the work list knew of it is put there, without those who had a hand in it', async () => {
  const { db } = t;
  const undo = migrations.findIndex((m) => m.name.startsWith('FillWorkChecks'));
  const last = migrations.length - undo;
  for (let n = 0; n < last; n += 1)
    await db.source.undoLastMigration({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
  await inTransaction(db, async (tx) => {
    const file = {
      id: 'file-of-scanner',
      sha256: '5'.repeat(64),
      size: 1,
      mediaType: 'application/pdf',
      name: '扫描件',
    };
    await tx.m.insert(StoredFile, { ...file, accountId: 'scanner', storedAt: 1 });
    await tx.m.insert(Employment, [
      sheet('waits'),
      sheet('confirmed', { confirmedAt: 2000 }),
      sheet('bare', { signedSheetFileId: null, sheetRecordedAt: null }),
      sheet('struck'),
    ]);
    const entries = [days('waits'), days('confirmed'), days('bare'), days('struck', { voidReason: '示例更正' })];
    await tx.m.insert(EmploymentVersion, entries as never);
    const merge = { fromId: 'one', intoId: 'two', reason: '示例', paper: '示例', proposedBy: 'proposer', version: 1 };
    await tx.m.insert(ExpertMerge, [
      { id: 'proposed', state: 'proposed', proposedAt: 7, ...merge },
      { id: 'done', state: 'confirmed', proposedAt: 7, ...merge },
    ]);
  });
  await migrate(db);
  const items = await db.m.find(WorkItem, { order: { id: 'ASC' } });
  expect(items.map(({ kind, ref, role, openedAt }) => ({ kind, ref, role, openedAt }))).toEqual([
    { kind: 'expert-merge', ref: 'proposed', role: 'bureau-lead', openedAt: 7 },
    { kind: 'employment-sheet', ref: 'waits', role: 'bureau', openedAt: 1000 },
  ]);
  const hands = await db.m.find(WorkExclusion, { order: { workId: 'ASC', accountId: 'ASC' } });
  expect(hands.map((h) => `${h.workId} ${h.accountId}`)).toEqual([
    'proposed proposer',
    'waits enterer',
    'waits recorder',
    'waits scanner',
  ]);
});
