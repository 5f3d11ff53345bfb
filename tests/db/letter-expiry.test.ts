import { migrations } from '../../migrations';
import { migrate } from '../../src/kernel/db/migrate';
import { inTransaction } from '../../src/kernel/db/transaction';
import type { LegalDate } from '../../src/kernel/pure/time';
import { Post } from '../../src/modules/identity/posts/posts.store';
import { Deadline, DeadlineHolder } from '../../src/modules/policy/deadlines/deadlines.store';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.drop());

const post = (id: string, wished: Partial<Post>): Post => ({
  ...{ id, accountId: `account-${id}`, role: 'institution', institutionId: 'body' },
  ...{ authorityCode: null, authorityId: null, office: null, organisationId: null, expertId: null },
  ...{ fromDay: '2020-01-01' as LegalDate, toDay: null, letterUntil: null, grantedAt: 1, endedAt: null },
  ...wished,
});
const day = (text: string) => text as LegalDate;

test('letters that were recorded before their end was a deadline get one, as far as they end a post to come', async () => {
  const { db } = t;
  const undo = migrations.findIndex((m) => m.name.startsWith('FillLetterExpiry'));
  for (let n = undo; n < migrations.length; n += 1)
    await db.source.undoLastMigration({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
  await inTransaction(db, (tx) =>
    tx.m.insert(Post, [
      post('clerk', { letterUntil: day('2199-03-31') }),
      post('keeper', { role: 'seal-keeper', letterUntil: day('2199-03-31'), toDay: day('2199-12-31') }),
      post('ends-before', { letterUntil: day('2199-03-31'), toDay: day('2199-03-31') }),
      post('over', { letterUntil: day('2020-03-31') }),
      post('without', {}),
    ]),
  );
  await migrate(db);
  const rows = await db.m.find(Deadline, { order: { id: 'ASC' } });
  expect(rows).toMatchObject(
    ['clerk', 'keeper'].map((ref) => ({ kind: 'letter.expiry', ref, dueOn: '2199-03-31', mark: 0, closedAt: null })),
  );
  const holders = await db.m.find(DeadlineHolder, { order: { deadlineId: 'ASC', holderKind: 'ASC' } });
  expect(holders.map((h) => `${h.deadlineId}: ${h.holderKind} ${h.holderId}`)).toEqual([
    'clerk: institution body',
    'keeper: institution body',
    'keeper: post keeper',
  ]);
});
